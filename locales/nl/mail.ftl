# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a heading, and the sentence below it.
notification-outage = Storing bevestigd
notification-outage-sentence = Ons team heeft een storing bevestigd. We werken eraan.
notification-partial = Gedeeltelijke storing bevestigd
notification-partial-sentence = Ons team heeft bevestigd dat een deel niet werkt. We werken eraan.
notification-bug = Bekend probleem bevestigd
notification-bug-sentence = Ons team heeft een klein probleem bevestigd. We werken eraan.
notification-notice = Mededeling
notification-notice-sentence = Dit is ter informatie; er is niets door verstoord.
notification-maintenance = Onderhoud
notification-maintenance-sentence = Er wordt gewerkt.
notification-watching = Een oplossing is doorgevoerd
notification-watching-sentence = Het zou weer moeten werken. We houden in de gaten of het zo blijft.
notification-resolved = Opgelost
notification-resolved-sentence = Het incident is opgelost.
notification-maintenance-planned = Onderhoud gepland
notification-maintenance-planned-sentence = Hier staat wanneer, en wat u kunt verwachten.
notification-maintenance-started = Het onderhoud is begonnen
notification-maintenance-started-sentence = Het geplande werk is bezig.
notification-maintenance-ended = Het onderhoud is klaar
notification-maintenance-ended-sentence = Het geplande werk is gedaan.
notification-maintenance-rescheduled = Onderhoud verplaatst
notification-maintenance-rescheduled-sentence = Het geplande werk heeft een nieuw tijdstip.
notification-maintenance-canceled = Onderhoud afgelast
notification-maintenance-canceled-sentence = Het geplande werk gaat niet door.

# An update that leaves the status as it is.
notification-update-watching = Nieuws terwijl we de oplossing in de gaten houden
notification-update-watching-sentence = De oplossing is doorgevoerd; hier staat meer.
notification-update-resolved = Een bericht achteraf
notification-update-resolved-sentence = Het is voorbij; hier staat er meer over.
notification-update-maintenance = Nieuws over het onderhoud
notification-update-maintenance-sentence = Hier staat wat er nieuw is.
notification-update-outage = Nieuws over de storing
notification-update-outage-sentence = We werken er nog aan.
notification-update-partial = Nieuws over de gedeeltelijke storing
notification-update-partial-sentence = We werken er nog aan.
notification-update-bug = Nieuws over het bekende probleem
notification-update-bug-sentence = We werken er nog aan.
notification-update-notice = Nieuws
notification-update-notice-sentence = Hier staat wat er nieuw is.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = Gepland
fact-since = Sinds
fact-from = Van
fact-until = Tot
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader’s time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# Buttons and links.
button-details = Details bekijken
button-confirm = Aanmelding bevestigen
button-manage = Abonnement beheren
button-unsubscribe = Afmelden

# Subjects. $site is the page’s name, $title the incident’s.
subject-notification = { $state }: { $title } ({ $site })
subject-confirm = { $site }: bevestig uw aanmelding
subject-already-subscribed = { $site }: u bent al aangemeld

# Why the recipient gets it.
why-notification = Dit adres is aangemeld voor berichten van { $site }.
why-confirm = Was u dit niet, dan hoeft u niets te doen: u hoort niets meer van ons.
why-already-subscribed = Was u dit niet, dan hoeft u niets te doen: er is niets veranderd.
subscription-ends = Dit is voorbij: dit is het laatste bericht erover en uw aanmelding ervoor is beëindigd.

confirm-heading = Bevestig uw aanmelding
confirm-sentence = Iemand (hopelijk u) heeft voor dit adres berichten van { $site } aangevraagd.
already-subscribed-heading = U bent al aangemeld
already-subscribed-sentence = Iemand (hopelijk u) heeft voor dit adres berichten van { $site } aangevraagd. Het krijgt ze al; hier kunt u uw abonnement wijzigen of u afmelden.
