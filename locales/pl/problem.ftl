# Errors, on pages and in JSON (RFC 9457): a title, and a sentence that says what is wrong.

problem-not-found = Nie znaleziono
problem-not-found-why = Pod tym adresem niczego nie ma.
# A link to the incident, on the error page for an address that ends with its number.
problem-did-you-mean = Czy chodziło o incydent nr { $number }?
problem-dead-link = Ten odnośnik nie działa
problem-dead-link-why = Ten odnośnik jest nieważny lub stracił ważność. Subskrypcję można założyć ponownie w każdej chwili.
problem-method = Niedozwolona metoda
# $allow lists what it accepts, such as “GET, HEAD”.
problem-method-why = Ten adres przyjmuje tylko { $allow }.
problem-cross-site = Wysłano z innej strony
problem-cross-site-why = Ten formularz wysłano z innej strony. Proszę otworzyć go tutaj i wysłać ponownie.
problem-unauthorized = Brak autoryzacji
problem-wrong-secret = Brak sekretu lub sekret jest nieprawidłowy.
problem-wrong-signature = Brak podpisu lub podpis jest nieprawidłowy.
problem-content-type = Niewłaściwy typ treści
# $wanted is such as “application/json”.
problem-content-type-why = Treść musi zostać wysłana jako { $wanted }.
problem-encoding = Nieznane kodowanie
# $encoding is what the request calls it, in quotation marks.
problem-encoding-why = Kodowanie { $encoding } nie jest obsługiwane. Treść należy wysłać bez zmian lub skompresowaną przez gzip albo deflate.
problem-too-large = Zbyt duże
problem-too-large-why = Treść jest większa niż { $limit } B.
problem-timeout = Przekroczono czas
problem-timeout-why = Żądanie trwało zbyt długo.

# One title; the sentences below say what is wrong.
problem-bad-request = Nieprawidłowe żądanie
problem-unintelligible = Żądanie jest niezrozumiałe.
problem-body-incomplete = Treść jest niepełna.
problem-body-not-compressed = Treść nie jest skompresowana tak, jak podaje Content-Encoding.
problem-body-not-json-or-form = Treść nie jest ani JSON-em, ani formularzem.
problem-form-unreadable = Nie można odczytać formularza.
# $error is a technical reason in English, here and below.
problem-alert-unreadable = Nie można odczytać alertu: { $error }.
# $name is the parameter’s name in quotation marks.
problem-parameter-repeated = Parametr { $name } podano więcej niż raz.
problem-parameter-number = Parametr { $name } musi być liczbą całkowitą od { $least } do { $most }.
problem-parameter-words = Nie można odczytać parametru { $name }: { $error }.
problem-parameter-time = Parametr { $name } musi być czasem ze strefą, na przykład 2026-11-21T14:05:00Z lub 2026-11-21T15:05:00+01:00, albo dniem, na przykład 2026-11-21.
# $known lists the parameters that there are.
problem-parameter-unknown = Nie ma tu parametru { $name }. Dostępne są: { $known }.

problem-too-many = Zbyt wiele żądań
problem-too-many-why = { $seconds ->
    [one] Z tego adresu nadeszło zbyt wiele żądań. Proszę spróbować ponownie za sekundę.
    [few] Z tego adresu nadeszło zbyt wiele żądań. Proszę spróbować ponownie za { $seconds } sekundy.
   *[many] Z tego adresu nadeszło zbyt wiele żądań. Proszę spróbować ponownie za { $seconds } sekund.
}
problem-too-many-viewers = Zbyt wielu oglądających
problem-too-many-viewers-why = Połączonych jest zbyt wielu oglądających, z tego adresu lub łącznie. Zamiast tego proszę co jakiś czas odświeżyć stronę.
problem-refused = Odrzucono
problem-refused-why = Nic nie zostało zmienione: { $error }.
problem-conflict = Konflikt
problem-conflict-why = Identyfikator tego żądania był już użyty w innym żądaniu.
problem-unavailable = Chwilowo niedostępne
problem-unavailable-why = Nie można tego w tej chwili zapisać i nic nie zostało zmienione. Proszę spróbować ponownie.
# The same for programs, with the reason.
problem-unavailable-because = Nie można tego w tej chwili zapisać: { $error }. Proszę spróbować ponownie.
problem-not-ready = Status nie jest znany
problem-not-ready-why = Nie możemy w tej chwili odczytać własnego dziennika, więc nie możemy powiedzieć, jaki jest stan. Proszę spróbować ponownie.
problem-busy = Zajęte
problem-busy-why = Archiwum jest w tej chwili obciążone. Proszę spróbować ponownie.
problem-internal = Błąd wewnętrzny
problem-internal-why = Coś poszło nie tak po naszej stronie.

# An incident by its number, and by its title.
incident-number = Incydent nr { $number }
incident-quoted = „{ $title }” (#{ $number })

# Why a command changed nothing: in Slack and on the command line. $incident is one of the two above, $status its status.
refused-no-incident = Nie ma incydentu nr { $number }.
# $did is what somebody else did, a sentence of `words.ftl`.
refused-already = { $incident }: stan już się zmienił. { $did }, { $time }.
refused-not-suspected = { $incident }: { $status }. Potwierdzić lub odrzucić można tylko podejrzenie.
refused-same-person = Pierwsze potwierdzenie { $incident } jest już od Ciebie. Teraz musi potwierdzić druga osoba.
refused-not-dismissed = { $incident }: { $status }. Tylko odrzucony incydent może okazać się prawdziwy.
refused-not-confirmed = { $incident }: to tylko podejrzenie. Najpierw trzeba je potwierdzić lub odrzucić.
refused-not-started = { $incident }: prace się nie rozpoczęły. Najpierw trzeba je rozpocząć lub odwołać.
refused-not-over = { $incident }: { $status }. Będzie to możliwe po zakończeniu.
refused-was-dismissed = { $incident }: odrzucono. Jeśli incydent był prawdziwy, najpierw trzeba to zaznaczyć.
refused-under-way = { $incident }: prace są w toku. Można przesunąć tylko koniec.
refused-canceled = { $incident }: odwołano. Proszę zaplanować nowe prace.
refused-not-planned = { $incident }: { $status }. Możliwe tylko przed rozpoczęciem prac serwisowych.
refused-not-running = { $incident }: { $status }. Możliwe tylko w trakcie prac serwisowych.
refused-not-maintenance = { $incident }: to nie są prace serwisowe. Proszę zaplanować prace.
refused-stays-maintenance = { $incident }: to prace serwisowe i nimi pozostaną. Jeśli coś pójdzie źle, proszę zgłosić incydent.
refused-not-declarable = Incydent zgłasza się jako potwierdzony, obserwowany lub rozwiązany.
refused-has-no-end = Trwający incydent nie ma końca. Proszę zostawić koniec pusty lub zgłosić incydent jako rozwiązany.
refused-not-a-status = Informacja może ustawić status na potwierdzony lub obserwowany. Aby zakończyć incydent, trzeba go rozwiązać.
refused-no-update = { $incident }: tej informacji już nie ma.
refused-no-text = Proszę napisać, co się dzieje: nowy status wymaga tekstu.
refused-end-first = Koniec musi być po początku.
refused-future = Ten czas jest w przyszłości.
refused-over = Ten czas już minął. Proszę wybrać późniejszy koniec.
refused-nothing = Nic by się nie zmieniło.
refused-nameless = Może to zrobić tylko człowiek, a nie wiadomo, kim jesteś.
