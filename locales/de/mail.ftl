# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a heading, and the sentence below it.
notification-outage = Ausfall bestätigt
notification-outage-sentence = Unser Team hat einen Ausfall bestätigt. Wir arbeiten daran.
notification-partial = Teilausfall bestätigt
notification-partial-sentence = Unser Team hat bestätigt, dass ein Teil ausgefallen ist. Wir arbeiten daran.
notification-bug = Bekanntes Problem bestätigt
notification-bug-sentence = Unser Team hat ein kleines Problem bestätigt. Wir arbeiten daran.
notification-notice = Hinweis
notification-notice-sentence = Das ist nur zu Ihrer Information; nichts ist dadurch gestört.
notification-maintenance = Wartung
notification-maintenance-sentence = Die Wartung läuft.
notification-watching = Eine Lösung ist eingespielt
notification-watching-sentence = Es sollte wieder funktionieren. Wir beobachten, ob es so bleibt.
notification-resolved = Behoben
notification-resolved-sentence = Der Vorfall ist behoben.
notification-maintenance-planned = Wartung geplant
notification-maintenance-planned-sentence = Hier steht, wann, und womit zu rechnen ist.
notification-maintenance-started = Die Wartung hat begonnen
notification-maintenance-started-sentence = Die geplante Wartung läuft.
notification-maintenance-ended = Die Wartung ist beendet
notification-maintenance-ended-sentence = Die geplante Wartung ist vorbei.
notification-maintenance-rescheduled = Wartung verschoben
notification-maintenance-rescheduled-sentence = Die geplante Wartung hat einen neuen Zeitpunkt.
notification-maintenance-canceled = Wartung abgesagt
notification-maintenance-canceled-sentence = Die geplante Wartung findet nicht statt.

# An update that leaves the status as it is.
notification-update-watching = Neues, während wir die Lösung beobachten
notification-update-watching-sentence = Die Lösung ist eingespielt; hier steht mehr.
notification-update-resolved = Ein Nachtrag
notification-update-resolved-sentence = Es ist vorbei; hier steht mehr darüber.
notification-update-maintenance = Neues zur Wartung
notification-update-maintenance-sentence = Hier steht, was neu ist.
notification-update-outage = Neues zum Ausfall
notification-update-outage-sentence = Wir arbeiten weiter daran.
notification-update-partial = Neues zum Teilausfall
notification-update-partial-sentence = Wir arbeiten weiter daran.
notification-update-bug = Neues zum bekannten Problem
notification-update-bug-sentence = Wir arbeiten weiter daran.
notification-update-notice = Neues
notification-update-notice-sentence = Hier steht, was neu ist.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = Geplant für
fact-since = Seit
fact-from = Von
fact-until = Bis
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader’s time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# Buttons and links.
button-details = Einzelheiten ansehen
button-confirm = Anmeldung bestätigen
button-manage = Abonnement verwalten
button-unsubscribe = Abmelden

# Subjects. $site is the page’s name, $title the incident’s.
subject-notification = { $state }: { $title } ({ $site })
subject-confirm = { $site }: Bitte bestätigen Sie Ihre Anmeldung
subject-already-subscribed = { $site }: Sie sind bereits angemeldet

# Why the recipient gets it.
why-notification = Diese Adresse ist für Nachrichten von { $site } angemeldet.
why-confirm = Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Sie hören nicht wieder von uns.
why-already-subscribed = Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Es hat sich nichts geändert.
subscription-ends = Das ist vorbei: Dies ist die letzte Nachricht dazu, und Ihre Anmeldung dafür ist beendet.

confirm-heading = Bitte bestätigen Sie Ihre Anmeldung
confirm-sentence = Jemand (hoffentlich Sie) möchte Nachrichten von { $site } an diese Adresse bekommen.
already-subscribed-heading = Sie sind bereits angemeldet
already-subscribed-sentence = Jemand (hoffentlich Sie) möchte Nachrichten von { $site } an diese Adresse bekommen. Sie bekommt sie schon; hier können Sie Ihr Abonnement ändern oder sich abmelden.
