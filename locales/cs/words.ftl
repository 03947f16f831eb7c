# Headline, severities, statuses. What monitoring suspects and what a person confirmed never sound alike.

# Severities; also in the title of the window.
outage = Výpadek
partial-outage = Částečný výpadek
known-problem = Známý problém
maintenance = Údržba
notice = Oznámení
all-good = Vše v pořádku
possible-problem = Možný problém
# The title of an incident that monitoring reported and no person has confirmed.
possible-outage = Možný výpadek
resolved = Vyřešeno
false-alarm = Planý poplach

# The headline of the page, and how we know. $name is the name of the service.
headline-outage = { $name } nefunguje
headline-outage-knowledge = Náš tým potvrdil výpadek. Pracujeme na tom.
headline-partial = Část { $name } nefunguje
headline-partial-knowledge = Náš tým potvrdil částečný výpadek. Pracujeme na tom.
headline-suspected = { $name } má možná potíže
headline-suspected-knowledge = Náš dohled hlásí možný problém. Náš tým to prověřuje.
headline-watching-short = Oprava je nasazena
headline-watching = { $name } se zotavuje
headline-watching-knowledge = Oprava je nasazena. Sledujeme, zda vydrží.
headline-watching-maintenance-short = Po údržbě probíhá sledování
headline-watching-maintenance = Údržba { $name } skončila
headline-watching-maintenance-knowledge = Sledujeme, zda vše funguje, jak má.
headline-bug = { $name } má známý problém
headline-bug-knowledge = Náš tým to potvrdil. Vše ostatní by mělo fungovat.
headline-maintenance = { $name }: probíhá údržba
headline-maintenance-knowledge = Jde o plánované práce. Něco může být chvíli nedostupné.
headline-notice = { $name } funguje normálně; máme oznámení
headline-notice-knowledge = O žádné poruše nevíme.
headline-good = { $name } funguje normálně
headline-good-knowledge = Žádné známé problémy.
# Instead, while an alert still fires that a person found to be a false alarm, or whose incident is over.
headline-good-despite-alerts-knowledge = Náš tým o žádném problému neví.

# Severity and status of an incident.
status-planned = Plánovaná údržba
status-suspected = Podezření, nepotvrzeno
status-outage = Výpadek, potvrzen
status-partial = Částečný výpadek, potvrzen
status-bug = Známý problém, potvrzen
status-maintenance = Probíhá údržba
status-maintenance-watching = Údržba hotova, sledujeme
status-watching = Oprava nasazena, sledujeme
status-canceled = Údržba zrušena
status-maintenance-finished = Údržba dokončena
status-notice-ended = Oznámení ukončeno
status-outage-resolved = Výpadek, vyřešen
status-partial-resolved = Částečný výpadek, vyřešen
status-bug-resolved = Známý problém, vyřešen
status-missed = Plánovaný čas vypršel, práce nezačaly

# The first word of a timeline entry, and its text when nobody wrote one.
entry-planned = Naplánováno
entry-planned-default = Tyto práce byly ohlášeny.
entry-suspected = Podezření
entry-suspected-default = Dohled nahlásil problém.
entry-started = Zahájeno
entry-started-default = Práce začaly.
entry-announced = Oznámeno
entry-announced-default = Pro informaci.
entry-confirmed = Potvrzeno
entry-confirmed-default = Náš tým to potvrdil.
entry-watching = Sledujeme
entry-watching-default = Oprava je nasazena a sledujeme ji.
entry-finished = Dokončeno
entry-finished-default = Práce jsou hotovy.
entry-resolved-default = Incident je vyřešen.
entry-false-alarm-default = Náš tým to prověřil a zjistil, že se nic nedělo.
entry-alerts-cleared-default = Žádné hlášení už netrvalo dříve, než někdo problém potvrdil.
entry-reopened = Znovu otevřeno
entry-reopened-default = Problém se vrátil.
entry-moved = Přesunuto
entry-moved-default = Tyto práce byly přesunuty na jinou dobu.
entry-canceled = Zrušeno
entry-canceled-default = Tyto práce se neuskuteční.
entry-update = Nová zpráva
entry-update-default = Byla zveřejněna nová zpráva.

# Who acted.
who-someone = někdo
who-schedule = rozvrh
who-you = vy

# What somebody did to an incident: a sentence without its full stop. $who is a name or one of the words above.
did-declare = Ohlášeno ({ $who })
did-plan = Naplánováno ({ $who })
did-start = Zahájeno ({ $who })
did-confirm = Potvrzeno ({ $who })
# $severity is a severity.
did-confirm-as = Potvrzeno jako „{ $severity }“ ({ $who })
did-watch = Sledujeme ({ $who })
did-end = Dokončeno ({ $who })
did-resolve = Vyřešeno ({ $who })
did-dismiss = Zamítnuto jako planý poplach ({ $who })
did-dismiss-itself = Zamítnuto automaticky, žádné hlášení už netrvá
did-reopen = Znovu otevřeno ({ $who })
did-cancel = Zrušeno ({ $who })
