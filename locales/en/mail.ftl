# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a verdict, and the sentence that stands under it.
told-outage = Outage confirmed
told-outage-sentence = A person has confirmed an outage. We are working on it.
told-partial = Partial outage confirmed
told-partial-sentence = A person has confirmed that a part is down. We are working on it.
told-bug = Fault confirmed
told-bug-sentence = A person has confirmed a small fault. We are working on it.
told-notice = Something to know
told-notice-sentence = This is for your information; nothing is broken by it.
told-maintenance = Maintenance
told-maintenance-sentence = Work is going on.
told-watching = A fix is in place
told-watching-sentence = It should work again. We are watching whether it lasts.
told-resolved = Resolved
told-resolved-sentence = It is over.
told-maintenance-planned = Maintenance planned
told-maintenance-planned-sentence = Here is when, and what to expect.
told-maintenance-started = Maintenance has begun
told-maintenance-started-sentence = The planned work is going on.
told-maintenance-ended = Maintenance is done
told-maintenance-ended-sentence = The planned work is over.
told-maintenance-rescheduled = Maintenance moved
told-maintenance-rescheduled-sentence = The planned work has a new time.
told-maintenance-cancelled = Maintenance cancelled
told-maintenance-cancelled-sentence = The planned work will not take place.

# News without a new status.
told-news-watching = News while we watch the fix
told-news-watching-sentence = The fix is in place; here is more.
told-news-resolved = A later note
told-news-resolved-sentence = It is over; here is more about it.
told-news-maintenance = News about the maintenance
told-news-maintenance-sentence = Here is what is new.
told-news-outage = News about the outage
told-news-outage-sentence = We are still working on it.
told-news-partial = News about the partial outage
told-news-partial-sentence = We are still working on it.
told-news-bug = News about the fault
told-news-bug-sentence = We are still working on it.
told-news-notice = News
told-news-notice-sentence = Here is what is new.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = Planned for
fact-since = Since
fact-from = From
fact-until = Until
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader's time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# What can be done.
do-details = See the details
do-confirm = Confirm the subscription
do-manage = Change what you get
do-unsubscribe = Unsubscribe

# Subjects. $site is the page's name, $title the incident's.
subject-notice = { $state }: { $title } ({ $site })
subject-confirm = { $site }: please confirm your subscription
subject-known = { $site }: you are subscribed already

# Why somebody gets it.
why-notice = This address is subscribed to updates from { $site }.
why-confirm = If it wasn’t you, do nothing: you won’t hear from us again.
why-known = If it wasn’t you, do nothing: nothing has changed.
subscription-ends = This is over: it is the last message about it, and your subscription to it has ended.

confirm-verdict = Please confirm your subscription
confirm-sentence = Somebody, probably you, asked for updates from { $site } at this address.
known-verdict = You are subscribed already
known-sentence = Somebody, probably you, asked for updates from { $site } at this address. It gets them already; here you can change what you get, or leave.
