# Headline, severities, statuses. What monitoring suspects and what a person confirmed never sound alike.

# Severities; also in the title of the window.
outage = Awaria
partial-outage = Częściowa awaria
known-problem = Znany problem
maintenance = Prace serwisowe
notice = Komunikat
all-good = Wszystko w porządku
possible-problem = Możliwy problem
# The title of an incident that monitoring reported and no person has confirmed.
possible-outage = Możliwa awaria
resolved = Rozwiązane
false-alarm = Fałszywy alarm

# The headline of the page, and how we know. $name is the name of the service.
headline-outage = { $name } nie działa
headline-outage-knowledge = Nasz zespół potwierdził awarię. Pracujemy nad tym.
headline-partial = Część { $name } nie działa
headline-partial-knowledge = Nasz zespół potwierdził częściową awarię. Pracujemy nad tym.
headline-suspected = { $name } może mieć problemy
headline-suspected-knowledge = Nasz monitoring zgłasza możliwy problem. Nasz zespół to sprawdza.
headline-watching-short = Wprowadzono poprawkę
headline-watching = { $name } wraca do normy
headline-watching-knowledge = Wprowadzono poprawkę. Obserwujemy, czy skutkuje.
headline-watching-maintenance-short = Obserwacja po pracach serwisowych
headline-watching-maintenance = Prace serwisowe { $name } są zakończone
headline-watching-maintenance-knowledge = Obserwujemy, czy wszystko działa tak, jak powinno.
headline-bug = { $name } ma znany problem
headline-bug-knowledge = Potwierdził to nasz zespół. Cała reszta powinna działać.
headline-maintenance = { $name }: trwają prace serwisowe
headline-maintenance-knowledge = To zaplanowane prace. Coś może być przez pewien czas niedostępne.
headline-notice = { $name } działa normalnie; jest komunikat
headline-notice-knowledge = Nie wiadomo nam o żadnej usterce.
headline-good = { $name } działa normalnie
headline-good-knowledge = Brak znanych problemów.
# Instead, while an alert still fires that a person found to be a false alarm, or whose incident is over.
headline-good-despite-alerts-knowledge = Nasz zespół nie wie o żadnym problemie.

# Severity and status of an incident.
status-planned = Zaplanowane prace serwisowe
status-suspected = Podejrzenie, niepotwierdzone
status-outage = Awaria, potwierdzona
status-partial = Częściowa awaria, potwierdzona
status-bug = Znany problem, potwierdzony
status-maintenance = Trwają prace serwisowe
status-maintenance-watching = Prace serwisowe zakończone, trwa obserwacja
status-watching = Poprawka wprowadzona, trwa obserwacja
status-canceled = Prace serwisowe odwołane
status-maintenance-finished = Prace serwisowe ukończone
status-notice-ended = Komunikat zakończony
status-outage-resolved = Awaria, rozwiązana
status-partial-resolved = Częściowa awaria, rozwiązana
status-bug-resolved = Znany problem, rozwiązany
status-missed = Planowany termin minął, prace nierozpoczęte

# The first word of a timeline entry, and its text when nobody wrote one.
entry-planned = Zaplanowano
entry-planned-default = Te prace zostały zapowiedziane.
entry-suspected = Podejrzenie
entry-suspected-default = Monitoring zgłosił problem.
entry-started = Rozpoczęto
entry-started-default = Prace się rozpoczęły.
entry-announced = Ogłoszono
entry-announced-default = Do wiadomości.
entry-confirmed = Potwierdzono
entry-confirmed-default = Potwierdził to nasz zespół.
entry-watching = Obserwacja
entry-watching-default = Poprawka jest wprowadzona i obserwowana.
entry-finished = Ukończono
entry-finished-default = Prace są wykonane.
entry-resolved-default = Incydent jest rozwiązany.
entry-false-alarm-default = Nasz zespół sprawdził i stwierdził, że nic złego się nie działo.
entry-alerts-cleared-default = Żaden alarm nie był już aktywny, zanim ktokolwiek potwierdził problem.
entry-reopened = Otwarto ponownie
entry-reopened-default = Problem wrócił.
entry-moved = Przesunięto
entry-moved-default = Te prace przesunięto na inny czas.
entry-canceled = Odwołano
entry-canceled-default = Te prace się nie odbędą.
entry-update = Nowa informacja
entry-update-default = Dodano nową informację.

# Who acted.
who-someone = ktoś
who-schedule = harmonogram
who-you = Ty

# What somebody did to an incident: a sentence without its full stop. $who is a name or one of the words above.
did-declare = Zgłoszono ({ $who })
did-plan = Zaplanowano ({ $who })
did-start = Rozpoczęto ({ $who })
did-confirm = Potwierdzono ({ $who })
# $severity is a severity.
did-confirm-as = Potwierdzono jako „{ $severity }” ({ $who })
did-watch = Rozpoczęto obserwację ({ $who })
did-end = Ukończono ({ $who })
did-resolve = Rozwiązano ({ $who })
did-dismiss = Odrzucono jako fałszywy alarm ({ $who })
did-dismiss-itself = Odrzucono automatycznie, bo żaden alarm nie jest już aktywny
did-reopen = Otwarto ponownie ({ $who })
did-cancel = Odwołano ({ $who })
