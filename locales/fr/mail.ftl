# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a heading, and the sentence below it.
notification-outage = Panne confirmée
notification-outage-sentence = Notre équipe a confirmé une panne. Nous y travaillons.
notification-partial = Panne partielle confirmée
notification-partial-sentence = Notre équipe a confirmé qu’une partie est en panne. Nous y travaillons.
notification-bug = Problème connu confirmé
notification-bug-sentence = Notre équipe a confirmé un petit problème. Nous y travaillons.
notification-notice = Information
notification-notice-sentence = Ceci est pour votre information ; rien n’est en panne.
notification-maintenance = Maintenance
notification-maintenance-sentence = Des travaux sont en cours.
notification-watching = Un correctif est en place
notification-watching-sentence = Cela devrait fonctionner de nouveau. Nous observons si cela dure.
notification-resolved = Résolu
notification-resolved-sentence = L’incident est résolu.
notification-maintenance-planned = Maintenance prévue
notification-maintenance-planned-sentence = Voici quand, et à quoi s’attendre.
notification-maintenance-started = La maintenance a commencé
notification-maintenance-started-sentence = Les travaux prévus sont en cours.
notification-maintenance-ended = La maintenance est terminée
notification-maintenance-ended-sentence = Les travaux prévus sont terminés.
notification-maintenance-rescheduled = Maintenance déplacée
notification-maintenance-rescheduled-sentence = Les travaux prévus ont une nouvelle date.
notification-maintenance-canceled = Maintenance annulée
notification-maintenance-canceled-sentence = Les travaux prévus n’auront pas lieu.

# An update that leaves the status as it is.
notification-update-watching = Nouvelles pendant l’observation du correctif
notification-update-watching-sentence = Le correctif est en place ; voici la suite.
notification-update-resolved = Un complément
notification-update-resolved-sentence = C’est terminé ; voici plus de détails.
notification-update-maintenance = Nouvelles de la maintenance
notification-update-maintenance-sentence = Voici ce qu’il y a de nouveau.
notification-update-outage = Nouvelles de la panne
notification-update-outage-sentence = Nous y travaillons toujours.
notification-update-partial = Nouvelles de la panne partielle
notification-update-partial-sentence = Nous y travaillons toujours.
notification-update-bug = Nouvelles du problème connu
notification-update-bug-sentence = Nous y travaillons toujours.
notification-update-notice = Nouvelles
notification-update-notice-sentence = Voici ce qu’il y a de nouveau.

# Facts: $time is a day and a time.
fact = { $name } : { $value }
fact-planned-for = Prévu
fact-since = Depuis
fact-from = Début
fact-until = Fin
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader’s time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# Buttons and links.
button-details = Voir les détails
button-confirm = Confirmer l’abonnement
button-manage = Gérer l’abonnement
button-unsubscribe = Se désabonner

# Subjects. $site is the page’s name, $title the incident’s.
subject-notification = { $state } : { $title } ({ $site })
subject-confirm = { $site } : veuillez confirmer votre abonnement
subject-already-subscribed = { $site } : votre abonnement existe déjà

# Why the recipient gets it.
why-notification = Cette adresse est abonnée aux nouvelles de { $site }.
why-confirm = Si ce n’était pas vous, ne faites rien : vous n’aurez plus de nouvelles de nous.
why-already-subscribed = Si ce n’était pas vous, ne faites rien : rien n’a changé.
subscription-ends = C’est terminé : ceci est le dernier message à ce sujet, et votre abonnement à ce sujet a pris fin.

confirm-heading = Veuillez confirmer votre abonnement
confirm-sentence = Quelqu’un (vous, espérons-le) a demandé les nouvelles de { $site } à cette adresse.
already-subscribed-heading = Votre abonnement existe déjà
already-subscribed-sentence = Quelqu’un (vous, espérons-le) a demandé les nouvelles de { $site } à cette adresse. Elle les reçoit déjà ; vous pouvez ici modifier votre abonnement ou vous désabonner.
