# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a verdict, and the sentence that stands under it.
told-outage = Awaria potwierdzona
told-outage-sentence = Nasz zespół potwierdził awarię. Pracujemy nad tym.
told-partial = Częściowa awaria potwierdzona
told-partial-sentence = Nasz zespół potwierdził, że część nie działa. Pracujemy nad tym.
told-bug = Znany problem potwierdzony
told-bug-sentence = Nasz zespół potwierdził drobny problem. Pracujemy nad tym.
told-notice = Komunikat
told-notice-sentence = To tylko informacja; nic przez to nie przestało działać.
told-maintenance = Prace serwisowe
told-maintenance-sentence = Trwają prace.
told-watching = Wprowadzono poprawkę
told-watching-sentence = Powinno znowu działać. Obserwujemy, czy tak zostanie.
told-resolved = Rozwiązane
told-resolved-sentence = Incydent jest rozwiązany.
told-maintenance-planned = Zaplanowano prace serwisowe
told-maintenance-planned-sentence = Oto kiedy i czego można się spodziewać.
told-maintenance-started = Prace serwisowe się rozpoczęły
told-maintenance-started-sentence = Trwają zaplanowane prace.
told-maintenance-ended = Prace serwisowe są zakończone
told-maintenance-ended-sentence = Zaplanowane prace są wykonane.
told-maintenance-rescheduled = Prace serwisowe przesunięte
told-maintenance-rescheduled-sentence = Zaplanowane prace mają nowy termin.
told-maintenance-canceled = Prace serwisowe odwołane
told-maintenance-canceled-sentence = Zaplanowane prace się nie odbędą.

# News without a new status.
told-news-watching = Nowe informacje w czasie obserwacji poprawki
told-news-watching-sentence = Poprawka jest wprowadzona; oto więcej.
told-news-resolved = Późniejsza uwaga
told-news-resolved-sentence = To już koniec; oto więcej informacji.
told-news-maintenance = Nowe informacje o pracach serwisowych
told-news-maintenance-sentence = Oto, co nowego.
told-news-outage = Nowe informacje o awarii
told-news-outage-sentence = Nadal nad tym pracujemy.
told-news-partial = Nowe informacje o częściowej awarii
told-news-partial-sentence = Nadal nad tym pracujemy.
told-news-bug = Nowe informacje o znanym problemie
told-news-bug-sentence = Nadal nad tym pracujemy.
told-news-notice = Nowe informacje
told-news-notice-sentence = Oto, co nowego.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = Planowany czas
fact-since = Od
fact-from = Od
fact-until = Do
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader's time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# What can be done.
do-details = Zobacz szczegóły
do-confirm = Potwierdź subskrypcję
do-manage = Zarządzaj subskrypcją
do-unsubscribe = Zrezygnuj

# Subjects. $site is the page's name, $title the incident's.
subject-notice = { $state }: { $title } ({ $site })
subject-confirm = { $site }: prosimy potwierdzić subskrypcję
subject-known = { $site }: ta subskrypcja już istnieje

# Why somebody gets it.
why-notice = Ten adres subskrybuje informacje z { $site }.
why-confirm = Jeśli to pomyłka, nie trzeba nic robić: nie napiszemy ponownie.
why-known = Jeśli to pomyłka, nie trzeba nic robić: nic się nie zmieniło.
subscription-ends = To już koniec: to ostatnia wiadomość w tej sprawie, a jej subskrypcja wygasła.

confirm-verdict = Prosimy potwierdzić subskrypcję
confirm-sentence = Ktoś, zapewne Pan lub Pani, chce otrzymywać na ten adres informacje z { $site }.
known-verdict = Ta subskrypcja już istnieje
known-sentence = Ktoś, zapewne Pan lub Pani, chce otrzymywać na ten adres informacje z { $site }. Ten adres już je otrzymuje; tutaj można zmienić ustawienia albo zrezygnować.
