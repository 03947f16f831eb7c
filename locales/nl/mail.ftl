# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a verdict, and the sentence that stands under it.
told-outage = Storing bevestigd
told-outage-sentence = Ons team heeft een storing bevestigd. We werken eraan.
told-partial = Gedeeltelijke storing bevestigd
told-partial-sentence = Ons team heeft bevestigd dat een deel niet werkt. We werken eraan.
told-bug = Bekend probleem bevestigd
told-bug-sentence = Ons team heeft een klein probleem bevestigd. We werken eraan.
told-notice = Mededeling
told-notice-sentence = Dit is ter informatie; er is niets door verstoord.
told-maintenance = Onderhoud
told-maintenance-sentence = Er wordt gewerkt.
told-watching = Een oplossing is doorgevoerd
told-watching-sentence = Het zou weer moeten werken. We houden in de gaten of het zo blijft.
told-resolved = Opgelost
told-resolved-sentence = Het incident is opgelost.
told-maintenance-planned = Onderhoud gepland
told-maintenance-planned-sentence = Hier staat wanneer, en wat u kunt verwachten.
told-maintenance-started = Het onderhoud is begonnen
told-maintenance-started-sentence = Het geplande werk is bezig.
told-maintenance-ended = Het onderhoud is klaar
told-maintenance-ended-sentence = Het geplande werk is gedaan.
told-maintenance-rescheduled = Onderhoud verplaatst
told-maintenance-rescheduled-sentence = Het geplande werk heeft een nieuw tijdstip.
told-maintenance-canceled = Onderhoud afgelast
told-maintenance-canceled-sentence = Het geplande werk gaat niet door.

# News without a new status.
told-news-watching = Nieuws terwijl we de oplossing in de gaten houden
told-news-watching-sentence = De oplossing is doorgevoerd; hier staat meer.
told-news-resolved = Een bericht achteraf
told-news-resolved-sentence = Het is voorbij; hier staat er meer over.
told-news-maintenance = Nieuws over het onderhoud
told-news-maintenance-sentence = Hier staat wat er nieuw is.
told-news-outage = Nieuws over de storing
told-news-outage-sentence = We werken er nog aan.
told-news-partial = Nieuws over de gedeeltelijke storing
told-news-partial-sentence = We werken er nog aan.
told-news-bug = Nieuws over het bekende probleem
told-news-bug-sentence = We werken er nog aan.
told-news-notice = Nieuws
told-news-notice-sentence = Hier staat wat er nieuw is.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = Gepland
fact-since = Sinds
fact-from = Van
fact-until = Tot
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader's time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# What can be done.
do-details = Details bekijken
do-confirm = Aanmelding bevestigen
do-manage = Abonnement beheren
do-unsubscribe = Afmelden

# Subjects. $site is the page's name, $title the incident's.
subject-notice = { $state }: { $title } ({ $site })
subject-confirm = { $site }: bevestig uw aanmelding
subject-known = { $site }: u bent al aangemeld

# Why somebody gets it.
why-notice = Dit adres is aangemeld voor berichten van { $site }.
why-confirm = Was u dit niet, dan hoeft u niets te doen: u hoort niets meer van ons.
why-known = Was u dit niet, dan hoeft u niets te doen: er is niets veranderd.
subscription-ends = Dit is voorbij: dit is het laatste bericht erover en uw aanmelding ervoor is beëindigd.

confirm-verdict = Bevestig uw aanmelding
confirm-sentence = Iemand (hopelijk u) heeft voor dit adres berichten van { $site } aangevraagd.
known-verdict = U bent al aangemeld
known-sentence = Iemand (hopelijk u) heeft voor dit adres berichten van { $site } aangevraagd. Het krijgt ze al; hier kunt u uw abonnement wijzigen of u afmelden.
