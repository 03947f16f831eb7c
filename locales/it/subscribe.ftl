# The pages of subscribing, changing what one gets, and leaving.

subscribe-title = Ricevere aggiornamenti
subscribe-intro = Scriviamo quando una persona ha confermato un incidente, quando una soluzione è stata applicata e quando è finita, e sulla manutenzione programmata. Mai per un allarme che nessuno ha verificato.
subscribe-button = Iscriviti
# Stands under the form.
subscribe-promise = Riceverà un messaggio con un link per confermare. L’indirizzo è usato solo per questi aggiornamenti, e viene cancellato appena annulla l’iscrizione.
# Beside a field that persons don’t see.
subscribe-unseen = Lasci vuoto questo campo

# Where somebody is told.
channel-legend = Dove dobbiamo scrivere?
channel-mail = Per e-mail
channel-slack = Slack, Mattermost o Rocket.Chat
channel-discord = Discord
channel-teams = Microsoft Teams
channel-webhook = Un mio programma
email-label = Il Suo indirizzo e-mail
email-wrong = Questo non è un indirizzo e-mail; dovrebbe essere come name@example.org.
url-label = L’indirizzo del webhook in entrata
url-hint = Si trova nelle impostazioni della Sua chat. Per un programma, qualsiasi indirizzo che accetti JSON firmato (Standard Webhooks).
url-wrong-unreadable = Questo non è un indirizzo web; dovrebbe essere come https://chat.example.org/hooks/…
url-wrong-insecure = L’indirizzo deve iniziare con https://.
url-wrong-credentials = L’indirizzo non deve contenere né utente né password.
url-wrong-port = Questa porta non è una del web; usi la 443, o una dalla 1024 in su.
url-wrong-private = Questo indirizzo porta in una rete che non è pubblica.
url-wrong-ourselves = Questo è l’indirizzo di questa stessa pagina.

# What somebody hears, and how.
wants-legend = Che cosa vuole sapere?
wants-all = Incidenti e manutenzione programmata
wants-incidents = Solo incidenti
# $incident is its title, or its number such as “#7”.
wants-one = Solo questo incidente: { $incident }
how-legend = In quale lingua e fuso orario?
language-label = Lingua
zone-label = Fuso orario
# $zone is the site’s, such as Europe/Berlin.
zone-hint = Per esempio Europe/Berlin. Vuoto significa { $zone }.
zone-wrong = Questo non è un fuso orario; dovrebbe essere come Europe/Berlin.

# Said to everybody who gave an address.
sent-title = Guardi la Sua posta
sent-mail = Un’e-mail è in arrivo a questo indirizzo. Se non è ancora iscritto, segua il link che contiene per confermare.
sent-hook-title = Guardi il Suo canale
sent-hook = Un messaggio è in arrivo a questo indirizzo. Se non è ancora iscritto, segua il link che contiene per confermare.
# { $again } is a link, its words are `try-again`.
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
how-now = La situazione attuale

manage-title = Che cosa riceve
# $address is where they are told, shortened, such as “a…@example.org”.
manage-where = Scriviamo a { $address }.
manage-pending = Non è ancora confermato: non viene inviato nulla prima che segua il link per confermare.
manage-button = Salva
manage-saved = Salvato.
manage-secret = Il segreto con cui sono firmati i nostri messaggi
manage-secret-hint = Lo conservi nel Suo programma, e verifichi ogni messaggio con una libreria di Standard Webhooks.
manage-leave = Annulla l’iscrizione

unsubscribe-title = Annullare l’iscrizione?
unsubscribe-question = Non riceverà più messaggi su { $site }, e il Suo indirizzo verrà cancellato.
unsubscribe-button = Sì, annulla l’iscrizione
unsubscribe-back = Può iscriversi di nuovo in qualsiasi momento.
unsubscribed-title = Iscrizione annullata
unsubscribed-text = Il Suo indirizzo è stato cancellato, e non vi verrà inviato più nulla.
subscribe-again = Iscriviti di nuovo
