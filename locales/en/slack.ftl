# Messages in Slack and over the team’s incoming webhook. $incident is a link or a title with a number,
# $time a point in time, $who a name, “the schedule”, “you” or “someone”.

# $did is a sentence of `words.ftl` that begins with `did-`, without its full stop.
slack-did-at = { $did }, { $time }.
slack-did = { $did }.
# A text follows on the next line.
slack-did-text = { $did }:

# Other thread notes.
slack-note-proposed = { $who } confirmed it; a second person has to confirm it, too
slack-note-dismissed-itself = Dismissed automatically because all alerts cleared; please check whether it was real
slack-note-work-done = { $who } says the maintenance is done and being monitored
slack-note-work-goes-on = { $who } says the maintenance continues
slack-note-fixed = { $who } says a fix is in place
slack-note-not-fixed = { $who } says it isn’t fixed yet
slack-note-update = Update by { $who }
slack-note-corrected = { $who } corrected an update
slack-note-withdrawn = { $who } withdrew an update
slack-note-severity = { $who } changed the severity to “{ $severity }”
slack-note-title = { $who } changed the title to { $title }
slack-note-summary = { $who } wrote the summary
slack-note-no-summary = { $who } removed the summary
# $times is one or both of the next two.
slack-note-times = { $who } corrected the times: { $times }
slack-note-began = start { $time }
slack-note-ended = end { $time }
slack-note-silenced = { $who } silenced the incident; subscribers are no longer notified
slack-note-unsilenced = { $who } turned notifications back on
# $window is a start and an end.
slack-note-planned = Planned by { $who } for { $window }
slack-note-moved = Moved by { $who } to { $window }
slack-note-resolved-firing = { $count ->
    [one] Resolved by { $who } although an alert is still firing
   *[other] Resolved by { $who } although { $count } alerts are still firing
}
# $link is `post-mortem`.
slack-note-postmortem = { $who } published: { $link }
slack-note-new-alert = A new alert fired while the fix is being monitored: the problem may be back. Subscribers haven’t been notified
slack-note-alert-again = An alert fired again soon after it was dismissed, so this is suspected again
slack-meanwhile = What happened to { $incident } in the meantime:
slack-earlier-notes = { $count ->
    [one] 1 earlier note is on the page.
   *[other] { $count } earlier notes are on the page.
}

# The root message. $status is severity and status.
slack-status-since = { $status }, since { $time }
slack-status-lasted = { $status }. Lasted { $lasted }, from { $time }.
slack-alerts-cleared = { $count ->
    [one] 1 alert, cleared
   *[other] { $count } alerts, all cleared
}
slack-alerts-firing = { $count ->
    [one] 1 alert, firing
   *[other] { $count } alerts, all firing
}
slack-alerts-some = { $count ->
    [one] { $count } alert, { $firing } still firing
   *[other] { $count } alerts, { $firing } still firing
}
slack-nobody-notified = No one was notified.
slack-was-it-real = Please check: was it real?
slack-auto-both = Starts and ends automatically.
slack-auto-start = Starts automatically; you’ll be asked here about the end.
slack-auto-end = You’ll be asked here about the start; ends automatically.
slack-auto-none = You’ll be asked here about the start and the end.
slack-ends-itself = Ends automatically: { $time }.
slack-starts-itself = Starts automatically: { $time }.
# $what is a severity, a title, or both.
slack-would-be = Once confirmed, it will be: { $what }.
slack-is-it-real = No one has been notified yet. *Is it real?*
slack-is-it-real-two = No one has been notified yet. *Is it real?* Two people have to confirm it.
slack-is-it-real-second = { $who } confirmed it, { $time }. *A second person has to confirm it, too.* No one has been notified yet.
slack-last-update = Last update by { $who }, { $time }
slack-last-update-edited = Last update by { $who }, { $time }, edited
slack-updates = { $count ->
    [one] 1 update
   *[other] { $count } updates
}
slack-silent = silent: subscribers aren’t notified
slack-rest = The rest is on the page.

# Questions to everyone in the channel, and their answers.
slack-asked-start = { $incident }: the planned start was { $time }.
slack-asked-missed = { $incident }: the planned time ended { $time }, and the work never started.
slack-asked-end = { $incident }: the planned end was { $time }.
slack-asked-resolve = { $incident }: all alerts cleared, { $time }.
slack-ask-start = Start now, postpone or cancel?
slack-ask-end = Is the maintenance done?
slack-ask-resolve = Resolve it?
slack-new-start-is = New start: { $time }.
slack-new-end-is = New end: { $time }.
slack-came-back = An alert fired again; it isn’t over.
slack-still-open = Still open: { $status }.

# Buttons.
slack-button-confirm = Yes, this is a real incident
slack-button-dismiss = Dismiss
slack-button-details = With details…
slack-button-real = It was real
slack-button-update = Post update
slack-button-resolve = Resolve
slack-button-start = Start now
slack-button-end = End now
slack-button-longer = It takes longer
slack-button-postpone = Postpone
slack-button-cancel = Cancel
slack-button-declare = Declare incident
slack-button-plan = Plan maintenance
slack-open-page = Open the page
# What Slack asks before it does it: at most 30 characters on a button.
slack-dismiss-title = Dismiss this incident?
slack-dismiss-why = It disappears from the public page, and its own page will say that it was a false alarm. No one has been notified.
slack-dismiss-yes = Yes, false alarm
slack-dismiss-no = Not yet
slack-cancel-title = Cancel this maintenance?
slack-cancel-why = The planned maintenance will not take place. Everyone who was notified of it will be notified of this, too.
slack-cancel-yes = Cancel maintenance
slack-cancel-no = Keep it

# The slash command and the home tab. $page is a link to the page.
slack-more = There’s more than fits here. { $page }
slack-as-of = As of { $time }. { $page }
slack-nothing-yet = Nothing has happened yet. { $page }
slack-open = Open
# $command and the words after it aren’t translated.
slack-help =
    `{ $command }` shows the current status, with buttons.
    `{ $command } declare` opens an incident; `{ $command } declare Checkout is down` gives it that title.
    `{ $command } update` or `{ $command } update 7` posts an update.
    `{ $command } resolve` or `{ $command } resolve 7` ends an incident.
slack-nothing-open = No incident is open, and no maintenance is planned.
slack-which = Which incident is this about?
slack-this-one = This one…
slack-see-all = See all of them on the page
slack-propose = Post this as a public update to { $incident }?
slack-propose-long = This is longer than the form allows; the form will contain the beginning.
slack-propose-yes = Review…
slack-propose-no = Not now

# Forms: titles and the buttons at the bottom have at most 24 characters.
slack-form-confirm = Confirm
slack-form-plan = Plan
slack-form-preview = Preview
slack-form-publish = Publish
slack-form-cancel = Cancel
slack-form-close = Close
slack-field-title = Title
slack-field-severity = Severity
slack-field-status = Status
slack-field-update = Update
slack-field-summary = Summary
slack-hint-summary = A sentence or two, shown above all updates.
slack-field-known = What we know
slack-field-happened = What happened
slack-field-expect = What to expect
slack-field-why = Why
slack-field-began = Started
slack-hint-began = Leave this empty if it just started.
slack-field-start = Start
slack-field-end = End
slack-field-new-start = New start
slack-field-new-end = New end
slack-field-auto = When the time comes
slack-box-start = Start automatically
slack-box-end = End automatically
slack-hint-auto = Otherwise you’ll be asked in the thread.
slack-field-alerts = Alerts
slack-box-alerts = New alerts join this incident
slack-hint-alerts = Otherwise they open a suspected incident of their own.
# Options: at most 75 characters.
slack-choice-outage = Outage: it’s down
slack-choice-partial = Partial outage: part of it is down
slack-choice-bug = Known problem: something small is broken
slack-choice-notice = Notice: for your information
slack-choice-maintenance = Maintenance: planned work
slack-choice-confirmed = Confirmed: we’re working on it
slack-choice-watching = Monitoring: a fix is in place
slack-choice-resolved = Resolved: it’s over
slack-choice-work-started = Under way
slack-choice-work-watching = Done, monitoring
slack-choice-work-finished = Finished
slack-choose-one = Choose one from the list.
slack-choose-time = Choose a day and a time.
slack-title-invalid = The title must have 1 to { $most } characters.
slack-text-invalid = The text is empty.
slack-still-firing = ⚠️ Monitoring disagrees: { $alerts }
slack-second-person = A second person has to confirm it, too. No one is notified before that.

# Who is notified. $number is the count with its digits in groups.
slack-notifies = { $count ->
    [one] Notifies 1 subscriber.
   *[other] Notifies { $number } subscribers.
}
slack-notify = { $count ->
    [one] Notify 1 subscriber
   *[other] Notify { $number } subscribers
}
# How many of them can’t get their e-mail right now.
slack-waiting = { $count ->
    [one] 1 of them has to wait for a mail server.
   *[other] { $number } of them have to wait for a mail server.
}
slack-no-subscribers = No one has subscribed yet.
slack-who-is-notified = Who is notified
slack-why-silent = The incident is silent: subscribers aren’t notified.
slack-why-unconfirmed = Subscribers aren’t notified: no one has confirmed it.
slack-why-nothing-new = Subscribers aren’t notified: there’s no update and no new status.
slack-preview = This is what readers will see. Change anything below, or publish it.
slack-and-so-on = … and so on.
slack-form-outdated = This form is out of date or was changed on its way here. Nothing was done. Please open it again.
slack-same-time = That’s already the planned time.
slack-no-change = Nothing would change. Write an update, or change a field below.

# Why somebody may not act, and what else can fail. $error is a technical reason in English.
slack-not-done = Not done
slack-denied-no-channel = Candor doesn’t know yet which Slack channel it works in, so nothing was done. Please try again in a minute. If this persists, run `candor slack check` to find out why.
slack-denied-other-workspace = You belong to a different workspace than this status page, so nothing was done.
slack-denied-not-member = Only people in the status page’s Slack channel can do this, so nothing was done. Join the channel and try again.
slack-denied-not-in-group = Only people in the user group that runs the status page can do this, so nothing was done.
slack-denied-unknown = Slack can’t say right now whether you’re allowed to do this, so nothing was done. Please try again in a moment, or use the message in the status page’s Slack channel.
slack-not-posted = OK, nothing was posted.
slack-no-trigger = Slack gave us no way to open the form. Please try again.
slack-form-failed = The form couldn’t be opened ({ $error }).
slack-message-gone = That message no longer exists, or Candor can’t read it.
slack-message-unreadable = The message can’t be read ({ $error }).
slack-log-unreadable = Candor can’t read its log right now. Please try again.

# The app itself, as Slack lists it: description at most 140 characters, shortcut at most 24, about at least 175.
# $name is what the page calls itself; $command isn’t translated.
slack-app-name = Status page
slack-app-description = Incidents on { $name }: confirm, update and resolve them
slack-app-about = Tells the team when monitoring suspects a problem, in one message with two buttons: real incident or false alarm? Subscribers of { $name } are notified only of what a person has confirmed. Post updates, resolve incidents and plan maintenance without leaving Slack: from the message, the home tab, the { $command } command or a shortcut. Each incident has its own thread, and its first message always shows the current state.
slack-shortcut-declare = Open a form to declare an incident
slack-shortcut-plan = Open a form to announce planned work
slack-shortcut-update = Post as status update
slack-shortcut-update-description = Publish this message as an update of an incident
slack-command-description = Show the current status, with buttons
