# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a heading, and the sentence below it.
notification-outage = Interruzione confermata
notification-outage-sentence = Il nostro team ha confermato un’interruzione. Ci stiamo lavorando.
notification-partial = Interruzione parziale confermata
notification-partial-sentence = Il nostro team ha confermato che una parte non funziona. Ci stiamo lavorando.
notification-bug = Problema noto confermato
notification-bug-sentence = Il nostro team ha confermato un piccolo problema. Ci stiamo lavorando.
notification-notice = Avviso
notification-notice-sentence = È solo per Sua informazione; non c’è nulla di guasto.
notification-maintenance = Manutenzione
notification-maintenance-sentence = Ci sono lavori in corso.
notification-watching = Una soluzione è stata applicata
notification-watching-sentence = Dovrebbe funzionare di nuovo. Osserviamo se dura.
notification-resolved = Risolto
notification-resolved-sentence = L’incidente è risolto.
notification-maintenance-planned = Manutenzione programmata
notification-maintenance-planned-sentence = Ecco quando, e che cosa aspettarsi.
notification-maintenance-started = La manutenzione è iniziata
notification-maintenance-started-sentence = Il lavoro programmato è in corso.
notification-maintenance-ended = La manutenzione è finita
notification-maintenance-ended-sentence = Il lavoro programmato è concluso.
notification-maintenance-rescheduled = Manutenzione spostata
notification-maintenance-rescheduled-sentence = Il lavoro programmato ha un nuovo orario.
notification-maintenance-canceled = Manutenzione annullata
notification-maintenance-canceled-sentence = Il lavoro programmato non si farà.

# An update that leaves the status as it is.
notification-update-watching = Novità mentre osserviamo la soluzione
notification-update-watching-sentence = La soluzione è stata applicata; ecco di più.
notification-update-resolved = Una nota successiva
notification-update-resolved-sentence = È finita; ecco qualcosa di più.
notification-update-maintenance = Novità sulla manutenzione
notification-update-maintenance-sentence = Ecco che cosa c’è di nuovo.
notification-update-outage = Novità sull’interruzione
notification-update-outage-sentence = Ci stiamo ancora lavorando.
notification-update-partial = Novità sull’interruzione parziale
notification-update-partial-sentence = Ci stiamo ancora lavorando.
notification-update-bug = Novità sul problema noto
notification-update-bug-sentence = Ci stiamo ancora lavorando.
notification-update-notice = Novità
notification-update-notice-sentence = Ecco che cosa c’è di nuovo.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = In programma
fact-since = Da
fact-from = Da
fact-until = A
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader’s time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# Buttons and links.
button-details = Vedi i dettagli
button-confirm = Conferma l’iscrizione
button-manage = Gestisci l’iscrizione
button-unsubscribe = Annulla l’iscrizione

# Subjects. $site is the page’s name, $title the incident’s.
subject-notification = { $state }: { $title } ({ $site })
subject-confirm = { $site }: confermi la Sua iscrizione
subject-already-subscribed = { $site }: l’iscrizione esiste già

# Why the recipient gets it.
why-notification = Questo indirizzo è iscritto agli aggiornamenti di { $site }.
why-confirm = Se non è stato Lei, non faccia nulla: non Le scriveremo più.
why-already-subscribed = Se non è stato Lei, non faccia nulla: non è cambiato niente.
subscription-ends = È concluso: questo è l’ultimo messaggio al riguardo e la Sua iscrizione a questo argomento è terminata.

confirm-heading = Confermi la Sua iscrizione
confirm-sentence = Qualcuno (speriamo Lei) ha chiesto di ricevere gli aggiornamenti di { $site } a questo indirizzo.
already-subscribed-heading = L’iscrizione esiste già
already-subscribed-sentence = Qualcuno (speriamo Lei) ha chiesto di ricevere gli aggiornamenti di { $site } a questo indirizzo. Li riceve già; qui può modificare l’iscrizione o annullarla.
