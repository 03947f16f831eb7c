# Messages in Slack and over the team’s incoming webhook. $incident is a link or a title with a number,
# $time a point in time, $who a name, “the schedule”, “you” or “someone”.

# $did is a sentence of `words.ftl` that begins with `did-`, without its full stop.
slack-did-at = { $did }, { $time }.
slack-did = { $did }.
# A text follows on the next line.
slack-did-text = { $did } :

# Other thread notes.
slack-note-proposed = { $who } a confirmé ; une deuxième personne doit aussi confirmer
slack-note-dismissed-itself = Écarté automatiquement, car plus aucune alerte n’est active ; vérifiez si l’incident était réel
slack-note-work-done = { $who } indique que la maintenance est terminée et sous observation
slack-note-work-goes-on = { $who } indique que la maintenance continue
slack-note-fixed = { $who } indique qu’un correctif est en place
slack-note-not-fixed = { $who } indique que ce n’est pas encore résolu
slack-note-update = Nouvelles de { $who }
slack-note-corrected = { $who } a corrigé une publication
slack-note-withdrawn = { $who } a retiré une publication
slack-note-severity = { $who } a changé la gravité : « { $severity } »
slack-note-title = { $who } a changé le titre : { $title }
slack-note-summary = { $who } a rédigé le résumé
slack-note-no-summary = { $who } a supprimé le résumé
# $times is one or both of the next two.
slack-note-times = { $who } a corrigé les heures : { $times }
slack-note-began = début { $time }
slack-note-ended = fin { $time }
slack-note-silenced = { $who } a mis l’incident en silencieux ; les abonnés ne sont plus informés
slack-note-unsilenced = { $who } a réactivé les notifications
# $window is a start and an end.
slack-note-planned = Prévu par { $who } : { $window }
slack-note-moved = Déplacé par { $who } : { $window }
slack-note-resolved-firing = { $count ->
    [one] Résolu par { $who }, bien que { $count } alerte soit encore active
   *[other] Résolu par { $who }, bien que { $count } alertes soient encore actives
}
# $link is `post-mortem`.
slack-note-postmortem = { $who } a publié : { $link }
slack-note-new-alert = Une nouvelle alerte s’est déclenchée pendant l’observation du correctif : le problème est peut-être revenu. Les abonnés n’ont pas été informés
slack-note-alert-again = Une alerte s’est déclenchée de nouveau peu après avoir été écartée ; l’incident est donc de nouveau soupçonné
slack-meanwhile = Ce qui s’est passé entre-temps pour { $incident } :
slack-earlier-notes = { $count ->
    [one] { $count } note antérieure se trouve sur la page.
   *[other] { $count } notes antérieures se trouvent sur la page.
}

# The root message. $status is severity and status.
slack-status-since = { $status }, depuis { $time }
slack-status-lasted = { $status }. Durée : { $lasted }, à partir de { $time }.
slack-alerts-cleared = { $count ->
    [one] { $count } alerte, levée
   *[other] { $count } alertes, toutes levées
}
slack-alerts-firing = { $count ->
    [one] { $count } alerte active
   *[other] { $count } alertes, toutes actives
}
slack-alerts-some = { $count ->
    [one] { $count } alerte, encore active : { $firing }
   *[other] { $count } alertes, encore actives : { $firing }
}
slack-nobody-notified = Personne n’a été informé.
slack-was-it-real = À vérifier : l’incident était-il réel ?
slack-auto-both = Commence et se termine automatiquement.
slack-auto-start = Commence automatiquement ; la fin sera demandée ici.
slack-auto-end = Le début sera demandé ici ; se termine automatiquement.
slack-auto-none = Le début et la fin seront demandés ici.
slack-ends-itself = Se termine automatiquement : { $time }.
slack-starts-itself = Commence automatiquement : { $time }.
# $what is a severity, a title, or both.
slack-would-be = Une fois confirmé : { $what }.
slack-is-it-real = Personne n’a encore été informé. *L’incident est-il réel ?*
slack-is-it-real-two = Personne n’a encore été informé. *L’incident est-il réel ?* Deux personnes doivent confirmer.
slack-is-it-real-second = { $who } a confirmé, { $time }. *Une deuxième personne doit aussi confirmer.* Personne n’a encore été informé.
slack-last-update = Dernières nouvelles de { $who }, { $time }
slack-last-update-edited = Dernières nouvelles de { $who }, { $time }, modifié
slack-updates = { $count ->
    [one] { $count } publication
   *[other] { $count } publications
}
slack-silent = silencieux : les abonnés ne sont pas informés
slack-rest = La suite se trouve sur la page.

# Questions to everyone in the channel, and their answers.
slack-asked-start = { $incident } : le début était prévu { $time }.
slack-asked-missed = { $incident } : le créneau prévu s’est terminé { $time }, et les travaux n’ont jamais commencé.
slack-asked-end = { $incident } : la fin était prévue { $time }.
slack-asked-resolve = { $incident } : plus aucune alerte n’est active, { $time }.
slack-ask-start = Commencer maintenant, reporter ou annuler ?
slack-ask-end = La maintenance est-elle terminée ?
slack-ask-resolve = Marquer comme résolu ?
slack-new-start-is = Nouveau début : { $time }.
slack-new-end-is = Nouvelle fin : { $time }.
slack-came-back = Une alerte s’est déclenchée de nouveau ; ce n’est pas terminé.
slack-still-open = Encore ouvert : { $status }.

# Buttons.
slack-button-confirm = Oui, l’incident est réel
slack-button-dismiss = Écarter
slack-button-details = Avec des détails…
slack-button-real = L’incident était réel
slack-button-update = Publier des nouvelles
slack-button-resolve = Résoudre
slack-button-start = Commencer maintenant
slack-button-end = Terminer maintenant
slack-button-longer = Cela prend plus de temps
slack-button-postpone = Reporter
slack-button-cancel = Annuler
slack-button-declare = Signaler un incident
slack-button-plan = Prévoir une maintenance
slack-open-page = Ouvrir la page
# What Slack asks before it does it: at most 30 characters on a button.
slack-dismiss-title = Écarter cet incident ?
slack-dismiss-why = Il disparaît de la page publique, et sa propre page indiquera une fausse alerte. Personne n’a été informé.
slack-dismiss-yes = Oui, fausse alerte
slack-dismiss-no = Pas encore
slack-cancel-title = Annuler cette maintenance ?
slack-cancel-why = La maintenance prévue n’aura pas lieu. Tous ceux qui en avaient été informés le seront de son annulation.
slack-cancel-yes = Annuler la maintenance
slack-cancel-no = La garder

# The slash command and the home tab. $page is a link to the page.
slack-more = Tout ne tient pas ici. { $page }
slack-as-of = État : { $time }. { $page }
slack-nothing-yet = Rien ne s’est encore passé. { $page }
slack-open = Ouverts
# $command and the words after it aren’t translated.
slack-help =
    `{ $command }` affiche l’état actuel, avec les boutons.
    `{ $command } declare` signale un incident ; `{ $command } declare Panne du paiement` lui donne ce titre.
    `{ $command } update` ou `{ $command } update 7` publie des nouvelles.
    `{ $command } resolve` ou `{ $command } resolve 7` termine un incident.
slack-nothing-open = Aucun incident n’est ouvert, et aucune maintenance n’est prévue.
slack-which = De quel incident s’agit-il ?
slack-this-one = Celui-ci…
slack-see-all = Les voir tous sur la page
slack-propose = Publier ceci sur la page, pour { $incident } ?
slack-propose-long = Le texte est plus long que ce que permet le formulaire ; celui-ci en contiendra le début.
slack-propose-yes = Relire…
slack-propose-no = Pas maintenant

# Forms: titles and the buttons at the bottom have at most 24 characters.
slack-form-confirm = Confirmer
slack-form-plan = Prévoir
slack-form-preview = Aperçu
slack-form-publish = Publier
slack-form-cancel = Annuler
slack-form-close = Fermer
slack-field-title = Titre
slack-field-severity = Gravité
slack-field-status = État
slack-field-update = Nouvelles
slack-field-summary = Résumé
slack-hint-summary = Une ou deux phrases, affichées au-dessus de toutes les nouvelles.
slack-field-known = Ce que nous savons
slack-field-happened = Ce qui s’est passé
slack-field-expect = À quoi s’attendre
slack-field-why = Pourquoi
slack-field-began = Début
slack-hint-began = Laissez vide si l’incident vient de commencer.
slack-field-start = Début
slack-field-end = Fin
slack-field-new-start = Nouveau début
slack-field-new-end = Nouvelle fin
slack-field-auto = Le moment venu
slack-box-start = Commencer automatiquement
slack-box-end = Terminer automatiquement
slack-hint-auto = Sinon, la question sera posée dans le fil.
slack-field-alerts = Alertes
slack-box-alerts = Les nouvelles alertes rejoignent cet incident
slack-hint-alerts = Sinon, elles ouvrent leur propre incident soupçonné.
# Options: at most 75 characters.
slack-choice-outage = Panne : plus rien ne fonctionne
slack-choice-partial = Panne partielle : une partie est en panne
slack-choice-bug = Problème connu : un petit défaut
slack-choice-notice = Information : rien n’est en panne
slack-choice-maintenance = Maintenance : travaux prévus
slack-choice-confirmed = Confirmé : nous y travaillons
slack-choice-watching = Observation : un correctif est en place
slack-choice-resolved = Résolu : c’est terminé
slack-choice-work-started = En cours
slack-choice-work-watching = Terminée, sous observation
slack-choice-work-finished = Terminée
slack-choose-one = Choisissez un élément de la liste.
slack-choose-time = Choisissez un jour et une heure.
slack-title-invalid = Le titre doit avoir de 1 à { $most } caractères.
slack-text-invalid = Le texte est vide.
slack-still-firing = ⚠️ La surveillance n’est pas de cet avis : { $alerts }
slack-second-person = Une deuxième personne doit aussi confirmer. Personne n’est informé avant.

# Who is notified. $number is the count with its digits in groups.
slack-notifies = { $count ->
    [one] Informe { $number } abonné.
   *[other] Informe { $number } abonnés.
}
slack-notify = { $count ->
    [one] Informer { $number } abonné
   *[other] Informer { $number } abonnés
}
# How many of them can’t get their e-mail right now.
slack-waiting = { $count ->
    [one] { $number } d’entre eux doit attendre un serveur de messagerie.
   *[other] { $number } d’entre eux doivent attendre un serveur de messagerie.
}
slack-no-subscribers = Personne n’est encore abonné.
slack-who-is-notified = Qui est informé
slack-why-silent = L’incident est silencieux : les abonnés ne sont pas informés.
slack-why-unconfirmed = Les abonnés ne sont pas informés : personne n’a confirmé l’incident.
slack-why-nothing-new = Les abonnés ne sont pas informés : il n’y a ni nouvelle ni nouvel état.
slack-preview = Voici ce que verront les lecteurs. Modifiez ce que vous voulez ci-dessous, ou publiez.
slack-and-so-on = … et ainsi de suite.
slack-form-outdated = Ce formulaire n’est plus à jour ou a été modifié en chemin. Rien n’a été fait. Veuillez l’ouvrir de nouveau.
slack-same-time = C’est déjà l’horaire prévu.
slack-no-change = Rien ne changerait. Rédigez des nouvelles, ou modifiez un champ ci-dessous.

# Why somebody may not act, and what else can fail. $error is a technical reason in English.
slack-not-done = Rien n’a été fait
slack-denied-no-channel = Candor ne sait pas encore dans quel canal Slack il travaille ; rien n’a été fait. Veuillez réessayer dans une minute. Si cela persiste, `candor slack check` indique pourquoi.
slack-denied-other-workspace = Vous appartenez à un autre espace de travail que cette page d’état ; rien n’a été fait.
slack-denied-not-member = Seuls les membres du canal Slack de la page d’état peuvent le faire ; rien n’a été fait. Rejoignez le canal et réessayez.
slack-denied-not-in-group = Seuls les membres du groupe qui gère la page d’état peuvent le faire ; rien n’a été fait.
slack-denied-unknown = Slack n’indique pas pour le moment si vous y êtes autorisé ; rien n’a été fait. Veuillez réessayer dans un instant, ou utilisez le message dans le canal Slack de la page d’état.
slack-not-posted = D’accord, rien n’a été publié.
slack-no-trigger = Slack n’a pas permis d’ouvrir le formulaire. Veuillez réessayer.
slack-form-failed = Le formulaire n’a pas pu être ouvert ({ $error }).
slack-message-gone = Ce message n’existe plus, ou Candor ne peut pas le lire.
slack-message-unreadable = Le message ne peut pas être lu ({ $error }).
slack-log-unreadable = Candor ne peut pas lire son journal pour le moment. Veuillez réessayer.

# The app itself, as Slack lists it: description at most 140 characters, shortcut at most 24, about at least 175.
# $name is what the page calls itself; $command isn’t translated.
slack-app-name = Page d’état
slack-app-description = Incidents sur { $name } : les confirmer, les mettre à jour et les clore
slack-app-about = Prévient l’équipe quand la surveillance soupçonne un problème, dans un message à deux boutons : vrai incident ou fausse alerte ? Les abonnés de { $name } ne sont informés que de ce qu’une personne a confirmé. Publiez des mises à jour, clôturez des incidents et prévoyez des maintenances sans quitter Slack : depuis le message, l’onglet d’accueil, la commande { $command } ou un raccourci. Chaque incident a son propre fil, dont le premier message indique toujours l’état actuel.
slack-shortcut-declare = Ouvrir un formulaire pour signaler un incident
slack-shortcut-plan = Ouvrir un formulaire pour annoncer des travaux prévus
slack-shortcut-update = Publier en mise à jour
slack-shortcut-update-description = Publier ce message comme mise à jour d’un incident
slack-command-description = Afficher l’état actuel, avec des boutons
