# Dates, times and how long something took.

language-name = 简体中文

weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日

weekday-long-1 = 星期一
weekday-long-2 = 星期二
weekday-long-3 = 星期三
weekday-long-4 = 星期四
weekday-long-5 = 星期五
weekday-long-6 = 星期六
weekday-long-7 = 星期日

month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月

# In a date: some languages have another form for the month alone.
month-long-1 = 1月
month-long-2 = 2月
month-long-3 = 3月
month-long-4 = 4月
month-long-5 = 5月
month-long-6 = 6月
month-long-7 = 7月
month-long-8 = 8月
month-long-9 = 9月
month-long-10 = 10月
month-long-11 = 11月
month-long-12 = 12月

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
day = { $month }{ $day }日{ $weekday }
day-and-year = { $year }年{ $month }{ $day }日{ $weekday }
# $weekday is `weekday-long-…`, $month is `month-long-…`.
day-in-full = { $year }年{ $month }{ $day }日{ $weekday }
# $month is `month-alone-…`.
month-of-year = { $year }年{ $month }
# $day is one of the above, $time is 14:05.
day-and-time = { $day } { $time }
time-and-zone = { $time } { $zone }
from-to = { $from } – { $to }

lasted-moment = 不到1分钟
lasted-minutes = { $minutes }分钟
lasted-hours = { $hours }小时
lasted-hours-minutes = { $hours }小时{ $minutes }分钟
lasted-days = { $days }天
lasted-days-hours = { $days }天{ $hours }小时

# Between groups of three digits, in numbers of at least so many digits.
group-separator = ,
group-from-digits = 4
