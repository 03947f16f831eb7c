# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a verdict, and the sentence that stands under it.
told-outage = Outage confirmed
told-outage-sentence = Our team has confirmed an outage. We’re working on it.
told-partial = Partial outage confirmed
told-partial-sentence = Our team has confirmed that part of the service is down. We’re working on it.
told-bug = Known problem confirmed
told-bug-sentence = Our team has confirmed a minor problem. We’re working on it.
told-notice = Notice
told-notice-sentence = For your information; nothing is broken.
told-maintenance = Maintenance
told-maintenance-sentence = Maintenance is under way.
told-watching = A fix is in place
told-watching-sentence = Things should be working again. We’re monitoring.
told-resolved = Resolved
told-resolved-sentence = This incident has been resolved.
told-maintenance-planned = Maintenance planned
told-maintenance-planned-sentence = Here’s when, and what to expect.
told-maintenance-started = Maintenance has started
told-maintenance-started-sentence = The planned maintenance is under way.
told-maintenance-ended = Maintenance is complete
told-maintenance-ended-sentence = The planned maintenance is over.
told-maintenance-rescheduled = Maintenance moved
told-maintenance-rescheduled-sentence = The planned maintenance has a new time.
told-maintenance-canceled = Maintenance canceled
told-maintenance-canceled-sentence = The planned maintenance will not take place.

# News without a new status.
told-news-watching = Update while we monitor the fix
told-news-watching-sentence = The fix is in place; here’s more.
told-news-resolved = A later note
told-news-resolved-sentence = It’s over; here’s more about it.
told-news-maintenance = Update on the maintenance
told-news-maintenance-sentence = Here’s what’s new.
told-news-outage = Update on the outage
told-news-outage-sentence = We’re still working on it.
told-news-partial = Update on the partial outage
told-news-partial-sentence = We’re still working on it.
told-news-bug = Update on the known problem
told-news-bug-sentence = We’re still working on it.
told-news-notice = Update
told-news-notice-sentence = Here’s what’s new.

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
do-manage = Manage subscription
do-unsubscribe = Unsubscribe

# Subjects. $site is the page's name, $title the incident's.
subject-notice = { $state }: { $title } ({ $site })
subject-confirm = { $site }: please confirm your subscription
subject-known = { $site }: you’re already subscribed

# Why somebody gets it.
why-notice = This address is subscribed to updates from { $site }.
why-confirm = If it wasn’t you, do nothing: you won’t hear from us again.
why-known = If it wasn’t you, do nothing: nothing has changed.
subscription-ends = This is over: it’s the last message about it, and your subscription to it has ended.

confirm-verdict = Please confirm your subscription
confirm-sentence = Someone (hopefully you) asked for updates from { $site } at this address.
known-verdict = You’re already subscribed
known-sentence = Someone (hopefully you) asked for updates from { $site } at this address. It already gets them; here you can change your subscription or unsubscribe.
