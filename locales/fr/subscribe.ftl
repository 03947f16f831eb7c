# The pages to subscribe, to change a subscription, and to unsubscribe.

subscribe-title = Recevoir les nouvelles
subscribe-intro = Nous écrivons quand une personne a confirmé un incident, quand un correctif est en place et quand c’est terminé, ainsi que pour les maintenances prévues. Jamais à cause d’une alerte que personne n’a vérifiée.
subscribe-button = S’abonner
# Below the form.
subscribe-promise = Vous recevrez un message avec un lien de confirmation. L’adresse ne sert qu’à ces nouvelles, et elle est effacée dès que vous vous désabonnez.
# Instead of the form, where subscribing is turned off.
subscribe-closed = L’abonnement n’est pas possible ici en ce moment. Vous pouvez suivre les flux ci-dessous.
subscribe-busy = Trop de personnes s’abonnent en ce moment. Réessayez dans une heure.
# A link to the form, on the page of an incident or of maintenance.
subscribe-to-incident = Recevoir les nouvelles de cet incident
subscribe-to-maintenance = Recevoir les nouvelles de cette maintenance

# The channel: how a subscriber is notified.
channel-legend = Comment pouvons-nous vous joindre ?
channel-mail = Par e-mail
email-label = Votre adresse e-mail
channel-wrong = Ce moyen n’est pas proposé ici. Choisissez-en un autre.
email-wrong = Ceci n’est pas une adresse e-mail ; elle devrait ressembler à name@example.org.
email-wrong-private = Cette adresse ne mène pas à une boîte aux lettres sur Internet.
email-wrong-letters = Notre serveur de messagerie ne peut pas écrire à une adresse avec ces lettres avant le @. Utilisez-en une autre.
email-wrong-unasked = Nous n’arrivons pas à joindre notre serveur de messagerie pour savoir s’il accepte ces lettres avant le @. Réessayez plus tard ou utilisez une autre adresse.
url-label = L’adresse du webhook entrant
# Where chats are offered, and where webhooks are; both, if both are.
url-hint-chat = Elle se trouve dans les réglages de votre messagerie.
url-hint-program = Pour un programme, toute adresse qui accepte du JSON signé (Standard Webhooks).
url-wrong-unreadable = Ceci n’est pas une adresse web ; elle devrait ressembler à https://chat.example.org/hooks/…
url-wrong-long = Cette adresse est trop longue.
url-wrong-insecure = L’adresse doit commencer par https://.
url-wrong-credentials = L’adresse ne doit contenir ni utilisateur ni mot de passe.
url-wrong-port = Ce port n’est pas un port du web ; utilisez 443, ou un port à partir de 1024.
url-wrong-private = Cette adresse mène à un réseau qui n’est pas public.
url-wrong-ourselves = C’est l’adresse de cette page elle-même.

# The preferences: which notifications, and in which form.
preferences-legend = Que devons-nous vous envoyer ?
preferences-all = Incidents et maintenances prévues
preferences-incidents = Incidents seulement
# $incident is its title, or its number such as “#7”.
preferences-one = Ceci seulement : { $incident }
how-legend = Dans quelle langue et quel fuseau horaire ?
language-label = Langue
zone-label = Fuseau horaire
# $zone is the site’s, such as Europe/Berlin.
zone-hint = Par exemple Europe/Berlin. Vide signifie { $zone }.
zone-wrong = Ceci n’est pas un fuseau horaire ; il devrait ressembler à Europe/Berlin.

# After the form: the same for every address, subscribed or not.
sent-title = Consultez vos e-mails
# $address is where the message went, shortened, such as “a…@example.org”.
sent-mail = Nous avons envoyé un lien à { $address }. Si l’adresse n’est pas encore abonnée, suivez ce lien pour confirmer.
sent-hook-title = Consultez votre canal
sent-hook = Nous avons envoyé un lien à { $address }. Si l’adresse n’est pas encore abonnée, suivez ce lien pour confirmer.
# $again is a link with the words of `try-again`.
sent-late = Rien n’est arrivé après quelques minutes ? Regardez dans les indésirables, ou { $again }.
sent-hook-late = Rien n’est arrivé après quelques minutes ? Vérifiez l’adresse, ou { $again }.
try-again = réessayez

confirm-title = Confirmez votre abonnement
# $site is the page’s name.
confirm-question = Encore un clic, et nous vous écrirons à propos des incidents et des maintenances de { $site }.
confirm-button = Oui, écrivez-moi
confirm-not-you = Vous n’avez rien demandé ? Fermez simplement cette page, et rien ne sera envoyé.

confirmed-title = Votre abonnement est confirmé
confirmed-text = Nous écrirons quand il y aura quelque chose à dire. Chaque message contient un lien pour modifier ce que vous recevez, et pour vous désabonner.
current-status-link = État actuel

manage-title = Votre abonnement
# $address is where the notifications go, shortened, such as “a…@example.org”.
manage-where = Nous écrivons à { $address }.
manage-pending = Ce n’est pas encore confirmé : rien n’est envoyé avant que vous suiviez le lien de confirmation.
manage-button = Enregistrer
manage-saved = Enregistré.
manage-secret = Le secret avec lequel nos messages sont signés
manage-secret-hint = Gardez-le dans votre programme, et vérifiez chaque message avec une bibliothèque de Standard Webhooks. Il n’est affiché que maintenant.
manage-leave = Se désabonner

# A link works for $days days. $address is where a new one is sent, shortened.
expired-title = Ce lien a expiré
expired-text = Un lien vers un abonnement fonctionne { $days } jours. Nous pouvons en envoyer un nouveau à { $address }.
expired-button = Envoyer un nouveau lien

unsubscribe-title = Se désabonner ?
unsubscribe-question = Vous ne recevrez plus de messages à propos de { $site }, et votre adresse sera effacée.
unsubscribe-button = Oui, me désabonner
unsubscribe-back = Vous pouvez vous réabonner à tout moment.
unsubscribed-title = Votre abonnement a pris fin
unsubscribed-text = Votre adresse est effacée, et plus rien n’y est envoyé.
unsubscribed-before-title = Cet abonnement a déjà pris fin
unsubscribed-before-text = L’abonnement auquel ce lien appartient avait déjà pris fin, et son adresse a été effacée. Si des messages vous parviennent encore, c’est que vous avez souscrit un nouvel abonnement depuis. Chacun d’eux contient un lien pour se désabonner.
subscribe-again = Se réabonner
