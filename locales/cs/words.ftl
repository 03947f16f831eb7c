# How things stand. What monitoring suspects and what a person confirmed never sound alike.

# Kinds of incidents; also for the title of the window.
outage = Výpadek
partial-outage = Částečný výpadek
known-problem = Známý problém
maintenance = Údržba
notice = Oznámení
all-good = Vše v pořádku
possible-problem = Možný problém
# The title of an incident that monitoring reported and nobody has confirmed.
possible-outage = Možný výpadek
resolved = Vyřešeno
false-alarm = Planý poplach

# The one honest sentence at the top of the page, and what kind of knowledge it is. $name is the name of the service.
verdict-outage = { $name } nefunguje
verdict-outage-knowledge = Náš tým potvrdil výpadek. Pracujeme na tom.
verdict-partial = Část { $name } nefunguje
verdict-partial-knowledge = Náš tým potvrdil částečný výpadek. Pracujeme na tom.
verdict-suspected = { $name } má možná potíže
verdict-suspected-knowledge = Náš dohled hlásí možný problém. Náš tým to prověřuje.
verdict-watching-short = Oprava je nasazena
verdict-watching = { $name } se zotavuje
verdict-watching-knowledge = Oprava je nasazena. Sledujeme, zda vydrží.
verdict-watching-work-short = Po údržbě probíhá sledování
verdict-watching-work = Údržba { $name } skončila
verdict-watching-work-knowledge = Sledujeme, zda vše funguje, jak má.
verdict-bug = { $name } má známý problém
verdict-bug-knowledge = Náš tým to potvrdil. Vše ostatní by mělo fungovat.
verdict-maintenance = { $name }: probíhá údržba
verdict-maintenance-knowledge = Jde o plánované práce. Něco může být chvíli nedostupné.
verdict-notice = { $name } funguje normálně; máme oznámení
verdict-notice-knowledge = O žádné poruše nevíme.
verdict-good = { $name } funguje normálně
verdict-good-knowledge = Žádné známé problémy.
verdict-good-despite-alerts-knowledge = Náš tým o žádném problému neví.

# What an incident is and how it stands.
standing-planned = Plánovaná údržba
standing-suspected = Podezření, nepotvrzeno
standing-outage = Výpadek, potvrzen
standing-partial = Částečný výpadek, potvrzen
standing-bug = Známý problém, potvrzen
standing-maintenance = Probíhá údržba
standing-maintenance-watched = Údržba hotova, sledujeme
standing-watching = Oprava nasazena, sledujeme
standing-called-off = Údržba zrušena
standing-maintenance-finished = Údržba dokončena
standing-notice-over = Oznámení ukončeno
standing-outage-over = Výpadek, vyřešen
standing-partial-over = Částečný výpadek, vyřešen
standing-bug-over = Známý problém, vyřešen
standing-missed = Plánovaný čas vypršel, práce nezačaly

# The first word of an entry in a timeline, and what it says when nobody wrote anything.
entry-planned = Naplánováno
entry-planned-usual = Tyto práce byly ohlášeny.
entry-suspected = Podezření
entry-suspected-usual = Dohled nahlásil problém.
entry-begun = Zahájeno
entry-begun-usual = Práce začaly.
entry-announced = Oznámeno
entry-announced-usual = Pro informaci.
entry-confirmed = Potvrzeno
entry-confirmed-usual = Náš tým to potvrdil.
entry-watching = Sledujeme
entry-watching-usual = Oprava je nasazena a sledujeme ji.
entry-finished = Dokončeno
entry-finished-usual = Práce jsou hotovy.
entry-resolved-usual = Incident je vyřešen.
entry-false-alarm-usual = Náš tým to prověřil a zjistil, že se nic nedělo.
entry-taken-back-usual = Žádné hlášení už netrvalo dříve, než někdo problém potvrdil.
entry-reopened = Znovu otevřeno
entry-reopened-usual = Problém se vrátil.
entry-moved = Přesunuto
entry-moved-usual = Tyto práce byly přesunuty na jinou dobu.
entry-called-off = Zrušeno
entry-called-off-usual = Tyto práce se neuskuteční.
entry-update = Nová zpráva
entry-update-usual = Byla zveřejněna nová zpráva.
