# The pages to subscribe, to change a subscription, and to unsubscribe.

subscribe-title = Dostávat zprávy
subscribe-intro = Píšeme, když člověk potvrdil incident, když je nasazena oprava a když je po všem, a také o plánované údržbě. Nikdy kvůli poplachu, který nikdo neprověřil.
subscribe-button = Přihlásit se
# Below the form.
subscribe-promise = Dostanete jednu zprávu s odkazem k potvrzení. Adresu používáme jen pro tyto zprávy a smažeme ji, jakmile se odhlásíte.
# Instead of the form, where subscribing is turned off.
subscribe-closed = Momentálně se zde nelze přihlásit k odběru. Můžete sledovat kanály níže.
subscribe-busy = Právě se přihlašuje příliš mnoho lidí. Zkuste to prosím znovu za hodinu.
# A link to the form, on the page of an incident or of maintenance.
subscribe-to-incident = Dostávat zprávy o tomto incidentu
subscribe-to-maintenance = Dostávat zprávy o této údržbě

# The channel: how a subscriber is notified.
channel-legend = Jak vás můžeme zastihnout?
channel-mail = E-mailem
email-label = Vaše e-mailová adresa
channel-wrong = Tento způsob zde není nabízen. Vyberte prosím jiný.
email-wrong = Toto není e-mailová adresa; měla by vypadat jako name@example.org.
email-wrong-private = Tato adresa nevede do žádné schránky na internetu.
email-wrong-letters = Náš poštovní server nemůže psát na adresu s těmito písmeny před znakem @. Použijte prosím jinou.
email-wrong-unasked = Náš poštovní server teď není dostupný, takže nevíme, zda přijímá tato písmena před znakem @. Zkuste to prosím později, nebo použijte jinou adresu.
url-label = Adresa příchozího webhooku
# Where chats are offered, and where webhooks are; both, if both are.
url-hint-chat = Najdete ji v nastavení svého chatu.
url-hint-program = Pro program: jakákoli adresa, která přijímá podepsaný JSON (Standard Webhooks).
url-wrong-unreadable = Toto není webová adresa; měla by vypadat jako https://chat.example.org/hooks/…
url-wrong-long = Tato adresa je příliš dlouhá.
url-wrong-insecure = Adresa musí začínat https://.
url-wrong-credentials = V adrese nesmí být uživatel ani heslo.
url-wrong-port = Tento port nepatří webu; použijte 443, nebo některý od 1024 výše.
url-wrong-private = Tato adresa vede do sítě, která není veřejná.
url-wrong-ourselves = Toto je adresa přímo této stránky.

# The preferences: which notifications, and in which form.
preferences-legend = Co vám máme posílat?
preferences-all = Incidenty a plánovanou údržbu
preferences-incidents = Jen incidenty
# $incident is its title, or its number such as “#7”.
preferences-one = Jen toto: { $incident }
how-legend = V jakém jazyce a časovém pásmu?
language-label = Jazyk
zone-label = Časové pásmo
# $zone is the site’s, such as Europe/Berlin.
zone-hint = Například Europe/Berlin. Prázdné znamená { $zone }.
zone-wrong = Toto není časové pásmo; mělo by vypadat jako Europe/Berlin.

# After the form: the same for every address, subscribed or not.
sent-title = Podívejte se do pošty
# $address is where the message went, shortened, such as “a…@example.org”.
sent-mail = Na adresu { $address } jsme poslali odkaz. Pokud ještě není přihlášena, potvrďte ji tímto odkazem.
sent-hook-title = Podívejte se do svého kanálu
sent-hook = Na adresu { $address } jsme poslali odkaz. Pokud ještě není přihlášena, potvrďte ji tímto odkazem.
# $again is a link with the words of `try-again`.
sent-late = Po několika minutách nic nepřišlo? Podívejte se do spamu, nebo { $again }.
sent-hook-late = Po několika minutách nic nepřišlo? Podívejte se, zda je adresa správná, nebo { $again }.
try-again = to zkuste znovu

confirm-title = Potvrďte odběr
# $site is the page’s name.
confirm-question = Ještě jedno kliknutí a budeme vám psát o incidentech a údržbě { $site }.
confirm-button = Ano, pište mi
confirm-not-you = Nežádali jste o to? Stačí zavřít tuto stránku a nic se neodešle.

confirmed-title = Odběr je potvrzen
confirmed-text = Napíšeme, až bude co říct. V každé zprávě je odkaz, kterým můžete změnit, co dostáváte, a odhlásit se.
current-status-link = Aktuální stav

manage-title = Váš odběr
# $address is where the notifications go, shortened, such as “a…@example.org”.
manage-where = Píšeme na { $address }.
manage-pending = Toto ještě není potvrzeno: dokud neotevřete odkaz k potvrzení, nic se neodesílá.
manage-button = Uložit
manage-saved = Uloženo.
manage-secret = Klíč, kterým jsou podepsány naše zprávy
manage-secret-hint = Uložte si ho ve svém programu a každou zprávu ověřujte knihovnou pro Standard Webhooks. Zobrazí se pouze nyní.
manage-leave = Zrušit odběr

# A link works for $days days. $address is where a new one is sent, shortened.
expired-title = Platnost odkazu vypršela
expired-text = Odkaz k odběru platí { $days } dní. Na adresu { $address } můžeme poslat nový.
expired-button = Poslat nový odkaz

unsubscribe-title = Odhlásit se?
unsubscribe-question = Zprávy o { $site } už nebudete dostávat a vaše adresa bude smazána.
unsubscribe-button = Ano, odhlásit
unsubscribe-back = Přihlásit se můžete kdykoli znovu.
unsubscribed-title = Odběr je zrušen
unsubscribed-text = Vaše adresa je smazána a nic dalšího na ni nepošleme.
unsubscribed-before-title = Tento odběr už skončil
unsubscribed-before-text = Odběr, ke kterému tento odkaz patří, skončil už dříve a jeho adresa byla smazána. Pokud vám zprávy stále chodí, přihlásili jste se mezitím znovu: odkaz pro odhlášení je v každé z nich.
subscribe-again = Přihlásit se znovu
