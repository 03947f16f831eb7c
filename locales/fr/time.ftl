# Dates, times and how long something took.

language-name = Français

weekday-1 = lun.
weekday-2 = mar.
weekday-3 = mer.
weekday-4 = jeu.
weekday-5 = ven.
weekday-6 = sam.
weekday-7 = dim.

weekday-long-1 = lundi
weekday-long-2 = mardi
weekday-long-3 = mercredi
weekday-long-4 = jeudi
weekday-long-5 = vendredi
weekday-long-6 = samedi
weekday-long-7 = dimanche

month-1 = janv.
month-2 = févr.
month-3 = mars
month-4 = avr.
month-5 = mai
month-6 = juin
month-7 = juil.
month-8 = août
month-9 = sept.
month-10 = oct.
month-11 = nov.
month-12 = déc.

# In a date: some languages have another form for the month alone.
month-long-1 = janvier
month-long-2 = février
month-long-3 = mars
month-long-4 = avril
month-long-5 = mai
month-long-6 = juin
month-long-7 = juillet
month-long-8 = août
month-long-9 = septembre
month-long-10 = octobre
month-long-11 = novembre
month-long-12 = décembre

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

lasted-moment = moins d’une minute
lasted-minutes = { $minutes } min
lasted-hours = { $hours } h
lasted-hours-minutes = { $hours } h { $minutes } min
lasted-days = { $days } j
lasted-days-hours = { $days } j { $hours } h

# Between groups of three digits, in numbers of at least so many digits.
group-separator = { "\u202F" }
group-from-digits = 4
