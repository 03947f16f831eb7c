# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a verdict, and the sentence that stands under it.
told-outage = Ausfall bestätigt
told-outage-sentence = Unser Team hat einen Ausfall bestätigt. Wir arbeiten daran.
told-partial = Teilausfall bestätigt
told-partial-sentence = Unser Team hat bestätigt, dass ein Teil ausgefallen ist. Wir arbeiten daran.
told-bug = Bekanntes Problem bestätigt
told-bug-sentence = Unser Team hat ein kleines Problem bestätigt. Wir arbeiten daran.
told-notice = Hinweis
told-notice-sentence = Das ist nur zu Ihrer Information; nichts ist dadurch gestört.
told-maintenance = Wartung
told-maintenance-sentence = Die Wartung läuft.
told-watching = Eine Lösung ist eingespielt
told-watching-sentence = Es sollte wieder funktionieren. Wir beobachten, ob es so bleibt.
told-resolved = Behoben
told-resolved-sentence = Der Vorfall ist behoben.
told-maintenance-planned = Wartung geplant
told-maintenance-planned-sentence = Hier steht, wann, und womit zu rechnen ist.
told-maintenance-started = Die Wartung hat begonnen
told-maintenance-started-sentence = Die geplante Wartung läuft.
told-maintenance-ended = Die Wartung ist beendet
told-maintenance-ended-sentence = Die geplante Wartung ist vorbei.
told-maintenance-rescheduled = Wartung verschoben
told-maintenance-rescheduled-sentence = Die geplante Wartung hat einen neuen Zeitpunkt.
told-maintenance-canceled = Wartung abgesagt
told-maintenance-canceled-sentence = Die geplante Wartung findet nicht statt.

# News without a new status.
told-news-watching = Neues, während wir die Lösung beobachten
told-news-watching-sentence = Die Lösung ist eingespielt; hier steht mehr.
told-news-resolved = Ein Nachtrag
told-news-resolved-sentence = Es ist vorbei; hier steht mehr darüber.
told-news-maintenance = Neues zur Wartung
told-news-maintenance-sentence = Hier steht, was neu ist.
told-news-outage = Neues zum Ausfall
told-news-outage-sentence = Wir arbeiten weiter daran.
told-news-partial = Neues zum Teilausfall
told-news-partial-sentence = Wir arbeiten weiter daran.
told-news-bug = Neues zum bekannten Problem
told-news-bug-sentence = Wir arbeiten weiter daran.
told-news-notice = Neues
told-news-notice-sentence = Hier steht, was neu ist.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = Geplant für
fact-since = Seit
fact-from = Von
fact-until = Bis
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader's time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# What can be done.
do-details = Einzelheiten ansehen
do-confirm = Anmeldung bestätigen
do-manage = Abonnement verwalten
do-unsubscribe = Abmelden

# Subjects. $site is the page's name, $title the incident's.
subject-notice = { $state }: { $title } ({ $site })
subject-confirm = { $site }: Bitte bestätigen Sie Ihre Anmeldung
subject-known = { $site }: Sie sind bereits angemeldet

# Why somebody gets it.
why-notice = Diese Adresse ist für Nachrichten von { $site } angemeldet.
why-confirm = Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Sie hören nicht wieder von uns.
why-known = Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Es hat sich nichts geändert.
subscription-ends = Das ist vorbei: Dies ist die letzte Nachricht dazu, und Ihre Anmeldung dafür ist beendet.

confirm-verdict = Bitte bestätigen Sie Ihre Anmeldung
confirm-sentence = Jemand (hoffentlich Sie) möchte Nachrichten von { $site } an diese Adresse bekommen.
known-verdict = Sie sind bereits angemeldet
known-sentence = Jemand (hoffentlich Sie) möchte Nachrichten von { $site } an diese Adresse bekommen. Sie bekommt sie schon; hier können Sie Ihr Abonnement ändern oder sich abmelden.
