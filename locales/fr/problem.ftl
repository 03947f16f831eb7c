# Errors, on pages and in JSON (RFC 9457): a title, and a sentence that says what is wrong.

problem-not-found = Introuvable
problem-not-found-why = Il n’y a rien à cette adresse.
# A link to the incident, on the error page for an address that ends with its number.
problem-did-you-mean = Vouliez-vous dire l’incident nº { $number } ?
problem-dead-link = Ce lien ne fonctionne pas
problem-dead-link-why = Ce lien n’est pas valable, ou ne l’est plus. Vous pouvez vous réabonner à tout moment.
problem-method = Méthode non autorisée
# $allow lists what it accepts, such as “GET, HEAD”.
problem-method-why = Cette adresse n’accepte que { $allow }.
problem-cross-site = Envoi depuis un autre site
problem-cross-site-why = Ce formulaire a été envoyé depuis un autre site. Veuillez l’ouvrir ici et l’envoyer de nouveau.
problem-unauthorized = Non autorisé
problem-wrong-secret = Le secret manque ou est incorrect.
problem-wrong-signature = La signature manque ou est incorrecte.
problem-content-type = Type de contenu incorrect
# $wanted is such as “application/json”.
problem-content-type-why = Le contenu doit être envoyé en { $wanted }.
problem-encoding = Encodage inconnu
# $encoding is what the request calls it, in quotation marks.
problem-encoding-why = L’encodage { $encoding } n’est pas pris en charge. Envoyez le contenu tel quel, ou compressé avec gzip ou deflate.
problem-too-large = Trop volumineux
problem-too-large-why = Le contenu dépasse { $limit } octets.
problem-timeout = Délai dépassé
problem-timeout-why = La requête a pris trop de temps.

# One title; the sentences below say what is wrong.
problem-bad-request = Requête incorrecte
problem-unintelligible = La requête ne peut pas être comprise.
problem-body-incomplete = Le contenu est incomplet.
problem-body-not-compressed = Le contenu n’est pas compressé comme l’indique Content-Encoding.
problem-body-not-json-or-form = Le contenu n’est ni du JSON ni un formulaire.
problem-form-unreadable = Le formulaire ne peut pas être lu.
# $error is a technical reason in English, here and below.
problem-alert-unreadable = L’alerte ne peut pas être lue : { $error }.
# $name is the parameter’s name in quotation marks.
problem-parameter-repeated = Le paramètre { $name } est indiqué plusieurs fois.
problem-parameter-number = Le paramètre { $name } doit être un nombre entier de { $least } à { $most }.
problem-parameter-words = Le paramètre { $name } ne peut pas être lu : { $error }.
problem-parameter-time = Le paramètre { $name } doit être une heure avec son fuseau, comme 2026-11-21T14:05:00Z ou 2026-11-21T15:05:00+01:00, ou un jour, comme 2026-11-21.
# $known lists the parameters that there are.
problem-parameter-unknown = Le paramètre { $name } n’existe pas ici. Paramètres possibles : { $known }.

problem-too-many = Trop de requêtes
problem-too-many-why = { $seconds ->
    [one] Trop de requêtes sont venues de votre adresse. Veuillez réessayer dans { $seconds } seconde.
   *[other] Trop de requêtes sont venues de votre adresse. Veuillez réessayer dans { $seconds } secondes.
}
problem-too-many-viewers = Trop de spectateurs
problem-too-many-viewers-why = Trop de spectateurs sont connectés, depuis votre adresse ou au total. Rechargez plutôt la page de temps en temps.
problem-refused = Refusé
problem-refused-why = Rien n’a été modifié : { $error }.
problem-conflict = Conflit
problem-conflict-why = L’identifiant de cette requête a déjà servi pour une autre requête.
problem-unavailable = Indisponible pour le moment
problem-unavailable-why = Cela ne peut pas être enregistré pour le moment, et rien n’a été modifié. Veuillez réessayer.
# The same for programs, with the reason.
problem-unavailable-because = Cela ne peut pas être enregistré pour le moment : { $error }. Veuillez réessayer.
problem-not-ready = L’état n’est pas connu
problem-not-ready-why = Nous ne pouvons pas lire notre propre journal pour le moment, donc nous ne pouvons pas dire où en sont les choses. Veuillez réessayer.
problem-busy = Occupé
problem-busy-why = Les archives sont très demandées en ce moment. Veuillez réessayer.
problem-internal = Erreur interne
problem-internal-why = Quelque chose s’est mal passé de notre côté.

# An incident by its number, and by its title.
incident-number = Incident nº { $number }
incident-quoted = « { $title } » (#{ $number })

# Why a command changed nothing: in Slack and on the command line. $incident is one of the two above, $status its status.
refused-no-incident = Il n’y a pas d’incident nº { $number }.
# $did is what somebody else did, a sentence of `words.ftl`.
refused-already = { $incident } a déjà changé. { $did } ({ $time }).
refused-not-suspected = { $incident } : { $status }. Seuls les incidents soupçonnés peuvent être confirmés ou écartés.
refused-same-person = Vous avez déjà confirmé { $incident }. Une deuxième personne doit maintenant confirmer.
refused-not-dismissed = { $incident } : { $status }. Seuls les incidents écartés peuvent se révéler réels.
refused-not-confirmed = { $incident } n’est que soupçonné. Confirmez-le ou écartez-le d’abord.
refused-not-started = { $incident } n’a pas commencé. Commencez ou annulez d’abord.
refused-not-over = { $incident } : { $status }. Ce sera possible une fois l’incident terminé.
refused-was-dismissed = { $incident } a été écarté. Si l’incident était réel, indiquez-le d’abord.
refused-under-way = { $incident } est en cours. Seule la fin peut être déplacée.
refused-canceled = { $incident } a été annulé. Prévoyez plutôt une nouvelle maintenance.
refused-not-planned = { $incident } : { $status }. C’est possible seulement pour une maintenance qui n’a pas commencé.
refused-not-running = { $incident } : { $status }. C’est possible seulement pour une maintenance en cours.
refused-not-maintenance = { $incident } n’est pas une maintenance. Prévoyez plutôt une maintenance.
refused-stays-maintenance = { $incident } est une maintenance et le reste. Si quelque chose se passe mal, signalez un incident.
refused-not-declarable = Un incident se signale comme confirmé, sous observation ou résolu.
refused-has-no-end = Un incident en cours n’a pas de fin. Laissez la fin vide, ou signalez-le comme résolu.
refused-not-a-status = Une publication peut indiquer l’état confirmé ou sous observation. Pour terminer l’incident, marquez-le comme résolu.
refused-no-update = { $incident } n’a plus cette publication.
refused-no-text = Décrivez la situation : un nouvel état demande un texte.
refused-end-first = La fin doit être après le début.
refused-future = Cette heure est dans le futur.
refused-over = Cette heure est passée. Choisissez une fin plus tardive.
refused-nothing = Rien ne changerait.
refused-nameless = Seule une personne peut le faire, et on ne sait pas qui vous êtes.
