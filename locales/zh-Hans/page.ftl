# The public pages. $time is a time with its zone, $title an incident’s title, $name the name of the service.

# The frame
title-of-window = { $title } · { $name } 状态
brand = { $name } 状态
skip-to-content = 跳到正文
# Names the navigation for screen readers.
pages = 页面
get-updates = 订阅通知
contact = 联系方式
times-are-in = 时间所用时区：{ $zone }。
# For screen readers only, before the language’s own name.
language = 语言：
two-sentences = { $first }。{ $second }
current-status = 当前状态

# The front page
being-checked = 核查中
happening-now = 正在发生
planned = 计划中
more-planned = 之后还计划了 { $count } 项。
last-24-hours = 最近 24 小时
nothing-to-report = 没有需要报告的事项。
nothing-else = 没有其他事项。
and-more = 还有 { $count } 项。
last-known = 截至 { $time } 的最后已知状态：
last-known-why = 目前无法读取日志。

# The evidence below the headline, and the facts of an incident: short phrases in one line.
since = 自 { $time } 起
no-problem-since = 自 { $time } 起没有问题
generated = 更新于 { $time }
# $seq is the number of an event; shown while the pointer rests on the time.
event-number = 事件 { $seq }
alerts = 监控系统的 { $count } 条警报
planned-until = 计划到 { $time }
# $span is a start and an end.
was-planned-for = 原计划：{ $span }
# $lasted is a duration.
span-and-how-long = { $span }（{ $lasted }）
add-to-calendar = 添加到日历
# $status is the status: “Resolved 14:05 UTC after 9 min”.
ended-after = { $status } { $time }，历时 { $lasted }
status-and-title = { $status }：{ $title }

# False alarms: $link is “A possible problem”.
a-possible-problem = 一个疑似问题
was-a-false-alarm = { $link }于 { $began } 报告，于 { $ended } 查明为误报。
is-a-false-alarm = { $link }于 { $began } 报告，已查明为误报。

# An incident
timeline = 经过
all-entries = 全部 { $count } 条记录
edited-at = 编辑于 { $time }。
withdrawn-at = 此处内容已于 { $time } 撤回。
post-mortem = 事后总结
read-post-mortem = 阅读事后总结
post-mortem-of = 事后总结：{ $title }
published = 发布于 { $time }
back-to-the-incident = 事件及其经过
# $from and $to each have a start and an end.
moved-from-to = 由 { $from } 改为 { $to }。
# Follows the time of a change: “14:08 UTC · after 3 min”.
after-how-long = { $lasted }后
# Follows “Edited at 14:23 UTC.”
previous-version = 显示之前的版本
previous-version-until = { $time } 之前的内容：

# The page as it was at an earlier time
as-of = 这是自 { $from } 起的页面。
as-of-until = 这是 { $from } 至 { $until } 期间的页面。
as-of-moment = 这是 { $from } 短暂出现的页面。
go-to-current-page = 前往当前页面
page-as-it-was = 当时的页面

# The last 14 days; a line may stand for several quiet days: “7 – 17 Nov”.
last-14-days = 最近 14 天

# The history. $period is a year or a month, $count how many.
history = 历史
history-of = { $period }的历史
history-described = { $name } 的{ $title }：事件、维护及其时长
last-12-months = 最近 12 个月
month-by-month = 按月
as-a-list = 所有事件
by-year = 按年
all-of-the-history = 全部历史
all-of-the-month = 整个月
older-by-month = 更早的 { $count } 项列在各自的月份中。
other-months = 其他月份
other-days = 其他日期
# Names the list of what the colors in the calendars mean.
legend = 颜色说明
incidents = 事件
false-alarms = 误报
count-incidents = { $count } 个事件
count-maintenances = { $count } 次维护
count-false-alarms = { $count } 次误报
# $median and $longest are durations.
took-until-confirmed = 确认用时：中位数 { $median }，最长 { $longest }。
took-until-resolved = 解决用时：中位数 { $median }，最长 { $longest }。
figures-by-month = 按月数据（时间为中位数）
month = 月份
until-confirmed = 到确认
until-resolved = 到结束

# Feeds and calendars
feed-title = { $name } 状态
feed-description = 经工作人员确认的 { $name } 事件和计划维护。
feed-withdrawn = 此处内容已撤回。
feed-more = 全部记录见事件页面。
calendar-name = { $name }：维护

# The banner on other sites
widget-hide = 隐藏此消息

# The page for people who run another site or program
integrate = 嵌入和 API
integrate-title = 嵌入此状态
integrate-what = 在其他网站和程序中显示状况的方法。全部公开，不使用 Cookie。
integrate-badge = 徽章
integrate-badge-why = 始终显示当前状况的图片，可用于 README 或页脚。
integrate-frame = 框架
integrate-frame-why = 将当前结论和正在发生的事项嵌入其他页面。适合浅色和深色页面，无需脚本。
integrate-banner = 横幅
integrate-banner-why = 一行代码，仅在有已确认的事件时显示横幅。如果无法访问本页面，则不会有任何影响。
integrate-error-page = 错误页面
integrate-error-page-why = 用于您自己的“出错了”页面：如果问题已知，会加以说明。最多等待三秒，绝不影响所在页面。
integrate-feeds = 订阅源和日历
integrate-feeds-why = 供订阅阅读器和日历使用。有新内容时，条目会移到最前。
integrate-api = API
integrate-api-why = 采用 Statuspage 公共 API 格式的 JSON、其历史订阅源，以及我们自己的 API。
