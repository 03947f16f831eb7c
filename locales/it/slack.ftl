# Messages in Slack and over the team’s incoming webhook. $incident is a link or a title with a number,
# $time a point in time, $who a name, “the schedule”, “you” or “someone”.

# $did is a sentence of `words.ftl` that begins with `did-`, without its full stop.
slack-did-at = { $did }, { $time }.
slack-did = { $did }.
# A text follows on the next line.
slack-did-text = { $did }:

# Other thread notes.
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
# $window is a start and an end.
slack-note-planned = Programmato per { $window }: { $who }
slack-note-moved = Spostato a { $window }: { $who }
slack-note-resolved-firing = { $count ->
    [one] Risolto anche se una segnalazione è ancora attiva: { $who }
   *[other] Risolto anche se { $count } segnalazioni sono ancora attive: { $who }
}
# $link is `post-mortem`.
slack-note-postmortem = { $who } ha pubblicato: { $link }
slack-note-new-alert = È arrivata una nuova segnalazione mentre la soluzione è in osservazione: il problema potrebbe essere tornato. Gli iscritti non sono stati avvisati
slack-note-alert-again = È arrivata di nuovo una segnalazione poco dopo che era stata scartata, quindi l’incidente è di nuovo sospetto
slack-meanwhile = Che cosa è successo nel frattempo a { $incident }:
slack-earlier-notes = { $count ->
    [one] 1 nota precedente si trova sulla pagina.
   *[other] { $count } note precedenti si trovano sulla pagina.
}

# The root message. $status is severity and status.
slack-status-since = { $status }, da { $time }
slack-status-lasted = { $status }. Durata: { $lasted }, da { $time }.
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
slack-is-it-real = Nessuno è stato ancora avvisato. *L’incidente è reale?*
slack-is-it-real-two = Nessuno è stato ancora avvisato. *L’incidente è reale?* Devono confermare due persone.
slack-is-it-real-second = { $who } ha confermato, { $time }. *Deve confermare anche una seconda persona.* Nessuno è stato ancora avvisato.
slack-last-update = Ultimo aggiornamento di { $who }, { $time }
slack-last-update-edited = Ultimo aggiornamento di { $who }, { $time }, modificato
slack-updates = { $count ->
    [one] 1 aggiornamento
   *[other] { $count } aggiornamenti
}
slack-silent = silenziato: gli iscritti non vengono avvisati
slack-rest = Il resto si trova sulla pagina.

# Questions to everyone in the channel, and their answers.
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
slack-still-open = Ancora aperto: { $status }.

# Buttons.
slack-button-confirm = Sì, l’incidente è reale
slack-button-dismiss = Scarta
slack-button-details = Con dettagli…
slack-button-real = Era reale
slack-button-update = Scrivi aggiornamento
slack-button-resolve = Risolvi
slack-button-start = Inizia ora
slack-button-end = Termina ora
slack-button-longer = Ci vuole di più
slack-button-postpone = Rimanda
slack-button-cancel = Annulla
slack-button-declare = Dichiara incidente
slack-button-plan = Programma manutenzione
slack-open-page = Apri la pagina
# What Slack asks before it does it: at most 30 characters on a button.
slack-dismiss-title = Scartare questo incidente?
slack-dismiss-why = Scompare dalla pagina pubblica, e la sua pagina dirà che è stato un falso allarme. Nessuno è stato avvisato.
slack-dismiss-yes = Sì, falso allarme
slack-dismiss-no = Non ancora
slack-cancel-title = Annullare questa manutenzione?
slack-cancel-why = La manutenzione programmata non si farà. Chi ne era stato avvisato verrà avvisato anche di questo.
slack-cancel-yes = Annulla manutenzione
slack-cancel-no = Mantieni

# The slash command and the home tab. $page is a link to the page.
slack-more = C’è più di quanto possa stare qui. { $page }
slack-as-of = Situazione: { $time }. { $page }
slack-nothing-yet = Non è ancora successo nulla. { $page }
slack-open = Aperti
# $command and the words after it aren’t translated.
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
# Options: at most 75 characters.
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
# How many of them can’t get their e-mail right now.
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
slack-form-outdated = Questo modulo non è più aggiornato o è stato modificato lungo il percorso. Non è stato fatto nulla. Lo apra di nuovo, per favore.
slack-same-time = È già l’orario previsto.
slack-no-change = Non cambierebbe nulla. Scrivere un aggiornamento, o modificare un campo qui sotto.

# Why somebody may not act, and what else can fail. $error is a technical reason in English.
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

# The app itself, as Slack lists it: description at most 140 characters, shortcut at most 24, about at least 175.
# $name is what the page calls itself; $command isn’t translated.
slack-app-name = Pagina di stato
slack-app-description = Incidenti su { $name }: confermarli, aggiornarli e risolverli
slack-app-about = Avvisa il team quando il monitoraggio sospetta un problema, in un messaggio con due pulsanti: incidente reale o falso allarme? Gli iscritti di { $name } ricevono avvisi solo su ciò che una persona ha confermato. Si possono pubblicare aggiornamenti, risolvere incidenti e programmare manutenzioni senza lasciare Slack: dal messaggio, dalla scheda Home, con il comando { $command } o con una scorciatoia. Ogni incidente ha il proprio thread, il cui primo messaggio mostra sempre lo stato attuale.
slack-shortcut-declare = Apre un modulo per dichiarare un incidente
slack-shortcut-plan = Apre un modulo per annunciare lavori programmati
slack-shortcut-update = Pubblica aggiornamento
slack-shortcut-update-description = Pubblica questo messaggio come aggiornamento di un incidente
slack-command-description = Mostra lo stato attuale, con pulsanti
