# The pages to subscribe, to change a subscription, and to unsubscribe.

subscribe-title = Op de hoogte blijven
subscribe-intro = We schrijven als een medewerker een incident heeft bevestigd, als er een oplossing is doorgevoerd en als het voorbij is, en over gepland onderhoud. Nooit vanwege een alarm dat niemand heeft nagekeken.
subscribe-button = Aanmelden
# Below the form.
subscribe-promise = U krijgt één bericht met een link om te bevestigen. Het adres wordt alleen voor deze berichten gebruikt en gewist zodra u zich afmeldt.
# Instead of the form, where subscribing is turned off.
subscribe-closed = Aanmelden is hier op dit moment niet mogelijk. U kunt de feeds hieronder volgen.
subscribe-busy = Er melden zich nu te veel mensen aan. Probeer het over een uur opnieuw.
# A link to the form, on the page of an incident or of maintenance.
subscribe-to-incident = Berichten over dit incident krijgen
subscribe-to-maintenance = Berichten over dit onderhoud krijgen

# The channel: how a subscriber is notified.
channel-legend = Hoe kunnen we u bereiken?
channel-mail = Per e-mail
email-label = Uw e-mailadres
channel-wrong = Dit wordt hier niet aangeboden. Kies een andere manier.
email-wrong = Dit is geen e-mailadres; het zou eruit moeten zien als name@example.org.
email-wrong-private = Dit adres leidt niet naar een postvak op internet.
email-wrong-letters = Onze mailserver kan niet schrijven naar een adres met deze letters vóór de @. Gebruik een ander adres.
email-wrong-unasked = We kunnen onze mailserver nu niet bereiken om te vragen of hij deze letters vóór de @ accepteert. Probeer het later opnieuw of gebruik een ander adres.
url-label = Het adres van de inkomende webhook
# Where chats are offered, and where webhooks are; both, if both are.
url-hint-chat = U vindt het in de instellingen van uw chat.
url-hint-program = Voor een programma: elk adres dat ondertekende JSON aanneemt (Standard Webhooks).
url-wrong-unreadable = Dit is geen webadres; het zou eruit moeten zien als https://chat.example.org/hooks/…
url-wrong-long = Dit adres is te lang.
url-wrong-insecure = Het adres moet met https:// beginnen.
url-wrong-credentials = Het adres mag geen gebruiker of wachtwoord bevatten.
url-wrong-port = Deze poort is er geen van het web; gebruik 443, of een vanaf 1024.
url-wrong-private = Dit adres leidt naar een netwerk dat niet openbaar is.
url-wrong-ourselves = Dit is het adres van deze pagina zelf.

# The preferences: which notifications, and in which form.
preferences-legend = Wat zullen we u sturen?
preferences-all = Incidenten en gepland onderhoud
preferences-incidents = Alleen incidenten
# $incident is its title, or its number such as “#7”.
preferences-one = Alleen dit: { $incident }
how-legend = In welke taal en tijdzone?
language-label = Taal
zone-label = Tijdzone
# $zone is the site’s, such as Europe/Berlin.
zone-hint = Bijvoorbeeld Europe/Berlin. Leeg betekent { $zone }.
zone-wrong = Dit is geen tijdzone; het zou eruit moeten zien als Europe/Berlin.

# After the form: the same for every address, subscribed or not.
sent-title = Kijk in uw mail
# $address is where the message went, shortened, such as “a…@example.org”.
sent-mail = We hebben een link naar { $address } gestuurd. Is het adres nog niet aangemeld, volg dan de link om te bevestigen.
sent-hook-title = Kijk in uw kanaal
sent-hook = We hebben een link naar { $address } gestuurd. Is het adres nog niet aangemeld, volg dan de link om te bevestigen.
# $again is a link with the words of `try-again`.
sent-late = Na een paar minuten nog niets gekomen? Kijk in de spammap, of { $again }.
sent-hook-late = Na een paar minuten nog niets gekomen? Kijk of het adres klopt, of { $again }.
try-again = probeer het nog eens

confirm-title = Bevestig uw aanmelding
# $site is the page’s name.
confirm-question = Nog één klik, en we schrijven u over incidenten en onderhoud van { $site }.
confirm-button = Ja, houd mij op de hoogte
confirm-not-you = Hebt u dit niet gevraagd? Sluit dan gewoon deze pagina; er wordt niets verstuurd.

confirmed-title = U bent aangemeld
confirmed-text = We schrijven als er iets te zeggen is. In elk bericht staat een link om te wijzigen wat u krijgt, en om u af te melden.
current-status-link = Huidige status

manage-title = Uw abonnement
# $address is where the notifications go, shortened, such as “a…@example.org”.
manage-where = We schrijven naar { $address }.
manage-pending = Dit is nog niet bevestigd: er wordt niets verstuurd voordat u de link volgt om te bevestigen.
manage-button = Opslaan
manage-saved = Opgeslagen.
manage-secret = Het geheim waarmee onze berichten zijn ondertekend
manage-secret-hint = Bewaar het in uw programma en controleer elk bericht met een bibliotheek voor Standard Webhooks. Het wordt alleen nu getoond.
manage-leave = Afmelden

# A link works for $days days. $address is where a new one is sent, shortened.
expired-title = Deze link is verlopen
expired-text = Een link naar een abonnement werkt { $days } dagen. We kunnen een nieuwe naar { $address } sturen.
expired-button = Nieuwe link sturen

unsubscribe-title = Afmelden?
unsubscribe-question = U krijgt geen berichten over { $site } meer, en uw adres wordt gewist.
unsubscribe-button = Ja, afmelden
unsubscribe-back = U kunt zich altijd opnieuw aanmelden.
unsubscribed-title = U bent afgemeld
unsubscribed-text = Uw adres is gewist en er wordt niets meer naartoe gestuurd.
unsubscribed-before-title = Dit abonnement was al beëindigd
unsubscribed-before-text = Het abonnement waar deze link bij hoort, was al beëindigd en het adres ervan is gewist. Krijgt u nog berichten, dan hebt u zich intussen opnieuw aangemeld: in elk bericht staat een link om u af te melden.
subscribe-again = Opnieuw aanmelden
