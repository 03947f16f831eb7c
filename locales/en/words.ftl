# How things stand. What monitoring suspects and what a person confirmed never sound alike.

# Kinds of incidents; also for the title of the window.
outage = Outage
partial-outage = Partial outage
known-problem = Known problem
maintenance = Maintenance
notice = Notice
all-good = All good
possible-problem = Possible problem
# The title of an incident that monitoring reported and nobody has confirmed.
possible-outage = Possible outage
resolved = Resolved
false-alarm = False alarm

# The one honest sentence at the top of the page, and what kind of knowledge it is. $name is the name of the service.
verdict-outage = { $name } is down
verdict-outage-knowledge = Our team has confirmed an outage. We’re working on it.
verdict-partial = Part of { $name } is not working
verdict-partial-knowledge = Our team has confirmed a partial outage. We’re working on it.
verdict-suspected = { $name } might be having issues
verdict-suspected-knowledge = Our monitoring reports a possible problem. Someone on our team is checking.
verdict-watching-short = A fix is in place
verdict-watching = { $name } is recovering
verdict-watching-knowledge = A fix is in place. We’re monitoring to make sure it holds.
verdict-watching-work-short = Maintenance done, monitoring
verdict-watching-work = Maintenance on { $name } is complete
verdict-watching-work-knowledge = We’re monitoring to make sure everything works.
verdict-bug = { $name } has a known problem
verdict-bug-knowledge = Our team has confirmed it. Everything else should work.
verdict-maintenance = { $name } is under maintenance
verdict-maintenance-knowledge = This is planned maintenance. Parts may be unavailable for a while.
verdict-notice = { $name } is working normally, with a notice
verdict-notice-knowledge = Nothing is known to be broken.
verdict-good = { $name } is working normally
verdict-good-knowledge = No known problems.
# Said instead while an alert still fires that a person found to be a false alarm, or whose incident is over.
verdict-good-despite-alerts-knowledge = Our team knows of no problems.

# What an incident is and how it stands.
standing-planned = Planned maintenance
standing-suspected = Suspected, not confirmed
standing-outage = Outage, confirmed
standing-partial = Partial outage, confirmed
standing-bug = Known problem, confirmed
standing-maintenance = Maintenance under way
standing-maintenance-watched = Maintenance complete, monitoring
standing-watching = Fix in place, monitoring
standing-called-off = Maintenance canceled
standing-maintenance-finished = Maintenance finished
standing-notice-over = Notice ended
standing-outage-over = Outage, resolved
standing-partial-over = Partial outage, resolved
standing-bug-over = Known problem, resolved
standing-missed = Planned time has passed, work not started

# The first word of an entry in a timeline, and what it says when nobody wrote anything.
entry-planned = Planned
entry-planned-usual = This maintenance was announced.
entry-suspected = Suspected
entry-suspected-usual = Monitoring reported a problem.
entry-begun = Started
entry-begun-usual = Maintenance has started.
entry-announced = Announced
entry-announced-usual = For your information.
entry-confirmed = Confirmed
entry-confirmed-usual = Our team has confirmed it.
entry-watching = Monitoring
entry-watching-usual = A fix is in place, and we’re monitoring it.
entry-finished = Complete
entry-finished-usual = Maintenance is complete.
entry-resolved-usual = This incident is resolved.
entry-false-alarm-usual = Our team checked and found that nothing was wrong.
entry-taken-back-usual = All alerts cleared before anyone confirmed a problem.
entry-reopened = Reopened
entry-reopened-usual = The problem came back.
entry-moved = Moved
entry-moved-usual = This maintenance was moved to another time.
entry-called-off = Canceled
entry-called-off-usual = This maintenance will not take place.
entry-update = Update
entry-update-usual = An update was posted.
