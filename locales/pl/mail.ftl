# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a heading, and the sentence below it.
notification-outage = Awaria potwierdzona
notification-outage-sentence = Nasz zespół potwierdził awarię. Pracujemy nad tym.
notification-partial = Częściowa awaria potwierdzona
notification-partial-sentence = Nasz zespół potwierdził, że część nie działa. Pracujemy nad tym.
notification-bug = Znany problem potwierdzony
notification-bug-sentence = Nasz zespół potwierdził drobny problem. Pracujemy nad tym.
notification-notice = Komunikat
notification-notice-sentence = To tylko informacja; nic przez to nie przestało działać.
notification-maintenance = Prace serwisowe
notification-maintenance-sentence = Trwają prace.
notification-watching = Wprowadzono poprawkę
notification-watching-sentence = Powinno znowu działać. Obserwujemy, czy tak zostanie.
notification-resolved = Rozwiązane
notification-resolved-sentence = Incydent jest rozwiązany.
notification-maintenance-planned = Zaplanowano prace serwisowe
notification-maintenance-planned-sentence = Oto kiedy i czego można się spodziewać.
notification-maintenance-started = Prace serwisowe się rozpoczęły
notification-maintenance-started-sentence = Trwają zaplanowane prace.
notification-maintenance-ended = Prace serwisowe są zakończone
notification-maintenance-ended-sentence = Zaplanowane prace są wykonane.
notification-maintenance-rescheduled = Prace serwisowe przesunięte
notification-maintenance-rescheduled-sentence = Zaplanowane prace mają nowy termin.
notification-maintenance-canceled = Prace serwisowe odwołane
notification-maintenance-canceled-sentence = Zaplanowane prace się nie odbędą.

# An update that leaves the status as it is.
notification-update-watching = Nowe informacje w czasie obserwacji poprawki
notification-update-watching-sentence = Poprawka jest wprowadzona; oto więcej.
notification-update-resolved = Późniejsza uwaga
notification-update-resolved-sentence = To już koniec; oto więcej informacji.
notification-update-maintenance = Nowe informacje o pracach serwisowych
notification-update-maintenance-sentence = Oto, co nowego.
notification-update-outage = Nowe informacje o awarii
notification-update-outage-sentence = Nadal nad tym pracujemy.
notification-update-partial = Nowe informacje o częściowej awarii
notification-update-partial-sentence = Nadal nad tym pracujemy.
notification-update-bug = Nowe informacje o znanym problemie
notification-update-bug-sentence = Nadal nad tym pracujemy.
notification-update-notice = Nowe informacje
notification-update-notice-sentence = Oto, co nowego.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = Planowany czas
fact-since = Od
fact-from = Od
fact-until = Do
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader’s time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# Buttons and links.
button-details = Zobacz szczegóły
button-confirm = Potwierdź subskrypcję
button-manage = Zarządzaj subskrypcją
button-unsubscribe = Zrezygnuj

# Subjects. $site is the page’s name, $title the incident’s.
subject-notification = { $state }: { $title } ({ $site })
subject-confirm = { $site }: prosimy potwierdzić subskrypcję
subject-already-subscribed = { $site }: ta subskrypcja już istnieje

# Why the recipient gets it.
why-notification = Ten adres subskrybuje informacje z { $site }.
why-confirm = Jeśli to pomyłka, nie trzeba nic robić: nie napiszemy ponownie.
why-already-subscribed = Jeśli to pomyłka, nie trzeba nic robić: nic się nie zmieniło.
subscription-ends = To już koniec: to ostatnia wiadomość w tej sprawie, a jej subskrypcja wygasła.

confirm-heading = Prosimy potwierdzić subskrypcję
confirm-sentence = Ktoś, zapewne Pan lub Pani, chce otrzymywać na ten adres informacje z { $site }.
already-subscribed-heading = Ta subskrypcja już istnieje
already-subscribed-sentence = Ktoś, zapewne Pan lub Pani, chce otrzymywać na ten adres informacje z { $site }. Ten adres już je otrzymuje; tutaj można zmienić ustawienia albo zrezygnować.
