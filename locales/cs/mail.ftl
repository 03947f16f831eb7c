# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a verdict, and the sentence that stands under it.
told-outage = Výpadek potvrzen
told-outage-sentence = Náš tým potvrdil výpadek. Pracujeme na tom.
told-partial = Částečný výpadek potvrzen
told-partial-sentence = Náš tým potvrdil, že část nefunguje. Pracujeme na tom.
told-bug = Známý problém potvrzen
told-bug-sentence = Náš tým potvrdil drobný problém. Pracujeme na tom.
told-notice = Oznámení
told-notice-sentence = Jen pro vaši informaci; nic tím není narušeno.
told-maintenance = Údržba
told-maintenance-sentence = Probíhají práce.
told-watching = Oprava je nasazena
told-watching-sentence = Mělo by to zase fungovat. Sledujeme, zda to vydrží.
told-resolved = Vyřešeno
told-resolved-sentence = Incident je vyřešen.
told-maintenance-planned = Údržba naplánována
told-maintenance-planned-sentence = Zde je kdy a co čekat.
told-maintenance-started = Údržba začala
told-maintenance-started-sentence = Plánované práce probíhají.
told-maintenance-ended = Údržba skončila
told-maintenance-ended-sentence = Plánované práce jsou hotovy.
told-maintenance-rescheduled = Údržba přesunuta
told-maintenance-rescheduled-sentence = Plánované práce mají novou dobu.
told-maintenance-canceled = Údržba zrušena
told-maintenance-canceled-sentence = Plánované práce se neuskuteční.

# News without a new status.
told-news-watching = Zprávy během sledování opravy
told-news-watching-sentence = Oprava je nasazena; zde je více.
told-news-resolved = Pozdější poznámka
told-news-resolved-sentence = Je po všem; zde je o tom více.
told-news-maintenance = Zprávy o údržbě
told-news-maintenance-sentence = Zde je, co je nového.
told-news-outage = Zprávy o výpadku
told-news-outage-sentence = Stále na tom pracujeme.
told-news-partial = Zprávy o částečném výpadku
told-news-partial-sentence = Stále na tom pracujeme.
told-news-bug = Nové zprávy o známém problému
told-news-bug-sentence = Stále na tom pracujeme.
told-news-notice = Zprávy
told-news-notice-sentence = Zde je, co je nového.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = Plánovaná doba
fact-since = Od
fact-from = Od
fact-until = Do
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader's time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# What can be done.
do-details = Zobrazit podrobnosti
do-confirm = Potvrdit odběr
do-manage = Spravovat odběr
do-unsubscribe = Odhlásit se

# Subjects. $site is the page's name, $title the incident's.
subject-notice = { $state }: { $title } ({ $site })
subject-confirm = { $site }: potvrďte prosím odběr
subject-known = { $site }: tento odběr už existuje

# Why somebody gets it.
why-notice = Na tuto adresu chodí zprávy z { $site }.
why-confirm = Pokud jste to nebyli vy, nedělejte nic: už se vám neozveme.
why-known = Pokud jste to nebyli vy, nedělejte nic: nic se nezměnilo.
subscription-ends = Je po všem: toto je poslední zpráva k této věci a váš odběr k ní je ukončen.

confirm-verdict = Potvrďte prosím odběr
confirm-sentence = Někdo, nejspíš vy, chce na tuto adresu dostávat zprávy z { $site }.
known-verdict = Tento odběr už existuje
known-sentence = Někdo, nejspíš vy, chce na tuto adresu dostávat zprávy z { $site }. Už na ni chodí; zde můžete změnit, co dostáváte, nebo se odhlásit.
