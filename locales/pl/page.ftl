# The public pages. $time is a time with its zone, $title an incident’s title, $name the name of the service.

# The frame
title-of-window = { $title } · Status { $name }
brand = Status { $name }
skip-to-content = Przejdź do treści
# Names the navigation for screen readers.
pages = Strony
get-updates = Otrzymuj informacje
contact = Kontakt
times-are-in = Godziny w strefie { $zone }.
# For screen readers only, before the language’s own name.
language = Język:
two-sentences = { $first }. { $second }
current-status = Bieżący stan

# The front page
being-checked = W trakcie sprawdzania
happening-now = Dzieje się teraz
planned = Zaplanowane
more-planned = { $count ->
    [one] Potem zaplanowano jeszcze jedne.
    [few] Potem zaplanowano jeszcze { $count }.
   *[many] Potem zaplanowano jeszcze { $count }.
}
last-24-hours = Ostatnie 24 godziny
nothing-to-report = Nie ma nic do zgłoszenia.
nothing-else = Nic więcej.
and-more = { $count ->
    [one] I jeszcze jeden.
    [few] I jeszcze { $count }.
   *[many] I jeszcze { $count }.
}
last-known = Ostatni znany stan, { $time }:
last-known-why = dziennika nie można w tej chwili odczytać.

# The evidence below the headline, and the facts of an incident: short phrases in one line.
since = Od { $time }
no-problem-since = Bez problemów od { $time }
generated = Zaktualizowano { $time }
# $seq is the number of an event; shown while the pointer rests on the time.
event-number = Zdarzenie { $seq }
alerts = { $count ->
    [one] 1 alarm z monitoringu
    [few] { $count } alarmy z monitoringu
   *[many] { $count } alarmów z monitoringu
}
planned-until = Zaplanowano do { $time }
# $span is a start and an end.
was-planned-for = Planowany czas: { $span }
# $lasted is a duration.
span-and-how-long = { $span } ({ $lasted })
add-to-calendar = Dodaj do kalendarza
# $status is the status: “Resolved 14:05 UTC after 9 min”.
ended-after = { $status } { $time }, czas trwania: { $lasted }
status-and-title = { $status }: { $title }

# False alarms: $link is “A possible problem”.
a-possible-problem = Możliwy problem
was-a-false-alarm = { $link } zgłoszono ({ $began }); okazał się fałszywym alarmem ({ $ended }).
is-a-false-alarm = { $link } zgłoszono ({ $began }); okazał się fałszywym alarmem.

# An incident
timeline = Przebieg
all-entries = { $count ->
    [one] Jedyny wpis
    [few] Wszystkie { $count } wpisy
   *[many] Wszystkie wpisy: { $count }
}
edited-at = Zmieniono { $time }.
withdrawn-at = To, co tu było, wycofano ({ $time }).
post-mortem = Analiza po incydencie
read-post-mortem = Przeczytaj analizę po incydencie
post-mortem-of = Analiza po incydencie: { $title }
published = Opublikowano { $time }
back-to-the-incident = Incydent i jego przebieg
# $from and $to each have a start and an end.
moved-from-to = Przesunięto: było { $from }, jest { $to }.
# Follows the time of a change: “14:08 UTC · after 3 min”.
after-how-long = { $lasted } później
# Follows “Edited at 14:23 UTC.”
previous-version = Pokaż poprzednią wersję
previous-version-until = Do { $time } było tu:

# The page as it was at an earlier time
as-of = Tak strona wygląda od { $from }.
as-of-until = Tak strona wyglądała od { $from } do { $until }.
as-of-moment = Tak strona wyglądała przez chwilę: { $from }.
go-to-current-page = Przejdź do bieżącej strony
page-as-it-was = Strona, jak wtedy wyglądała

# The last 14 days; a line may stand for several quiet days: “7 – 17 Nov”.
last-14-days = Ostatnie 14 dni

# The history. $period is a year or a month, $count how many.
history = Historia
history-of = Historia: { $period }
history-described = { $title }, { $name }: incydenty, prace serwisowe i czas ich trwania
last-12-months = Ostatnie 12 miesięcy
month-by-month = Miesiąc po miesiącu
as-a-list = Wszystkie incydenty
by-year = Według lat
all-of-the-history = Cała historia
all-of-the-month = Cały miesiąc
older-by-month = { $count ->
    [one] Jeden starszy jest przy swoim miesiącu.
    [few] { $count } starsze są przy swoich miesiącach.
   *[many] { $count } starszych jest przy swoich miesiącach.
}
other-months = Inne miesiące
other-days = Inne dni
# Names the list of what the colors in the calendars mean.
legend = Co oznaczają kolory
incidents = Incydenty
false-alarms = Fałszywe alarmy
count-incidents = { $count ->
    [one] 1 incydent
    [few] { $count } incydenty
   *[many] { $count } incydentów
}
count-maintenances = { $count ->
    [one] Prace serwisowe: 1
    [few] Prace serwisowe: { $count }
   *[many] Prace serwisowe: { $count }
}
count-false-alarms = { $count ->
    [one] 1 fałszywy alarm
    [few] { $count } fałszywe alarmy
   *[many] { $count } fałszywych alarmów
}
# $median and $longest are durations.
took-until-confirmed = Czas do potwierdzenia: mediana { $median }, najdłużej { $longest }.
took-until-resolved = Czas do rozwiązania: mediana { $median }, najdłużej { $longest }.
figures-by-month = Liczby według miesięcy; czasy to mediany
month = Miesiąc
until-confirmed = Do potwierdzenia
until-resolved = Do końca

# Feeds and calendars
feed-title = Status { $name }
feed-description = Incydenty i zaplanowane prace serwisowe { $name }, potwierdzone przez pracownika.
feed-withdrawn = To, co tu było, wycofano.
feed-more = Wszystkie wpisy są na stronie incydentu.
calendar-name = { $name }: prace serwisowe

# The banner on other sites
widget-hide = Ukryj tę wiadomość

# The page for people who run another site or program
integrate = Osadzanie i API
integrate-title = Osadź ten status
integrate-what = Sposoby, by pokazać stan na innych stronach i w innych programach. Wszystko jest publiczne i bez plików cookie.
integrate-badge = Odznaka
integrate-badge-why = Obrazek, który zawsze mówi, jaki jest stan, do pliku README lub stopki.
integrate-frame = Ramka
integrate-frame-why = Ocena i to, co się dzieje, jako część innej strony. Pasuje do jasnych i ciemnych stron i nie potrzebuje skryptu.
integrate-banner = Baner
integrate-banner-why = Jedna linijka, która pokazuje baner, gdy incydent jest potwierdzony, a poza tym nic. Jeśli ta strona jest nieosiągalna, nic się nie dzieje.
integrate-error-page = Strona błędu
integrate-error-page-why = Do własnej strony „coś poszło nie tak”: mówi, że problem jest znany, jeśli tak jest. Czeka najwyżej trzy sekundy i nigdy nie psuje strony wokół.
integrate-feeds = Kanały i kalendarz
integrate-feeds-why = Dla czytników kanałów i kalendarzy. Wpis przesuwa się na górę, gdy coś do niego dojdzie.
integrate-api = API
integrate-api-why = JSON w postaci publicznego API Statuspage, jego kanały historii oraz nasze własne.
