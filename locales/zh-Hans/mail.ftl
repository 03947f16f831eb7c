# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a heading, and the sentence below it.
notification-outage = 服务中断已确认
notification-outage-sentence = 工作人员已确认服务中断。我们正在处理。
notification-partial = 部分中断已确认
notification-partial-sentence = 工作人员已确认一部分无法使用。我们正在处理。
notification-bug = 已确认已知问题
notification-bug-sentence = 工作人员已确认一个小问题。我们正在处理。
notification-notice = 通知
notification-notice-sentence = 仅供参考；没有因此造成故障。
notification-maintenance = 维护
notification-maintenance-sentence = 工作正在进行。
notification-watching = 修复已到位
notification-watching-sentence = 应已恢复正常。我们正在观察是否稳定。
notification-resolved = 已解决
notification-resolved-sentence = 事件已解决。
notification-maintenance-planned = 维护计划
notification-maintenance-planned-sentence = 以下是时间和影响。
notification-maintenance-started = 维护已开始
notification-maintenance-started-sentence = 计划的工作正在进行。
notification-maintenance-ended = 维护已结束
notification-maintenance-ended-sentence = 计划的工作已完成。
notification-maintenance-rescheduled = 维护已改期
notification-maintenance-rescheduled-sentence = 计划的工作改到了新的时间。
notification-maintenance-canceled = 维护已取消
notification-maintenance-canceled-sentence = 计划的工作不会进行。

# An update that leaves the status as it is.
notification-update-watching = 观察期间的最新消息
notification-update-watching-sentence = 修复已到位；以下是详情。
notification-update-resolved = 后续说明
notification-update-resolved-sentence = 问题已结束；以下是详情。
notification-update-maintenance = 维护的最新消息
notification-update-maintenance-sentence = 以下是最新内容。
notification-update-outage = 服务中断的最新消息
notification-update-outage-sentence = 我们仍在处理。
notification-update-partial = 部分中断的最新消息
notification-update-partial-sentence = 我们仍在处理。
notification-update-bug = 已知问题的最新进展
notification-update-bug-sentence = 我们仍在处理。
notification-update-notice = 最新消息
notification-update-notice-sentence = 以下是最新内容。

# Facts: $time is a day and a time.
fact = { $name }：{ $value }
fact-planned-for = 计划时间
fact-since = 开始于
fact-from = 开始
fact-until = 结束
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time }（{ $lasted }）
# $time is in the reader’s time zone, $utc the same in UTC.
time-with-utc = { $time }（{ $utc }）

# Buttons and links.
button-details = 查看详情
button-confirm = 确认订阅
button-manage = 更改订阅内容
button-unsubscribe = 退订

# Subjects. $site is the page’s name, $title the incident’s.
subject-notification = { $state }：{ $title } ({ $site })
subject-confirm = { $site }：请确认订阅
subject-already-subscribed = { $site }：您已订阅

# Why the recipient gets it.
why-notification = 此地址订阅了 { $site } 的通知。
why-confirm = 如果不是您本人，无需任何操作：我们不会再联系您。
why-already-subscribed = 如果不是您本人，无需任何操作：没有任何变化。
subscription-ends = 此事已结束：这是关于它的最后一条消息，您对它的订阅也已终止。

confirm-heading = 请确认订阅
confirm-sentence = 有人（很可能是您）希望用此地址接收 { $site } 的通知。
already-subscribed-heading = 您已订阅
already-subscribed-sentence = 有人（很可能是您）希望用此地址接收 { $site } 的通知。此地址已在接收；您可以在此更改订阅内容或退订。
