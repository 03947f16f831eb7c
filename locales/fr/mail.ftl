# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a verdict, and the sentence that stands under it.
told-outage = Panne confirmée
told-outage-sentence = Notre équipe a confirmé une panne. Nous y travaillons.
told-partial = Panne partielle confirmée
told-partial-sentence = Notre équipe a confirmé qu’une partie est en panne. Nous y travaillons.
told-bug = Problème connu confirmé
told-bug-sentence = Notre équipe a confirmé un petit problème. Nous y travaillons.
told-notice = Information
told-notice-sentence = Ceci est pour votre information ; rien n’est en panne.
told-maintenance = Maintenance
told-maintenance-sentence = Des travaux sont en cours.
told-watching = Un correctif est en place
told-watching-sentence = Cela devrait fonctionner de nouveau. Nous observons si cela dure.
told-resolved = Résolu
told-resolved-sentence = L’incident est résolu.
told-maintenance-planned = Maintenance prévue
told-maintenance-planned-sentence = Voici quand, et à quoi s’attendre.
told-maintenance-started = La maintenance a commencé
told-maintenance-started-sentence = Les travaux prévus sont en cours.
told-maintenance-ended = La maintenance est terminée
told-maintenance-ended-sentence = Les travaux prévus sont terminés.
told-maintenance-rescheduled = Maintenance déplacée
told-maintenance-rescheduled-sentence = Les travaux prévus ont une nouvelle date.
told-maintenance-canceled = Maintenance annulée
told-maintenance-canceled-sentence = Les travaux prévus n’auront pas lieu.

# News without a new status.
told-news-watching = Nouvelles pendant l’observation du correctif
told-news-watching-sentence = Le correctif est en place ; voici la suite.
told-news-resolved = Un complément
told-news-resolved-sentence = C’est terminé ; voici plus de détails.
told-news-maintenance = Nouvelles de la maintenance
told-news-maintenance-sentence = Voici ce qu’il y a de nouveau.
told-news-outage = Nouvelles de la panne
told-news-outage-sentence = Nous y travaillons toujours.
told-news-partial = Nouvelles de la panne partielle
told-news-partial-sentence = Nous y travaillons toujours.
told-news-bug = Nouvelles du problème connu
told-news-bug-sentence = Nous y travaillons toujours.
told-news-notice = Nouvelles
told-news-notice-sentence = Voici ce qu’il y a de nouveau.

# Facts: $time is a day and a time.
fact = { $name } : { $value }
fact-planned-for = Prévu
fact-since = Depuis
fact-from = Début
fact-until = Fin
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader's time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# What can be done.
do-details = Voir les détails
do-confirm = Confirmer l’abonnement
do-manage = Gérer l’abonnement
do-unsubscribe = Se désabonner

# Subjects. $site is the page's name, $title the incident's.
subject-notice = { $state } : { $title } ({ $site })
subject-confirm = { $site } : veuillez confirmer votre abonnement
subject-known = { $site } : votre abonnement existe déjà

# Why somebody gets it.
why-notice = Cette adresse est abonnée aux nouvelles de { $site }.
why-confirm = Si ce n’était pas vous, ne faites rien : vous n’aurez plus de nouvelles de nous.
why-known = Si ce n’était pas vous, ne faites rien : rien n’a changé.
subscription-ends = C’est terminé : ceci est le dernier message à ce sujet, et votre abonnement à ce sujet a pris fin.

confirm-verdict = Veuillez confirmer votre abonnement
confirm-sentence = Quelqu’un (vous, espérons-le) a demandé les nouvelles de { $site } à cette adresse.
known-verdict = Votre abonnement existe déjà
known-sentence = Quelqu’un (vous, espérons-le) a demandé les nouvelles de { $site } à cette adresse. Elle les reçoit déjà ; vous pouvez ici modifier votre abonnement ou vous désabonner.
