# How things stand. What monitoring suspects and what a person confirmed never sound alike.

# Kinds of incidents; also for the title of the window.
outage = Storing
partial-outage = Gedeeltelijke storing
known-problem = Bekend probleem
maintenance = Onderhoud
notice = Mededeling
all-good = Alles in orde
possible-problem = Mogelijk probleem
# The title of an incident that monitoring reported and nobody has confirmed.
possible-outage = Mogelijke storing
resolved = Opgelost
false-alarm = Vals alarm

# The one honest sentence at the top of the page, and what kind of knowledge it is. $name is the name of the service.
verdict-outage = { $name } werkt niet
verdict-outage-knowledge = Ons team heeft een storing bevestigd. We werken eraan.
verdict-partial = Een deel van { $name } werkt niet
verdict-partial-knowledge = Ons team heeft een gedeeltelijke storing bevestigd. We werken eraan.
verdict-suspected = { $name } heeft mogelijk problemen
verdict-suspected-knowledge = Onze bewaking meldt een mogelijk probleem. Ons team kijkt het na.
verdict-watching-short = Een oplossing is doorgevoerd
verdict-watching = { $name } herstelt zich
verdict-watching-knowledge = Een oplossing is doorgevoerd. We houden in de gaten of ze standhoudt.
verdict-watching-work-short = Na het onderhoud onder toezicht
verdict-watching-work = Het onderhoud van { $name } is klaar
verdict-watching-work-knowledge = We houden in de gaten of alles werkt zoals het hoort.
verdict-bug = { $name } heeft een bekend probleem
verdict-bug-knowledge = Ons team heeft het bevestigd. Al het andere zou moeten werken.
verdict-maintenance = { $name } is in onderhoud
verdict-maintenance-knowledge = Dit is gepland werk. Iets kan een tijdje niet beschikbaar zijn.
verdict-notice = { $name } werkt normaal, met een mededeling
verdict-notice-knowledge = Voor zover bekend is er niets stuk.
verdict-good = { $name } werkt normaal
verdict-good-knowledge = Geen bekende problemen.
verdict-good-despite-alerts-knowledge = Ons team weet van geen probleem.

# What an incident is and how it stands.
standing-planned = Gepland onderhoud
standing-suspected = Vermoed, niet bevestigd
standing-outage = Storing, bevestigd
standing-partial = Gedeeltelijke storing, bevestigd
standing-bug = Bekend probleem, bevestigd
standing-maintenance = Onderhoud bezig
standing-maintenance-watched = Onderhoud klaar, onder toezicht
standing-watching = Oplossing doorgevoerd, onder toezicht
standing-called-off = Onderhoud afgelast
standing-maintenance-finished = Onderhoud afgerond
standing-notice-over = Mededeling beëindigd
standing-outage-over = Storing, opgelost
standing-partial-over = Gedeeltelijke storing, opgelost
standing-bug-over = Bekend probleem, opgelost
standing-missed = Geplande tijd voorbij, werk niet begonnen

# The first word of an entry in a timeline, and what it says when nobody wrote anything.
entry-planned = Gepland
entry-planned-usual = Dit werk is aangekondigd.
entry-suspected = Vermoed
entry-suspected-usual = De bewaking meldde een probleem.
entry-begun = Begonnen
entry-begun-usual = Het werk is begonnen.
entry-announced = Aangekondigd
entry-announced-usual = Ter informatie.
entry-confirmed = Bevestigd
entry-confirmed-usual = Ons team heeft het bevestigd.
entry-watching = Onder toezicht
entry-watching-usual = Een oplossing is doorgevoerd en wordt in de gaten gehouden.
entry-finished = Afgerond
entry-finished-usual = Het werk is gedaan.
entry-resolved-usual = Het incident is opgelost.
entry-false-alarm-usual = Ons team heeft gekeken en zag dat er niets mis was.
entry-taken-back-usual = Geen melding was meer actief voordat iemand een probleem had bevestigd.
entry-reopened = Heropend
entry-reopened-usual = Het probleem is terug.
entry-moved = Verplaatst
entry-moved-usual = Dit werk is naar een ander tijdstip verplaatst.
entry-called-off = Afgelast
entry-called-off-usual = Dit werk gaat niet door.
entry-update = Nieuws
entry-update-usual = Er is een bericht geplaatst.
