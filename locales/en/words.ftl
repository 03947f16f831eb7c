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
verdict-outage-knowledge = A person has confirmed an outage. We are working on it.
verdict-partial = Part of { $name } is not working
verdict-partial-knowledge = A person has confirmed a partial outage. We are working on it.
verdict-suspected = { $name } might be having issues
verdict-suspected-knowledge = Our monitoring reports a possible problem. A person is checking.
verdict-watching-short = A fix is in place
verdict-watching = { $name } is recovering
verdict-watching-knowledge = A fix is in place. We are watching whether it holds.
verdict-watching-work-short = Maintenance is being watched
verdict-watching-work = The maintenance of { $name } is done
verdict-watching-work-knowledge = We are watching whether everything works as it should.
verdict-bug = { $name } has a known problem
verdict-bug-knowledge = A person has confirmed it. Everything else should work.
verdict-maintenance = { $name } is under maintenance
verdict-maintenance-knowledge = This is planned work. Something may be unavailable for a while.
verdict-notice = { $name } is working, with something to know
verdict-notice-knowledge = Nothing is known to be broken.
verdict-good = { $name } is working normally
verdict-good-knowledge = Neither monitoring nor any of us knows of a problem.
# Said instead while an alert still fires that a person found to be a false alarm, or whose incident is over.
verdict-good-despite-alerts-knowledge = We know of no problem.

# What an incident is and how it stands.
standing-planned = Planned maintenance
standing-suspected = Suspected, not confirmed
standing-outage = Outage, confirmed
standing-partial = Partial outage, confirmed
standing-bug = Known problem, confirmed
standing-maintenance = Maintenance under way
standing-maintenance-watched = Maintenance done, being watched
standing-watching = Fix in place, being watched
standing-called-off = Maintenance called off
standing-maintenance-finished = Maintenance finished
standing-notice-over = Notice, no longer current
standing-outage-over = Outage, resolved
standing-partial-over = Partial outage, resolved
standing-bug-over = Known problem, resolved
standing-missed = Planned time is over, work not started

# The first word of an entry in a timeline, and what it says when nobody wrote anything.
entry-planned = Planned
entry-planned-usual = This work was announced.
entry-suspected = Suspected
entry-suspected-usual = Monitoring reported a problem.
entry-begun = Begun
entry-begun-usual = The work has begun.
entry-announced = Announced
entry-announced-usual = There is something to know.
entry-confirmed = Confirmed
entry-confirmed-usual = A person has confirmed it.
entry-watching = Watching
entry-watching-usual = A fix is in place and is being watched.
entry-finished = Finished
entry-finished-usual = The work is done.
entry-resolved-usual = It is over.
entry-false-alarm-usual = A person looked and found that nothing was wrong.
entry-taken-back-usual = Monitoring took every alert back before anybody had confirmed a problem.
entry-reopened = Reopened
entry-reopened-usual = It was not over.
entry-moved = Moved
entry-moved-usual = This work was moved to another time.
entry-called-off = Called off
entry-called-off-usual = This work will not take place.
entry-update = Update
entry-update-usual = Something was written here.
