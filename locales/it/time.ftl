# Dates, times and how long something took.

language-name = Italiano

weekday-1 = lun
weekday-2 = mar
weekday-3 = mer
weekday-4 = gio
weekday-5 = ven
weekday-6 = sab
weekday-7 = dom

weekday-long-1 = lunedì
weekday-long-2 = martedì
weekday-long-3 = mercoledì
weekday-long-4 = giovedì
weekday-long-5 = venerdì
weekday-long-6 = sabato
weekday-long-7 = domenica

month-1 = gen
month-2 = feb
month-3 = mar
month-4 = apr
month-5 = mag
month-6 = giu
month-7 = lug
month-8 = ago
month-9 = set
month-10 = ott
month-11 = nov
month-12 = dic

# In a date: some languages have another form for the month alone.
month-long-1 = gennaio
month-long-2 = febbraio
month-long-3 = marzo
month-long-4 = aprile
month-long-5 = maggio
month-long-6 = giugno
month-long-7 = luglio
month-long-8 = agosto
month-long-9 = settembre
month-long-10 = ottobre
month-long-11 = novembre
month-long-12 = dicembre

# Alone, or with a year.
month-alone-1 = { month-long-1 }
month-alone-2 = { month-long-2 }
month-alone-3 = { month-long-3 }
month-alone-4 = { month-long-4 }
month-alone-5 = { month-long-5 }
month-alone-6 = { month-long-6 }
month-alone-7 = { month-long-7 }
month-alone-8 = { month-long-8 }
month-alone-9 = { month-long-9 }
month-alone-10 = { month-long-10 }
month-alone-11 = { month-long-11 }
month-alone-12 = { month-long-12 }

# $weekday is `weekday-…`, $month is `month-…`, $day the number of the day.
day = { $weekday } { $day } { $month }
day-and-year = { $weekday } { $day } { $month } { $year }
# $weekday is `weekday-long-…`, $month is `month-long-…`.
day-in-full = { $weekday } { $day } { $month } { $year }
# $month is `month-alone-…`.
month-of-year = { $month } { $year }
# $day is one of the above, $time is 14:05.
day-and-time = { $day }, { $time }
time-and-zone = { $time } { $zone }
from-to = { $from } – { $to }

lasted-moment = meno di un minuto
lasted-minutes = { $minutes } min
lasted-hours = { $hours } h
lasted-hours-minutes = { $hours } h { $minutes } min
lasted-days =
    { $days ->
        [one] { $days } giorno
       *[other] { $days } giorni
    }
lasted-days-hours =
    { $days ->
        [one] { $days } giorno { $hours } h
       *[other] { $days } giorni { $hours } h
    }

# Between groups of three digits, in numbers of at least so many digits.
group-separator = .
group-from-digits = 5
