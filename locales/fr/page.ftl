# The public pages. $time is a time with its zone, $title an incident’s title, $name the name of the service.

# The frame
title-of-window = { $title } · État de { $name }
brand = État de { $name }
skip-to-content = Aller au contenu
# Names the navigation for screen readers.
pages = Pages
get-updates = Recevoir les nouvelles
contact = Contact
times-are-in = Heures du fuseau { $zone }.
# For screen readers only, before the language’s own name.
language = Langue :
two-sentences = { $first }. { $second }
current-status = État actuel

# The front page
being-checked = En cours de vérification
happening-now = En ce moment
planned = Prévu
more-planned = { $count ->
    [one] Une autre est prévue ensuite.
   *[other] { $count } autres sont prévues ensuite.
}
last-24-hours = Dernières 24 heures
nothing-to-report = Rien à signaler.
nothing-else = Rien d’autre.
and-more = { $count ->
    [one] Et un autre.
   *[other] Et { $count } autres.
}
last-known = Dernier état connu, { $time } :
last-known-why = le journal ne peut pas être lu pour le moment.

# The evidence below the headline, and the facts of an incident: short phrases in one line.
since = Depuis { $time }
no-problem-since = Aucun problème depuis { $time }
generated = Mis à jour { $time }
# $seq is the number of an event; shown while the pointer rests on the time.
event-number = Événement { $seq }
alerts = { $count ->
    [one] { $count } alerte de la surveillance
   *[other] { $count } alertes de la surveillance
}
planned-until = Prévu jusqu’à { $time }
# $span is a start and an end.
was-planned-for = C’était prévu { $span }
# $lasted is a duration.
span-and-how-long = { $span } ({ $lasted })
add-to-calendar = Ajouter au calendrier
# $status is the status: “Resolved 14:05 UTC after 9 min”.
ended-after = { $status } { $time }, après { $lasted }
status-and-title = { $status } : { $title }

# False alarms: $link is “A possible problem”.
a-possible-problem = Un problème possible
was-a-false-alarm = { $link } a été signalé ({ $began }) ; c’était une fausse alerte ({ $ended }).
is-a-false-alarm = { $link } a été signalé ({ $began }) ; c’était une fausse alerte.

# An incident
timeline = Déroulement
all-entries = { $count ->
    [one] La seule entrée
   *[other] Les { $count } entrées
}
edited-at = Modifié { $time }.
withdrawn-at = Ce qui figurait ici a été retiré ({ $time }).
post-mortem = Post-mortem
read-post-mortem = Lire le post-mortem
post-mortem-of = Post-mortem : { $title }
published = Publié { $time }
back-to-the-incident = L’incident et son déroulement
# $from and $to each have a start and an end.
moved-from-to = Déplacé de { $from } à { $to }.
# Follows the time of a change: “14:08 UTC · after 3 min”.
after-how-long = après { $lasted }
# Follows “Edited at 14:23 UTC.”
previous-version = Afficher la version précédente
previous-version-until = Jusqu’à { $time }, on lisait :

# The page as it was at an earlier time
as-of = Voici la page telle qu’elle est depuis { $from }.
as-of-until = Voici la page telle qu’elle était de { $from } à { $until }.
as-of-moment = Voici la page telle qu’elle était un court instant : { $from }.
go-to-current-page = Aller à la page actuelle
page-as-it-was = La page telle qu’elle était alors

# The last 14 days; a line may stand for several quiet days: “7 – 17 Nov”.
last-14-days = 14 derniers jours

# The history. $period is a year or a month, $count how many.
history = Historique
history-of = Historique : { $period }
history-described = { $title }, { $name } : incidents, maintenances et leur durée
last-12-months = Les 12 derniers mois
month-by-month = Mois par mois
as-a-list = Tous les incidents
by-year = Par année
all-of-the-history = Tout l’historique
all-of-the-month = Tout le mois
older-by-month = { $count ->
    [one] { $count } plus ancien figure à son mois.
   *[other] { $count } plus anciens figurent à leur mois.
}
other-months = Autres mois
other-days = Autres jours
# Names the list of what the colors in the calendars mean.
legend = Signification des couleurs
incidents = Incidents
false-alarms = Fausses alertes
count-incidents = { $count ->
    [one] { $count } incident
   *[other] { $count } incidents
}
count-maintenances = { $count ->
    [one] { $count } maintenance
   *[other] { $count } maintenances
}
count-false-alarms = { $count ->
    [one] { $count } fausse alerte
   *[other] { $count } fausses alertes
}
# $median and $longest are durations.
took-until-confirmed = Délai de confirmation : médiane { $median }, maximum { $longest }.
took-until-resolved = Délai de résolution : médiane { $median }, maximum { $longest }.
figures-by-month = Chiffres par mois ; les durées sont des médianes
month = Mois
until-confirmed = Jusqu’à la confirmation
until-resolved = Jusqu’à la fin

# Feeds and calendars
feed-title = État de { $name }
feed-description = Incidents et maintenances prévues de { $name }, confirmés par une personne.
feed-withdrawn = Ce qui figurait ici a été retiré.
feed-more = Toutes les entrées figurent sur la page de l’incident.
calendar-name = { $name } : maintenance

# The banner on other sites
widget-hide = Masquer ce message

# The page for people who run another site or program
integrate = Intégration et API
integrate-title = Intégrer cet état
integrate-what = Des moyens de montrer l’état sur d’autres sites et dans d’autres programmes. Tout est public et sans cookies.
integrate-badge = Badge
integrate-badge-why = Une image qui indique toujours l’état, pour un README ou un pied de page.
integrate-frame = Cadre
integrate-frame-why = Le verdict et ce qui se passe, dans une autre page. Il convient aux pages claires et sombres et n’a besoin d’aucun script.
integrate-banner = Bannière
integrate-banner-why = Une ligne qui affiche une bannière tant qu’un incident est confirmé, et rien sinon. Si cette page est inaccessible, il ne se passe rien.
integrate-error-page = Page d’erreur
integrate-error-page-why = Pour votre propre page « une erreur s’est produite » : indique que le problème est connu, s’il l’est. Elle attend trois secondes au plus et n’endommage jamais la page qui l’entoure.
integrate-feeds = Flux et calendrier
integrate-feeds-why = Pour les lecteurs de flux et les calendriers. Une entrée remonte dès que quelque chose s’y ajoute.
integrate-api = API
integrate-api-why = Du JSON dans la forme de l’API publique de Statuspage, ses flux d’historique, et la nôtre.
