# Dates, times and how long something took.

language-name = English

weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun

weekday-long-1 = Monday
weekday-long-2 = Tuesday
weekday-long-3 = Wednesday
weekday-long-4 = Thursday
weekday-long-5 = Friday
weekday-long-6 = Saturday
weekday-long-7 = Sunday

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

# Alone, as a heading: with a year, see `month-of-year`.
month-long-1 = January
month-long-2 = February
month-long-3 = March
month-long-4 = April
month-long-5 = May
month-long-6 = June
month-long-7 = July
month-long-8 = August
month-long-9 = September
month-long-10 = October
month-long-11 = November
month-long-12 = December

# $weekday is `weekday-…`, $month is `month-…`, $day the number of the day.
day = { $weekday } { $day } { $month }
day-and-year = { $weekday } { $day } { $month } { $year }
# $weekday is `weekday-long-…`, $month is `month-long-…`.
day-in-full = { $weekday }, { $day } { $month } { $year }
month-of-year = { $month } { $year }
# $day is one of the above, $time is 14:05.
day-and-time = { $day }, { $time }
time-and-zone = { $time } { $zone }
from-to = { $from } – { $to }

lasted-moment = less than a minute
lasted-minutes = { $minutes } min
lasted-hours = { $hours } h
lasted-hours-minutes = { $hours } h { $minutes } min
lasted-days = { $days } d
lasted-days-hours = { $days } d { $hours } h

# Stands between groups of three digits.
group-separator = ,
