# The public pages. $time is a time with its zone, $title an incident’s title, $name the name of the service.

# The frame
title-of-window = { $title } · Status von { $name }
brand = Status von { $name }
skip-to-content = Zum Inhalt springen
# Names the navigation for screen readers.
pages = Seiten
get-updates = Benachrichtigt werden
contact = Kontakt
times-are-in = Zeiten in der Zeitzone { $zone }.
# For screen readers only, before the language’s own name.
language = Sprache:
two-sentences = { $first }. { $second }
current-status = Aktueller Status

# The front page
being-checked = Wird geprüft
happening-now = Gerade jetzt
planned = Geplant
more-planned = { $count ->
    [one] Danach ist noch eine geplant.
   *[other] Danach sind noch { $count } geplant.
}
last-24-hours = Die letzten 24 Stunden
nothing-to-report = Nichts zu berichten.
nothing-else = Sonst nichts.
and-more = { $count ->
    [one] Und noch eine Meldung.
   *[other] Und noch { $count } Meldungen.
}
last-known = Letzter bekannter Stand, { $time }:
last-known-why = Das Protokoll kann im Moment nicht gelesen werden.

# The evidence below the headline, and the facts of an incident: short phrases in one line.
since = Seit { $time }
no-problem-since = Kein Problem seit { $time }
generated = Aktualisiert { $time }
# $seq is the number of an event; shown while the pointer rests on the time.
event-number = Ereignis { $seq }
alerts = { $count ->
    [one] 1 Alarm der Überwachung
   *[other] { $count } Alarme der Überwachung
}
planned-until = Geplant bis { $time }
# $span is a start and an end.
was-planned-for = Geplant war { $span }
# $lasted is a duration.
span-and-how-long = { $span } ({ $lasted })
add-to-calendar = In den Kalender
# $status is the status: “Resolved 14:05 UTC after 9 min”.
ended-after = { $status } { $time }, Dauer: { $lasted }
status-and-title = { $status }: { $title }

# False alarms: $link is “A possible problem”.
a-possible-problem = Ein mögliches Problem
was-a-false-alarm = { $link } wurde gemeldet ({ $began }) und als Fehlalarm erkannt ({ $ended }).
is-a-false-alarm = { $link } wurde gemeldet ({ $began }) und als Fehlalarm erkannt.

# An incident
timeline = Verlauf
all-entries = { $count ->
    [one] Der eine Eintrag
   *[other] Alle { $count } Einträge
}
edited-at = Bearbeitet { $time }.
withdrawn-at = Was hier stand, wurde zurückgezogen ({ $time }).
post-mortem = Post-mortem
read-post-mortem = Post-mortem lesen
post-mortem-of = Post-mortem: { $title }
published = Veröffentlicht { $time }
back-to-the-incident = Der Vorfall und sein Verlauf
# $from and $to each have a start and an end.
moved-from-to = Verschoben von { $from } auf { $to }.
# Follows the time of a change: “14:08 UTC · after 3 min”.
after-how-long = { $lasted } später
# Follows “Edited at 14:23 UTC.”
previous-version = Frühere Fassung anzeigen
previous-version-until = Bis { $time } stand hier:

# The page as it was at an earlier time
as-of = So steht die Seite seit { $from }.
as-of-until = So stand die Seite von { $from } bis { $until }.
as-of-moment = So stand die Seite kurz um { $from }.
go-to-current-page = Zur aktuellen Seite
page-as-it-was = Die Seite, wie sie damals stand

# The last 14 days; a line may stand for several quiet days: “7 – 17 Nov”.
last-14-days = Letzte 14 Tage

# The history. $period is a year or a month, $count how many.
history = Chronik
history-of = Chronik { $period }
history-described = { $title } von { $name }: Vorfälle, Wartung und wie lange sie dauerten
last-12-months = Die letzten 12 Monate
month-by-month = Monat für Monat
as-a-list = Alle Vorfälle
by-year = Nach Jahren
all-of-the-history = Die ganze Chronik
all-of-the-month = Der ganze Monat
older-by-month = { $count ->
    [one] Ein älterer steht bei seinem Monat.
   *[other] { $count } ältere stehen bei ihren Monaten.
}
other-months = Andere Monate
other-days = Andere Tage
# Names the list of what the colors in the calendars mean.
legend = Was die Farben bedeuten
incidents = Vorfälle
false-alarms = Fehlalarme
count-incidents = { $count ->
    [one] 1 Vorfall
   *[other] { $count } Vorfälle
}
count-maintenances = { $count ->
    [one] 1 Wartung
   *[other] { $count } Wartungen
}
count-false-alarms = { $count ->
    [one] 1 Fehlalarm
   *[other] { $count } Fehlalarme
}
# $median and $longest are durations.
took-until-confirmed = Zeit bis zur Bestätigung: Median { $median }, längste { $longest }.
took-until-resolved = Zeit bis zur Behebung: Median { $median }, längste { $longest }.
figures-by-month = Zahlen nach Monaten; die Zeiten sind Mediane
month = Monat
until-confirmed = Bis zur Bestätigung
until-resolved = Bis zum Ende

# Feeds and calendars
feed-title = Status von { $name }
feed-description = Vorfälle und geplante Wartung von { $name }, die ein Mensch bestätigt hat.
feed-withdrawn = Was hier stand, wurde zurückgezogen.
feed-more = Alle Einträge stehen auf der Seite des Vorfalls.
calendar-name = { $name }: Wartung

# The banner on other sites
widget-hide = Diese Meldung ausblenden

# The page for people who run another site or program
integrate = Einbetten & API
integrate-title = Diesen Status einbetten
integrate-what = Wege, auf anderen Seiten und in anderen Programmen zu zeigen, wie es steht. Alles ist öffentlich und ohne Cookies.
integrate-badge = Abzeichen
integrate-badge-why = Ein Bild, das immer sagt, wie es steht, für eine README oder eine Fußzeile.
integrate-frame = Rahmen
integrate-frame-why = Die Einschätzung und was gerade ist, als Teil einer anderen Seite. Er passt zu hellen und dunklen Seiten und braucht kein Script.
integrate-banner = Banner
integrate-banner-why = Eine Zeile, die ein Banner zeigt, solange ein Vorfall bestätigt ist, und sonst nichts. Wenn diese Seite nicht erreichbar ist, passiert nichts.
integrate-error-page = Fehlerseite
integrate-error-page-why = Für Ihre eigene Seite „Etwas ist schiefgegangen“: sagt, dass das Problem bekannt ist, wenn es das ist. Sie wartet höchstens drei Sekunden und macht die Seite um sich herum nie kaputt.
integrate-feeds = Feeds und Kalender
integrate-feeds-why = Für Feedreader und Kalender. Ein Eintrag rückt nach oben, sobald etwas hinzukommt.
integrate-api = API
integrate-api-why = JSON in der Form der öffentlichen API von Statuspage, deren Chronik-Feeds, und unsere eigene.
