# The public pages. $time is a time with its zone, $title an incident’s title, $name the name of the service.

# The frame
title-of-window = { $title } · Status van { $name }
brand = Status van { $name }
skip-to-content = Naar de inhoud
# Names the navigation for screen readers.
pages = Pagina’s
get-updates = Op de hoogte blijven
contact = Contact
times-are-in = Tijden in de tijdzone { $zone }.
# For screen readers only, before the language’s own name.
language = Taal:
two-sentences = { $first }. { $second }
current-status = Huidige status

# The front page
being-checked = Wordt nagekeken
happening-now = Op dit moment
planned = Gepland
more-planned = { $count ->
    [one] Daarna is er nog één gepland.
   *[other] Daarna zijn er nog { $count } gepland.
}
last-24-hours = Afgelopen 24 uur
nothing-to-report = Niets te melden.
nothing-else = Verder niets.
and-more = { $count ->
    [one] En nog één.
   *[other] En nog { $count }.
}
last-known = Laatst bekende stand, { $time }:
last-known-why = het logboek kan op dit moment niet worden gelezen.

# The evidence below the headline, and the facts of an incident: short phrases in one line.
since = Sinds { $time }
no-problem-since = Geen probleem sinds { $time }
generated = Bijgewerkt { $time }
# $seq is the number of an event; shown while the pointer rests on the time.
event-number = Gebeurtenis { $seq }
alerts = { $count ->
    [one] 1 melding van de bewaking
   *[other] { $count } meldingen van de bewaking
}
planned-until = Gepland tot { $time }
# $span is a start and an end.
was-planned-for = Het was gepland: { $span }
# $lasted is a duration.
span-and-how-long = { $span } ({ $lasted })
add-to-calendar = Aan agenda toevoegen
# $status is the status: “Resolved 14:05 UTC after 9 min”.
ended-after = { $status } { $time }, na { $lasted }
status-and-title = { $status }: { $title }

# False alarms: $link is “A possible problem”.
a-possible-problem = Een mogelijk probleem
was-a-false-alarm = { $link } werd gemeld ({ $began }) en bleek vals alarm ({ $ended }).
is-a-false-alarm = { $link } werd gemeld ({ $began }) en bleek vals alarm.

# An incident
timeline = Verloop
all-entries = { $count ->
    [one] Het ene bericht
   *[other] Alle { $count } berichten
}
edited-at = Bewerkt { $time }.
withdrawn-at = Wat hier stond, is ingetrokken ({ $time }).
post-mortem = Post-mortem
read-post-mortem = De post-mortem lezen
post-mortem-of = Post-mortem: { $title }
published = Gepubliceerd { $time }
back-to-the-incident = Het incident en het verloop
# $from and $to each have a start and an end.
moved-from-to = Verplaatst van { $from } naar { $to }.
# Follows the time of a change: “14:08 UTC · after 3 min”.
after-how-long = na { $lasted }
# Follows “Edited at 14:23 UTC.”
previous-version = De vorige versie tonen
previous-version-until = Tot { $time } stond hier:

# The page as it was at an earlier time
as-of = Zo staat de pagina er sinds { $from } bij.
as-of-until = Zo stond de pagina er van { $from } tot { $until } bij.
as-of-moment = Zo stond de pagina er even bij: { $from }.
go-to-current-page = Naar de huidige pagina
page-as-it-was = De pagina zoals die er toen bij stond

# The last 14 days; a line may stand for several quiet days: “7 – 17 Nov”.
last-14-days = Afgelopen 14 dagen

# The history. $period is a year or a month, $count how many.
history = Geschiedenis
history-of = Geschiedenis van { $period }
history-described = { $title }, { $name }: incidenten, onderhoud en hoelang ze duurden
last-12-months = Afgelopen 12 maanden
month-by-month = Maand voor maand
as-a-list = Alle incidenten
by-year = Per jaar
all-of-the-history = De hele geschiedenis
all-of-the-month = De hele maand
older-by-month = { $count ->
    [one] Eén ouder incident staat bij zijn maand.
   *[other] { $count } oudere staan bij hun maand.
}
other-months = Andere maanden
other-days = Andere dagen
# Names the list of what the colors in the calendars mean.
legend = Wat de kleuren betekenen
incidents = Incidenten
false-alarms = Valse alarmen
count-incidents = { $count ->
    [one] 1 incident
   *[other] { $count } incidenten
}
count-maintenances = { $count ->
    [one] 1 keer onderhoud
   *[other] { $count } keer onderhoud
}
count-false-alarms = { $count ->
    [one] 1 vals alarm
   *[other] { $count } valse alarmen
}
# $median and $longest are durations.
took-until-confirmed = Tijd tot bevestiging: mediaan { $median }, langste { $longest }.
took-until-resolved = Tijd tot oplossing: mediaan { $median }, langste { $longest }.
figures-by-month = Cijfers per maand; de tijden zijn medianen
month = Maand
until-confirmed = Tot bevestiging
until-resolved = Tot het einde

# Feeds and calendars
feed-title = Status van { $name }
feed-description = Incidenten en gepland onderhoud van { $name } die een medewerker heeft bevestigd.
feed-withdrawn = Wat hier stond, is ingetrokken.
feed-more = Alle berichten staan op de pagina van het incident.
calendar-name = { $name }: onderhoud

# The banner on other sites
widget-hide = Dit bericht verbergen

# The page for people who run another site or program
integrate = Insluiten & API
integrate-title = Deze status insluiten
integrate-what = Manieren om op andere sites en in andere programma’s te tonen hoe het ervoor staat. Alles is openbaar en zonder cookies.
integrate-badge = Badge
integrate-badge-why = Een plaatje dat altijd zegt hoe het ervoor staat, voor een README of een voettekst.
integrate-frame = Frame
integrate-frame-why = Het oordeel en wat er speelt, als deel van een andere pagina. Past bij lichte en donkere pagina’s en heeft geen script nodig.
integrate-banner = Banner
integrate-banner-why = Eén regel die een banner toont zolang een incident is bevestigd, en anders niets. Is deze pagina onbereikbaar, dan gebeurt er niets.
integrate-error-page = Foutpagina
integrate-error-page-why = Voor uw eigen pagina „er ging iets mis”: zegt dat het probleem bekend is, als dat zo is. Wacht hoogstens drie seconden en maakt de pagina eromheen nooit kapot.
integrate-feeds = Feeds en agenda
integrate-feeds-why = Voor feedlezers en agenda’s. Een bericht gaat naar boven zodra er iets bij komt.
integrate-api = API
integrate-api-why = JSON in de vorm van de openbare API van Statuspage, de geschiedenisfeeds daarvan, en die van onszelf.
