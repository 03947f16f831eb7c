# Errors, on pages and in JSON (RFC 9457): a title, and a sentence that says what is wrong.

problem-not-found = Nicht gefunden
problem-not-found-why = Unter dieser Adresse gibt es nichts.
# A link to the incident, on the error page for an address that ends with its number.
problem-did-you-mean = Meinten Sie Vorfall #{ $number }?
problem-dead-link = Dieser Link funktioniert nicht
problem-dead-link-why = Dieser Link ist nicht oder nicht mehr gültig. Sie können sich jederzeit wieder anmelden.
problem-method = Methode nicht erlaubt
# $allow lists what it accepts, such as “GET, HEAD”.
problem-method-why = Diese Adresse nimmt nur { $allow } an.
problem-cross-site = Von einer anderen Website gesendet
problem-cross-site-why = Dieses Formular wurde von einer anderen Website gesendet. Bitte öffnen Sie es hier und senden Sie es noch einmal.
problem-unauthorized = Nicht autorisiert
problem-wrong-secret = Das Geheimnis fehlt oder ist falsch.
problem-wrong-signature = Die Signatur fehlt oder ist falsch.
problem-content-type = Falscher Inhaltstyp
# $wanted is such as “application/json”.
problem-content-type-why = Der Inhalt muss als { $wanted } gesendet werden.
problem-encoding = Unbekannte Kodierung
# $encoding is what the request calls it, in quotation marks.
problem-encoding-why = Die Kodierung { $encoding } wird nicht unterstützt. Senden Sie den Inhalt unverändert oder mit gzip oder deflate komprimiert.
problem-too-large = Zu groß
problem-too-large-why = Der Inhalt ist größer als { $limit } Bytes.
problem-timeout = Zeitüberschreitung
problem-timeout-why = Die Anfrage hat zu lange gedauert.

# One title; the sentences below say what is wrong.
problem-bad-request = Ungültige Anfrage
problem-unintelligible = Die Anfrage ist nicht verständlich.
problem-body-incomplete = Der Inhalt ist unvollständig.
problem-body-not-compressed = Der Inhalt ist nicht so komprimiert, wie Content-Encoding es angibt.
problem-body-not-json-or-form = Der Inhalt ist weder JSON noch ein Formular.
problem-form-unreadable = Das Formular ist nicht lesbar.
# $error is a technical reason in English, here and below.
problem-alert-unreadable = Der Alarm ist nicht lesbar: { $error }.
# $name is the parameter’s name in quotation marks.
problem-parameter-repeated = Der Parameter { $name } ist mehrfach angegeben.
problem-parameter-number = Der Parameter { $name } muss eine ganze Zahl von { $least } bis { $most } sein.
problem-parameter-words = Der Parameter { $name } ist nicht lesbar: { $error }.
problem-parameter-time = Der Parameter { $name } muss eine Zeit mit Zeitzone sein, etwa 2026-11-21T14:05:00Z oder 2026-11-21T15:05:00+01:00, oder ein Tag, etwa 2026-11-21.
# $known lists the parameters that there are.
problem-parameter-unknown = Einen Parameter { $name } gibt es hier nicht. Möglich sind: { $known }.

problem-too-many = Zu viele Anfragen
problem-too-many-why = { $seconds ->
    [one] Von Ihrer Adresse kamen zu viele Anfragen. Bitte versuchen Sie es in einer Sekunde noch einmal.
   *[other] Von Ihrer Adresse kamen zu viele Anfragen. Bitte versuchen Sie es in { $seconds } Sekunden noch einmal.
}
problem-too-many-viewers = Zu viele Betrachter
problem-too-many-viewers-why = Von Ihrer Adresse oder insgesamt sind zu viele Betrachter verbunden. Bitte laden Sie die Seite stattdessen ab und zu neu.
problem-refused = Abgelehnt
problem-refused-why = Nichts wurde geändert: { $error }.
problem-conflict = Konflikt
problem-conflict-why = Die Kennung dieser Anfrage wurde schon für eine andere Anfrage verwendet.
problem-unavailable = Zurzeit nicht verfügbar
problem-unavailable-why = Das kann im Moment nicht gespeichert werden; nichts wurde geändert. Bitte versuchen Sie es noch einmal.
# The same for programs, with the reason.
problem-unavailable-because = Das kann im Moment nicht gespeichert werden: { $error }. Bitte versuchen Sie es noch einmal.
problem-not-ready = Der Status ist nicht bekannt
problem-not-ready-why = Wir können unser eigenes Protokoll im Moment nicht lesen und deshalb nicht sagen, wie es steht. Bitte versuchen Sie es noch einmal.
problem-busy = Ausgelastet
problem-busy-why = Das Archiv ist gerade ausgelastet. Bitte versuchen Sie es noch einmal.
problem-internal = Interner Fehler
problem-internal-why = Bei uns ist etwas schiefgegangen.

# An incident by its number, and by its title.
incident-number = Vorfall #{ $number }
incident-quoted = „{ $title }“ (#{ $number })

# Why a command changed nothing: in Slack and on the command line. $incident is one of the two above, $status its status.
refused-no-incident = Es gibt keinen Vorfall #{ $number }.
# $did is what somebody else did, a sentence of `words.ftl`.
refused-already = { $incident } hat sich bereits geändert. { $did } ({ $time }).
refused-not-suspected = { $incident }: { $status }. Nur vermutete Vorfälle lassen sich bestätigen oder verwerfen.
refused-same-person = Sie haben { $incident } bereits bestätigt. Jetzt muss eine zweite Person bestätigen.
refused-not-dismissed = { $incident }: { $status }. Nur verworfene Vorfälle können sich als echt herausstellen.
refused-not-confirmed = { $incident } wird nur vermutet. Bitte zuerst bestätigen oder verwerfen.
refused-not-started = { $incident } hat noch nicht begonnen. Bitte zuerst beginnen oder absagen.
refused-not-over = { $incident }: { $status }. Das geht erst, wenn es vorbei ist.
refused-was-dismissed = { $incident } wurde verworfen. War es ein echter Vorfall, geben Sie das bitte zuerst an.
refused-under-way = { $incident } läuft bereits. Nur das Ende lässt sich verschieben.
refused-canceled = { $incident } wurde abgesagt. Planen Sie stattdessen eine neue Wartung.
refused-not-planned = { $incident }: { $status }. Das geht nur bei Wartungen, die noch nicht begonnen haben.
refused-not-running = { $incident }: { $status }. Das geht nur bei laufenden Wartungen.
refused-not-maintenance = { $incident } ist keine Wartung. Planen Sie stattdessen eine Wartung.
refused-stays-maintenance = { $incident } ist eine Wartung und bleibt es. Wenn etwas schiefgeht, melden Sie einen Vorfall.
refused-not-declarable = Ein Vorfall wird als bestätigt, in Beobachtung oder behoben gemeldet.
refused-has-no-end = Ein laufender Vorfall hat kein Ende. Lassen Sie das Ende leer, oder melden Sie ihn als behoben.
refused-not-a-status = Eine Neuigkeit kann den Status auf „bestätigt“ oder „Beobachtung“ setzen. Zum Beenden wählen Sie „Behoben“.
refused-no-update = Diese Neuigkeit gibt es bei { $incident } nicht mehr.
refused-no-text = Bitte schreiben Sie, was los ist: Ein neuer Status braucht einen Text.
refused-end-first = Das Ende muss nach dem Beginn liegen.
refused-future = Dieser Zeitpunkt liegt in der Zukunft.
refused-over = Dieser Zeitpunkt ist vorbei. Wählen Sie ein späteres Ende.
refused-nothing = Nichts würde sich ändern.
refused-nameless = Das kann nur ein Mensch tun, und es ist nicht bekannt, wer Sie sind.
