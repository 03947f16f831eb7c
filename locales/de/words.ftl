# How things stand. What monitoring suspects and what a person confirmed never sound alike.

# Kinds of incidents; also for the title of the window.
outage = Ausfall
partial-outage = Teilausfall
known-problem = Bekanntes Problem
maintenance = Wartung
notice = Hinweis
all-good = Alles in Ordnung
possible-problem = Mögliches Problem
# The title of an incident that monitoring reported and nobody has confirmed.
possible-outage = Möglicher Ausfall
resolved = Behoben
false-alarm = Fehlalarm

# The one honest sentence at the top of the page, and what kind of knowledge it is. $name is the name of the service.
verdict-outage = { $name } ist ausgefallen
verdict-outage-knowledge = Unser Team hat einen Ausfall bestätigt. Wir arbeiten daran.
verdict-partial = Ein Teil von { $name } funktioniert nicht
verdict-partial-knowledge = Unser Team hat einen Teilausfall bestätigt. Wir arbeiten daran.
verdict-suspected = { $name } hat möglicherweise Probleme
verdict-suspected-knowledge = Unsere Überwachung meldet ein mögliches Problem. Unser Team sieht nach.
verdict-watching-short = Eine Lösung ist eingespielt
verdict-watching = { $name } erholt sich
verdict-watching-knowledge = Eine Lösung ist eingespielt. Wir beobachten, ob sie hält.
verdict-watching-work-short = Wartung beendet, wird beobachtet
verdict-watching-work = Die Wartung von { $name } ist beendet
verdict-watching-work-knowledge = Wir beobachten, ob alles so funktioniert, wie es soll.
verdict-bug = { $name } hat ein bekanntes Problem
verdict-bug-knowledge = Unser Team hat es bestätigt. Alles andere sollte funktionieren.
verdict-maintenance = { $name } wird gewartet
verdict-maintenance-knowledge = Diese Wartung ist geplant. Einiges kann eine Zeit lang nicht verfügbar sein.
verdict-notice = { $name } funktioniert; es gibt einen Hinweis
verdict-notice-knowledge = Uns ist keine Störung bekannt.
verdict-good = { $name } funktioniert normal
verdict-good-knowledge = Keine bekannten Probleme.
verdict-good-despite-alerts-knowledge = Unserem Team ist kein Problem bekannt.

# What an incident is and how it stands.
standing-planned = Geplante Wartung
standing-suspected = Vermutet, nicht bestätigt
standing-outage = Ausfall, bestätigt
standing-partial = Teilausfall, bestätigt
standing-bug = Bekanntes Problem, bestätigt
standing-maintenance = Wartung läuft
standing-maintenance-watched = Wartung beendet, wird beobachtet
standing-watching = Lösung eingespielt, wird beobachtet
standing-called-off = Wartung abgesagt
standing-maintenance-finished = Wartung abgeschlossen
standing-notice-over = Hinweis beendet
standing-outage-over = Ausfall, behoben
standing-partial-over = Teilausfall, behoben
standing-bug-over = Bekanntes Problem, behoben
standing-missed = Geplante Zeit vorbei, Arbeiten nicht begonnen

# The first word of an entry in a timeline, and what it says when nobody wrote anything.
entry-planned = Geplant
entry-planned-usual = Diese Wartung wurde angekündigt.
entry-suspected = Vermutet
entry-suspected-usual = Die Überwachung hat ein Problem gemeldet.
entry-begun = Begonnen
entry-begun-usual = Die Wartung hat begonnen.
entry-announced = Bekannt gegeben
entry-announced-usual = Zu Ihrer Information.
entry-confirmed = Bestätigt
entry-confirmed-usual = Unser Team hat es bestätigt.
entry-watching = Beobachtung
entry-watching-usual = Eine Lösung ist eingespielt und wird beobachtet.
entry-finished = Abgeschlossen
entry-finished-usual = Die Wartung ist abgeschlossen.
entry-resolved-usual = Der Vorfall ist behoben.
entry-false-alarm-usual = Unser Team hat nachgesehen und festgestellt, dass alles in Ordnung war.
entry-taken-back-usual = Kein Alarm war mehr aktiv, bevor jemand ein Problem bestätigt hatte.
entry-reopened = Wieder offen
entry-reopened-usual = Das Problem ist zurückgekehrt.
entry-moved = Verschoben
entry-moved-usual = Diese Wartung wurde auf einen anderen Zeitpunkt verschoben.
entry-called-off = Abgesagt
entry-called-off-usual = Diese Wartung findet nicht statt.
entry-update = Neuigkeit
entry-update-usual = Es gibt eine Neuigkeit.
