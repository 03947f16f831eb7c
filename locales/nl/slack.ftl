# Messages in Slack and over the team’s incoming webhook. $incident is a link or a title with a number,
# $time a point in time, $who a name, “the schedule”, “you” or “someone”.

# $did is a sentence of `words.ftl` that begins with `did-`, without its full stop.
slack-did-at = { $did }, { $time }.
slack-did = { $did }.
# A text follows on the next line.
slack-did-text = { $did }:

# Other thread notes.
slack-note-proposed = { $who } heeft bevestigd; een tweede persoon moet ook bevestigen
slack-note-dismissed-itself = Automatisch afgewezen omdat er geen melding meer actief is; ga na of het een echt incident was
slack-note-work-done = { $who } meldt dat het onderhoud klaar is en onder toezicht staat
slack-note-work-goes-on = { $who } meldt dat het onderhoud doorgaat
slack-note-fixed = { $who } meldt dat een oplossing is doorgevoerd
slack-note-not-fixed = { $who } meldt dat het nog niet is opgelost
slack-note-update = Nieuws van { $who }
slack-note-corrected = { $who } heeft een bericht gecorrigeerd
slack-note-withdrawn = { $who } heeft een bericht ingetrokken
slack-note-severity = { $who } heeft de ernst gewijzigd in ‘{ $severity }’
slack-note-title = { $who } heeft de titel gewijzigd: { $title }
slack-note-summary = { $who } heeft de samenvatting geschreven
slack-note-no-summary = { $who } heeft de samenvatting verwijderd
# $times is one or both of the next two.
slack-note-times = { $who } heeft de tijden gecorrigeerd: { $times }
slack-note-began = begin { $time }
slack-note-ended = einde { $time }
slack-note-silenced = { $who } heeft het incident op stil gezet; abonnees krijgen geen bericht meer
slack-note-unsilenced = { $who } heeft de berichten weer aangezet
# $window is a start and an end.
slack-note-planned = Gepland door { $who } voor { $window }
slack-note-moved = Verplaatst door { $who } naar { $window }
slack-note-resolved-firing = { $count ->
    [one] Opgelost door { $who }, hoewel er nog een melding actief is
   *[other] Opgelost door { $who }, hoewel er nog { $count } meldingen actief zijn
}
# $link is `post-mortem`.
slack-note-postmortem = { $who } heeft gepubliceerd: { $link }
slack-note-new-alert = Er kwam een nieuwe melding terwijl de oplossing onder toezicht staat: het probleem is misschien terug. Abonnees hebben geen bericht gekregen
slack-note-alert-again = Kort na het afwijzen kwam er weer een melding, dus dit wordt opnieuw vermoed
slack-meanwhile = Wat er intussen met { $incident } is gebeurd:
slack-earlier-notes = { $count ->
    [one] 1 eerdere notitie staat op de pagina.
   *[other] { $count } eerdere notities staan op de pagina.
}

# The root message. $status is severity and status.
slack-status-since = { $status }, sinds { $time }
slack-status-lasted = { $status }. Duur: { $lasted }, vanaf { $time }.
slack-alerts-cleared = { $count ->
    [one] 1 melding, niet meer actief
   *[other] { $count } meldingen, geen meer actief
}
slack-alerts-firing = { $count ->
    [one] 1 melding, actief
   *[other] { $count } meldingen, allemaal actief
}
slack-alerts-some = { $count ->
    [one] { $count } melding, nog actief: { $firing }
   *[other] { $count } meldingen, nog actief: { $firing }
}
slack-nobody-notified = Niemand heeft bericht gekregen.
slack-was-it-real = Ga na: was het een echt incident?
slack-auto-both = Begint en eindigt automatisch.
slack-auto-start = Begint automatisch; naar het einde wordt hier gevraagd.
slack-auto-end = Naar het begin wordt hier gevraagd; eindigt automatisch.
slack-auto-none = Naar het begin en het einde wordt hier gevraagd.
slack-ends-itself = Eindigt automatisch: { $time }.
slack-starts-itself = Begint automatisch: { $time }.
# $what is a severity, a title, or both.
slack-would-be = Na bevestiging: { $what }.
slack-is-it-real = Nog niemand heeft bericht gekregen. *Is het een echt incident?*
slack-is-it-real-two = Nog niemand heeft bericht gekregen. *Is het een echt incident?* Twee personen moeten bevestigen.
slack-is-it-real-second = { $who } heeft bevestigd, { $time }. *Een tweede persoon moet ook bevestigen.* Nog niemand heeft bericht gekregen.
slack-last-update = Laatste nieuws van { $who }, { $time }
slack-last-update-edited = Laatste nieuws van { $who }, { $time }, bewerkt
slack-updates = { $count ->
    [one] 1 bericht
   *[other] { $count } berichten
}
slack-silent = stil: abonnees krijgen geen bericht
slack-rest = De rest staat op de pagina.

# Questions to everyone in the channel, and their answers.
slack-asked-start = { $incident }: het geplande begin was { $time }.
slack-asked-missed = { $incident }: de geplande tijd eindigde { $time }, en het werk is nooit begonnen.
slack-asked-end = { $incident }: het geplande einde was { $time }.
slack-asked-resolve = { $incident }: er is geen melding meer actief, { $time }.
slack-ask-start = Nu beginnen, uitstellen of afgelasten?
slack-ask-end = Is het onderhoud klaar?
slack-ask-resolve = Als opgelost melden?
slack-new-start-is = Nieuw begin: { $time }.
slack-new-end-is = Nieuw einde: { $time }.
slack-came-back = Er kwam weer een melding; het is niet voorbij.
slack-still-open = Nog open: { $status }.

# Buttons.
slack-button-confirm = Ja, dit is een echt incident
slack-button-dismiss = Afwijzen
slack-button-details = Met details…
slack-button-real = Het was echt
slack-button-update = Bericht plaatsen
slack-button-resolve = Oplossen
slack-button-start = Nu beginnen
slack-button-end = Nu beëindigen
slack-button-longer = Duurt langer
slack-button-postpone = Uitstellen
slack-button-cancel = Afgelasten
slack-button-declare = Incident melden
slack-button-plan = Onderhoud plannen
slack-open-page = De pagina openen
# What Slack asks before it does it: at most 30 characters on a button.
slack-dismiss-title = Dit incident afwijzen?
slack-dismiss-why = Het verdwijnt van de openbare pagina, en op de eigen pagina staat dat het een vals alarm was. Niemand heeft bericht gekregen.
slack-dismiss-yes = Ja, vals alarm
slack-dismiss-no = Nog niet
slack-cancel-title = Dit onderhoud afgelasten?
slack-cancel-why = Het geplande onderhoud gaat niet door. Wie er bericht van heeft gekregen, krijgt ook hier bericht van.
slack-cancel-yes = Onderhoud afgelasten
slack-cancel-no = Laten doorgaan

# The slash command and the home tab. $page is a link to the page.
slack-more = Er is meer dan hier past. { $page }
slack-as-of = Stand van { $time }. { $page }
slack-nothing-yet = Er is nog niets gebeurd. { $page }
slack-open = Open
# $command and the words after it aren’t translated.
slack-help =
    `{ $command }` toont de huidige status, met knoppen.
    `{ $command } declare` meldt een incident; `{ $command } declare Betalen werkt niet` geeft het deze titel.
    `{ $command } update` of `{ $command } update 7` plaatst een bericht.
    `{ $command } resolve` of `{ $command } resolve 7` beëindigt een incident.
slack-nothing-open = Er is geen incident open en geen onderhoud gepland.
slack-which = Over welk incident gaat het?
slack-this-one = Dit…
slack-see-all = Alles bekijken op de pagina
slack-propose = Dit als openbaar bericht over { $incident } plaatsen?
slack-propose-long = De tekst is langer dan het formulier toelaat; het formulier bevat het begin.
slack-propose-yes = Nakijken…
slack-propose-no = Niet nu

# Forms: titles and the buttons at the bottom have at most 24 characters.
slack-form-confirm = Bevestigen
slack-form-plan = Plannen
slack-form-preview = Voorbeeld
slack-form-publish = Publiceren
slack-form-cancel = Annuleren
slack-form-close = Sluiten
slack-field-title = Titel
slack-field-severity = Ernst
slack-field-status = Status
slack-field-update = Bericht
slack-field-summary = Samenvatting
slack-hint-summary = Een of twee zinnen, die boven alle berichten staan.
slack-field-known = Wat we weten
slack-field-happened = Wat er is gebeurd
slack-field-expect = Wat te verwachten is
slack-field-why = Waarom
slack-field-began = Begonnen
slack-hint-began = Laat dit leeg als het net is begonnen.
slack-field-start = Begin
slack-field-end = Einde
slack-field-new-start = Nieuw begin
slack-field-new-end = Nieuw einde
slack-field-auto = Als het zover is
slack-box-start = Automatisch beginnen
slack-box-end = Automatisch beëindigen
slack-hint-auto = Anders wordt het in de thread gevraagd.
slack-field-alerts = Meldingen
slack-box-alerts = Nieuwe meldingen horen bij dit incident
slack-hint-alerts = Anders openen ze een eigen vermoed incident.
# Options: at most 75 characters.
slack-choice-outage = Storing: het werkt niet
slack-choice-partial = Gedeeltelijke storing: een deel werkt niet
slack-choice-bug = Bekend probleem: iets kleins is stuk
slack-choice-notice = Mededeling: ter informatie
slack-choice-maintenance = Onderhoud: gepland werk
slack-choice-confirmed = Bevestigd: we werken eraan
slack-choice-watching = Onder toezicht: een oplossing is doorgevoerd
slack-choice-resolved = Opgelost: het is voorbij
slack-choice-work-started = Bezig
slack-choice-work-watching = Klaar, onder toezicht
slack-choice-work-finished = Afgerond
slack-choose-one = Kies iets uit de lijst.
slack-choose-time = Kies een dag en een tijd.
slack-title-invalid = De titel moet 1 tot { $most } tekens hebben.
slack-text-invalid = De tekst is leeg.
slack-still-firing = ⚠️ De bewaking is het er niet mee eens: { $alerts }
slack-second-person = Een tweede persoon moet ook bevestigen. Eerder krijgt niemand bericht.

# Who is notified. $number is the count with its digits in groups.
slack-notifies = { $count ->
    [one] Stuurt 1 abonnee bericht.
   *[other] Stuurt { $number } abonnees bericht.
}
slack-notify = { $count ->
    [one] 1 abonnee bericht sturen
   *[other] { $number } abonnees bericht sturen
}
# How many of them can’t get their e-mail right now.
slack-waiting = { $count ->
    [one] 1 daarvan moet op een mailserver wachten.
   *[other] { $number } daarvan moeten op een mailserver wachten.
}
slack-no-subscribers = Er zijn nog geen abonnees.
slack-who-is-notified = Wie bericht krijgt
slack-why-silent = Het incident staat op stil: abonnees krijgen geen bericht.
slack-why-unconfirmed = Abonnees krijgen geen bericht: niemand heeft het bevestigd.
slack-why-nothing-new = Abonnees krijgen geen bericht: er is geen nieuws en geen nieuwe status.
slack-preview = Dit is wat lezers zien. Wijzig hieronder wat u wilt, of publiceer het.
slack-and-so-on = … enzovoort.
slack-form-outdated = Dit formulier is verouderd of onderweg gewijzigd. Er is niets gedaan. Open het nog eens.
slack-same-time = Dat is al de geplande tijd.
slack-no-change = Er zou niets veranderen. Schrijf een bericht, of wijzig hieronder een veld.

# Why somebody may not act, and what else can fail. $error is a technical reason in English.
slack-not-done = Niet gedaan
slack-denied-no-channel = Candor weet nog niet in welk Slack-kanaal het werkt, dus er is niets gedaan. Probeer het over een minuut nog eens. Blijft het zo, dan zegt `candor slack check` waarom.
slack-denied-other-workspace = U hoort bij een andere workspace dan deze statuspagina, dus er is niets gedaan.
slack-denied-not-member = Alleen leden van het Slack-kanaal van de statuspagina kunnen dit, dus er is niets gedaan. Word lid van het kanaal en probeer het nog eens.
slack-denied-not-in-group = Alleen leden van de gebruikersgroep die de statuspagina beheert, kunnen dit, dus er is niets gedaan.
slack-denied-unknown = Slack zegt op dit moment niet of u dit mag, dus er is niets gedaan. Probeer het zo nog eens, of gebruik het bericht in het Slack-kanaal van de statuspagina.
slack-not-posted = Goed, er is niets geplaatst.
slack-no-trigger = Slack gaf geen mogelijkheid om het formulier te openen. Probeer het nog eens.
slack-form-failed = Het formulier kon niet worden geopend ({ $error }).
slack-message-gone = Dat bericht bestaat niet meer, of Candor kan het niet lezen.
slack-message-unreadable = Het bericht kan niet worden gelezen ({ $error }).
slack-log-unreadable = Candor kan zijn logboek op dit moment niet lezen. Probeer het nog eens.

# The app itself, as Slack lists it: description at most 140 characters, shortcut at most 24, about at least 175.
# $name is what the page calls itself; $command isn’t translated.
slack-app-name = Statuspagina
slack-app-description = Incidenten op { $name }: bevestigen, bijwerken en oplossen
slack-app-about = Meldt het team wanneer de monitoring een probleem vermoedt, in één bericht met twee knoppen: echt incident of vals alarm? Abonnees van { $name } krijgen alleen bericht over wat een mens heeft bevestigd. Plaats updates, los incidenten op en plan onderhoud zonder Slack te verlaten: vanuit het bericht, het tabblad Home, met de opdracht { $command } of een snelkoppeling. Elk incident heeft een eigen thread, waarvan het eerste bericht altijd de actuele stand toont.
slack-shortcut-declare = Formulier openen om een incident te melden
slack-shortcut-plan = Formulier openen om gepland werk aan te kondigen
slack-shortcut-update = Plaatsen als update
slack-shortcut-update-description = Dit bericht publiceren als update van een incident
slack-command-description = De huidige status tonen, met knoppen
