# Dates, times and how long something took.

language-name = Polski

weekday-1 = pon.
weekday-2 = wt.
weekday-3 = śr.
weekday-4 = czw.
weekday-5 = pt.
weekday-6 = sob.
weekday-7 = niedz.

weekday-long-1 = poniedziałek
weekday-long-2 = wtorek
weekday-long-3 = środa
weekday-long-4 = czwartek
weekday-long-5 = piątek
weekday-long-6 = sobota
weekday-long-7 = niedziela

month-1 = sty
month-2 = lut
month-3 = mar
month-4 = kwi
month-5 = maj
month-6 = cze
month-7 = lip
month-8 = sie
month-9 = wrz
month-10 = paź
month-11 = lis
month-12 = gru

# In a date: some languages have another form for the month alone.
month-long-1 = stycznia
month-long-2 = lutego
month-long-3 = marca
month-long-4 = kwietnia
month-long-5 = maja
month-long-6 = czerwca
month-long-7 = lipca
month-long-8 = sierpnia
month-long-9 = września
month-long-10 = października
month-long-11 = listopada
month-long-12 = grudnia

# Alone, or with a year.
month-alone-1 = styczeń
month-alone-2 = luty
month-alone-3 = marzec
month-alone-4 = kwiecień
month-alone-5 = maj
month-alone-6 = czerwiec
month-alone-7 = lipiec
month-alone-8 = sierpień
month-alone-9 = wrzesień
month-alone-10 = październik
month-alone-11 = listopad
month-alone-12 = grudzień

# $weekday is `weekday-…`, $month is `month-…`, $day the number of the day.
day = { $weekday }, { $day } { $month }
day-and-year = { $weekday }, { $day } { $month } { $year }
# $weekday is `weekday-long-…`, $month is `month-long-…`.
day-in-full = { $weekday }, { $day } { $month } { $year }
# $month is `month-alone-…`.
month-of-year = { $month } { $year }
# $day is one of the above, $time is 14:05.
day-and-time = { $day }, { $time }
time-and-zone = { $time } { $zone }
from-to = { $from } – { $to }

lasted-moment = mniej niż minuta
lasted-minutes = { $minutes } min
lasted-hours = { $hours } godz.
lasted-hours-minutes = { $hours } godz. { $minutes } min
lasted-days =
    { $days ->
        [one] { $days } dzień
        [few] { $days } dni
       *[many] { $days } dni
    }
lasted-days-hours =
    { $days ->
        [one] { $days } dzień { $hours } godz.
        [few] { $days } dni { $hours } godz.
       *[many] { $days } dni { $hours } godz.
    }

# Between groups of three digits, in numbers of at least so many digits.
group-separator = { "\u00A0" }
group-from-digits = 5
