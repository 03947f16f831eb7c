# How things stand. What monitoring suspects and what a person confirmed never sound alike.

# Kinds of incidents; also for the title of the window.
outage = Awaria
partial-outage = Częściowa awaria
known-problem = Znany problem
maintenance = Prace serwisowe
notice = Komunikat
all-good = Wszystko w porządku
possible-problem = Możliwy problem
# The title of an incident that monitoring reported and nobody has confirmed.
possible-outage = Możliwa awaria
resolved = Rozwiązane
false-alarm = Fałszywy alarm

# The one honest sentence at the top of the page, and what kind of knowledge it is. $name is the name of the service.
verdict-outage = { $name } nie działa
verdict-outage-knowledge = Nasz zespół potwierdził awarię. Pracujemy nad tym.
verdict-partial = Część { $name } nie działa
verdict-partial-knowledge = Nasz zespół potwierdził częściową awarię. Pracujemy nad tym.
verdict-suspected = { $name } może mieć problemy
verdict-suspected-knowledge = Nasz monitoring zgłasza możliwy problem. Nasz zespół to sprawdza.
verdict-watching-short = Wprowadzono poprawkę
verdict-watching = { $name } wraca do normy
verdict-watching-knowledge = Wprowadzono poprawkę. Obserwujemy, czy skutkuje.
verdict-watching-work-short = Obserwacja po pracach serwisowych
verdict-watching-work = Prace serwisowe { $name } są zakończone
verdict-watching-work-knowledge = Obserwujemy, czy wszystko działa tak, jak powinno.
verdict-bug = { $name } ma znany problem
verdict-bug-knowledge = Potwierdził to nasz zespół. Cała reszta powinna działać.
verdict-maintenance = { $name }: trwają prace serwisowe
verdict-maintenance-knowledge = To zaplanowane prace. Coś może być przez pewien czas niedostępne.
verdict-notice = { $name } działa normalnie; jest komunikat
verdict-notice-knowledge = Nie wiadomo nam o żadnej usterce.
verdict-good = { $name } działa normalnie
verdict-good-knowledge = Brak znanych problemów.
verdict-good-despite-alerts-knowledge = Nasz zespół nie wie o żadnym problemie.

# What an incident is and how it stands.
standing-planned = Zaplanowane prace serwisowe
standing-suspected = Podejrzenie, niepotwierdzone
standing-outage = Awaria, potwierdzona
standing-partial = Częściowa awaria, potwierdzona
standing-bug = Znany problem, potwierdzony
standing-maintenance = Trwają prace serwisowe
standing-maintenance-watched = Prace serwisowe zakończone, trwa obserwacja
standing-watching = Poprawka wprowadzona, trwa obserwacja
standing-called-off = Prace serwisowe odwołane
standing-maintenance-finished = Prace serwisowe ukończone
standing-notice-over = Komunikat zakończony
standing-outage-over = Awaria, rozwiązana
standing-partial-over = Częściowa awaria, rozwiązana
standing-bug-over = Znany problem, rozwiązany
standing-missed = Planowany termin minął, prace nierozpoczęte

# The first word of an entry in a timeline, and what it says when nobody wrote anything.
entry-planned = Zaplanowano
entry-planned-usual = Te prace zostały zapowiedziane.
entry-suspected = Podejrzenie
entry-suspected-usual = Monitoring zgłosił problem.
entry-begun = Rozpoczęto
entry-begun-usual = Prace się rozpoczęły.
entry-announced = Ogłoszono
entry-announced-usual = Do wiadomości.
entry-confirmed = Potwierdzono
entry-confirmed-usual = Potwierdził to nasz zespół.
entry-watching = Obserwacja
entry-watching-usual = Poprawka jest wprowadzona i obserwowana.
entry-finished = Ukończono
entry-finished-usual = Prace są wykonane.
entry-resolved-usual = Incydent jest rozwiązany.
entry-false-alarm-usual = Nasz zespół sprawdził i stwierdził, że nic złego się nie działo.
entry-taken-back-usual = Żaden alarm nie był już aktywny, zanim ktokolwiek potwierdził problem.
entry-reopened = Otwarto ponownie
entry-reopened-usual = Problem wrócił.
entry-moved = Przesunięto
entry-moved-usual = Te prace przesunięto na inny czas.
entry-called-off = Odwołano
entry-called-off-usual = Te prace się nie odbędą.
entry-update = Nowa informacja
entry-update-usual = Dodano nową informację.
