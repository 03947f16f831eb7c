# The public pages. $time is a time with its zone; $title what an incident is called; $name the name of the service.

# The frame
title-of-window = { $title } · Status von { $name }
brand = Status von { $name }
skip-to-content = Zum Inhalt springen
# Names the navigation for screen readers.
pages = Seiten
get-updates = Benachrichtigt werden
contact = Kontakt
times-are-in = Zeiten in der Zeitzone { $zone }.
# Stands unseen before the language's own name.
language = Sprache:
two-sentences = { $first }. { $second }
how-things-are-now = Wie es jetzt steht

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

# The evidence below the verdict, and the facts of an incident: short phrases in one line.
since = Seit { $time }
reported = Gemeldet { $time }
no-problem-since = Kein Problem seit { $time }
last-update = Letzte Neuigkeit { $time }
# $seq is the number of an event.
generated = Seite erzeugt { $time } aus Ereignis { $seq }
alerts = { $count ->
    [one] 1 Alarm der Überwachung
   *[other] { $count } Alarme der Überwachung
}
planned-until = Geplant bis { $time }
# $span is from when to when.
was-planned-for = Geplant war { $span }
# $lasted is how long.
span-and-how-long = { $span } ({ $lasted })
add-to-calendar = In den Kalender
# $standing is how it stands: “Resolved 14:05 UTC after 9 min”.
ended-after = { $standing } { $time }, Dauer: { $lasted }
standing-of = { $standing }: { $title }

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
what-we-learnt = Was wir gelernt haben
what-we-learnt-from-it = Was wir daraus gelernt haben
what-we-learnt-from = Was wir gelernt haben: { $title }
published = Veröffentlicht { $time }
back-to-the-incident = Der Vorfall und sein Verlauf

# The last 14 days; a line may stand for several quiet days: “7 – 17 Nov”.
last-14-days = Die 14 Tage vor heute

# The history. $period is a year or a month, $count how many.
history = Chronik
history-of = Chronik { $period }
history-described = { $title } von { $name }: Vorfälle, Wartung und wie lange sie dauerten
last-12-months = Die letzten 12 Monate
month-by-month = Monat für Monat
as-a-list = Als Liste
by-year = Nach Jahren
all-of-the-history = Die ganze Chronik
all-of-the-month = Der ganze Monat
older-by-month = { $count ->
    [one] Ein älterer steht bei seinem Monat.
   *[other] { $count } ältere stehen bei ihren Monaten.
}
other-months = Andere Monate
other-days = Andere Tage
# Names the list of what the colours in the calendars mean.
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
# $median and $longest say how long.
took-until-confirmed = Von der ersten Meldung der Überwachung bis zur Bestätigung durch einen Menschen: Median { $median }, längstens { $longest }.
took-until-resolved = Von da bis zum Ende: Median { $median }, längstens { $longest }.
figures-by-month = Zahlen nach Monaten; die Zeiten sind Mediane
month = Monat
until-confirmed = Bis zur Bestätigung
until-resolved = Bis zum Ende

# Errors
problem-not-found = Nicht gefunden
problem-not-found-why = Unter dieser Adresse gibt es nichts.
problem-dead-link = Dieser Link funktioniert nicht
problem-dead-link-why = Dieser Link ist nicht oder nicht mehr gültig. Sie können sich jederzeit wieder anmelden.
problem-not-ready = Der Status ist nicht bekannt
problem-not-ready-why = Wir können unser eigenes Protokoll im Moment nicht lesen und deshalb nicht sagen, wie es steht. Bitte versuchen Sie es noch einmal.
problem-unavailable = Zurzeit nicht verfügbar
problem-unavailable-why = Das kann im Moment nicht gespeichert werden; nichts wurde geändert. Bitte versuchen Sie es noch einmal.
problem-internal = Interner Fehler
problem-internal-why = Bei uns ist etwas schiefgegangen.
problem-too-many = Zu viele Anfragen
problem-too-many-why = { $seconds ->
    [one] Von Ihrer Adresse kamen zu viele Anfragen. Bitte versuchen Sie es in einer Sekunde noch einmal.
   *[other] Von Ihrer Adresse kamen zu viele Anfragen. Bitte versuchen Sie es in { $seconds } Sekunden noch einmal.
}
