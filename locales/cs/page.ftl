# The public pages. $time is a time with its zone, $title an incident’s title, $name the name of the service.

# The frame
title-of-window = { $title } · Stav { $name }
brand = Stav { $name }
skip-to-content = Přejít k obsahu
# Names the navigation for screen readers.
pages = Stránky
get-updates = Dostávat zprávy
contact = Kontakt
times-are-in = Časy v pásmu { $zone }.
# For screen readers only, before the language’s own name.
language = Jazyk:
two-sentences = { $first }. { $second }
current-status = Aktuální stav

# The front page
being-checked = Prověřuje se
happening-now = Právě se děje
planned = Naplánováno
more-planned = { $count ->
    [one] Potom je naplánována ještě jedna.
    [few] Potom jsou naplánovány ještě { $count }.
   *[other] Potom je naplánováno ještě { $count }.
}
last-24-hours = Posledních 24 hodin
nothing-to-report = Není co hlásit.
nothing-else = Nic dalšího.
and-more = { $count ->
    [one] A ještě jeden.
    [few] A ještě { $count }.
   *[other] A ještě { $count }.
}
last-known = Poslední známý stav, { $time }:
last-known-why = záznam událostí teď nelze přečíst.

# The evidence below the headline, and the facts of an incident: short phrases in one line.
since = Od { $time }
no-problem-since = Bez problémů od { $time }
generated = Aktualizováno { $time }
# $seq is the number of an event; shown while the pointer rests on the time.
event-number = Událost { $seq }
alerts = { $count ->
    [one] 1 hlášení z dohledu
    [few] { $count } hlášení z dohledu
   *[other] { $count } hlášení z dohledu
}
planned-until = Naplánováno do { $time }
# $span is a start and an end.
was-planned-for = Plánovaná doba: { $span }
# $lasted is a duration.
span-and-how-long = { $span } ({ $lasted })
add-to-calendar = Přidat do kalendáře
# $status is the status: “Resolved 14:05 UTC after 9 min”.
ended-after = { $status } { $time }, doba trvání: { $lasted }
status-and-title = { $status }: { $title }

# False alarms: $link is “A possible problem”.
a-possible-problem = Možný problém
was-a-false-alarm = { $link } byl nahlášen ({ $began }) a ukázal se jako planý poplach ({ $ended }).
is-a-false-alarm = { $link } byl nahlášen ({ $began }) a ukázal se jako planý poplach.

# An incident
timeline = Průběh
all-entries = { $count ->
    [one] Jediný záznam
    [few] Všechny { $count } záznamy
   *[other] Všech { $count } záznamů
}
edited-at = Upraveno { $time }.
withdrawn-at = Co tu stálo, bylo odvoláno ({ $time }).
post-mortem = Rozbor incidentu
read-post-mortem = Přečíst rozbor incidentu
post-mortem-of = Rozbor incidentu: { $title }
published = Zveřejněno { $time }
back-to-the-incident = Incident a jeho průběh
# $from and $to each have a start and an end.
moved-from-to = Přesunuto: bylo { $from }, je { $to }.
# Follows the time of a change: “14:08 UTC · after 3 min”.
after-how-long = o { $lasted } později
# Follows “Edited at 14:23 UTC.”
previous-version = Zobrazit předchozí verzi
previous-version-until = Do { $time } tu stálo:

# The page as it was at an earlier time
as-of = Takto stránka vypadá od { $from }.
as-of-until = Takto stránka vypadala od { $from } do { $until }.
as-of-moment = Takto stránka vypadala chvíli v { $from }.
go-to-current-page = Přejít na aktuální stránku
page-as-it-was = Stránka, jak tehdy vypadala

# The last 14 days; a line may stand for several quiet days: “7 – 17 Nov”.
last-14-days = Posledních 14 dní

# The history. $period is a year or a month, $count how many.
history = Historie
history-of = Historie: { $period }
history-described = { $title }, { $name }: incidenty, údržba a jak dlouho trvaly
last-12-months = Posledních 12 měsíců
month-by-month = Měsíc po měsíci
as-a-list = Všechny incidenty
by-year = Podle let
all-of-the-history = Celá historie
all-of-the-month = Celý měsíc
older-by-month = { $count ->
    [one] Jeden starší je u svého měsíce.
    [few] { $count } starší jsou u svých měsíců.
   *[other] { $count } starších je u svých měsíců.
}
other-months = Jiné měsíce
other-days = Jiné dny
# Names the list of what the colors in the calendars mean.
legend = Co znamenají barvy
incidents = Incidenty
false-alarms = Plané poplachy
count-incidents = { $count ->
    [one] 1 incident
    [few] { $count } incidenty
   *[other] { $count } incidentů
}
count-maintenances = { $count ->
    [one] 1 údržba
    [few] { $count } údržby
   *[other] { $count } údržeb
}
count-false-alarms = { $count ->
    [one] 1 planý poplach
    [few] { $count } plané poplachy
   *[other] { $count } planých poplachů
}
# $median and $longest are durations.
took-until-confirmed = Doba do potvrzení: medián { $median }, nejdéle { $longest }.
took-until-resolved = Doba do vyřešení: medián { $median }, nejdéle { $longest }.
figures-by-month = Čísla podle měsíců; doby jsou mediány
month = Měsíc
until-confirmed = Do potvrzení
until-resolved = Do konce

# Feeds and calendars
feed-title = Stav { $name }
feed-description = Incidenty a plánovaná údržba { $name }, které potvrdil člověk.
feed-withdrawn = Co tu stálo, bylo odvoláno.
feed-more = Všechny záznamy jsou na stránce incidentu.
calendar-name = { $name }: údržba

# The banner on other sites
widget-hide = Skrýt tuto zprávu

# The page for people who run another site or program
integrate = Vložení a API
integrate-title = Vložit tento stav
integrate-what = Způsoby, jak ukázat stav na jiných webech a v jiných programech. Vše je veřejné a bez cookies.
integrate-badge = Odznak
integrate-badge-why = Obrázek, který vždy říká, jak to vypadá, do README nebo patičky.
integrate-frame = Rámec
integrate-frame-why = Verdikt a co se děje jako součást jiné stránky. Hodí se na světlé i tmavé stránky a nepotřebuje skript.
integrate-banner = Banner
integrate-banner-why = Jeden řádek, který ukáže banner, dokud je potvrzen incident, a jinak nic. Pokud je tato stránka nedostupná, nic se nestane.
integrate-error-page = Chybová stránka
integrate-error-page-why = Pro vaši vlastní stránku „něco se pokazilo“: řekne, že problém je známý, pokud je. Čeká nejvýše tři sekundy a stránku kolem sebe nikdy nerozbije.
integrate-feeds = Kanály a kalendář
integrate-feeds-why = Pro čtečky kanálů a kalendáře. Záznam se posune nahoru, jakmile v něm něco přibude.
integrate-api = API
integrate-api-why = JSON v podobě veřejného API Statuspage, jeho kanály historie a naše vlastní.
