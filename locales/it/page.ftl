# The public pages. $time is a time with its zone, $title an incident’s title, $name the name of the service.

# The frame
title-of-window = { $title } · Stato di { $name }
brand = Stato di { $name }
skip-to-content = Vai al contenuto
# Names the navigation for screen readers.
pages = Pagine
get-updates = Ricevi aggiornamenti
contact = Contatto
times-are-in = Orari nel fuso { $zone }.
# For screen readers only, before the language’s own name.
language = Lingua:
two-sentences = { $first }. { $second }
current-status = Stato attuale

# The front page
being-checked = In corso di verifica
happening-now = In questo momento
planned = Programmato
more-planned = { $count ->
    [one] Dopo ce n’è ancora una in programma.
   *[other] Dopo ce ne sono ancora { $count } in programma.
}
last-24-hours = Ultime 24 ore
nothing-to-report = Niente da segnalare.
nothing-else = Nient’altro.
and-more = { $count ->
    [one] E un altro.
   *[other] E altri { $count }.
}
last-known = Ultimo stato noto, { $time }:
last-known-why = il registro non può essere letto in questo momento.

# The evidence below the headline, and the facts of an incident: short phrases in one line.
since = Da { $time }
no-problem-since = Nessun problema da { $time }
generated = Aggiornato { $time }
# $seq is the number of an event; shown while the pointer rests on the time.
event-number = Evento { $seq }
alerts = { $count ->
    [one] 1 segnalazione del monitoraggio
   *[other] { $count } segnalazioni del monitoraggio
}
planned-until = Programmato fino a { $time }
# $span is a start and an end.
was-planned-for = Era in programma: { $span }
# $lasted is a duration.
span-and-how-long = { $span } ({ $lasted })
add-to-calendar = Aggiungi al calendario
# $status is the status: “Resolved 14:05 UTC after 9 min”.
ended-after = { $status } { $time }, dopo { $lasted }
status-and-title = { $status }: { $title }

# False alarms: $link is “A possible problem”.
a-possible-problem = Un possibile problema
was-a-false-alarm = { $link } è stato segnalato ({ $began }) e si è rivelato un falso allarme ({ $ended }).
is-a-false-alarm = { $link } è stato segnalato ({ $began }) e si è rivelato un falso allarme.

# An incident
timeline = Cronologia
all-entries = { $count ->
    [one] L’unica voce
   *[other] Tutte le { $count } voci
}
edited-at = Modificato { $time }.
withdrawn-at = Ciò che era scritto qui è stato ritirato ({ $time }).
post-mortem = Post mortem
read-post-mortem = Leggi il post mortem
post-mortem-of = Post mortem: { $title }
published = Pubblicato { $time }
back-to-the-incident = L’incidente e la sua cronologia
# $from and $to each have a start and an end.
moved-from-to = Spostato da { $from } a { $to }.
# Follows the time of a change: “14:08 UTC · after 3 min”.
after-how-long = dopo { $lasted }
# Follows “Edited at 14:23 UTC.”
previous-version = Mostra la versione precedente
previous-version-until = Fino a { $time } c’era scritto:

# The page as it was at an earlier time
as-of = Questa è la pagina com’è da { $from }.
as-of-until = Questa è la pagina com’era da { $from } a { $until }.
as-of-moment = Questa è la pagina com’era per un momento: { $from }.
go-to-current-page = Vai alla pagina attuale
page-as-it-was = La pagina com’era allora

# The last 14 days; a line may stand for several quiet days: “7 – 17 Nov”.
last-14-days = Ultimi 14 giorni

# The history. $period is a year or a month, $count how many.
history = Storico
history-of = Storico: { $period }
history-described = { $title }, { $name }: incidenti, manutenzione e quanto sono durati
last-12-months = Ultimi 12 mesi
month-by-month = Mese per mese
as-a-list = Tutti gli incidenti
by-year = Per anno
all-of-the-history = Tutto lo storico
all-of-the-month = Tutto il mese
older-by-month = { $count ->
    [one] Uno più vecchio si trova nel suo mese.
   *[other] { $count } più vecchi si trovano nel loro mese.
}
other-months = Altri mesi
other-days = Altri giorni
# Names the list of what the colors in the calendars mean.
legend = Che cosa significano i colori
incidents = Incidenti
false-alarms = Falsi allarmi
count-incidents = { $count ->
    [one] 1 incidente
   *[other] { $count } incidenti
}
count-maintenances = { $count ->
    [one] 1 manutenzione
   *[other] { $count } manutenzioni
}
count-false-alarms = { $count ->
    [one] 1 falso allarme
   *[other] { $count } falsi allarmi
}
# $median and $longest are durations.
took-until-confirmed = Tempo fino alla conferma: mediana { $median }, massimo { $longest }.
took-until-resolved = Tempo fino alla risoluzione: mediana { $median }, massimo { $longest }.
figures-by-month = Cifre per mese; i tempi sono mediane
month = Mese
until-confirmed = Fino alla conferma
until-resolved = Fino alla fine

# Feeds and calendars
feed-title = Stato di { $name }
feed-description = Incidenti e manutenzione programmata di { $name } confermati da una persona.
feed-withdrawn = Ciò che era scritto qui è stato ritirato.
feed-more = Tutte le voci sono nella pagina dell’incidente.
calendar-name = { $name }: manutenzione

# The banner on other sites
widget-hide = Nascondi questo messaggio

# The page for people who run another site or program
integrate = Integrazione e API
integrate-title = Integra questo stato
integrate-what = Modi per mostrare lo stato su altri siti e in altri programmi. Tutto è pubblico e senza cookie.
integrate-badge = Badge
integrate-badge-why = Un’immagine che dice sempre come stanno le cose, per un README o un piè di pagina.
integrate-frame = Riquadro
integrate-frame-why = Il verdetto e ciò che accade, come parte di un’altra pagina. Si adatta a pagine chiare e scure e non ha bisogno di script.
integrate-banner = Banner
integrate-banner-why = Una riga che mostra un banner finché un incidente è confermato, e altrimenti nulla. Se questa pagina non è raggiungibile, non succede nulla.
integrate-error-page = Pagina di errore
integrate-error-page-why = Per la Sua pagina «qualcosa è andato storto»: dice che il problema è noto, se lo è. Attende al massimo tre secondi e non rovina mai la pagina intorno.
integrate-feeds = Feed e calendario
integrate-feeds-why = Per lettori di feed e calendari. Una voce sale in cima quando vi si aggiunge qualcosa.
integrate-api = API
integrate-api-why = JSON nella forma dell’API pubblica di Statuspage, i suoi feed storici e la nostra.
