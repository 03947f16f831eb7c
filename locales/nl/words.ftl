# Headline, severities, statuses. What monitoring suspects and what a person confirmed never sound alike.

# Severities; also in the title of the window.
outage = Storing
partial-outage = Gedeeltelijke storing
known-problem = Bekend probleem
maintenance = Onderhoud
notice = Mededeling
all-good = Alles in orde
possible-problem = Mogelijk probleem
# The title of an incident that monitoring reported and no person has confirmed.
possible-outage = Mogelijke storing
resolved = Opgelost
false-alarm = Vals alarm

# The headline of the page, and how we know. $name is the name of the service.
headline-outage = { $name } werkt niet
headline-outage-knowledge = Ons team heeft een storing bevestigd. We werken eraan.
headline-partial = Een deel van { $name } werkt niet
headline-partial-knowledge = Ons team heeft een gedeeltelijke storing bevestigd. We werken eraan.
headline-suspected = { $name } heeft mogelijk problemen
headline-suspected-knowledge = Onze bewaking meldt een mogelijk probleem. Ons team kijkt het na.
headline-watching-short = Een oplossing is doorgevoerd
headline-watching = { $name } herstelt zich
headline-watching-knowledge = Een oplossing is doorgevoerd. We houden in de gaten of ze standhoudt.
headline-watching-maintenance-short = Na het onderhoud onder toezicht
headline-watching-maintenance = Het onderhoud van { $name } is klaar
headline-watching-maintenance-knowledge = We houden in de gaten of alles werkt zoals het hoort.
headline-bug = { $name } heeft een bekend probleem
headline-bug-knowledge = Ons team heeft het bevestigd. Al het andere zou moeten werken.
headline-maintenance = { $name } is in onderhoud
headline-maintenance-knowledge = Dit is gepland werk. Iets kan een tijdje niet beschikbaar zijn.
headline-notice = { $name } werkt normaal, met een mededeling
headline-notice-knowledge = Voor zover bekend is er niets stuk.
headline-good = { $name } werkt normaal
headline-good-knowledge = Geen bekende problemen.
# Instead, while an alert still fires that a person found to be a false alarm, or whose incident is over.
headline-good-despite-alerts-knowledge = Ons team weet van geen probleem.

# Severity and status of an incident.
status-planned = Gepland onderhoud
status-suspected = Vermoed, niet bevestigd
status-outage = Storing, bevestigd
status-partial = Gedeeltelijke storing, bevestigd
status-bug = Bekend probleem, bevestigd
status-maintenance = Onderhoud bezig
status-maintenance-watching = Onderhoud klaar, onder toezicht
status-watching = Oplossing doorgevoerd, onder toezicht
status-canceled = Onderhoud afgelast
status-maintenance-finished = Onderhoud afgerond
status-notice-ended = Mededeling beëindigd
status-outage-resolved = Storing, opgelost
status-partial-resolved = Gedeeltelijke storing, opgelost
status-bug-resolved = Bekend probleem, opgelost
status-missed = Geplande tijd voorbij, werk niet begonnen

# The first word of a timeline entry, and its text when nobody wrote one.
entry-planned = Gepland
entry-planned-default = Dit werk is aangekondigd.
entry-suspected = Vermoed
entry-suspected-default = De bewaking meldde een probleem.
entry-started = Begonnen
entry-started-default = Het werk is begonnen.
entry-announced = Aangekondigd
entry-announced-default = Ter informatie.
entry-confirmed = Bevestigd
entry-confirmed-default = Ons team heeft het bevestigd.
entry-watching = Onder toezicht
entry-watching-default = Een oplossing is doorgevoerd en wordt in de gaten gehouden.
entry-finished = Afgerond
entry-finished-default = Het werk is gedaan.
entry-resolved-default = Het incident is opgelost.
entry-false-alarm-default = Ons team heeft gekeken en zag dat er niets mis was.
entry-alerts-cleared-default = Geen melding was meer actief voordat iemand een probleem had bevestigd.
entry-reopened = Heropend
entry-reopened-default = Het probleem is terug.
entry-moved = Verplaatst
entry-moved-default = Dit werk is naar een ander tijdstip verplaatst.
entry-canceled = Afgelast
entry-canceled-default = Dit werk gaat niet door.
entry-update = Nieuws
entry-update-default = Er is een bericht geplaatst.

# Who acted.
who-someone = iemand
who-schedule = het schema
who-you = u

# What somebody did to an incident: a sentence without its full stop. $who is a name or one of the words above.
did-declare = Gemeld door { $who }
did-plan = Gepland door { $who }
did-start = Begonnen door { $who }
did-confirm = Bevestigd door { $who }
# $severity is a severity.
did-confirm-as = Bevestigd door { $who } als ‘{ $severity }’
did-watch = Onder toezicht gesteld door { $who }
did-end = Beëindigd door { $who }
did-resolve = Opgelost door { $who }
did-dismiss = Afgewezen als vals alarm door { $who }
did-dismiss-itself = Automatisch afgewezen omdat er geen melding meer actief is
did-reopen = Heropend door { $who }
did-cancel = Afgelast door { $who }
