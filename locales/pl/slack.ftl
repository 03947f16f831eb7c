# Messages in Slack and over the team’s incoming webhook. $incident is a link or a title with a number,
# $time a point in time, $who a name, “the schedule”, “you” or “someone”.

# $did is a sentence of `words.ftl` that begins with `did-`, without its full stop.
slack-did-at = { $did }, { $time }.
slack-did = { $did }.
# A text follows on the next line.
slack-did-text = { $did }:

# Other thread notes.
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
# $window is a start and an end.
slack-note-planned = Zaplanowano na { $window } ({ $who })
slack-note-moved = Przesunięto na { $window } ({ $who })
slack-note-resolved-firing = { $count ->
    [one] Rozwiązano, choć 1 alarm jest nadal aktywny ({ $who })
    [few] Rozwiązano, choć { $count } alarmy są nadal aktywne ({ $who })
   *[many] Rozwiązano, choć { $count } alarmów jest nadal aktywnych ({ $who })
}
# $link is `post-mortem`.
slack-note-postmortem = Opublikowano: { $link } ({ $who })
slack-note-new-alert = Nadszedł nowy alarm, choć poprawka jest obserwowana: problem mógł wrócić. Subskrybentów nie powiadomiono
slack-note-alert-again = Wkrótce po odrzuceniu znów nadszedł alarm, więc podejrzenie wróciło
slack-meanwhile = Co się w międzyczasie działo: { $incident }
slack-earlier-notes = { $count ->
    [one] 1 wcześniejsza notatka jest na stronie.
    [few] { $count } wcześniejsze notatki są na stronie.
   *[many] { $count } wcześniejszych notatek jest na stronie.
}

# The root message. $status is severity and status.
slack-status-since = { $status }, od { $time }
slack-status-lasted = { $status }. Czas trwania: { $lasted }, od { $time }.
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
slack-is-it-real = Nikogo jeszcze nie powiadomiono. *Czy to prawdziwy incydent?*
slack-is-it-real-two = Nikogo jeszcze nie powiadomiono. *Czy to prawdziwy incydent?* Potwierdzić muszą dwie osoby.
slack-is-it-real-second = Potwierdzono ({ $who }), { $time }. *Potwierdzić musi jeszcze druga osoba.* Nikogo jeszcze nie powiadomiono.
slack-last-update = Ostatnia informacja: { $who }, { $time }
slack-last-update-edited = Ostatnia informacja: { $who }, { $time }, edytowana
slack-updates = { $count ->
    [one] 1 informacja
    [few] { $count } informacje
   *[many] { $count } informacji
}
slack-silent = wyciszone: subskrybenci nie są powiadamiani
slack-rest = Reszta jest na stronie.

# Questions to everyone in the channel, and their answers.
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
slack-still-open = Nadal otwarte: { $status }.

# Buttons.
slack-button-confirm = Tak, to prawdziwy incydent
slack-button-dismiss = Odrzuć
slack-button-details = Ze szczegółami…
slack-button-real = Incydent był prawdziwy
slack-button-update = Dodaj informację
slack-button-resolve = Rozwiąż
slack-button-start = Rozpocznij teraz
slack-button-end = Zakończ teraz
slack-button-longer = Potrwa dłużej
slack-button-postpone = Przełóż
slack-button-cancel = Odwołaj
slack-button-declare = Zgłoś incydent
slack-button-plan = Zaplanuj prace
slack-open-page = Otwórz stronę
# What Slack asks before it does it: at most 30 characters on a button.
slack-dismiss-title = Odrzucić ten incydent?
slack-dismiss-why = Zniknie z publicznej strony, a na jego własnej stronie będzie napisane, że to był fałszywy alarm. Nikogo nie powiadomiono.
slack-dismiss-yes = Tak, fałszywy alarm
slack-dismiss-no = Jeszcze nie
slack-cancel-title = Odwołać te prace serwisowe?
slack-cancel-why = Zaplanowane prace się nie odbędą. Kto był o nich powiadomiony, dowie się i o tym.
slack-cancel-yes = Odwołaj prace
slack-cancel-no = Nie odwołuj

# The slash command and the home tab. $page is a link to the page.
slack-more = Jest tego więcej, niż się tu mieści. { $page }
slack-as-of = Stan na { $time }. { $page }
slack-nothing-yet = Nic się jeszcze nie wydarzyło. { $page }
slack-open = Otwarte
# $command and the words after it aren’t translated.
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
# Options: at most 75 characters.
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
# How many of them can’t get their e-mail right now.
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
slack-form-outdated = Ten formularz jest nieaktualny lub został zmieniony po drodze. Nic nie zrobiono. Proszę otworzyć go ponownie.
slack-same-time = To już jest planowany czas.
slack-no-change = Nic by się nie zmieniło. Proszę napisać informację lub zmienić pole poniżej.

# Why somebody may not act, and what else can fail. $error is a technical reason in English.
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

# The app itself, as Slack lists it: description at most 140 characters, shortcut at most 24, about at least 175.
# $name is what the page calls itself; $command isn’t translated.
slack-app-name = Strona statusu
slack-app-description = Incydenty na { $name }: potwierdzanie, aktualizacje i zamykanie
slack-app-about = Powiadamia zespół, gdy monitoring podejrzewa problem, w jednej wiadomości z dwoma przyciskami: prawdziwy incydent czy fałszywy alarm? Subskrybenci { $name } są powiadamiani tylko o tym, co potwierdził człowiek. Aktualizacje, zamykanie incydentów i planowanie prac bez wychodzenia ze Slacka: z wiadomości, z karty głównej, poleceniem { $command } lub skrótem. Każdy incydent ma własny wątek, a jego pierwsza wiadomość zawsze pokazuje aktualny stan.
slack-shortcut-declare = Otwórz formularz zgłoszenia incydentu
slack-shortcut-plan = Otwórz formularz zapowiedzi planowanych prac
slack-shortcut-update = Opublikuj aktualizację
slack-shortcut-update-description = Opublikuj tę wiadomość jako aktualizację incydentu
slack-command-description = Pokaż aktualny status, z przyciskami
