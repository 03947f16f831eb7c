# Headline, severities, statuses. What monitoring suspects and what a person confirmed never sound alike.

# Severities; also in the title of the window.
outage = 服务中断
partial-outage = 部分中断
known-problem = 已知问题
maintenance = 维护
notice = 通知
all-good = 一切正常
possible-problem = 疑似问题
# The title of an incident that monitoring reported and no person has confirmed.
possible-outage = 疑似中断
resolved = 已解决
false-alarm = 误报

# The headline of the page, and how we know. $name is the name of the service.
headline-outage = { $name } 无法使用
headline-outage-knowledge = 工作人员已确认服务中断。我们正在处理。
headline-partial = { $name } 的一部分无法使用
headline-partial-knowledge = 工作人员已确认部分中断。我们正在处理。
headline-suspected = { $name } 可能出现问题
headline-suspected-knowledge = 监控系统报告了一个疑似问题。工作人员正在核查。
headline-watching-short = 修复已到位
headline-watching = { $name } 正在恢复
headline-watching-knowledge = 修复已到位。我们正在观察是否稳定。
headline-watching-maintenance-short = 维护后观察中
headline-watching-maintenance = { $name } 的维护已结束
headline-watching-maintenance-knowledge = 我们正在观察一切是否正常。
headline-bug = { $name } 存在已知问题
headline-bug-knowledge = 工作人员已确认。其他部分应能正常使用。
headline-maintenance = { $name } 正在维护
headline-maintenance-knowledge = 这是计划内的工作。某些功能可能暂时无法使用。
headline-notice = { $name } 运行正常，有一则通知
headline-notice-knowledge = 目前未发现故障。
headline-good = { $name } 运行正常
headline-good-knowledge = 没有已知问题。
# Instead, while an alert still fires that a person found to be a false alarm, or whose incident is over.
headline-good-despite-alerts-knowledge = 我们的团队没有发现问题。

# Severity and status of an incident.
status-planned = 计划维护
status-suspected = 疑似，尚未确认
status-outage = 服务中断，已确认
status-partial = 部分中断，已确认
status-bug = 已知问题，已确认
status-maintenance = 维护进行中
status-maintenance-watching = 维护已结束，观察中
status-watching = 修复已到位，观察中
status-canceled = 维护已取消
status-maintenance-finished = 维护已完成
status-notice-ended = 通知已结束
status-outage-resolved = 服务中断，已解决
status-partial-resolved = 部分中断，已解决
status-bug-resolved = 已知问题，已解决
status-missed = 计划时间已过，工作未开始

# The first word of a timeline entry, and its text when nobody wrote one.
entry-planned = 已计划
entry-planned-default = 已预告这项工作。
entry-suspected = 疑似
entry-suspected-default = 监控系统报告了一个问题。
entry-started = 已开始
entry-started-default = 工作已开始。
entry-announced = 已公布
entry-announced-default = 仅供参考。
entry-confirmed = 已确认
entry-confirmed-default = 工作人员已确认。
entry-watching = 观察中
entry-watching-default = 修复已到位，正在观察。
entry-finished = 已完成
entry-finished-default = 工作已完成。
entry-resolved-default = 事件已解决。
entry-false-alarm-default = 工作人员核查后未发现异常。
entry-alerts-cleared-default = 在有人确认问题之前，所有警报均已解除。
entry-reopened = 重新打开
entry-reopened-default = 问题再次出现。
entry-moved = 已改期
entry-moved-default = 这项工作已改到其他时间。
entry-canceled = 已取消
entry-canceled-default = 这项工作不会进行。
entry-update = 最新进展
entry-update-default = 已发布最新进展。

# Who acted.
who-someone = 某人
who-schedule = 计划任务
who-you = 您

# What somebody did to an incident: a sentence without its full stop. $who is a name or one of the words above.
did-declare = 已上报（{ $who }）
did-plan = 已计划（{ $who }）
did-start = 已开始（{ $who }）
did-confirm = 已确认（{ $who }）
# $severity is a severity.
did-confirm-as = 已确认为“{ $severity }”（{ $who }）
did-watch = 已转为观察（{ $who }）
did-end = 已结束（{ $who }）
did-resolve = 已解决（{ $who }）
did-dismiss = 已作为误报驳回（{ $who }）
did-dismiss-itself = 所有警报均已解除，已自动驳回
did-reopen = 已重新打开（{ $who }）
did-cancel = 已取消（{ $who }）
