# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a heading, and the sentence below it.
notification-outage = Outage confirmed
notification-outage-sentence = Our team has confirmed an outage. We’re working on it.
notification-partial = Partial outage confirmed
notification-partial-sentence = Our team has confirmed that part of the service is down. We’re working on it.
notification-bug = Known problem confirmed
notification-bug-sentence = Our team has confirmed a minor problem. We’re working on it.
notification-notice = Notice
notification-notice-sentence = For your information; nothing is broken.
notification-maintenance = Maintenance
notification-maintenance-sentence = Maintenance is under way.
notification-watching = A fix is in place
notification-watching-sentence = Things should be working again. We’re monitoring.
notification-resolved = Resolved
notification-resolved-sentence = This incident has been resolved.
notification-maintenance-planned = Maintenance planned
notification-maintenance-planned-sentence = Here’s when, and what to expect.
notification-maintenance-started = Maintenance has started
notification-maintenance-started-sentence = The planned maintenance is under way.
notification-maintenance-ended = Maintenance is complete
notification-maintenance-ended-sentence = The planned maintenance is over.
notification-maintenance-rescheduled = Maintenance moved
notification-maintenance-rescheduled-sentence = The planned maintenance has a new time.
notification-maintenance-canceled = Maintenance canceled
notification-maintenance-canceled-sentence = The planned maintenance will not take place.

# An update that leaves the status as it is.
notification-update-watching = Update while we monitor the fix
notification-update-watching-sentence = The fix is in place; here’s more.
notification-update-resolved = A later note
notification-update-resolved-sentence = It’s over; here’s more about it.
notification-update-maintenance = Update on the maintenance
notification-update-maintenance-sentence = Here’s what’s new.
notification-update-outage = Update on the outage
notification-update-outage-sentence = We’re still working on it.
notification-update-partial = Update on the partial outage
notification-update-partial-sentence = We’re still working on it.
notification-update-bug = Update on the known problem
notification-update-bug-sentence = We’re still working on it.
notification-update-notice = Update
notification-update-notice-sentence = Here’s what’s new.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = Planned for
fact-since = Since
fact-from = From
fact-until = Until
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader’s time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# Buttons and links.
button-details = See the details
button-confirm = Confirm the subscription
button-manage = Manage subscription
button-unsubscribe = Unsubscribe

# Subjects. $site is the page’s name, $title the incident’s.
subject-notification = { $state }: { $title } ({ $site })
subject-confirm = { $site }: please confirm your subscription
subject-already-subscribed = { $site }: you’re already subscribed

# Why the recipient gets it.
why-notification = This address is subscribed to updates from { $site }.
why-confirm = If it wasn’t you, do nothing: you won’t hear from us again.
why-already-subscribed = If it wasn’t you, do nothing: nothing has changed.
subscription-ends = This is over: it’s the last message about it, and your subscription to it has ended.

confirm-heading = Please confirm your subscription
confirm-sentence = Someone (hopefully you) asked for updates from { $site } at this address.
already-subscribed-heading = You’re already subscribed
already-subscribed-sentence = Someone (hopefully you) asked for updates from { $site } at this address. It already gets them; here you can change your subscription or unsubscribe.
