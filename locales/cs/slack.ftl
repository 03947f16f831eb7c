# Messages in Slack and over the team’s incoming webhook. $incident is a link or a title with a number,
# $time a point in time, $who a name, “the schedule”, “you” or “someone”.

# $did is a sentence of `words.ftl` that begins with `did-`, without its full stop.
slack-did-at = { $did }, { $time }.
slack-did = { $did }.
# A text follows on the next line.
slack-did-text = { $did }:

# Other thread notes.
slack-note-proposed = Potvrzeno ({ $who }); potvrdit musí ještě druhá osoba
slack-note-dismissed-itself = Zamítnuto automaticky, žádné hlášení už netrvá; ověřte prosím, zda šlo o skutečný incident
slack-note-work-done = Údržba hotova, sledujeme ({ $who })
slack-note-work-goes-on = Údržba pokračuje ({ $who })
slack-note-fixed = Oprava je nasazena ({ $who })
slack-note-not-fixed = Zatím nevyřešeno ({ $who })
slack-note-update = Nová zpráva ({ $who })
slack-note-corrected = Zpráva opravena ({ $who })
slack-note-withdrawn = Zpráva stažena ({ $who })
slack-note-severity = Závažnost změněna na „{ $severity }“ ({ $who })
slack-note-title = Název změněn na { $title } ({ $who })
slack-note-summary = Napsáno shrnutí ({ $who })
slack-note-no-summary = Shrnutí odstraněno ({ $who })
# $times is one or both of the next two.
slack-note-times = Časy opraveny: { $times } ({ $who })
slack-note-began = začátek { $time }
slack-note-ended = konec { $time }
slack-note-silenced = Incident ztišen; odběratelé už nedostávají zprávy ({ $who })
slack-note-unsilenced = Zprávy odběratelům znovu zapnuty ({ $who })
# $window is a start and an end.
slack-note-planned = Naplánováno na { $window } ({ $who })
slack-note-moved = Přesunuto na { $window } ({ $who })
slack-note-resolved-firing = { $count ->
    [one] Vyřešeno, ačkoli 1 hlášení stále trvá ({ $who })
    [few] Vyřešeno, ačkoli { $count } hlášení stále trvají ({ $who })
   *[other] Vyřešeno, ačkoli { $count } hlášení stále trvá ({ $who })
}
# $link is `post-mortem`.
slack-note-postmortem = Zveřejněno: { $link } ({ $who })
slack-note-new-alert = Během sledování opravy přišlo nové hlášení: problém se možná vrátil. Odběratelé nedostali zprávu
slack-note-alert-again = Krátce po zamítnutí přišlo hlášení znovu, takže podezření opět platí
slack-meanwhile = Co se mezitím stalo: { $incident }
slack-earlier-notes = { $count ->
    [one] 1 dřívější poznámka je na stránce.
    [few] { $count } dřívější poznámky jsou na stránce.
   *[other] { $count } dřívějších poznámek je na stránce.
}

# The root message. $status is severity and status.
slack-status-since = { $status }, od { $time }
slack-status-lasted = { $status }. Trvání: { $lasted }, od { $time }.
slack-alerts-cleared = { $count ->
    [one] 1 hlášení, už netrvá
    [few] { $count } hlášení, žádné už netrvá
   *[other] { $count } hlášení, žádné už netrvá
}
slack-alerts-firing = { $count ->
    [one] 1 hlášení, trvá
    [few] { $count } hlášení, všechna trvají
   *[other] { $count } hlášení, všechna trvají
}
slack-alerts-some = { $count ->
    [one] { $count } hlášení, stále trvá: { $firing }
    [few] { $count } hlášení, stále trvá: { $firing }
   *[other] { $count } hlášení, stále trvá: { $firing }
}
slack-nobody-notified = Nikdo nedostal zprávu.
slack-was-it-real = Ověřte prosím: šlo o skutečný incident?
slack-auto-both = Začne i skončí automaticky.
slack-auto-start = Začne automaticky; na konec se zeptáme zde.
slack-auto-end = Na začátek se zeptáme zde; skončí automaticky.
slack-auto-none = Na začátek i konec se zeptáme zde.
slack-ends-itself = Skončí automaticky: { $time }.
slack-starts-itself = Začne automaticky: { $time }.
# $what is a severity, a title, or both.
slack-would-be = Po potvrzení: { $what }.
slack-is-it-real = Zatím nikdo nedostal zprávu. *Je to skutečný incident?*
slack-is-it-real-two = Zatím nikdo nedostal zprávu. *Je to skutečný incident?* Potvrdit musí dvě osoby.
slack-is-it-real-second = Potvrzeno ({ $who }), { $time }. *Potvrdit musí ještě druhá osoba.* Zatím nikdo nedostal zprávu.
slack-last-update = Poslední zpráva: { $who }, { $time }
slack-last-update-edited = Poslední zpráva: { $who }, { $time }, upraveno
slack-updates = { $count ->
    [one] 1 zpráva
    [few] { $count } zprávy
   *[other] { $count } zpráv
}
slack-silent = ztišeno: odběratelé nedostávají zprávy
slack-rest = Zbytek je na stránce.

# Questions to everyone in the channel, and their answers.
slack-asked-start = { $incident }: plánovaný začátek byl { $time }.
slack-asked-missed = { $incident }: plánovaný čas skončil { $time } a práce vůbec nezačaly.
slack-asked-end = { $incident }: plánovaný konec byl { $time }.
slack-asked-resolve = { $incident }: žádné hlášení už netrvá, { $time }.
slack-ask-start = Začít teď, odložit, nebo zrušit?
slack-ask-end = Je údržba hotova?
slack-ask-resolve = Označit jako vyřešené?
slack-new-start-is = Nový začátek: { $time }.
slack-new-end-is = Nový konec: { $time }.
slack-came-back = Přišlo další hlášení; ještě není po všem.
slack-still-open = Stále otevřeno: { $status }.

# Buttons.
slack-button-confirm = Ano, je to skutečný incident
slack-button-dismiss = Zamítnout
slack-button-details = S podrobnostmi…
slack-button-real = Byl skutečný
slack-button-update = Napsat zprávu
slack-button-resolve = Vyřešit
slack-button-start = Začít teď
slack-button-end = Ukončit teď
slack-button-longer = Potrvá to déle
slack-button-postpone = Odložit
slack-button-cancel = Zrušit
slack-button-declare = Ohlásit incident
slack-button-plan = Naplánovat údržbu
slack-open-page = Otevřít stránku
# What Slack asks before it does it: at most 30 characters on a button.
slack-dismiss-title = Zamítnout tento incident?
slack-dismiss-why = Zmizí z veřejné stránky a na jeho vlastní stránce bude uvedeno, že šlo o planý poplach. Nikdo nedostal zprávu.
slack-dismiss-yes = Ano, planý poplach
slack-dismiss-no = Ještě ne
slack-cancel-title = Zrušit tuto údržbu?
slack-cancel-why = Plánovaná údržba se neuskuteční. Kdo o ní dostal zprávu, dostane zprávu i o tom.
slack-cancel-yes = Zrušit údržbu
slack-cancel-no = Ponechat

# The slash command and the home tab. $page is a link to the page.
slack-more = Je toho víc, než se sem vejde. { $page }
slack-as-of = Stav k { $time }. { $page }
slack-nothing-yet = Zatím se nic nestalo. { $page }
slack-open = Otevřené
# $command and the words after it aren’t translated.
slack-help =
    `{ $command }` ukáže aktuální stav, s tlačítky.
    `{ $command } declare` ohlásí incident; `{ $command } declare Platby nefungují` mu dá tento název.
    `{ $command } update` nebo `{ $command } update 7` napíše zprávu.
    `{ $command } resolve` nebo `{ $command } resolve 7` ukončí incident.
slack-nothing-open = Žádný incident není otevřen a žádná údržba není naplánována.
slack-which = Kterého incidentu se to týká?
slack-this-one = Tento…
slack-see-all = Zobrazit všechny na stránce
slack-propose = Zveřejnit toto jako zprávu k { $incident }?
slack-propose-long = Text je delší, než formulář dovoluje; bude v něm jeho začátek.
slack-propose-yes = Zkontrolovat…
slack-propose-no = Teď ne

# Forms: titles and the buttons at the bottom have at most 24 characters.
slack-form-confirm = Potvrdit
slack-form-plan = Naplánovat
slack-form-preview = Náhled
slack-form-publish = Zveřejnit
slack-form-cancel = Zrušit
slack-form-close = Zavřít
slack-field-title = Název
slack-field-severity = Závažnost
slack-field-status = Stav
slack-field-update = Zpráva
slack-field-summary = Shrnutí
slack-hint-summary = Jedna nebo dvě věty, zobrazené nad všemi zprávami.
slack-field-known = Co víme
slack-field-happened = Co se stalo
slack-field-expect = Co čekat
slack-field-why = Proč
slack-field-began = Začátek
slack-hint-began = Nechte prázdné, pokud to právě začalo.
slack-field-start = Začátek
slack-field-end = Konec
slack-field-new-start = Nový začátek
slack-field-new-end = Nový konec
slack-field-auto = Až přijde čas
slack-box-start = Začít automaticky
slack-box-end = Ukončit automaticky
slack-hint-auto = Jinak se zeptáme ve vlákně.
slack-field-alerts = Hlášení
slack-box-alerts = Nová hlášení patří k tomuto incidentu
slack-hint-alerts = Jinak otevřou vlastní podezření.
# Options: at most 75 characters.
slack-choice-outage = Výpadek: nefunguje to
slack-choice-partial = Částečný výpadek: část nefunguje
slack-choice-bug = Známý problém: drobná závada
slack-choice-notice = Oznámení: pro informaci
slack-choice-maintenance = Údržba: plánované práce
slack-choice-confirmed = Potvrzeno: pracujeme na tom
slack-choice-watching = Sledujeme: oprava je nasazena
slack-choice-resolved = Vyřešeno: je po všem
slack-choice-work-started = Probíhá
slack-choice-work-watching = Hotova, sledujeme
slack-choice-work-finished = Dokončena
slack-choose-one = Vyberte něco ze seznamu.
slack-choose-time = Vyberte den a čas.
slack-title-invalid = Název musí mít 1 až { $most } znaků.
slack-text-invalid = Text je prázdný.
slack-still-firing = ⚠️ Dohled nesouhlasí: { $alerts }
slack-second-person = Potvrdit musí ještě druhá osoba. Dříve nikdo nedostane zprávu.

# Who is notified. $number is the count with its digits in groups.
slack-notifies = { $count ->
    [one] Zprávu dostane 1 odběratel.
    [few] Zprávu dostanou { $number } odběratelé.
   *[other] Zprávu dostane { $number } odběratelů.
}
slack-notify = { $count ->
    [one] Poslat zprávu 1 odběrateli
    [few] Poslat zprávu { $number } odběratelům
   *[other] Poslat zprávu { $number } odběratelům
}
# How many of them can’t get their e-mail right now.
slack-waiting = { $count ->
    [one] 1 z nich musí čekat na poštovní server.
    [few] { $number } z nich musí čekat na poštovní server.
   *[other] { $number } z nich musí čekat na poštovní server.
}
slack-no-subscribers = Zatím nejsou žádní odběratelé.
slack-who-is-notified = Kdo dostane zprávu
slack-why-silent = Incident je ztišen: odběratelé nedostávají zprávy.
slack-why-unconfirmed = Odběratelé nedostanou zprávu: incident nikdo nepotvrdil.
slack-why-nothing-new = Odběratelé nedostanou zprávu: není nová zpráva ani nový stav.
slack-preview = Toto uvidí čtenáři. Níže můžete cokoli změnit, nebo to zveřejněte.
slack-and-so-on = … a tak dále.
slack-form-outdated = Tento formulář už neplatí, nebo byl cestou změněn. Nic se nestalo. Otevřete ho prosím znovu.
slack-same-time = To už je plánovaný čas.
slack-no-change = Nic by se nezměnilo. Napište zprávu, nebo změňte některé pole níže.

# Why somebody may not act, and what else can fail. $error is a technical reason in English.
slack-not-done = Neprovedeno
slack-denied-no-channel = Candor zatím neví, ve kterém kanálu Slacku pracuje, takže se nic nestalo. Zkuste to prosím za minutu znovu. Pokud to trvá, `candor slack check` řekne proč.
slack-denied-other-workspace = Patříte do jiného pracovního prostoru než tato stavová stránka, takže se nic nestalo.
slack-denied-not-member = Mohou to jen lidé z kanálu stavové stránky ve Slacku, takže se nic nestalo. Připojte se ke kanálu a zkuste to znovu.
slack-denied-not-in-group = Mohou to jen lidé ze skupiny, která se o stavovou stránku stará, takže se nic nestalo.
slack-denied-unknown = Slack teď neříká, zda to smíte, takže se nic nestalo. Zkuste to prosím za chvíli znovu, nebo použijte zprávu v kanálu stavové stránky ve Slacku.
slack-not-posted = Dobře, nic nebylo zveřejněno.
slack-no-trigger = Slack neumožnil otevřít formulář. Zkuste to prosím znovu.
slack-form-failed = Formulář se nepodařilo otevřít ({ $error }).
slack-message-gone = Ta zpráva už neexistuje, nebo ji Candor nemůže přečíst.
slack-message-unreadable = Zprávu nelze přečíst ({ $error }).
slack-log-unreadable = Candor teď nemůže přečíst svůj záznam událostí. Zkuste to prosím znovu.

# The app itself, as Slack lists it: description at most 140 characters, shortcut at most 24, about at least 175.
# $name is what the page calls itself; $command isn’t translated.
slack-app-name = Stavová stránka
slack-app-description = Incidenty na { $name }: potvrzení, aktualizace a vyřešení
slack-app-about = Dá týmu vědět, když monitoring tuší problém, v jedné zprávě se dvěma tlačítky: skutečný incident, nebo falešný poplach? Odběratelé { $name } dostávají zprávy jen o tom, co potvrdil člověk. Zveřejňujte aktualizace, řešte incidenty a plánujte údržbu, aniž opustíte Slack: ze zprávy, z domovské karty, příkazem { $command } nebo zkratkou. Každý incident má vlastní vlákno a jeho první zpráva vždy ukazuje aktuální stav.
slack-shortcut-declare = Otevřít formulář pro ohlášení incidentu
slack-shortcut-plan = Otevřít formulář pro oznámení plánovaných prací
slack-shortcut-update = Zveřejnit aktualizaci
slack-shortcut-update-description = Zveřejnit tuto zprávu jako aktualizaci incidentu
slack-command-description = Zobrazit aktuální stav s tlačítky
