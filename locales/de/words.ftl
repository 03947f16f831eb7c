# Headline, severities, statuses. What monitoring suspects and what a person confirmed never sound alike.

# Severities; also in the title of the window.
outage = Ausfall
partial-outage = Teilausfall
known-problem = Bekanntes Problem
maintenance = Wartung
notice = Hinweis
all-good = Alles in Ordnung
possible-problem = Mögliches Problem
# The title of an incident that monitoring reported and no person has confirmed.
possible-outage = Möglicher Ausfall
resolved = Behoben
false-alarm = Fehlalarm

# The headline of the page, and how we know. $name is the name of the service.
headline-outage = { $name } ist ausgefallen
headline-outage-knowledge = Unser Team hat einen Ausfall bestätigt. Wir arbeiten daran.
headline-partial = Ein Teil von { $name } funktioniert nicht
headline-partial-knowledge = Unser Team hat einen Teilausfall bestätigt. Wir arbeiten daran.
headline-suspected = { $name } hat möglicherweise Probleme
headline-suspected-knowledge = Unsere Überwachung meldet ein mögliches Problem. Unser Team sieht nach.
headline-watching-short = Eine Lösung ist eingespielt
headline-watching = { $name } erholt sich
headline-watching-knowledge = Eine Lösung ist eingespielt. Wir beobachten, ob sie hält.
headline-watching-maintenance-short = Wartung beendet, wird beobachtet
headline-watching-maintenance = Die Wartung von { $name } ist beendet
headline-watching-maintenance-knowledge = Wir beobachten, ob alles so funktioniert, wie es soll.
headline-bug = { $name } hat ein bekanntes Problem
headline-bug-knowledge = Unser Team hat es bestätigt. Alles andere sollte funktionieren.
headline-maintenance = { $name } wird gewartet
headline-maintenance-knowledge = Diese Wartung ist geplant. Einiges kann eine Zeit lang nicht verfügbar sein.
headline-notice = { $name } funktioniert; es gibt einen Hinweis
headline-notice-knowledge = Uns ist keine Störung bekannt.
headline-good = { $name } funktioniert normal
headline-good-knowledge = Keine bekannten Probleme.
# Instead, while an alert still fires that a person found to be a false alarm, or whose incident is over.
headline-good-despite-alerts-knowledge = Unserem Team ist kein Problem bekannt.

# Severity and status of an incident.
status-planned = Geplante Wartung
status-suspected = Vermutet, nicht bestätigt
status-outage = Ausfall, bestätigt
status-partial = Teilausfall, bestätigt
status-bug = Bekanntes Problem, bestätigt
status-maintenance = Wartung läuft
status-maintenance-watching = Wartung beendet, wird beobachtet
status-watching = Lösung eingespielt, wird beobachtet
status-canceled = Wartung abgesagt
status-maintenance-finished = Wartung abgeschlossen
status-notice-ended = Hinweis beendet
status-outage-resolved = Ausfall, behoben
status-partial-resolved = Teilausfall, behoben
status-bug-resolved = Bekanntes Problem, behoben
status-missed = Geplante Zeit vorbei, Arbeiten nicht begonnen

# The first word of a timeline entry, and its text when nobody wrote one.
entry-planned = Geplant
entry-planned-default = Diese Wartung wurde angekündigt.
entry-suspected = Vermutet
entry-suspected-default = Die Überwachung hat ein Problem gemeldet.
entry-started = Begonnen
entry-started-default = Die Wartung hat begonnen.
entry-announced = Bekannt gegeben
entry-announced-default = Zu Ihrer Information.
entry-confirmed = Bestätigt
entry-confirmed-default = Unser Team hat es bestätigt.
entry-watching = Beobachtung
entry-watching-default = Eine Lösung ist eingespielt und wird beobachtet.
entry-finished = Abgeschlossen
entry-finished-default = Die Wartung ist abgeschlossen.
entry-resolved-default = Der Vorfall ist behoben.
entry-false-alarm-default = Unser Team hat nachgesehen und festgestellt, dass alles in Ordnung war.
entry-alerts-cleared-default = Kein Alarm war mehr aktiv, bevor jemand ein Problem bestätigt hatte.
entry-reopened = Wieder offen
entry-reopened-default = Das Problem ist zurückgekehrt.
entry-moved = Verschoben
entry-moved-default = Diese Wartung wurde auf einen anderen Zeitpunkt verschoben.
entry-canceled = Abgesagt
entry-canceled-default = Diese Wartung findet nicht statt.
entry-update = Neuigkeit
entry-update-default = Es gibt eine Neuigkeit.

# Who acted.
who-someone = jemand
who-schedule = Zeitplan
who-you = Sie

# What somebody did to an incident: a sentence without its full stop. $who is a name or one of the words above.
did-declare = Gemeldet: { $who }
did-plan = Geplant: { $who }
did-start = Begonnen: { $who }
did-confirm = Bestätigt: { $who }
# $severity is a severity.
did-confirm-as = Bestätigt als „{ $severity }“: { $who }
did-watch = Wird beobachtet: { $who }
did-end = Beendet: { $who }
did-resolve = Behoben: { $who }
did-dismiss = Als Fehlalarm verworfen: { $who }
did-dismiss-itself = Automatisch verworfen, weil kein Alarm mehr aktiv ist
did-reopen = Wieder geöffnet: { $who }
did-cancel = Abgesagt: { $who }
