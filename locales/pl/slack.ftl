# What is said in Slack, and over the team’s incoming webhook. $incident is a link or a title with a number,
# $time a point in time, $who a name, “the schedule”, “you” or “someone”.

# Who did something.
slack-someone = ktoś
slack-schedule = harmonogram
slack-you = Ty

# What happened to an incident: a sentence without its full stop, said in notes and, with its time, in the root message.
slack-did-plan = Zaplanowano ({ $who })
slack-did-declare = Zgłoszono ({ $who })
slack-did-start = Rozpoczęto ({ $who })
slack-did-confirm = Potwierdzono ({ $who })
# $severity is one of `outage` … `notice`.
slack-did-confirm-as = Potwierdzono jako „{ $severity }” ({ $who })
slack-did-watch = Rozpoczęto obserwację ({ $who })
slack-did-end = Ukończono ({ $who })
slack-did-resolve = Rozwiązano ({ $who })
slack-did-dismiss = Odrzucono jako fałszywy alarm ({ $who })
slack-did-dismiss-itself = Odrzucono automatycznie, bo żaden alarm nie jest już aktywny
slack-did-reopen = Otwarto ponownie ({ $who })
slack-did-cancel = Odwołano ({ $who })
# $did is one of the sentences above.
slack-did-at = { $did }, { $time }.
slack-did = { $did }.
# A text follows on the next line.
slack-did-text = { $did }:

# Other notes of the thread.
slack-note-proposed = Potwierdzono ({ $who }); potwierdzić musi jeszcze druga osoba
slack-note-dismissed-itself = Odrzucono automatycznie, bo żaden alarm nie jest już aktywny; proszę sprawdzić, czy incydent był prawdziwy
slack-note-work-done = Prace serwisowe zakończone, trwa obserwacja ({ $who })
slack-note-work-goes-on = Prace serwisowe trwają nadal ({ $who })
slack-note-fixed = Wprowadzono poprawkę ({ $who })
slack-note-not-fixed = Jeszcze nie rozwiązano ({ $who })
slack-note-update = Nowa informacja ({ $who })
slack-note-corrected = Poprawiono informację ({ $who })
slack-note-withdrawn = Wycofano informację ({ $who })
slack-note-severity = Zmieniono wagę na „{ $severity }” ({ $who })
slack-note-title = Zmieniono tytuł na { $title } ({ $who })
slack-note-summary = Napisano podsumowanie ({ $who })
slack-note-no-summary = Usunięto podsumowanie ({ $who })
# $times is one or both of the next two.
slack-note-times = Poprawiono czas: { $times } ({ $who })
slack-note-began = początek { $time }
slack-note-ended = koniec { $time }
slack-note-silenced = Wyciszono incydent; subskrybenci nie są już powiadamiani ({ $who })
slack-note-unsilenced = Ponownie włączono powiadomienia ({ $who })
# $window is from when to when.
slack-note-planned = Zaplanowano na { $window } ({ $who })
slack-note-moved = Przesunięto na { $window } ({ $who })
slack-note-resolved-firing = { $count ->
    [one] Rozwiązano, choć 1 alarm jest nadal aktywny ({ $who })
    [few] Rozwiązano, choć { $count } alarmy są nadal aktywne ({ $who })
   *[many] Rozwiązano, choć { $count } alarmów jest nadal aktywnych ({ $who })
}
# $link is `what-we-learned`.
slack-note-postmortem = Opublikowano: { $link } ({ $who })
slack-note-new-alert = Nadszedł nowy alarm, choć poprawka jest obserwowana: problem mógł wrócić. Subskrybentów nie powiadomiono
slack-note-alert-again = Wkrótce po odrzuceniu znów nadszedł alarm, więc podejrzenie wróciło
slack-meanwhile = Co się w międzyczasie działo: { $incident }
slack-earlier-notes = { $count ->
    [one] 1 wcześniejsza notatka jest na stronie.
    [few] { $count } wcześniejsze notatki są na stronie.
   *[many] { $count } wcześniejszych notatek jest na stronie.
}

# The root message. $standing is what the incident is and how it stands.
slack-standing-since = { $standing }, od { $time }
slack-standing-lasted = { $standing }. Czas trwania: { $lasted }, od { $time }.
slack-alerts-cleared = { $count ->
    [one] 1 alarm, już nieaktywny
    [few] { $count } alarmy, żaden nie jest już aktywny
   *[many] { $count } alarmów, żaden nie jest już aktywny
}
slack-alerts-firing = { $count ->
    [one] 1 alarm, aktywny
    [few] { $count } alarmy, wszystkie aktywne
   *[many] { $count } alarmów, wszystkie aktywne
}
slack-alerts-some = { $count ->
    [one] { $count } alarm, nadal aktywne: { $firing }
    [few] { $count } alarmy, nadal aktywne: { $firing }
   *[many] { $count } alarmów, nadal aktywne: { $firing }
}
slack-nobody-notified = Nikogo nie powiadomiono.
slack-was-it-real = Proszę sprawdzić: czy incydent był prawdziwy?
slack-auto-both = Rozpoczyna się i kończy automatycznie.
slack-auto-start = Rozpoczyna się automatycznie; o koniec zapytamy tutaj.
slack-auto-end = O początek zapytamy tutaj; kończy się automatycznie.
slack-auto-none = O początek i koniec zapytamy tutaj.
slack-ends-itself = Kończy się automatycznie: { $time }.
slack-starts-itself = Rozpoczyna się automatycznie: { $time }.
# $what is a severity, a title, or both.
slack-would-be = Po potwierdzeniu: { $what }.
slack-real = Nikogo jeszcze nie powiadomiono. *Czy to prawdziwy incydent?*
slack-real-two = Nikogo jeszcze nie powiadomiono. *Czy to prawdziwy incydent?* Potwierdzić muszą dwie osoby.
slack-real-second = Potwierdzono ({ $who }), { $time }. *Potwierdzić musi jeszcze druga osoba.* Nikogo jeszcze nie powiadomiono.
slack-last-update = Ostatnia informacja: { $who }, { $time }
slack-last-update-edited = Ostatnia informacja: { $who }, { $time }, edytowana
slack-updates = { $count ->
    [one] 1 informacja
    [few] { $count } informacje
   *[many] { $count } informacji
}
slack-silent = wyciszone: subskrybenci nie są powiadamiani
slack-rest = Reszta jest na stronie.

# Questions to everyone in the channel, and what became of them.
slack-asked-start = { $incident }: planowany początek: { $time }.
slack-asked-missed = { $incident }: planowany termin minął { $time }, a prace się nie rozpoczęły.
slack-asked-end = { $incident }: planowany koniec: { $time }.
slack-asked-resolve = { $incident }: żaden alarm nie jest już aktywny, { $time }.
slack-ask-start = Rozpocząć teraz, przełożyć czy odwołać?
slack-ask-end = Czy prace są zakończone?
slack-ask-resolve = Oznaczyć jako rozwiązane?
slack-new-start-is = Nowy początek: { $time }.
slack-new-end-is = Nowy koniec: { $time }.
slack-came-back = Znów nadszedł alarm; to nie koniec.
slack-still-open = Nadal otwarte: { $standing }.

# Buttons.
slack-do-confirm = Tak, to prawdziwy incydent
slack-do-dismiss = Odrzuć
slack-do-details = Ze szczegółami…
slack-do-real = Incydent był prawdziwy
slack-do-update = Dodaj informację
slack-do-resolve = Rozwiąż
slack-do-start = Rozpocznij teraz
slack-do-end = Zakończ teraz
slack-do-longer = Potrwa dłużej
slack-do-postpone = Przełóż
slack-do-cancel = Odwołaj
slack-do-declare = Zgłoś incydent
slack-do-plan = Zaplanuj prace
slack-open-page = Otwórz stronę
# What Slack asks before it is done: at most 30 characters on a button.
slack-dismiss-title = Odrzucić ten incydent?
slack-dismiss-why = Zniknie z publicznej strony, a na jego własnej stronie będzie napisane, że to był fałszywy alarm. Nikogo nie powiadomiono.
slack-dismiss-yes = Tak, fałszywy alarm
slack-dismiss-no = Jeszcze nie
slack-cancel-title = Odwołać te prace serwisowe?
slack-cancel-why = Zaplanowane prace się nie odbędą. Kto był o nich powiadomiony, dowie się i o tym.
slack-cancel-yes = Odwołaj prace
slack-cancel-no = Nie odwołuj

# The command and the home tab. $page is a link to the page.
slack-more = Jest tego więcej, niż się tu mieści. { $page }
slack-as-of = Stan na { $time }. { $page }
slack-nothing-yet = Nic się jeszcze nie wydarzyło. { $page }
slack-open = Otwarte
# $command stays as it is, and so do the words behind it.
slack-help =
    `{ $command }` pokazuje bieżący stan, z przyciskami.
    `{ $command } declare` zgłasza incydent; `{ $command } declare Płatności nie działają` nadaje mu ten tytuł.
    `{ $command } update` lub `{ $command } update 7` dodaje informację.
    `{ $command } resolve` lub `{ $command } resolve 7` kończy incydent.
slack-nothing-open = Żaden incydent nie jest otwarty i nie zaplanowano żadnych prac serwisowych.
slack-which = O który incydent chodzi?
slack-this-one = Ten…
slack-see-all = Zobacz wszystkie na stronie
slack-propose = Opublikować to jako informację o { $incident }?
slack-propose-long = Tekst jest dłuższy, niż dopuszcza formularz; będzie w nim jego początek.
slack-propose-yes = Przejrzyj…
slack-propose-no = Nie teraz

# Forms: titles and the buttons at the bottom have at most 24 characters.
slack-form-confirm = Potwierdź
slack-form-plan = Zaplanuj
slack-form-preview = Podgląd
slack-form-publish = Opublikuj
slack-form-cancel = Anuluj
slack-form-close = Zamknij
slack-field-title = Tytuł
slack-field-severity = Waga
slack-field-status = Status
slack-field-update = Informacja
slack-field-summary = Podsumowanie
slack-hint-summary = Jedno lub dwa zdania, widoczne nad wszystkimi informacjami.
slack-field-known = Co wiemy
slack-field-happened = Co się stało
slack-field-expect = Czego się spodziewać
slack-field-why = Dlaczego
slack-field-began = Początek
slack-hint-began = Zostaw puste, jeśli dopiero się zaczęło.
slack-field-start = Początek
slack-field-end = Koniec
slack-field-new-start = Nowy początek
slack-field-new-end = Nowy koniec
slack-field-auto = Gdy nadejdzie czas
slack-box-start = Rozpocznij automatycznie
slack-box-end = Zakończ automatycznie
slack-hint-auto = W przeciwnym razie zapytamy w wątku.
slack-field-alerts = Alarmy
slack-box-alerts = Nowe alarmy dołączają do tego incydentu
slack-hint-alerts = W przeciwnym razie otwierają osobne podejrzenie.
# What can be chosen: at most 75 characters.
slack-choice-outage = Awaria: nie działa
slack-choice-partial = Częściowa awaria: część nie działa
slack-choice-bug = Znany problem: drobna usterka
slack-choice-notice = Komunikat: do wiadomości
slack-choice-maintenance = Prace serwisowe: zaplanowane
slack-choice-confirmed = Potwierdzono: pracujemy nad tym
slack-choice-watching = Obserwacja: wprowadzono poprawkę
slack-choice-resolved = Rozwiązano: to już koniec
slack-choice-work-started = W toku
slack-choice-work-watching = Zakończone, trwa obserwacja
slack-choice-work-finished = Ukończone
slack-choose-one = Proszę wybrać pozycję z listy.
slack-choose-time = Proszę wybrać dzień i godzinę.
slack-title-invalid = Tytuł musi mieć od 1 do { $most } znaków.
slack-text-invalid = Tekst jest pusty.
slack-still-firing = ⚠️ Monitoring jest innego zdania: { $alerts }
slack-second-person = Potwierdzić musi jeszcze druga osoba. Wcześniej nikt nie jest powiadamiany.

# Who is notified. $number is the count with its digits in groups.
slack-notifies = { $count ->
    [one] Powiadamia 1 subskrybenta.
    [few] Powiadamia { $number } subskrybentów.
   *[many] Powiadamia { $number } subskrybentów.
}
slack-notify = { $count ->
    [one] Powiadom 1 subskrybenta
    [few] Powiadom { $number } subskrybentów
   *[many] Powiadom { $number } subskrybentów
}
# How many of them can’t get their email now.
slack-waiting = { $count ->
    [one] 1 z nich musi czekać na serwer poczty.
    [few] { $number } z nich muszą czekać na serwer poczty.
   *[many] { $number } z nich musi czekać na serwer poczty.
}
slack-no-subscribers = Nie ma jeszcze subskrybentów.
slack-who-is-notified = Kto jest powiadamiany
slack-why-silent = Incydent jest wyciszony: subskrybenci nie są powiadamiani.
slack-why-unconfirmed = Subskrybenci nie są powiadamiani: nikt nie potwierdził incydentu.
slack-why-nothing-new = Subskrybenci nie są powiadamiani: nie ma nowej informacji ani nowego statusu.
slack-preview = To zobaczą czytelnicy. Można coś zmienić poniżej albo opublikować.
slack-and-so-on = … i tak dalej.
slack-lost = Ten formularz jest nieaktualny lub został zmieniony po drodze. Nic nie zrobiono. Proszę otworzyć go ponownie.
slack-same-time = To już jest planowany czas.
slack-no-change = Nic by się nie zmieniło. Proszę napisać informację lub zmienić pole poniżej.

# Why something wasn’t done. $did as above.
slack-incident = Incydent nr { $number }
slack-quoted = „{ $title }” (#{ $number })
slack-refused-no-incident = Nie ma incydentu nr { $number }.
slack-refused-already = { $incident }: stan już się zmienił. { $did }, { $time }.
slack-refused-not-suspected = { $incident }: { $standing }. Potwierdzić lub odrzucić można tylko podejrzenie.
slack-refused-same-person = Pierwsze potwierdzenie { $incident } jest już od Ciebie. Teraz musi potwierdzić druga osoba.
slack-refused-not-dismissed = { $incident }: { $standing }. Tylko odrzucony incydent może okazać się prawdziwy.
slack-refused-not-confirmed = { $incident }: to tylko podejrzenie. Najpierw trzeba je potwierdzić lub odrzucić.
slack-refused-not-started = { $incident }: prace się nie rozpoczęły. Najpierw trzeba je rozpocząć lub odwołać.
slack-refused-not-over = { $incident }: { $standing }. Będzie to możliwe po zakończeniu.
slack-refused-was-dismissed = { $incident }: odrzucono. Jeśli incydent był prawdziwy, najpierw trzeba to zaznaczyć.
slack-refused-under-way = { $incident }: prace są w toku. Można przesunąć tylko koniec.
slack-refused-canceled = { $incident }: odwołano. Proszę zaplanować nowe prace.
slack-refused-not-planned = { $incident }: { $standing }. Możliwe tylko przed rozpoczęciem prac serwisowych.
slack-refused-not-running = { $incident }: { $standing }. Możliwe tylko w trakcie prac serwisowych.
slack-refused-not-maintenance = { $incident }: to nie są prace serwisowe. Proszę zaplanować prace.
slack-refused-stays-maintenance = { $incident }: to prace serwisowe i nimi pozostaną. Jeśli coś pójdzie źle, proszę zgłosić incydent.
slack-refused-not-declarable = Incydent zgłasza się jako potwierdzony, obserwowany lub rozwiązany.
slack-refused-has-no-end = Trwający incydent nie ma końca. Proszę zostawić koniec pusty lub zgłosić incydent jako rozwiązany.
slack-refused-not-a-status = Informacja może ustawić status na potwierdzony lub obserwowany. Aby zakończyć incydent, trzeba go rozwiązać.
slack-refused-no-update = { $incident }: tej informacji już nie ma.
slack-refused-no-text = Proszę napisać, co się dzieje: nowy status wymaga tekstu.
slack-refused-end-first = Koniec musi być po początku.
slack-refused-future = Ten czas jest w przyszłości.
slack-refused-over = Ten czas już minął. Proszę wybrać późniejszy koniec.
slack-refused-nothing = Nic by się nie zmieniło.
slack-refused-nameless = Może to zrobić tylko człowiek, a Slack nie podał, kim jesteś.

# Why somebody may not act, and what else can go wrong. $error is a technical reason in English.
slack-not-done = Nie wykonano
slack-denied-no-channel = Candor nie wie jeszcze, na którym kanale Slacka pracuje, więc nic nie zrobiono. Proszę spróbować ponownie za minutę. Jeśli to się powtarza, `candor slack check` poda przyczynę.
slack-denied-other-workspace = Należysz do innej przestrzeni roboczej niż ta strona statusu, więc nic nie zrobiono.
slack-denied-not-member = Mogą to zrobić tylko osoby z kanału Slacka strony statusu, więc nic nie zrobiono. Proszę dołączyć do kanału i spróbować ponownie.
slack-denied-not-in-group = Mogą to zrobić tylko osoby z grupy, która prowadzi stronę statusu, więc nic nie zrobiono.
slack-denied-unknown = Slack nie podaje w tej chwili, czy możesz to zrobić, więc nic nie zrobiono. Proszę spróbować za chwilę albo użyć wiadomości na kanale Slacka strony statusu.
slack-not-posted = W porządku, niczego nie opublikowano.
slack-no-trigger = Slack nie pozwolił otworzyć formularza. Proszę spróbować ponownie.
slack-form-failed = Nie udało się otworzyć formularza ({ $error }).
slack-message-gone = Tej wiadomości już nie ma albo Candor nie może jej odczytać.
slack-message-unreadable = Nie można odczytać wiadomości ({ $error }).
slack-log-unreadable = Candor nie może w tej chwili odczytać swojego dziennika. Proszę spróbować ponownie.
