# Dates, times and how long something took.

language-name = Português

weekday-1 = seg.
weekday-2 = ter.
weekday-3 = qua.
weekday-4 = qui.
weekday-5 = sex.
weekday-6 = sáb.
weekday-7 = dom.

weekday-long-1 = segunda-feira
weekday-long-2 = terça-feira
weekday-long-3 = quarta-feira
weekday-long-4 = quinta-feira
weekday-long-5 = sexta-feira
weekday-long-6 = sábado
weekday-long-7 = domingo

month-1 = jan.
month-2 = fev.
month-3 = mar.
month-4 = abr.
month-5 = mai.
month-6 = jun.
month-7 = jul.
month-8 = ago.
month-9 = set.
month-10 = out.
month-11 = nov.
month-12 = dez.

# In a date: some languages have another form for the month alone.
month-long-1 = janeiro
month-long-2 = fevereiro
month-long-3 = março
month-long-4 = abril
month-long-5 = maio
month-long-6 = junho
month-long-7 = julho
month-long-8 = agosto
month-long-9 = setembro
month-long-10 = outubro
month-long-11 = novembro
month-long-12 = dezembro

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
day = { $weekday }, { $day } de { $month }
day-and-year = { $weekday }, { $day } de { $month } de { $year }
# $weekday is `weekday-long-…`, $month is `month-long-…`.
day-in-full = { $weekday }, { $day } de { $month } de { $year }
# $month is `month-alone-…`.
month-of-year = { $month } de { $year }
# $day is one of the above, $time is 14:05.
day-and-time = { $day }, { $time }
time-and-zone = { $time } { $zone }
from-to = { $from } – { $to }

lasted-moment = menos de um minuto
lasted-minutes = { $minutes } min
lasted-hours = { $hours } h
lasted-hours-minutes = { $hours } h { $minutes } min
lasted-days =
    { $days ->
        [one] { $days } dia
       *[other] { $days } dias
    }
lasted-days-hours =
    { $days ->
        [one] { $days } dia { $hours } h
       *[other] { $days } dias { $hours } h
    }

# Between groups of three digits, in numbers of at least so many digits.
group-separator = .
group-from-digits = 4
