# The public pages. $time is a time with its zone, $title an incident’s title, $name the name of the service.

# The frame
title-of-window = { $title } · { $name } status
brand = { $name } status
skip-to-content = Skip to the content
# Names the navigation for screen readers.
pages = Pages
get-updates = Get updates
contact = Contact
times-are-in = Times are in { $zone }.
# For screen readers only, before the language’s own name.
language = Language:
two-sentences = { $first }. { $second }
current-status = Current status

# The front page
being-checked = Being checked
happening-now = Happening now
planned = Planned
more-planned = { $count ->
    [one] One more is planned after that.
   *[other] { $count } more are planned after that.
}
last-24-hours = Last 24 hours
nothing-to-report = Nothing to report.
nothing-else = Nothing else.
and-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
last-known = Last known state, as of { $time }:
last-known-why = the log can’t be read at the moment.

# The evidence below the headline, and the facts of an incident: short phrases in one line.
since = Since { $time }
no-problem-since = No problems since { $time }
generated = Updated { $time }
# $seq is the number of an event; shown while the pointer rests on the time.
event-number = Event { $seq }
alerts = { $count ->
    [one] 1 alert from monitoring
   *[other] { $count } alerts from monitoring
}
planned-until = Planned until { $time }
# $span is a start and an end.
was-planned-for = It was planned for { $span }
# $lasted is a duration.
span-and-how-long = { $span } ({ $lasted })
add-to-calendar = Add to calendar
# $status is the status: “Resolved 14:05 UTC after 9 min”.
ended-after = { $status } { $time } after { $lasted }
status-and-title = { $status }: { $title }

# False alarms: $link is “A possible problem”.
a-possible-problem = A possible problem
was-a-false-alarm = { $link } was reported at { $began } and found to be a false alarm at { $ended }.
is-a-false-alarm = { $link } was reported at { $began } and found to be a false alarm.

# An incident
timeline = Timeline
all-entries = { $count ->
    [one] The only entry
   *[other] All { $count } entries
}
edited-at = Edited at { $time }.
withdrawn-at = This update was withdrawn at { $time }.
post-mortem = Post-mortem
read-post-mortem = Read the post-mortem
post-mortem-of = Post-mortem: { $title }
published = Published { $time }
back-to-the-incident = The incident and its timeline
# $from and $to each have a start and an end.
moved-from-to = Moved from { $from } to { $to }.
# Follows the time of a change: “14:08 UTC · after 3 min”.
after-how-long = after { $lasted }
# Follows “Edited at 14:23 UTC.”
previous-version = Show the previous version
previous-version-until = Until { $time }:

# The page as it was at an earlier time
as-of = This is the page as it has been since { $from }.
as-of-until = This is the page as it was from { $from } until { $until }.
as-of-moment = This is the page as it was for a moment at { $from }.
go-to-current-page = Go to the current page
page-as-it-was = The page as it was then

# The last 14 days; a line may stand for several quiet days: “7 – 17 Nov”.
last-14-days = Past 14 days

# The history. $period is a year or a month, $count how many.
history = History
history-of = History of { $period }
history-described = { $title } of { $name }: incidents, maintenance and how long they took
last-12-months = Last 12 months
month-by-month = Month by month
as-a-list = All incidents
by-year = By year
all-of-the-history = Full history
all-of-the-month = This month’s incidents
older-by-month = { $count ->
    [one] One more, listed under its month.
   *[other] { $count } more, listed under their months.
}
other-months = Other months
other-days = Other days
# Names the list of what the colors in the calendars mean.
legend = What the colors mean
incidents = Incidents
false-alarms = False alarms
count-incidents = { $count ->
    [one] 1 incident
   *[other] { $count } incidents
}
count-maintenances = { $count ->
    [one] 1 maintenance
   *[other] { $count } maintenances
}
count-false-alarms = { $count ->
    [one] 1 false alarm
   *[other] { $count } false alarms
}
# $median and $longest are durations.
took-until-confirmed = Time to confirm: median { $median }, longest { $longest }.
took-until-resolved = Time to resolve: median { $median }, longest { $longest }.
figures-by-month = Figures by month; times are medians
month = Month
until-confirmed = Until confirmed
until-resolved = Until resolved

# Feeds and calendars
feed-title = { $name } status
feed-description = Incidents and planned maintenance of { $name }, confirmed by our team.
feed-withdrawn = This update was withdrawn.
feed-more = All entries are on the incident’s page.
calendar-name = { $name }: maintenance

# The banner on other sites
widget-hide = Hide this message

# The page for people who run another site or program
integrate = Embed & API
integrate-title = Embed this status
integrate-what = Ways to show this status on other sites and in other programs. All of it is public and free of cookies.
integrate-badge = Badge
integrate-badge-why = An image that always shows the current status, for a README or a footer.
integrate-frame = Frame
integrate-frame-why = The headline and the current incidents, as a part of another page. It fits light and dark pages and needs no script.
integrate-banner = Banner
integrate-banner-why = One line that shows a banner while an incident is confirmed, and nothing otherwise. If this page can’t be reached, nothing happens.
integrate-error-page = Error page
integrate-error-page-why = For your own “something went wrong” page: says that the problem is known, if it is. It waits three seconds at most and never breaks the page around it.
integrate-feeds = Feeds and calendar
integrate-feeds-why = For feed readers and calendars. An entry moves to the top when something is added to it.
integrate-api = API
integrate-api-why = JSON in the form of Statuspage’s public API, its history feeds, and our own.
