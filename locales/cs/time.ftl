# Dates, times and how long something took.

language-name = Čeština

weekday-1 = po
weekday-2 = út
weekday-3 = st
weekday-4 = čt
weekday-5 = pá
weekday-6 = so
weekday-7 = ne

weekday-long-1 = pondělí
weekday-long-2 = úterý
weekday-long-3 = středa
weekday-long-4 = čtvrtek
weekday-long-5 = pátek
weekday-long-6 = sobota
weekday-long-7 = neděle

month-1 = 1.
month-2 = 2.
month-3 = 3.
month-4 = 4.
month-5 = 5.
month-6 = 6.
month-7 = 7.
month-8 = 8.
month-9 = 9.
month-10 = 10.
month-11 = 11.
month-12 = 12.

# In a date: some languages have another form for the month alone.
month-long-1 = ledna
month-long-2 = února
month-long-3 = března
month-long-4 = dubna
month-long-5 = května
month-long-6 = června
month-long-7 = července
month-long-8 = srpna
month-long-9 = září
month-long-10 = října
month-long-11 = listopadu
month-long-12 = prosince

# Alone, or with a year.
month-alone-1 = leden
month-alone-2 = únor
month-alone-3 = březen
month-alone-4 = duben
month-alone-5 = květen
month-alone-6 = červen
month-alone-7 = červenec
month-alone-8 = srpen
month-alone-9 = září
month-alone-10 = říjen
month-alone-11 = listopad
month-alone-12 = prosinec

# $weekday is `weekday-…`, $month is `month-…`, $day the number of the day.
day = { $weekday } { $day }. { $month }
day-and-year = { $weekday } { $day }. { $month } { $year }
# $weekday is `weekday-long-…`, $month is `month-long-…`.
day-in-full = { $weekday } { $day }. { $month } { $year }
# $month is `month-alone-…`.
month-of-year = { $month } { $year }
# $day is one of the above, $time is 14:05.
day-and-time = { $day }, { $time }
time-and-zone = { $time } { $zone }
from-to = { $from } – { $to }

lasted-moment = méně než minuta
lasted-minutes = { $minutes } min
lasted-hours = { $hours } h
lasted-hours-minutes = { $hours } h { $minutes } min
lasted-days =
    { $days ->
        [one] { $days } den
        [few] { $days } dny
       *[other] { $days } dnů
    }
lasted-days-hours =
    { $days ->
        [one] { $days } den { $hours } h
        [few] { $days } dny { $hours } h
       *[other] { $days } dnů { $hours } h
    }

# Between groups of three digits, in numbers of at least so many digits.
group-separator = { "\u00A0" }
group-from-digits = 4
