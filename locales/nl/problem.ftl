# Errors, on pages and in JSON (RFC 9457): a title, and a sentence that says what is wrong.

problem-not-found = Niet gevonden
problem-not-found-why = Er is niets op dit adres.
# A link to the incident, on the error page for an address that ends with its number.
problem-did-you-mean = Bedoelde u incident #{ $number }?
problem-dead-link = Deze link werkt niet
problem-dead-link-why = Deze link is niet of niet meer geldig. U kunt zich altijd opnieuw aanmelden.
problem-method = Methode niet toegestaan
# $allow lists what it accepts, such as “GET, HEAD”.
problem-method-why = Dit adres accepteert alleen { $allow }.
problem-cross-site = Verzonden vanaf een andere site
problem-cross-site-why = Dit formulier is vanaf een andere site verzonden. Open het hier en verzend het opnieuw.
problem-unauthorized = Niet geautoriseerd
problem-wrong-secret = Het geheim ontbreekt of klopt niet.
problem-wrong-signature = De handtekening ontbreekt of klopt niet.
problem-content-type = Verkeerd inhoudstype
# $wanted is such as “application/json”.
problem-content-type-why = De inhoud moet als { $wanted } worden verzonden.
problem-encoding = Onbekende codering
# $encoding is what the request calls it, in quotation marks.
problem-encoding-why = De codering { $encoding } wordt niet ondersteund. Verzend de inhoud zoals die is, of gecomprimeerd met gzip of deflate.
problem-too-large = Te groot
problem-too-large-why = De inhoud is groter dan { $limit } bytes.
problem-timeout = Time-out
problem-timeout-why = De aanvraag duurde te lang.

# One title; the sentences below say what is wrong.
problem-bad-request = Ongeldige aanvraag
problem-unintelligible = De aanvraag kan niet worden begrepen.
problem-body-incomplete = De inhoud is onvolledig.
problem-body-not-compressed = De inhoud is niet gecomprimeerd zoals Content-Encoding aangeeft.
problem-body-not-json-or-form = De inhoud is geen JSON en geen formulier.
problem-form-unreadable = Het formulier kan niet worden gelezen.
# $error is a technical reason in English, here and below.
problem-alert-unreadable = De melding kan niet worden gelezen: { $error }.
# $name is the parameter’s name in quotation marks.
problem-parameter-repeated = De parameter { $name } is meer dan één keer opgegeven.
problem-parameter-number = De parameter { $name } moet een geheel getal van { $least } tot en met { $most } zijn.
problem-parameter-words = De parameter { $name } kan niet worden gelezen: { $error }.
problem-parameter-time = De parameter { $name } moet een tijd met tijdzone zijn, zoals 2026-11-21T14:05:00Z of 2026-11-21T15:05:00+01:00, of een dag, zoals 2026-11-21.
# $known lists the parameters that there are.
problem-parameter-unknown = De parameter { $name } bestaat hier niet. Mogelijk zijn: { $known }.

problem-too-many = Te veel aanvragen
problem-too-many-why = { $seconds ->
    [one] Er kwamen te veel aanvragen van uw adres. Probeer het over een seconde nog eens.
   *[other] Er kwamen te veel aanvragen van uw adres. Probeer het over { $seconds } seconden nog eens.
}
problem-too-many-viewers = Te veel kijkers
problem-too-many-viewers-why = Er zijn te veel kijkers verbonden, vanaf uw adres of in totaal. Laad de pagina in plaats daarvan af en toe opnieuw.
problem-refused = Geweigerd
problem-refused-why = Er is niets veranderd: { $error }.
problem-conflict = Conflict
problem-conflict-why = De id van deze aanvraag is al voor een andere aanvraag gebruikt.
problem-unavailable = Tijdelijk niet beschikbaar
problem-unavailable-why = Dit kan op dit moment niet worden bewaard; er is niets veranderd. Probeer het nog eens.
# The same for programs, with the reason.
problem-unavailable-because = Dit kan op dit moment niet worden bewaard: { $error }. Probeer het nog eens.
problem-not-ready = De status is niet bekend
problem-not-ready-why = We kunnen ons eigen logboek op dit moment niet lezen en dus niet zeggen hoe het ervoor staat. Probeer het nog eens.
problem-busy = Bezet
problem-busy-why = Het archief is op dit moment druk. Probeer het nog eens.
problem-internal = Interne fout
problem-internal-why = Er ging aan onze kant iets mis.

# An incident by its number, and by its title.
incident-number = Incident #{ $number }
incident-quoted = ‘{ $title }’ (#{ $number })

# Why a command changed nothing: in Slack and on the command line. $incident is one of the two above, $status its status.
refused-no-incident = Er is geen incident #{ $number }.
# $did is what somebody else did, a sentence of `words.ftl`.
refused-already = { $incident } is al veranderd. { $did } ({ $time }).
refused-not-suspected = { $incident }: { $status }. Alleen vermoede incidenten kunnen worden bevestigd of afgewezen.
refused-same-person = U hebt { $incident } al bevestigd. Nu moet een tweede persoon bevestigen.
refused-not-dismissed = { $incident }: { $status }. Alleen afgewezen incidenten kunnen echt blijken te zijn.
refused-not-confirmed = { $incident } is alleen vermoed. Bevestig het of wijs het af.
refused-not-started = { $incident } is nog niet begonnen. Begin eerst of gelast het af.
refused-not-over = { $incident }: { $status }. Dit kan pas als het voorbij is.
refused-was-dismissed = { $incident } is afgewezen. Was het echt, geef dat dan eerst aan.
refused-under-way = { $incident } is bezig. Alleen het einde kan worden verplaatst.
refused-canceled = { $incident } is afgelast. Plan in plaats daarvan nieuw onderhoud.
refused-not-planned = { $incident }: { $status }. Dit kan alleen bij onderhoud dat nog niet is begonnen.
refused-not-running = { $incident }: { $status }. Dit kan alleen bij onderhoud dat bezig is.
refused-not-maintenance = { $incident } is geen onderhoud. Plan in plaats daarvan onderhoud.
refused-stays-maintenance = { $incident } is onderhoud en blijft dat. Gaat er iets mis, meld dan een incident.
refused-not-declarable = Een incident wordt gemeld als bevestigd, onder toezicht of opgelost.
refused-has-no-end = Een lopend incident heeft geen einde. Laat het einde leeg, of meld het als opgelost.
refused-not-a-status = Een bericht kan de status op bevestigd of onder toezicht zetten. Los het incident op om het te beëindigen.
refused-no-update = { $incident } heeft dit bericht niet meer.
refused-no-text = Schrijf wat er aan de hand is: een nieuwe status heeft een tekst nodig.
refused-end-first = Het einde moet na het begin liggen.
refused-future = Deze tijd ligt in de toekomst.
refused-over = Deze tijd is voorbij. Kies een later einde.
refused-nothing = Er zou niets veranderen.
refused-nameless = Alleen een mens kan dit doen, en het is niet bekend wie u bent.
