# Headline, severities, statuses. What monitoring suspects and what a person confirmed never sound alike.

# Severities; also in the title of the window.
outage = Outage
partial-outage = Partial outage
known-problem = Known problem
maintenance = Maintenance
notice = Notice
all-good = All good
possible-problem = Possible problem
# The title of an incident that monitoring reported and no person has confirmed.
possible-outage = Possible outage
resolved = Resolved
false-alarm = False alarm

# The headline of the page, and how we know. $name is the name of the service.
headline-outage = { $name } is down
headline-outage-knowledge = Our team has confirmed an outage. We’re working on it.
headline-partial = Part of { $name } is not working
headline-partial-knowledge = Our team has confirmed a partial outage. We’re working on it.
headline-suspected = { $name } might be having issues
headline-suspected-knowledge = Our monitoring reports a possible problem. Someone on our team is checking.
headline-watching-short = A fix is in place
headline-watching = { $name } is recovering
headline-watching-knowledge = A fix is in place. We’re monitoring to make sure it holds.
headline-watching-maintenance-short = Maintenance done, monitoring
headline-watching-maintenance = Maintenance on { $name } is complete
headline-watching-maintenance-knowledge = We’re monitoring to make sure everything works.
headline-bug = { $name } has a known problem
headline-bug-knowledge = Our team has confirmed it. Everything else should work.
headline-maintenance = { $name } is under maintenance
headline-maintenance-knowledge = This is planned maintenance. Parts may be unavailable for a while.
headline-notice = { $name } is working normally, with a notice
headline-notice-knowledge = Nothing is known to be broken.
headline-good = { $name } is working normally
headline-good-knowledge = No known problems.
# Instead, while an alert still fires that a person found to be a false alarm, or whose incident is over.
headline-good-despite-alerts-knowledge = Our team knows of no problems.

# Severity and status of an incident.
status-planned = Planned maintenance
status-suspected = Suspected, not confirmed
status-outage = Outage, confirmed
status-partial = Partial outage, confirmed
status-bug = Known problem, confirmed
status-maintenance = Maintenance under way
status-maintenance-watching = Maintenance complete, monitoring
status-watching = Fix in place, monitoring
status-canceled = Maintenance canceled
status-maintenance-finished = Maintenance finished
status-notice-ended = Notice ended
status-outage-resolved = Outage, resolved
status-partial-resolved = Partial outage, resolved
status-bug-resolved = Known problem, resolved
status-missed = Planned time has passed, work not started

# The first word of a timeline entry, and its text when nobody wrote one.
entry-planned = Planned
entry-planned-default = This maintenance was announced.
entry-suspected = Suspected
entry-suspected-default = Monitoring reported a problem.
entry-started = Started
entry-started-default = Maintenance has started.
entry-announced = Announced
entry-announced-default = For your information.
entry-confirmed = Confirmed
entry-confirmed-default = Our team has confirmed it.
entry-watching = Monitoring
entry-watching-default = A fix is in place, and we’re monitoring it.
entry-finished = Complete
entry-finished-default = Maintenance is complete.
entry-resolved-default = This incident is resolved.
entry-false-alarm-default = Our team checked and found that nothing was wrong.
entry-alerts-cleared-default = All alerts cleared before anyone confirmed a problem.
entry-reopened = Reopened
entry-reopened-default = The problem came back.
entry-moved = Moved
entry-moved-default = This maintenance was moved to another time.
entry-canceled = Canceled
entry-canceled-default = This maintenance will not take place.
entry-update = Update
entry-update-default = An update was posted.

# Who acted.
who-someone = someone
who-schedule = the schedule
who-you = you

# What somebody did to an incident: a sentence without its full stop. $who is a name or one of the words above.
did-declare = Declared by { $who }
did-plan = Planned by { $who }
did-start = Started by { $who }
did-confirm = Confirmed by { $who }
# $severity is a severity.
did-confirm-as = Confirmed by { $who } as “{ $severity }”
did-watch = Set to monitoring by { $who }
did-end = Ended by { $who }
did-resolve = Resolved by { $who }
did-dismiss = Dismissed as a false alarm by { $who }
did-dismiss-itself = Dismissed automatically because all alerts cleared
did-reopen = Reopened by { $who }
did-cancel = Canceled by { $who }
