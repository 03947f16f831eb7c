# Errors, on pages and in JSON (RFC 9457): a title, and a sentence that says what is wrong.

problem-not-found = Nenalezeno
problem-not-found-why = Na této adrese nic není.
# A link to the incident, on the error page for an address that ends with its number.
problem-did-you-mean = Měli jste na mysli incident č. { $number }?
problem-dead-link = Tento odkaz nefunguje
problem-dead-link-why = Tento odkaz není platný, nebo už není. Přihlásit se můžete kdykoli znovu.
problem-method = Nepovolená metoda
# $allow lists what it accepts, such as “GET, HEAD”.
problem-method-why = Tato adresa přijímá jen { $allow }.
problem-cross-site = Odesláno z jiného webu
problem-cross-site-why = Tento formulář byl odeslán z jiného webu. Otevřete ho prosím zde a odešlete znovu.
problem-unauthorized = Neautorizováno
problem-wrong-secret = Tajný klíč chybí nebo je nesprávný.
problem-wrong-signature = Podpis chybí nebo je nesprávný.
problem-content-type = Nesprávný typ obsahu
# $wanted is such as “application/json”.
problem-content-type-why = Obsah musí být odeslán jako { $wanted }.
problem-encoding = Neznámé kódování
# $encoding is what the request calls it, in quotation marks.
problem-encoding-why = Kódování { $encoding } není podporováno. Pošlete obsah tak, jak je, nebo komprimovaný pomocí gzip či deflate.
problem-too-large = Příliš velké
problem-too-large-why = Obsah je větší než { $limit } bajtů.
problem-timeout = Časový limit vypršel
problem-timeout-why = Požadavek trval příliš dlouho.

# One title; the sentences below say what is wrong.
problem-bad-request = Chybný požadavek
problem-unintelligible = Požadavku nelze porozumět.
problem-body-incomplete = Obsah je neúplný.
problem-body-not-compressed = Obsah není komprimovaný tak, jak uvádí Content-Encoding.
problem-body-not-json-or-form = Obsah není JSON ani formulář.
problem-form-unreadable = Formulář nelze přečíst.
# $error is a technical reason in English, here and below.
problem-alert-unreadable = Výstrahu nelze přečíst: { $error }.
# $name is the parameter’s name in quotation marks.
problem-parameter-repeated = Parametr { $name } je uveden více než jednou.
problem-parameter-number = Parametr { $name } musí být celé číslo od { $least } do { $most }.
problem-parameter-words = Parametr { $name } nelze přečíst: { $error }.
problem-parameter-time = Parametr { $name } musí být čas s pásmem, například 2026-11-21T14:05:00Z nebo 2026-11-21T15:05:00+01:00, nebo den, například 2026-11-21.
# $known lists the parameters that there are.
problem-parameter-unknown = Parametr { $name } zde není. Použít lze: { $known }.

problem-too-many = Příliš mnoho požadavků
problem-too-many-why = { $seconds ->
    [one] Z vaší adresy přišlo příliš mnoho požadavků. Zkuste to prosím znovu za sekundu.
    [few] Z vaší adresy přišlo příliš mnoho požadavků. Zkuste to prosím znovu za { $seconds } sekundy.
   *[other] Z vaší adresy přišlo příliš mnoho požadavků. Zkuste to prosím znovu za { $seconds } sekund.
}
problem-too-many-viewers = Příliš mnoho diváků
problem-too-many-viewers-why = Je připojeno příliš mnoho diváků, z vaší adresy nebo celkem. Místo toho prosím stránku občas načtěte znovu.
problem-refused = Odmítnuto
problem-refused-why = Nic nebylo změněno: { $error }.
problem-conflict = Konflikt
problem-conflict-why = Identifikátor tohoto požadavku už byl použit pro jiný požadavek.
problem-unavailable = Dočasně nedostupné
problem-unavailable-why = Toto teď nelze uložit a nic nebylo změněno. Zkuste to prosím znovu.
# The same for programs, with the reason.
problem-unavailable-because = Toto teď nelze uložit: { $error }. Zkuste to prosím znovu.
problem-not-ready = Stav není známý
problem-not-ready-why = Nemůžeme teď přečíst vlastní záznam událostí, a proto nemůžeme říci, jak to vypadá. Zkuste to prosím znovu.
problem-busy = Vytíženo
problem-busy-why = Archiv je právě vytížen. Zkuste to prosím znovu.
problem-internal = Vnitřní chyba
problem-internal-why = Něco se na naší straně pokazilo.

# An incident by its number, and by its title.
incident-number = Incident č. { $number }
incident-quoted = „{ $title }“ (#{ $number })

# Why a command changed nothing: in Slack and on the command line. $incident is one of the two above, $status its status.
refused-no-incident = Incident č. { $number } neexistuje.
# $did is what somebody else did, a sentence of `words.ftl`.
refused-already = { $incident }: stav se již změnil. { $did }, { $time }.
refused-not-suspected = { $incident }: { $status }. Potvrdit nebo zamítnout lze jen podezření.
refused-same-person = { $incident }: první potvrzení je už od vás. Teď musí potvrdit druhá osoba.
refused-not-dismissed = { $incident }: { $status }. Jen zamítnutý incident se může ukázat jako skutečný.
refused-not-confirmed = { $incident }: je to jen podezření. Nejprve ho potvrďte nebo zamítněte.
refused-not-started = { $incident }: práce nezačaly. Nejprve je zahajte nebo zrušte.
refused-not-over = { $incident }: { $status }. Půjde to, až bude po všem.
refused-was-dismissed = { $incident }: zamítnuto. Pokud byl incident skutečný, nejprve to uveďte.
refused-under-way = { $incident }: už probíhá. Posunout lze jen konec.
refused-canceled = { $incident }: zrušeno. Naplánujte místo toho novou údržbu.
refused-not-planned = { $incident }: { $status }. Lze to jen u údržby, která ještě nezačala.
refused-not-running = { $incident }: { $status }. Lze to jen u probíhající údržby.
refused-not-maintenance = { $incident }: není to údržba. Naplánujte místo toho údržbu.
refused-stays-maintenance = { $incident }: je to údržba a údržbou zůstane. Pokud se něco pokazí, ohlaste incident.
refused-not-declarable = Incident se ohlašuje jako potvrzený, sledovaný nebo vyřešený.
refused-has-no-end = Probíhající incident nemá konec. Nechte konec prázdný, nebo ho ohlaste jako vyřešený.
refused-not-a-status = Zpráva může nastavit stav potvrzeno nebo sledujeme. Incident ukončíte tím, že ho vyřešíte.
refused-no-update = { $incident }: tato zpráva už neexistuje.
refused-no-text = Napište, co se děje: nový stav potřebuje text.
refused-end-first = Konec musí být po začátku.
refused-future = Tento čas je v budoucnosti.
refused-over = Tento čas už uplynul. Zvolte pozdější konec.
refused-nothing = Nic by se nezměnilo.
refused-nameless = To může udělat jen člověk a není známo, kdo jste.
