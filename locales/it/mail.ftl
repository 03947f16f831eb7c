# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a verdict, and the sentence that stands under it.
told-outage = Interruzione confermata
told-outage-sentence = Il nostro team ha confermato un’interruzione. Ci stiamo lavorando.
told-partial = Interruzione parziale confermata
told-partial-sentence = Il nostro team ha confermato che una parte non funziona. Ci stiamo lavorando.
told-bug = Problema noto confermato
told-bug-sentence = Il nostro team ha confermato un piccolo problema. Ci stiamo lavorando.
told-notice = Avviso
told-notice-sentence = È solo per Sua informazione; non c’è nulla di guasto.
told-maintenance = Manutenzione
told-maintenance-sentence = Ci sono lavori in corso.
told-watching = Una soluzione è stata applicata
told-watching-sentence = Dovrebbe funzionare di nuovo. Osserviamo se dura.
told-resolved = Risolto
told-resolved-sentence = L’incidente è risolto.
told-maintenance-planned = Manutenzione programmata
told-maintenance-planned-sentence = Ecco quando, e che cosa aspettarsi.
told-maintenance-started = La manutenzione è iniziata
told-maintenance-started-sentence = Il lavoro programmato è in corso.
told-maintenance-ended = La manutenzione è finita
told-maintenance-ended-sentence = Il lavoro programmato è concluso.
told-maintenance-rescheduled = Manutenzione spostata
told-maintenance-rescheduled-sentence = Il lavoro programmato ha un nuovo orario.
told-maintenance-canceled = Manutenzione annullata
told-maintenance-canceled-sentence = Il lavoro programmato non si farà.

# News without a new status.
told-news-watching = Novità mentre osserviamo la soluzione
told-news-watching-sentence = La soluzione è stata applicata; ecco di più.
told-news-resolved = Una nota successiva
told-news-resolved-sentence = È finita; ecco qualcosa di più.
told-news-maintenance = Novità sulla manutenzione
told-news-maintenance-sentence = Ecco che cosa c’è di nuovo.
told-news-outage = Novità sull’interruzione
told-news-outage-sentence = Ci stiamo ancora lavorando.
told-news-partial = Novità sull’interruzione parziale
told-news-partial-sentence = Ci stiamo ancora lavorando.
told-news-bug = Novità sul problema noto
told-news-bug-sentence = Ci stiamo ancora lavorando.
told-news-notice = Novità
told-news-notice-sentence = Ecco che cosa c’è di nuovo.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = In programma
fact-since = Da
fact-from = Da
fact-until = A
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader's time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# What can be done.
do-details = Vedi i dettagli
do-confirm = Conferma l’iscrizione
do-manage = Gestisci l’iscrizione
do-unsubscribe = Annulla l’iscrizione

# Subjects. $site is the page's name, $title the incident's.
subject-notice = { $state }: { $title } ({ $site })
subject-confirm = { $site }: confermi la Sua iscrizione
subject-known = { $site }: l’iscrizione esiste già

# Why somebody gets it.
why-notice = Questo indirizzo è iscritto agli aggiornamenti di { $site }.
why-confirm = Se non è stato Lei, non faccia nulla: non Le scriveremo più.
why-known = Se non è stato Lei, non faccia nulla: non è cambiato niente.
subscription-ends = È concluso: questo è l’ultimo messaggio al riguardo e la Sua iscrizione a questo argomento è terminata.

confirm-verdict = Confermi la Sua iscrizione
confirm-sentence = Qualcuno (speriamo Lei) ha chiesto di ricevere gli aggiornamenti di { $site } a questo indirizzo.
known-verdict = L’iscrizione esiste già
known-sentence = Qualcuno (speriamo Lei) ha chiesto di ricevere gli aggiornamenti di { $site } a questo indirizzo. Li riceve già; qui può modificare l’iscrizione o annullarla.
