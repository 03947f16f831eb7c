# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a heading, and the sentence below it.
notification-outage = Výpadek potvrzen
notification-outage-sentence = Náš tým potvrdil výpadek. Pracujeme na tom.
notification-partial = Částečný výpadek potvrzen
notification-partial-sentence = Náš tým potvrdil, že část nefunguje. Pracujeme na tom.
notification-bug = Známý problém potvrzen
notification-bug-sentence = Náš tým potvrdil drobný problém. Pracujeme na tom.
notification-notice = Oznámení
notification-notice-sentence = Jen pro vaši informaci; nic tím není narušeno.
notification-maintenance = Údržba
notification-maintenance-sentence = Probíhají práce.
notification-watching = Oprava je nasazena
notification-watching-sentence = Mělo by to zase fungovat. Sledujeme, zda to vydrží.
notification-resolved = Vyřešeno
notification-resolved-sentence = Incident je vyřešen.
notification-maintenance-planned = Údržba naplánována
notification-maintenance-planned-sentence = Zde je kdy a co čekat.
notification-maintenance-started = Údržba začala
notification-maintenance-started-sentence = Plánované práce probíhají.
notification-maintenance-ended = Údržba skončila
notification-maintenance-ended-sentence = Plánované práce jsou hotovy.
notification-maintenance-rescheduled = Údržba přesunuta
notification-maintenance-rescheduled-sentence = Plánované práce mají novou dobu.
notification-maintenance-canceled = Údržba zrušena
notification-maintenance-canceled-sentence = Plánované práce se neuskuteční.

# An update that leaves the status as it is.
notification-update-watching = Zprávy během sledování opravy
notification-update-watching-sentence = Oprava je nasazena; zde je více.
notification-update-resolved = Pozdější poznámka
notification-update-resolved-sentence = Je po všem; zde je o tom více.
notification-update-maintenance = Zprávy o údržbě
notification-update-maintenance-sentence = Zde je, co je nového.
notification-update-outage = Zprávy o výpadku
notification-update-outage-sentence = Stále na tom pracujeme.
notification-update-partial = Zprávy o částečném výpadku
notification-update-partial-sentence = Stále na tom pracujeme.
notification-update-bug = Nové zprávy o známém problému
notification-update-bug-sentence = Stále na tom pracujeme.
notification-update-notice = Zprávy
notification-update-notice-sentence = Zde je, co je nového.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = Plánovaná doba
fact-since = Od
fact-from = Od
fact-until = Do
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader’s time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# Buttons and links.
button-details = Zobrazit podrobnosti
button-confirm = Potvrdit odběr
button-manage = Spravovat odběr
button-unsubscribe = Odhlásit se

# Subjects. $site is the page’s name, $title the incident’s.
subject-notification = { $state }: { $title } ({ $site })
subject-confirm = { $site }: potvrďte prosím odběr
subject-already-subscribed = { $site }: tento odběr už existuje

# Why the recipient gets it.
why-notification = Na tuto adresu chodí zprávy z { $site }.
why-confirm = Pokud jste to nebyli vy, nedělejte nic: už se vám neozveme.
why-already-subscribed = Pokud jste to nebyli vy, nedělejte nic: nic se nezměnilo.
subscription-ends = Je po všem: toto je poslední zpráva k této věci a váš odběr k ní je ukončen.

confirm-heading = Potvrďte prosím odběr
confirm-sentence = Někdo, nejspíš vy, chce na tuto adresu dostávat zprávy z { $site }.
already-subscribed-heading = Tento odběr už existuje
already-subscribed-sentence = Někdo, nejspíš vy, chce na tuto adresu dostávat zprávy z { $site }. Už na ni chodí; zde můžete změnit, co dostáváte, nebo se odhlásit.
