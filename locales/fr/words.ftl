# Headline, severities, statuses. What monitoring suspects and what a person confirmed never sound alike.

# Severities; also in the title of the window.
outage = Panne
partial-outage = Panne partielle
known-problem = Problème connu
maintenance = Maintenance
notice = Information
all-good = Tout va bien
possible-problem = Problème possible
# The title of an incident that monitoring reported and no person has confirmed.
possible-outage = Panne possible
resolved = Résolu
false-alarm = Fausse alerte

# The headline of the page, and how we know. $name is the name of the service.
headline-outage = { $name } est en panne
headline-outage-knowledge = Notre équipe a confirmé une panne. Nous y travaillons.
headline-partial = Une partie de { $name } ne fonctionne pas
headline-partial-knowledge = Notre équipe a confirmé une panne partielle. Nous y travaillons.
headline-suspected = { $name } rencontre peut-être des problèmes
headline-suspected-knowledge = Notre surveillance signale un problème possible. Notre équipe vérifie.
headline-watching-short = Un correctif est en place
headline-watching = { $name } se rétablit
headline-watching-knowledge = Un correctif est en place. Nous observons s’il tient.
headline-watching-maintenance-short = Observation après la maintenance
headline-watching-maintenance = La maintenance de { $name } est terminée
headline-watching-maintenance-knowledge = Nous observons si tout fonctionne comme prévu.
headline-bug = { $name } a un problème connu
headline-bug-knowledge = Notre équipe l’a confirmé. Tout le reste devrait fonctionner.
headline-maintenance = { $name } est en maintenance
headline-maintenance-knowledge = Ces travaux étaient prévus. Certains éléments peuvent être indisponibles un moment.
headline-notice = { $name } fonctionne normalement, avec une information
headline-notice-knowledge = Aucune panne n’est connue.
headline-good = { $name } fonctionne normalement
headline-good-knowledge = Aucun problème connu.
# Instead, while an alert still fires that a person found to be a false alarm, or whose incident is over.
headline-good-despite-alerts-knowledge = Notre équipe n’a connaissance d’aucun problème.

# Severity and status of an incident.
status-planned = Maintenance prévue
status-suspected = Soupçonné, non confirmé
status-outage = Panne confirmée
status-partial = Panne partielle confirmée
status-bug = Problème connu, confirmé
status-maintenance = Maintenance en cours
status-maintenance-watching = Maintenance terminée, sous observation
status-watching = Correctif en place, sous observation
status-canceled = Maintenance annulée
status-maintenance-finished = Maintenance terminée
status-notice-ended = Information terminée
status-outage-resolved = Panne résolue
status-partial-resolved = Panne partielle résolue
status-bug-resolved = Problème connu, résolu
status-missed = Créneau prévu dépassé, travaux non commencés

# The first word of a timeline entry, and its text when nobody wrote one.
entry-planned = Prévu
entry-planned-default = Ces travaux ont été annoncés.
entry-suspected = Soupçonné
entry-suspected-default = La surveillance a signalé un problème.
entry-started = Commencé
entry-started-default = Les travaux ont commencé.
entry-announced = Annoncé
entry-announced-default = Pour votre information.
entry-confirmed = Confirmé
entry-confirmed-default = Notre équipe l’a confirmé.
entry-watching = Observation
entry-watching-default = Un correctif est en place et sous observation.
entry-finished = Terminé
entry-finished-default = Les travaux sont terminés.
entry-resolved-default = L’incident est résolu.
entry-false-alarm-default = Notre équipe a vérifié et constaté que tout allait bien.
entry-alerts-cleared-default = Toutes les alertes ont été levées avant que quelqu’un ait confirmé un problème.
entry-reopened = Rouvert
entry-reopened-default = Le problème est revenu.
entry-moved = Déplacé
entry-moved-default = Ces travaux ont été déplacés à un autre moment.
entry-canceled = Annulé
entry-canceled-default = Ces travaux n’auront pas lieu.
entry-update = Nouvelles
entry-update-default = Des nouvelles ont été publiées.

# Who acted.
who-someone = quelqu’un
who-schedule = le calendrier
who-you = vous

# What somebody did to an incident: a sentence without its full stop. $who is a name or one of the words above.
did-declare = Signalé par { $who }
did-plan = Prévu par { $who }
did-start = Commencé par { $who }
did-confirm = Confirmé par { $who }
# $severity is a severity.
did-confirm-as = Confirmé par { $who } (« { $severity } »)
did-watch = Mis sous observation par { $who }
did-end = Terminé par { $who }
did-resolve = Résolu par { $who }
did-dismiss = Écarté comme fausse alerte par { $who }
did-dismiss-itself = Écarté automatiquement, car plus aucune alerte n’est active
did-reopen = Rouvert par { $who }
did-cancel = Annulé par { $who }
