# What is said in Slack, and over the team’s incoming webhook. $incident is a link or a title with a number,
# $time a point in time, $who a name, “the schedule”, “you” or “someone”.

# Who did something.
slack-someone = qualcuno
slack-schedule = il calendario
slack-you = Lei

# What happened to an incident: a sentence without its full stop, said in notes and, with its time, in the root message.
slack-did-plan = Programmato: { $who }
slack-did-declare = Dichiarato: { $who }
slack-did-start = Iniziato: { $who }
slack-did-confirm = Confermato: { $who }
# $severity is one of `outage` … `notice`.
slack-did-confirm-as = Confermato come «{ $severity }»: { $who }
slack-did-watch = Messo in osservazione: { $who }
slack-did-end = Concluso: { $who }
slack-did-resolve = Risolto: { $who }
slack-did-dismiss = Scartato come falso allarme: { $who }
slack-did-dismiss-itself = Scartato automaticamente perché non ci sono più segnalazioni attive
slack-did-reopen = Riaperto: { $who }
slack-did-cancel = Annullato: { $who }
# $did is one of the sentences above.
slack-did-at = { $did }, { $time }.
slack-did = { $did }.
# A text follows on the next line.
slack-did-text = { $did }:

# Other notes of the thread.
slack-note-proposed = { $who } ha confermato; deve confermare anche una seconda persona
slack-note-dismissed-itself = Scartato automaticamente perché non ci sono più segnalazioni attive; verificare se l’incidente era reale
slack-note-work-done = { $who } indica che la manutenzione è finita ed è sotto osservazione
slack-note-work-goes-on = { $who } indica che la manutenzione continua
slack-note-fixed = { $who } indica che una soluzione è stata applicata
slack-note-not-fixed = { $who } indica che il problema non è ancora risolto
slack-note-update = Aggiornamento di { $who }
slack-note-corrected = { $who } ha corretto un aggiornamento
slack-note-withdrawn = { $who } ha ritirato un aggiornamento
slack-note-severity = { $who } ha cambiato la gravità in «{ $severity }»
slack-note-title = { $who } ha cambiato il titolo: { $title }
slack-note-summary = { $who } ha scritto il riepilogo
slack-note-no-summary = { $who } ha rimosso il riepilogo
# $times is one or both of the next two.
slack-note-times = { $who } ha corretto gli orari: { $times }
slack-note-began = inizio { $time }
slack-note-ended = fine { $time }
slack-note-silenced = { $who } ha silenziato l’incidente; gli iscritti non vengono più avvisati
slack-note-unsilenced = { $who } ha riattivato gli avvisi
# $window is from when to when.
slack-note-planned = Programmato per { $window }: { $who }
slack-note-moved = Spostato a { $window }: { $who }
slack-note-resolved-firing = { $count ->
    [one] Risolto anche se una segnalazione è ancora attiva: { $who }
   *[other] Risolto anche se { $count } segnalazioni sono ancora attive: { $who }
}
# $link is `what-we-learned`.
slack-note-postmortem = { $who } ha pubblicato: { $link }
slack-note-new-alert = È arrivata una nuova segnalazione mentre la soluzione è in osservazione: il problema potrebbe essere tornato. Gli iscritti non sono stati avvisati
slack-note-alert-again = È arrivata di nuovo una segnalazione poco dopo che era stata scartata, quindi l’incidente è di nuovo sospetto
slack-meanwhile = Che cosa è successo nel frattempo a { $incident }:
slack-earlier-notes = { $count ->
    [one] 1 nota precedente si trova sulla pagina.
   *[other] { $count } note precedenti si trovano sulla pagina.
}

# The root message. $standing is what the incident is and how it stands.
slack-standing-since = { $standing }, da { $time }
slack-standing-lasted = { $standing }. Durata: { $lasted }, da { $time }.
slack-alerts-cleared = { $count ->
    [one] 1 segnalazione, rientrata
   *[other] { $count } segnalazioni, tutte rientrate
}
slack-alerts-firing = { $count ->
    [one] 1 segnalazione attiva
   *[other] { $count } segnalazioni, tutte attive
}
slack-alerts-some = { $count ->
    [one] { $count } segnalazione, ancora attive: { $firing }
   *[other] { $count } segnalazioni, ancora attive: { $firing }
}
slack-nobody-notified = Nessuno è stato avvisato.
slack-was-it-real = Da verificare: l’incidente era reale?
slack-auto-both = Inizia e finisce automaticamente.
slack-auto-start = Inizia automaticamente; la fine verrà chiesta qui.
slack-auto-end = L’inizio verrà chiesto qui; finisce automaticamente.
slack-auto-none = L’inizio e la fine verranno chiesti qui.
slack-ends-itself = Finisce automaticamente: { $time }.
slack-starts-itself = Inizia automaticamente: { $time }.
# $what is a severity, a title, or both.
slack-would-be = Una volta confermato sarà: { $what }.
slack-real = Nessuno è stato ancora avvisato. *L’incidente è reale?*
slack-real-two = Nessuno è stato ancora avvisato. *L’incidente è reale?* Devono confermare due persone.
slack-real-second = { $who } ha confermato, { $time }. *Deve confermare anche una seconda persona.* Nessuno è stato ancora avvisato.
slack-last-update = Ultimo aggiornamento di { $who }, { $time }
slack-last-update-edited = Ultimo aggiornamento di { $who }, { $time }, modificato
slack-updates = { $count ->
    [one] 1 aggiornamento
   *[other] { $count } aggiornamenti
}
slack-silent = silenziato: gli iscritti non vengono avvisati
slack-rest = Il resto si trova sulla pagina.

# Questions to everyone in the channel, and what became of them.
slack-asked-start = { $incident }: l’inizio previsto era { $time }.
slack-asked-missed = { $incident }: l’orario previsto è finito { $time } e i lavori non sono mai iniziati.
slack-asked-end = { $incident }: la fine prevista era { $time }.
slack-asked-resolve = { $incident }: nessuna segnalazione è più attiva, { $time }.
slack-ask-start = Iniziare ora, rimandare o annullare?
slack-ask-end = La manutenzione è finita?
slack-ask-resolve = Segnarlo come risolto?
slack-new-start-is = Nuovo inizio: { $time }.
slack-new-end-is = Nuova fine: { $time }.
slack-came-back = È arrivata di nuovo una segnalazione; non è finita.
slack-still-open = Ancora aperto: { $standing }.

# Buttons.
slack-do-confirm = Sì, l’incidente è reale
slack-do-dismiss = Scarta
slack-do-details = Con dettagli…
slack-do-real = Era reale
slack-do-update = Scrivi aggiornamento
slack-do-resolve = Risolvi
slack-do-start = Inizia ora
slack-do-end = Termina ora
slack-do-longer = Ci vuole di più
slack-do-postpone = Rimanda
slack-do-cancel = Annulla
slack-do-declare = Dichiara incidente
slack-do-plan = Programma manutenzione
slack-open-page = Apri la pagina
# What Slack asks before it is done: at most 30 characters on a button.
slack-dismiss-title = Scartare questo incidente?
slack-dismiss-why = Scompare dalla pagina pubblica, e la sua pagina dirà che è stato un falso allarme. Nessuno è stato avvisato.
slack-dismiss-yes = Sì, falso allarme
slack-dismiss-no = Non ancora
slack-cancel-title = Annullare questa manutenzione?
slack-cancel-why = La manutenzione programmata non si farà. Chi ne era stato avvisato verrà avvisato anche di questo.
slack-cancel-yes = Annulla manutenzione
slack-cancel-no = Mantieni

# The command and the home tab. $page is a link to the page.
slack-more = C’è più di quanto possa stare qui. { $page }
slack-as-of = Situazione: { $time }. { $page }
slack-nothing-yet = Non è ancora successo nulla. { $page }
slack-open = Aperti
# $command stays as it is, and so do the words behind it.
slack-help =
    `{ $command }` mostra la situazione attuale, con i pulsanti.
    `{ $command } declare` dichiara un incidente; `{ $command } declare Il pagamento non funziona` gli dà questo titolo.
    `{ $command } update` o `{ $command } update 7` scrive un aggiornamento.
    `{ $command } resolve` o `{ $command } resolve 7` conclude un incidente.
slack-nothing-open = Nessun incidente è aperto e nessuna manutenzione è programmata.
slack-which = Di quale incidente si tratta?
slack-this-one = Questo…
slack-see-all = Vedi tutti sulla pagina
slack-propose = Pubblicare questo come aggiornamento di { $incident }?
slack-propose-long = Il testo è più lungo di quanto consenta il modulo, che ne conterrà l’inizio.
slack-propose-yes = Rivedi…
slack-propose-no = Non ora

# Forms: titles and the buttons at the bottom have at most 24 characters.
slack-form-confirm = Conferma
slack-form-plan = Programma
slack-form-preview = Anteprima
slack-form-publish = Pubblica
slack-form-cancel = Annulla
slack-form-close = Chiudi
slack-field-title = Titolo
slack-field-severity = Gravità
slack-field-status = Stato
slack-field-update = Aggiornamento
slack-field-summary = Riepilogo
slack-hint-summary = Una o due frasi, mostrate sopra tutti gli aggiornamenti.
slack-field-known = Che cosa sappiamo
slack-field-happened = Che cosa è successo
slack-field-expect = Che cosa aspettarsi
slack-field-why = Perché
slack-field-began = Inizio
slack-hint-began = Lasciare vuoto se è appena iniziato.
slack-field-start = Inizio
slack-field-end = Fine
slack-field-new-start = Nuovo inizio
slack-field-new-end = Nuova fine
slack-field-auto = Quando arriva il momento
slack-box-start = Inizia automaticamente
slack-box-end = Termina automaticamente
slack-hint-auto = Altrimenti verrà chiesto nel thread.
slack-field-alerts = Segnalazioni
slack-box-alerts = Le nuove segnalazioni si uniscono a questo incidente
slack-hint-alerts = Altrimenti aprono un proprio incidente sospetto.
# What can be chosen: at most 75 characters.
slack-choice-outage = Interruzione: non funziona
slack-choice-partial = Interruzione parziale: una parte non funziona
slack-choice-bug = Problema noto: un piccolo guasto
slack-choice-notice = Avviso: a titolo informativo
slack-choice-maintenance = Manutenzione: lavori programmati
slack-choice-confirmed = Confermato: ci stiamo lavorando
slack-choice-watching = In osservazione: una soluzione è stata applicata
slack-choice-resolved = Risolto: è finita
slack-choice-work-started = In corso
slack-choice-work-watching = Finita, sotto osservazione
slack-choice-work-finished = Conclusa
slack-choose-one = Scegliere una voce dell’elenco.
slack-choose-time = Scegliere un giorno e un’ora.
slack-title-invalid = Il titolo deve avere da 1 a { $most } caratteri.
slack-text-invalid = Il testo è vuoto.
slack-still-firing = ⚠️ Il monitoraggio non è d’accordo: { $alerts }
slack-second-person = Deve confermare anche una seconda persona. Prima non viene avvisato nessuno.

# Who is notified. $number is the count with its digits in groups.
slack-notifies = { $count ->
    [one] Avvisa 1 iscritto.
   *[other] Avvisa { $number } iscritti.
}
slack-notify = { $count ->
    [one] Avvisa 1 iscritto
   *[other] Avvisa { $number } iscritti
}
# How many of them can’t get their email now.
slack-waiting = { $count ->
    [one] 1 di loro deve aspettare un server di posta.
   *[other] { $number } di loro devono aspettare un server di posta.
}
slack-no-subscribers = Non c’è ancora nessun iscritto.
slack-who-is-notified = Chi viene avvisato
slack-why-silent = L’incidente è silenziato: gli iscritti non vengono avvisati.
slack-why-unconfirmed = Gli iscritti non vengono avvisati: nessuno ha confermato l’incidente.
slack-why-nothing-new = Gli iscritti non vengono avvisati: non c’è né un aggiornamento né un nuovo stato.
slack-preview = Ecco che cosa vedranno i lettori. Modificare qualcosa qui sotto, o pubblicare.
slack-and-so-on = … e così via.
slack-lost = Questo modulo non è più aggiornato o è stato modificato lungo il percorso. Non è stato fatto nulla. Lo apra di nuovo, per favore.
slack-same-time = È già l’orario previsto.
slack-no-change = Non cambierebbe nulla. Scrivere un aggiornamento, o modificare un campo qui sotto.

# Why something wasn’t done. $did as above.
slack-incident = Incidente n. { $number }
slack-quoted = «{ $title }» (#{ $number })
slack-refused-no-incident = Non esiste l’incidente n. { $number }.
slack-refused-already = { $incident } è già cambiato. { $did } ({ $time }).
slack-refused-not-suspected = { $incident }: { $standing }. Solo gli incidenti sospetti si possono confermare o scartare.
slack-refused-same-person = Lei ha già confermato { $incident }. Ora deve confermare una seconda persona.
slack-refused-not-dismissed = { $incident }: { $standing }. Solo ciò che è stato scartato può rivelarsi reale.
slack-refused-not-confirmed = { $incident } è solo un sospetto. Prima va confermato o scartato.
slack-refused-not-started = { $incident } non è ancora iniziato. Prima va iniziato o annullato.
slack-refused-not-over = { $incident }: { $standing }. Si può fare quando sarà finita.
slack-refused-was-dismissed = { $incident } è stato scartato. Se era reale, lo indichi prima.
slack-refused-under-way = { $incident } è in corso. Si può spostare solo la fine.
slack-refused-canceled = { $incident } è stato annullato. Programmi invece una nuova manutenzione.
slack-refused-not-planned = { $incident }: { $standing }. È possibile solo con una manutenzione che non è ancora iniziata.
slack-refused-not-running = { $incident }: { $standing }. È possibile solo con una manutenzione in corso.
slack-refused-not-maintenance = { $incident } non è una manutenzione. Programmi invece una manutenzione.
slack-refused-stays-maintenance = { $incident } è una manutenzione e resta tale. Se qualcosa va storto, dichiari un incidente.
slack-refused-not-declarable = Un incidente si dichiara come confermato, in osservazione o risolto.
slack-refused-has-no-end = Un incidente in corso non ha una fine. Lasci vuota la fine, o lo dichiari come risolto.
slack-refused-not-a-status = Un aggiornamento può impostare lo stato su confermato o in osservazione. Per concludere l’incidente, lo risolva.
slack-refused-no-update = { $incident } non ha più questo aggiornamento.
slack-refused-no-text = Scriva che cosa succede: un nuovo stato richiede un testo.
slack-refused-end-first = La fine deve essere dopo l’inizio.
slack-refused-future = Questo orario è nel futuro.
slack-refused-over = Questo orario è passato. Scelga una fine successiva.
slack-refused-nothing = Non cambierebbe nulla.
slack-refused-nameless = Può farlo solo una persona, e Slack non ha detto chi è Lei.

# Why somebody may not act, and what else can go wrong. $error is a technical reason in English.
slack-not-done = Non eseguito
slack-denied-no-channel = Candor non sa ancora in quale canale Slack lavora, quindi non è stato fatto nulla. Riprovi fra un minuto. Se il problema persiste, `candor slack check` dice perché.
slack-denied-other-workspace = Lei appartiene a un’area di lavoro diversa da quella di questa pagina di stato, quindi non è stato fatto nulla.
slack-denied-not-member = Possono farlo solo i membri del canale Slack della pagina di stato, quindi non è stato fatto nulla. Si unisca al canale e riprovi.
slack-denied-not-in-group = Possono farlo solo i membri del gruppo che gestisce la pagina di stato, quindi non è stato fatto nulla.
slack-denied-unknown = Al momento Slack non dice se Lei può farlo, quindi non è stato fatto nulla. Riprovi fra poco, o usi il messaggio nel canale Slack della pagina di stato.
slack-not-posted = Va bene, non è stato pubblicato nulla.
slack-no-trigger = Slack non ha permesso di aprire il modulo. Riprovi, per favore.
slack-form-failed = Non è stato possibile aprire il modulo ({ $error }).
slack-message-gone = Quel messaggio non esiste più, o Candor non può leggerlo.
slack-message-unreadable = Non è possibile leggere il messaggio ({ $error }).
slack-log-unreadable = Al momento Candor non può leggere il proprio registro. Riprovi, per favore.
