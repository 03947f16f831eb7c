# Dates, times and how long something took.

language-name = Nederlands

weekday-1 = ma
weekday-2 = di
weekday-3 = wo
weekday-4 = do
weekday-5 = vr
weekday-6 = za
weekday-7 = zo

weekday-long-1 = maandag
weekday-long-2 = dinsdag
weekday-long-3 = woensdag
weekday-long-4 = donderdag
weekday-long-5 = vrijdag
weekday-long-6 = zaterdag
weekday-long-7 = zondag

month-1 = jan
month-2 = feb
month-3 = mrt
month-4 = apr
month-5 = mei
month-6 = jun
month-7 = jul
month-8 = aug
month-9 = sep
month-10 = okt
month-11 = nov
month-12 = dec

# In a date: some languages have another form for the month alone.
month-long-1 = januari
month-long-2 = februari
month-long-3 = maart
month-long-4 = april
month-long-5 = mei
month-long-6 = juni
month-long-7 = juli
month-long-8 = augustus
month-long-9 = september
month-long-10 = oktober
month-long-11 = november
month-long-12 = december

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

lasted-moment = minder dan een minuut
lasted-minutes = { $minutes } min
lasted-hours = { $hours } uur
lasted-hours-minutes = { $hours } uur { $minutes } min
lasted-days =
    { $days ->
        [one] { $days } dag
       *[other] { $days } dagen
    }
lasted-days-hours =
    { $days ->
        [one] { $days } dag { $hours } uur
       *[other] { $days } dagen { $hours } uur
    }

# Between groups of three digits, in numbers of at least so many digits.
group-separator = .
group-from-digits = 4
