# Messages in Slack and over the team’s incoming webhook. $incident is a link or a title with a number,
# $time a point in time, $who a name, “the schedule”, “you” or “someone”.

# $did is a sentence of `words.ftl` that begins with `did-`, without its full stop.
slack-did-at = { $did }, { $time }.
slack-did = { $did }.
# A text follows on the next line.
slack-did-text = { $did }:

# Other thread notes.
slack-note-proposed = { $who } hat bestätigt; eine zweite Person muss ebenfalls bestätigen
slack-note-dismissed-itself = Automatisch verworfen, weil kein Alarm mehr aktiv ist; bitte prüfen, ob es ein echter Vorfall war
slack-note-work-done = Wartung beendet, wird beobachtet ({ $who })
slack-note-work-goes-on = Wartung dauert an ({ $who })
slack-note-fixed = Eine Lösung ist eingespielt ({ $who })
slack-note-not-fixed = Noch nicht behoben ({ $who })
slack-note-update = Neuigkeit von { $who }
slack-note-corrected = { $who } hat eine Neuigkeit korrigiert
slack-note-withdrawn = { $who } hat eine Neuigkeit zurückgezogen
slack-note-severity = { $who } hat den Schweregrad auf „{ $severity }“ geändert
slack-note-title = { $who } hat den Titel geändert: { $title }
slack-note-summary = { $who } hat die Zusammenfassung geschrieben
slack-note-no-summary = { $who } hat die Zusammenfassung entfernt
# $times is one or both of the next two.
slack-note-times = { $who } hat die Zeiten korrigiert: { $times }
slack-note-began = Beginn { $time }
slack-note-ended = Ende { $time }
slack-note-silenced = { $who } hat den Vorfall stummgeschaltet; Abonnenten werden nicht mehr benachrichtigt
slack-note-unsilenced = { $who } hat die Benachrichtigungen wieder eingeschaltet
# $window is a start and an end.
slack-note-planned = Geplant für { $window }: { $who }
slack-note-moved = Verschoben auf { $window }: { $who }
slack-note-resolved-firing = { $count ->
    [one] Behoben, obwohl noch ein Alarm aktiv ist: { $who }
   *[other] Behoben, obwohl noch { $count } Alarme aktiv sind: { $who }
}
# $link is `post-mortem`.
slack-note-postmortem = { $who } hat veröffentlicht: { $link }
slack-note-new-alert = Ein neuer Alarm ist eingegangen, während die Lösung beobachtet wird: Das Problem könnte zurück sein. Abonnenten wurden nicht benachrichtigt
slack-note-alert-again = Kurz nach dem Verwerfen ist wieder ein Alarm eingegangen; deshalb gilt der Vorfall wieder als vermutet
slack-meanwhile = Was inzwischen bei { $incident } geschehen ist:
slack-earlier-notes = { $count ->
    [one] Ein früherer Eintrag steht auf der Seite.
   *[other] { $count } frühere Einträge stehen auf der Seite.
}

# The root message. $status is severity and status.
slack-status-since = { $status }, seit { $time }
slack-status-lasted = { $status }. Dauer: { $lasted }, ab { $time }.
slack-alerts-cleared = { $count ->
    [one] 1 Alarm, nicht mehr aktiv
   *[other] { $count } Alarme, keiner mehr aktiv
}
slack-alerts-firing = { $count ->
    [one] 1 Alarm, aktiv
   *[other] { $count } Alarme, alle aktiv
}
slack-alerts-some = { $count ->
    [one] { $count } Alarm, noch aktiv: { $firing }
   *[other] { $count } Alarme, noch aktiv: { $firing }
}
slack-nobody-notified = Niemand wurde benachrichtigt.
slack-was-it-real = Bitte prüfen: War es ein echter Vorfall?
slack-auto-both = Beginnt und endet automatisch.
slack-auto-start = Beginnt automatisch; nach dem Ende wird hier gefragt.
slack-auto-end = Nach dem Beginn wird hier gefragt; endet automatisch.
slack-auto-none = Nach Beginn und Ende wird hier gefragt.
slack-ends-itself = Endet automatisch: { $time }.
slack-starts-itself = Beginnt automatisch: { $time }.
# $what is a severity, a title, or both.
slack-would-be = Nach der Bestätigung: { $what }.
slack-is-it-real = Noch wurde niemand benachrichtigt. *Ist es ein echter Vorfall?*
slack-is-it-real-two = Noch wurde niemand benachrichtigt. *Ist es ein echter Vorfall?* Zwei Personen müssen bestätigen.
slack-is-it-real-second = { $who } hat bestätigt, { $time }. *Eine zweite Person muss ebenfalls bestätigen.* Noch wurde niemand benachrichtigt.
slack-last-update = Letzte Neuigkeit von { $who }, { $time }
slack-last-update-edited = Letzte Neuigkeit von { $who }, { $time }, bearbeitet
slack-updates = { $count ->
    [one] 1 Neuigkeit
   *[other] { $count } Neuigkeiten
}
slack-silent = stumm: Abonnenten werden nicht benachrichtigt
slack-rest = Der Rest steht auf der Seite.

# Questions to everyone in the channel, and their answers.
slack-asked-start = { $incident }: Der geplante Beginn war { $time }.
slack-asked-missed = { $incident }: Die geplante Zeit endete { $time }, und die Arbeiten haben nie begonnen.
slack-asked-end = { $incident }: Das geplante Ende war { $time }.
slack-asked-resolve = { $incident }: Kein Alarm ist mehr aktiv, { $time }.
slack-ask-start = Jetzt beginnen, verschieben oder absagen?
slack-ask-end = Ist die Wartung beendet?
slack-ask-resolve = Als behoben melden?
slack-new-start-is = Neuer Beginn: { $time }.
slack-new-end-is = Neues Ende: { $time }.
slack-came-back = Wieder ist ein Alarm eingegangen; es ist nicht vorbei.
slack-still-open = Noch offen: { $status }.

# Buttons.
slack-button-confirm = Ja, das ist ein echter Vorfall
slack-button-dismiss = Verwerfen
slack-button-details = Mit Details…
slack-button-real = War ein echter Vorfall
slack-button-update = Neuigkeit schreiben
slack-button-resolve = Behoben
slack-button-start = Jetzt beginnen
slack-button-end = Jetzt beenden
slack-button-longer = Dauert länger
slack-button-postpone = Verschieben
slack-button-cancel = Absagen
slack-button-declare = Vorfall melden
slack-button-plan = Wartung planen
slack-open-page = Seite öffnen
# What Slack asks before it does it: at most 30 characters on a button.
slack-dismiss-title = Vorfall verwerfen?
slack-dismiss-why = Er verschwindet von der öffentlichen Seite, und seine eigene Seite nennt ihn einen Fehlalarm. Niemand wurde benachrichtigt.
slack-dismiss-yes = Ja, ein Fehlalarm
slack-dismiss-no = Noch nicht
slack-cancel-title = Wartung absagen?
slack-cancel-why = Die geplante Wartung findet nicht statt. Wer über sie benachrichtigt wurde, erfährt auch davon.
slack-cancel-yes = Wartung absagen
slack-cancel-no = Nicht absagen

# The slash command and the home tab. $page is a link to the page.
slack-more = Es gibt mehr, als hier Platz hat. { $page }
slack-as-of = Stand: { $time }. { $page }
slack-nothing-yet = Noch ist nichts geschehen. { $page }
slack-open = Offen
# $command and the words after it aren’t translated.
slack-help =
    `{ $command }` zeigt den aktuellen Stand, mit Schaltflächen.
    `{ $command } declare` meldet einen Vorfall; `{ $command } declare Checkout ist ausgefallen` gibt ihm diesen Titel.
    `{ $command } update` oder `{ $command } update 7` schreibt eine Neuigkeit.
    `{ $command } resolve` oder `{ $command } resolve 7` beendet einen Vorfall.
slack-nothing-open = Kein Vorfall ist offen, und keine Wartung ist geplant.
slack-which = Um welchen Vorfall geht es?
slack-this-one = Um diesen…
slack-see-all = Alle auf der Seite ansehen
slack-propose = Als öffentliche Neuigkeit zu { $incident } veröffentlichen?
slack-propose-long = Der Text ist länger als das Formular zulässt; es enthält seinen Anfang.
slack-propose-yes = Ansehen…
slack-propose-no = Nicht jetzt

# Forms: titles and the buttons at the bottom have at most 24 characters.
slack-form-confirm = Bestätigen
slack-form-plan = Planen
slack-form-preview = Vorschau
slack-form-publish = Veröffentlichen
slack-form-cancel = Abbrechen
slack-form-close = Schließen
slack-field-title = Titel
slack-field-severity = Schweregrad
slack-field-status = Status
slack-field-update = Neuigkeit
slack-field-summary = Zusammenfassung
slack-hint-summary = Ein oder zwei Sätze, die über allen Neuigkeiten stehen.
slack-field-known = Was bekannt ist
slack-field-happened = Was geschehen ist
slack-field-expect = Womit zu rechnen ist
slack-field-why = Warum
slack-field-began = Begonnen
slack-hint-began = Leer lassen, wenn es gerade erst begonnen hat.
slack-field-start = Beginn
slack-field-end = Ende
slack-field-new-start = Neuer Beginn
slack-field-new-end = Neues Ende
slack-field-auto = Wenn es so weit ist
slack-box-start = Automatisch beginnen
slack-box-end = Automatisch beenden
slack-hint-auto = Sonst wird im Thread gefragt.
slack-field-alerts = Alarme
slack-box-alerts = Neue Alarme gehören zu diesem Vorfall
slack-hint-alerts = Sonst eröffnen sie einen eigenen vermuteten Vorfall.
# Options: at most 75 characters.
slack-choice-outage = Ausfall: Es geht nichts
slack-choice-partial = Teilausfall: Ein Teil ist ausgefallen
slack-choice-bug = Bekanntes Problem: Eine Kleinigkeit ist gestört
slack-choice-notice = Hinweis: zur Information
slack-choice-maintenance = Wartung: geplante Arbeit
slack-choice-confirmed = Bestätigt: Wir arbeiten daran
slack-choice-watching = Beobachtung: Eine Lösung ist eingespielt
slack-choice-resolved = Behoben: Es ist vorbei
slack-choice-work-started = Läuft
slack-choice-work-watching = Beendet, wird beobachtet
slack-choice-work-finished = Abgeschlossen
slack-choose-one = Bitte etwas aus der Liste wählen.
slack-choose-time = Bitte Tag und Uhrzeit wählen.
slack-title-invalid = Der Titel muss 1 bis { $most } Zeichen haben.
slack-text-invalid = Der Text ist leer.
slack-still-firing = ⚠️ Die Überwachung widerspricht: { $alerts }
slack-second-person = Eine zweite Person muss ebenfalls bestätigen. Vorher wird niemand benachrichtigt.

# Who is notified. $number is the count with its digits in groups.
slack-notifies = { $count ->
    [one] Benachrichtigt 1 Abonnenten.
   *[other] Benachrichtigt { $number } Abonnenten.
}
slack-notify = { $count ->
    [one] 1 Abonnenten benachrichtigen
   *[other] { $number } Abonnenten benachrichtigen
}
# How many of them can’t get their e-mail right now.
slack-waiting = { $count ->
    [one] 1 davon muss auf einen Mailserver warten.
   *[other] { $number } davon müssen auf einen Mailserver warten.
}
slack-no-subscribers = Noch gibt es keine Abonnenten.
slack-who-is-notified = Wer benachrichtigt wird
slack-why-silent = Der Vorfall ist stummgeschaltet: Abonnenten werden nicht benachrichtigt.
slack-why-unconfirmed = Abonnenten werden nicht benachrichtigt: Niemand hat den Vorfall bestätigt.
slack-why-nothing-new = Abonnenten werden nicht benachrichtigt: Es gibt keine Neuigkeit und keinen neuen Status.
slack-preview = So sieht es für Leser aus. Ändern Sie unten, was anders sein soll, oder veröffentlichen Sie es.
slack-and-so-on = … und so weiter.
slack-form-outdated = Dieses Formular ist veraltet oder wurde unterwegs verändert. Nichts wurde getan. Bitte öffnen Sie es noch einmal.
slack-same-time = Das ist bereits die geplante Zeit.
slack-no-change = Nichts würde sich ändern. Schreiben Sie eine Neuigkeit, oder ändern Sie unten ein Feld.

# Why somebody may not act, and what else can fail. $error is a technical reason in English.
slack-not-done = Nicht ausgeführt
slack-denied-no-channel = Candor weiß noch nicht, in welchem Slack-Kanal es arbeitet; deshalb wurde nichts getan. Bitte versuchen Sie es in einer Minute noch einmal. Bleibt es dabei, nennt `candor slack check` den Grund.
slack-denied-other-workspace = Sie gehören zu einem anderen Workspace als diese Statusseite; deshalb wurde nichts getan.
slack-denied-not-member = Das können nur Mitglieder des Slack-Kanals der Statusseite; deshalb wurde nichts getan. Treten Sie dem Kanal bei, und versuchen Sie es noch einmal.
slack-denied-not-in-group = Das können nur Mitglieder der Nutzergruppe, die die Statusseite betreut; deshalb wurde nichts getan.
slack-denied-unknown = Slack sagt gerade nicht, ob Sie das dürfen; deshalb wurde nichts getan. Bitte versuchen Sie es gleich noch einmal, oder nutzen Sie die Nachricht im Slack-Kanal der Statusseite.
slack-not-posted = In Ordnung, nichts wurde veröffentlicht.
slack-no-trigger = Slack hat keine Möglichkeit gegeben, das Formular zu öffnen. Bitte versuchen Sie es noch einmal.
slack-form-failed = Das Formular ließ sich nicht öffnen ({ $error }).
slack-message-gone = Diese Nachricht gibt es nicht mehr, oder Candor kann sie nicht lesen.
slack-message-unreadable = Die Nachricht ist nicht lesbar ({ $error }).
slack-log-unreadable = Candor kann sein Protokoll im Moment nicht lesen. Bitte versuchen Sie es noch einmal.

# The app itself, as Slack lists it: description at most 140 characters, shortcut at most 24, about at least 175.
# $name is what the page calls itself; $command isn’t translated.
slack-app-name = Statusseite
slack-app-description = Vorfälle auf { $name }: bestätigen, aktualisieren und beenden
slack-app-about = Meldet dem Team, wenn die Überwachung ein Problem vermutet, in einer Nachricht mit zwei Knöpfen: echter Vorfall oder Fehlalarm? Abonnenten von { $name } werden nur über das benachrichtigt, was ein Mensch bestätigt hat. Updates veröffentlichen, Vorfälle beenden und Wartungen planen, ohne Slack zu verlassen: aus der Nachricht, dem Home-Tab, mit dem Befehl { $command } oder einer Verknüpfung. Jeder Vorfall hat seinen eigenen Thread, dessen erste Nachricht immer den aktuellen Stand zeigt.
slack-shortcut-declare = Formular öffnen, um einen Vorfall zu melden
slack-shortcut-plan = Formular öffnen, um geplante Arbeiten anzukündigen
slack-shortcut-update = Als Update posten
slack-shortcut-update-description = Diese Nachricht als Update eines Vorfalls veröffentlichen
slack-command-description = Aktuellen Status mit Knöpfen anzeigen
