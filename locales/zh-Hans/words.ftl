# How things stand. What monitoring suspects and what a person confirmed never sound alike.

# Kinds of incidents; also for the title of the window.
outage = 服务中断
partial-outage = 部分中断
known-problem = 已知问题
maintenance = 维护
notice = 通知
all-good = 一切正常
possible-problem = 疑似问题
# The title of an incident that monitoring reported and nobody has confirmed.
possible-outage = 疑似中断
resolved = 已解决
false-alarm = 误报

# The one honest sentence at the top of the page, and what kind of knowledge it is. $name is the name of the service.
verdict-outage = { $name } 无法使用
verdict-outage-knowledge = 工作人员已确认服务中断。我们正在处理。
verdict-partial = { $name } 的一部分无法使用
verdict-partial-knowledge = 工作人员已确认部分中断。我们正在处理。
verdict-suspected = { $name } 可能出现问题
verdict-suspected-knowledge = 监控系统报告了一个疑似问题。工作人员正在核查。
verdict-watching-short = 修复已到位
verdict-watching = { $name } 正在恢复
verdict-watching-knowledge = 修复已到位。我们正在观察是否稳定。
verdict-watching-work-short = 维护后观察中
verdict-watching-work = { $name } 的维护已结束
verdict-watching-work-knowledge = 我们正在观察一切是否正常。
verdict-bug = { $name } 存在已知问题
verdict-bug-knowledge = 工作人员已确认。其他部分应能正常使用。
verdict-maintenance = { $name } 正在维护
verdict-maintenance-knowledge = 这是计划内的工作。某些功能可能暂时无法使用。
verdict-notice = { $name } 运行正常，有一则通知
verdict-notice-knowledge = 目前未发现故障。
verdict-good = { $name } 运行正常
verdict-good-knowledge = 没有已知问题。
verdict-good-despite-alerts-knowledge = 我们的团队没有发现问题。

# What an incident is and how it stands.
standing-planned = 计划维护
standing-suspected = 疑似，尚未确认
standing-outage = 服务中断，已确认
standing-partial = 部分中断，已确认
standing-bug = 已知问题，已确认
standing-maintenance = 维护进行中
standing-maintenance-watched = 维护已结束，观察中
standing-watching = 修复已到位，观察中
standing-called-off = 维护已取消
standing-maintenance-finished = 维护已完成
standing-notice-over = 通知已结束
standing-outage-over = 服务中断，已解决
standing-partial-over = 部分中断，已解决
standing-bug-over = 已知问题，已解决
standing-missed = 计划时间已过，工作未开始

# The first word of an entry in a timeline, and what it says when nobody wrote anything.
entry-planned = 已计划
entry-planned-usual = 已预告这项工作。
entry-suspected = 疑似
entry-suspected-usual = 监控系统报告了一个问题。
entry-begun = 已开始
entry-begun-usual = 工作已开始。
entry-announced = 已公布
entry-announced-usual = 仅供参考。
entry-confirmed = 已确认
entry-confirmed-usual = 工作人员已确认。
entry-watching = 观察中
entry-watching-usual = 修复已到位，正在观察。
entry-finished = 已完成
entry-finished-usual = 工作已完成。
entry-resolved-usual = 事件已解决。
entry-false-alarm-usual = 工作人员核查后未发现异常。
entry-taken-back-usual = 在有人确认问题之前，所有警报均已解除。
entry-reopened = 重新打开
entry-reopened-usual = 问题再次出现。
entry-moved = 已改期
entry-moved-usual = 这项工作已改到其他时间。
entry-called-off = 已取消
entry-called-off-usual = 这项工作不会进行。
entry-update = 最新进展
entry-update-usual = 已发布最新进展。
