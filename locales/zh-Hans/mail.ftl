# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a verdict, and the sentence that stands under it.
told-outage = 服务中断已确认
told-outage-sentence = 工作人员已确认服务中断。我们正在处理。
told-partial = 部分中断已确认
told-partial-sentence = 工作人员已确认一部分无法使用。我们正在处理。
told-bug = 已确认已知问题
told-bug-sentence = 工作人员已确认一个小问题。我们正在处理。
told-notice = 通知
told-notice-sentence = 仅供参考；没有因此造成故障。
told-maintenance = 维护
told-maintenance-sentence = 工作正在进行。
told-watching = 修复已到位
told-watching-sentence = 应已恢复正常。我们正在观察是否稳定。
told-resolved = 已解决
told-resolved-sentence = 事件已解决。
told-maintenance-planned = 维护计划
told-maintenance-planned-sentence = 以下是时间和影响。
told-maintenance-started = 维护已开始
told-maintenance-started-sentence = 计划的工作正在进行。
told-maintenance-ended = 维护已结束
told-maintenance-ended-sentence = 计划的工作已完成。
told-maintenance-rescheduled = 维护已改期
told-maintenance-rescheduled-sentence = 计划的工作改到了新的时间。
told-maintenance-canceled = 维护已取消
told-maintenance-canceled-sentence = 计划的工作不会进行。

# News without a new status.
told-news-watching = 观察期间的最新消息
told-news-watching-sentence = 修复已到位；以下是详情。
told-news-resolved = 后续说明
told-news-resolved-sentence = 问题已结束；以下是详情。
told-news-maintenance = 维护的最新消息
told-news-maintenance-sentence = 以下是最新内容。
told-news-outage = 服务中断的最新消息
told-news-outage-sentence = 我们仍在处理。
told-news-partial = 部分中断的最新消息
told-news-partial-sentence = 我们仍在处理。
told-news-bug = 已知问题的最新进展
told-news-bug-sentence = 我们仍在处理。
told-news-notice = 最新消息
told-news-notice-sentence = 以下是最新内容。

# Facts: $time is a day and a time.
fact = { $name }：{ $value }
fact-planned-for = 计划时间
fact-since = 开始于
fact-from = 开始
fact-until = 结束
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time }（{ $lasted }）
# $time is in the reader's time zone, $utc the same in UTC.
time-with-utc = { $time }（{ $utc }）

# What can be done.
do-details = 查看详情
do-confirm = 确认订阅
do-manage = 更改订阅内容
do-unsubscribe = 退订

# Subjects. $site is the page's name, $title the incident's.
subject-notice = { $state }：{ $title } ({ $site })
subject-confirm = { $site }：请确认订阅
subject-known = { $site }：您已订阅

# Why somebody gets it.
why-notice = 此地址订阅了 { $site } 的通知。
why-confirm = 如果不是您本人，无需任何操作：我们不会再联系您。
why-known = 如果不是您本人，无需任何操作：没有任何变化。
subscription-ends = 此事已结束：这是关于它的最后一条消息，您对它的订阅也已终止。

confirm-verdict = 请确认订阅
confirm-sentence = 有人（很可能是您）希望用此地址接收 { $site } 的通知。
known-verdict = 您已订阅
known-sentence = 有人（很可能是您）希望用此地址接收 { $site } 的通知。此地址已在接收；您可以在此更改订阅内容或退订。
