# Errors, on pages and in JSON (RFC 9457): a title, and a sentence that says what is wrong.

problem-not-found = Non trovato
problem-not-found-why = A questo indirizzo non c’è nulla.
# A link to the incident, on the error page for an address that ends with its number.
problem-did-you-mean = Cercava l’incidente n. { $number }?
problem-dead-link = Questo link non funziona
problem-dead-link-why = Questo link non è valido, o non lo è più. Può iscriversi di nuovo in qualsiasi momento.
problem-method = Metodo non consentito
# $allow lists what it accepts, such as “GET, HEAD”.
problem-method-why = Questo indirizzo accetta solo { $allow }.
problem-cross-site = Inviato da un altro sito
problem-cross-site-why = Questo modulo è stato inviato da un altro sito. Lo apra qui e lo invii di nuovo, per favore.
problem-unauthorized = Non autorizzato
problem-wrong-secret = Il segreto manca o non è corretto.
problem-wrong-signature = La firma manca o non è corretta.
problem-content-type = Tipo di contenuto errato
# $wanted is such as “application/json”.
problem-content-type-why = Il contenuto va inviato come { $wanted }.
problem-encoding = Codifica sconosciuta
# $encoding is what the request calls it, in quotation marks.
problem-encoding-why = La codifica { $encoding } non è supportata. Invii il contenuto così com’è, o compresso con gzip o deflate.
problem-too-large = Troppo grande
problem-too-large-why = Il contenuto supera { $limit } byte.
problem-timeout = Tempo scaduto
problem-timeout-why = La richiesta ha richiesto troppo tempo.

# One title; the sentences below say what is wrong.
problem-bad-request = Richiesta non valida
problem-unintelligible = La richiesta non è comprensibile.
problem-body-incomplete = Il contenuto è incompleto.
problem-body-not-compressed = Il contenuto non è compresso come indica Content-Encoding.
problem-body-not-json-or-form = Il contenuto non è né JSON né un modulo.
problem-form-unreadable = Non è possibile leggere il modulo.
# $error is a technical reason in English, here and below.
problem-alert-unreadable = Non è possibile leggere l’allarme: { $error }.
# $name is the parameter’s name in quotation marks.
problem-parameter-repeated = Il parametro { $name } è indicato più di una volta.
problem-parameter-number = Il parametro { $name } deve essere un numero intero da { $least } a { $most }.
problem-parameter-words = Non è possibile leggere il parametro { $name }: { $error }.
problem-parameter-time = Il parametro { $name } deve essere un orario con il suo fuso, come 2026-11-21T14:05:00Z o 2026-11-21T15:05:00+01:00, o un giorno, come 2026-11-21.
# $known lists the parameters that there are.
problem-parameter-unknown = Qui il parametro { $name } non esiste. Si possono usare: { $known }.

problem-too-many = Troppe richieste
problem-too-many-why = { $seconds ->
    [one] Dal Suo indirizzo sono arrivate troppe richieste. Riprovi fra un secondo, per favore.
   *[other] Dal Suo indirizzo sono arrivate troppe richieste. Riprovi fra { $seconds } secondi, per favore.
}
problem-too-many-viewers = Troppi visitatori
problem-too-many-viewers-why = Ci sono troppi visitatori collegati, dal Suo indirizzo o in totale. In alternativa, ricarichi la pagina di tanto in tanto.
problem-refused = Rifiutato
problem-refused-why = Non è stato cambiato nulla: { $error }.
problem-conflict = Conflitto
problem-conflict-why = L’identificativo di questa richiesta è già stato usato per un’altra.
problem-unavailable = Al momento non disponibile
problem-unavailable-why = Al momento non è possibile salvare, e non è stato cambiato nulla. Riprovi, per favore.
# The same for programs, with the reason.
problem-unavailable-because = Al momento non è possibile salvare: { $error }. Riprovi, per favore.
problem-not-ready = Lo stato non è noto
problem-not-ready-why = Al momento non possiamo leggere il nostro stesso registro, quindi non possiamo dire come stanno le cose. Riprovi, per favore.
problem-busy = Occupato
problem-busy-why = In questo momento l’archivio è molto richiesto. Riprovi, per favore.
problem-internal = Errore interno
problem-internal-why = Qualcosa è andato storto da parte nostra.

# An incident by its number, and by its title.
incident-number = Incidente n. { $number }
incident-quoted = «{ $title }» (#{ $number })

# Why a command changed nothing: in Slack and on the command line. $incident is one of the two above, $status its status.
refused-no-incident = Non esiste l’incidente n. { $number }.
# $did is what somebody else did, a sentence of `words.ftl`.
refused-already = { $incident } è già cambiato. { $did } ({ $time }).
refused-not-suspected = { $incident }: { $status }. Solo gli incidenti sospetti si possono confermare o scartare.
refused-same-person = Lei ha già confermato { $incident }. Ora deve confermare una seconda persona.
refused-not-dismissed = { $incident }: { $status }. Solo ciò che è stato scartato può rivelarsi reale.
refused-not-confirmed = { $incident } è solo un sospetto. Prima va confermato o scartato.
refused-not-started = { $incident } non è ancora iniziato. Prima va iniziato o annullato.
refused-not-over = { $incident }: { $status }. Si può fare quando sarà finita.
refused-was-dismissed = { $incident } è stato scartato. Se era reale, lo indichi prima.
refused-under-way = { $incident } è in corso. Si può spostare solo la fine.
refused-canceled = { $incident } è stato annullato. Programmi invece una nuova manutenzione.
refused-not-planned = { $incident }: { $status }. È possibile solo con una manutenzione che non è ancora iniziata.
refused-not-running = { $incident }: { $status }. È possibile solo con una manutenzione in corso.
refused-not-maintenance = { $incident } non è una manutenzione. Programmi invece una manutenzione.
refused-stays-maintenance = { $incident } è una manutenzione e resta tale. Se qualcosa va storto, dichiari un incidente.
refused-not-declarable = Un incidente si dichiara come confermato, in osservazione o risolto.
refused-has-no-end = Un incidente in corso non ha una fine. Lasci vuota la fine, o lo dichiari come risolto.
refused-not-a-status = Un aggiornamento può impostare lo stato su confermato o in osservazione. Per concludere l’incidente, lo risolva.
refused-no-update = { $incident } non ha più questo aggiornamento.
refused-no-text = Scriva che cosa succede: un nuovo stato richiede un testo.
refused-end-first = La fine deve essere dopo l’inizio.
refused-future = Questo orario è nel futuro.
refused-over = Questo orario è passato. Scelga una fine successiva.
refused-nothing = Non cambierebbe nulla.
refused-nameless = Può farlo solo una persona, e non si sa chi è Lei.
