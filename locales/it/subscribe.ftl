# The pages to subscribe, to change a subscription, and to unsubscribe.

subscribe-title = Ricevere aggiornamenti
subscribe-intro = Scriviamo quando una persona ha confermato un incidente, quando una soluzione è stata applicata e quando è finita, e sulla manutenzione programmata. Mai per un allarme che nessuno ha verificato.
subscribe-button = Iscriviti
# Below the form.
subscribe-promise = Riceverà un messaggio con un link per confermare. L’indirizzo è usato solo per questi aggiornamenti, e viene cancellato appena annulla l’iscrizione.
# Instead of the form, where subscribing is turned off.
subscribe-closed = Al momento qui non è possibile iscriversi. Può seguire i feed qui sotto.
subscribe-busy = In questo momento si stanno iscrivendo troppe persone. Riprovi tra un’ora.
# A link to the form, on the page of an incident or of maintenance.
subscribe-to-incident = Ricevere aggiornamenti su questo incidente
subscribe-to-maintenance = Ricevere aggiornamenti su questa manutenzione

# The channel: how a subscriber is notified.
channel-legend = Come possiamo raggiungerLa?
channel-mail = Per e-mail
email-label = Il Suo indirizzo e-mail
channel-wrong = Qui questo canale non è disponibile. Ne scelga un altro.
email-wrong = Questo non è un indirizzo e-mail; dovrebbe essere come name@example.org.
email-wrong-private = Questo indirizzo non porta a una casella di posta su Internet.
email-wrong-letters = Il nostro server di posta non può scrivere a un indirizzo con queste lettere prima della @. Ne usi un altro.
email-wrong-unasked = Al momento non riusciamo a chiedere al nostro server di posta se accetta queste lettere prima della @. Riprovi più tardi o usi un altro indirizzo.
url-label = L’indirizzo del webhook in entrata
# Where chats are offered, and where webhooks are; both, if both are.
url-hint-chat = Si trova nelle impostazioni della Sua chat.
url-hint-program = Per un programma, qualsiasi indirizzo che accetti JSON firmato (Standard Webhooks).
url-wrong-unreadable = Questo non è un indirizzo web; dovrebbe essere come https://chat.example.org/hooks/…
url-wrong-long = Questo indirizzo è troppo lungo.
url-wrong-insecure = L’indirizzo deve iniziare con https://.
url-wrong-credentials = L’indirizzo non deve contenere né utente né password.
url-wrong-port = Questa porta non è una del web; usi la 443, o una dalla 1024 in su.
url-wrong-private = Questo indirizzo porta in una rete che non è pubblica.
url-wrong-ourselves = Questo è l’indirizzo di questa stessa pagina.

# The preferences: which notifications, and in which form.
preferences-legend = Che cosa vuole ricevere?
preferences-all = Incidenti e manutenzione programmata
preferences-incidents = Solo incidenti
# $incident is its title, or its number such as “#7”.
preferences-one = Solo questo: { $incident }
how-legend = In quale lingua e fuso orario?
language-label = Lingua
zone-label = Fuso orario
# $zone is the site’s, such as Europe/Berlin.
zone-hint = Per esempio Europe/Berlin. Vuoto significa { $zone }.
zone-wrong = Questo non è un fuso orario; dovrebbe essere come Europe/Berlin.

# After the form: the same for every address, subscribed or not.
sent-title = Guardi la Sua posta
# $address is where the message went, shortened, such as “a…@example.org”.
sent-mail = Abbiamo inviato un link a { $address }. Se l’indirizzo non è ancora iscritto, segua il link per confermare.
sent-hook-title = Guardi il Suo canale
sent-hook = Abbiamo inviato un link a { $address }. Se l’indirizzo non è ancora iscritto, segua il link per confermare.
# $again is a link with the words of `try-again`.
sent-late = Dopo qualche minuto non è arrivato nulla? Guardi nella cartella della posta indesiderata, o { $again }.
sent-hook-late = Dopo qualche minuto non è arrivato nulla? Guardi se l’indirizzo è giusto, o { $again }.
try-again = riprovi

confirm-title = Confermi la Sua iscrizione
# $site is the page’s name.
confirm-question = Ancora un clic, e Le scriveremo degli incidenti e della manutenzione di { $site }.
confirm-button = Sì, scrivetemi
confirm-not-you = Non l’ha chiesto Lei? Chiuda semplicemente questa pagina, e non verrà inviato nulla.

confirmed-title = Iscrizione confermata
confirmed-text = Scriveremo quando ci sarà qualcosa da dire. Ogni messaggio ha un link per cambiare che cosa riceve, e per annullare l’iscrizione.
current-status-link = Stato attuale

manage-title = La Sua iscrizione
# $address is where the notifications go, shortened, such as “a…@example.org”.
manage-where = Scriviamo a { $address }.
manage-pending = Non è ancora confermato: non viene inviato nulla prima che segua il link per confermare.
manage-button = Salva
manage-saved = Salvato.
manage-secret = Il segreto con cui sono firmati i nostri messaggi
manage-secret-hint = Lo conservi nel Suo programma, e verifichi ogni messaggio con una libreria di Standard Webhooks. Viene mostrato solo ora.
manage-leave = Annulla l’iscrizione

# A link works for $days days. $address is where a new one is sent, shortened.
expired-title = Questo link è scaduto
expired-text = Un link a un’iscrizione funziona per { $days } giorni. Possiamo inviarne uno nuovo a { $address }.
expired-button = Inviare un nuovo link

unsubscribe-title = Annullare l’iscrizione?
unsubscribe-question = Non riceverà più messaggi su { $site }, e il Suo indirizzo verrà cancellato.
unsubscribe-button = Sì, annulla l’iscrizione
unsubscribe-back = Può iscriversi di nuovo in qualsiasi momento.
unsubscribed-title = Iscrizione annullata
unsubscribed-text = Il Suo indirizzo è stato cancellato, e non vi verrà inviato più nulla.
unsubscribed-before-title = Questa iscrizione era già terminata
unsubscribed-before-text = L’iscrizione a cui appartiene questo link era già terminata, e il suo indirizzo è stato cancellato. Se riceve ancora messaggi, nel frattempo c’è stata una nuova iscrizione: ogni messaggio contiene un link per annullarla.
subscribe-again = Iscriviti di nuovo
