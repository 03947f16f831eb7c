# How things stand. What monitoring suspects and what a person confirmed never sound alike.

# Kinds of incidents; also for the title of the window.
outage = Panne
partial-outage = Panne partielle
known-problem = Problème connu
maintenance = Maintenance
notice = Information
all-good = Tout va bien
possible-problem = Problème possible
# The title of an incident that monitoring reported and nobody has confirmed.
possible-outage = Panne possible
resolved = Résolu
false-alarm = Fausse alerte

# The one honest sentence at the top of the page, and what kind of knowledge it is. $name is the name of the service.
verdict-outage = { $name } est en panne
verdict-outage-knowledge = Notre équipe a confirmé une panne. Nous y travaillons.
verdict-partial = Une partie de { $name } ne fonctionne pas
verdict-partial-knowledge = Notre équipe a confirmé une panne partielle. Nous y travaillons.
verdict-suspected = { $name } rencontre peut-être des problèmes
verdict-suspected-knowledge = Notre surveillance signale un problème possible. Notre équipe vérifie.
verdict-watching-short = Un correctif est en place
verdict-watching = { $name } se rétablit
verdict-watching-knowledge = Un correctif est en place. Nous observons s’il tient.
verdict-watching-work-short = Observation après la maintenance
verdict-watching-work = La maintenance de { $name } est terminée
verdict-watching-work-knowledge = Nous observons si tout fonctionne comme prévu.
verdict-bug = { $name } a un problème connu
verdict-bug-knowledge = Notre équipe l’a confirmé. Tout le reste devrait fonctionner.
verdict-maintenance = { $name } est en maintenance
verdict-maintenance-knowledge = Ces travaux étaient prévus. Certains éléments peuvent être indisponibles un moment.
verdict-notice = { $name } fonctionne normalement, avec une information
verdict-notice-knowledge = Aucune panne n’est connue.
verdict-good = { $name } fonctionne normalement
verdict-good-knowledge = Aucun problème connu.
verdict-good-despite-alerts-knowledge = Notre équipe n’a connaissance d’aucun problème.

# What an incident is and how it stands.
standing-planned = Maintenance prévue
standing-suspected = Soupçonné, non confirmé
standing-outage = Panne confirmée
standing-partial = Panne partielle confirmée
standing-bug = Problème connu, confirmé
standing-maintenance = Maintenance en cours
standing-maintenance-watched = Maintenance terminée, sous observation
standing-watching = Correctif en place, sous observation
standing-called-off = Maintenance annulée
standing-maintenance-finished = Maintenance terminée
standing-notice-over = Information terminée
standing-outage-over = Panne résolue
standing-partial-over = Panne partielle résolue
standing-bug-over = Problème connu, résolu
standing-missed = Créneau prévu dépassé, travaux non commencés

# The first word of an entry in a timeline, and what it says when nobody wrote anything.
entry-planned = Prévu
entry-planned-usual = Ces travaux ont été annoncés.
entry-suspected = Soupçonné
entry-suspected-usual = La surveillance a signalé un problème.
entry-begun = Commencé
entry-begun-usual = Les travaux ont commencé.
entry-announced = Annoncé
entry-announced-usual = Pour votre information.
entry-confirmed = Confirmé
entry-confirmed-usual = Notre équipe l’a confirmé.
entry-watching = Observation
entry-watching-usual = Un correctif est en place et sous observation.
entry-finished = Terminé
entry-finished-usual = Les travaux sont terminés.
entry-resolved-usual = L’incident est résolu.
entry-false-alarm-usual = Notre équipe a vérifié et constaté que tout allait bien.
entry-taken-back-usual = Toutes les alertes ont été levées avant que quelqu’un ait confirmé un problème.
entry-reopened = Rouvert
entry-reopened-usual = Le problème est revenu.
entry-moved = Déplacé
entry-moved-usual = Ces travaux ont été déplacés à un autre moment.
entry-called-off = Annulé
entry-called-off-usual = Ces travaux n’auront pas lieu.
entry-update = Nouvelles
entry-update-usual = Des nouvelles ont été publiées.
