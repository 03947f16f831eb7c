# Messages in Slack and over the team’s incoming webhook. $incident is a link or a title with a number,
# $time a point in time, $who a name, “the schedule”, “you” or “someone”.

# $did is a sentence of `words.ftl` that begins with `did-`, without its full stop.
slack-did-at = { $did }，{ $time }。
slack-did = { $did }。
# A text follows on the next line.
slack-did-text = { $did }：

# Other thread notes.
slack-note-proposed = 已确认（{ $who }）；还需要第二个人确认
slack-note-dismissed-itself = 所有警报均已解除，已自动驳回；请核查是否确有其事
slack-note-work-done = 维护已结束，观察中（{ $who }）
slack-note-work-goes-on = 维护仍在进行（{ $who }）
slack-note-fixed = 修复已到位（{ $who }）
slack-note-not-fixed = 尚未修复（{ $who }）
slack-note-update = 最新进展（{ $who }）
slack-note-corrected = 已更正一条进展（{ $who }）
slack-note-withdrawn = 已撤回一条进展（{ $who }）
slack-note-severity = 严重程度已改为“{ $severity }”（{ $who }）
slack-note-title = 标题已改为 { $title }（{ $who }）
slack-note-summary = 已填写摘要（{ $who }）
slack-note-no-summary = 已删除摘要（{ $who }）
# $times is one or both of the next two.
slack-note-times = 已更正时间：{ $times }（{ $who }）
slack-note-began = 开始 { $time }
slack-note-ended = 结束 { $time }
slack-note-silenced = 已设为静默，不再通知订阅者（{ $who }）
slack-note-unsilenced = 已重新开启通知（{ $who }）
# $window is a start and an end.
slack-note-planned = 已计划：{ $window }（{ $who }）
slack-note-moved = 已改期：{ $window }（{ $who }）
slack-note-resolved-firing = 已解决，但仍有 { $count } 条警报未解除（{ $who }）
# $link is `post-mortem`.
slack-note-postmortem = 已发布：{ $link }（{ $who }）
slack-note-new-alert = 观察修复期间出现了新警报：问题可能再次发生。尚未通知订阅者
slack-note-alert-again = 驳回后不久又出现警报，因此再次列为疑似
slack-meanwhile = { $incident } 在此期间的情况：
slack-earlier-notes = 另有 { $count } 条较早的记录，请见页面。

# The root message. $status is severity and status.
slack-status-since = { $status }，自 { $time } 起
slack-status-lasted = { $status }。持续 { $lasted }，开始于 { $time }。
slack-alerts-cleared = { $count } 条警报，均已解除
slack-alerts-firing = { $count } 条警报，均未解除
slack-alerts-some = { $count } 条警报，其中 { $firing } 条未解除
slack-nobody-notified = 未通知任何人。
slack-was-it-real = 请核查：是否确有其事？
slack-auto-both = 自动开始，自动结束。
slack-auto-start = 自动开始；结束时会在这里询问。
slack-auto-end = 开始时会在这里询问；自动结束。
slack-auto-none = 开始和结束时都会在这里询问。
slack-ends-itself = 自动结束：{ $time }。
slack-starts-itself = 自动开始：{ $time }。
# $what is a severity, a title, or both.
slack-would-be = 确认后将为：{ $what }。
slack-is-it-real = 尚未通知任何人。 *确有其事吗？*
slack-is-it-real-two = 尚未通知任何人。 *确有其事吗？* 需要两个人确认。
slack-is-it-real-second = { $who } 已确认，{ $time }。 *还需要第二个人确认。* 尚未通知任何人。
slack-last-update = 最新进展：{ $who }，{ $time }
slack-last-update-edited = 最新进展：{ $who }，{ $time }，已编辑
slack-updates = { $count } 条进展
slack-silent = 静默：不通知订阅者
slack-rest = 其余内容请见页面。

# Questions to everyone in the channel, and their answers.
slack-asked-start = { $incident }：计划开始时间为 { $time }。
slack-asked-missed = { $incident }：计划时间已于 { $time } 结束，工作一直没有开始。
slack-asked-end = { $incident }：计划结束时间为 { $time }。
slack-asked-resolve = { $incident }：所有警报均已解除，{ $time }。
slack-ask-start = 现在开始、推迟还是取消？
slack-ask-end = 维护结束了吗？
slack-ask-resolve = 标记为已解决吗？
slack-new-start-is = 新的开始时间：{ $time }。
slack-new-end-is = 新的结束时间：{ $time }。
slack-came-back = 又出现了警报；问题尚未结束。
slack-still-open = 仍未结束：{ $status }。

# Buttons.
slack-button-confirm = 是，确有其事
slack-button-dismiss = 驳回
slack-button-details = 填写详情…
slack-button-real = 确有其事
slack-button-update = 发布进展
slack-button-resolve = 标记为已解决
slack-button-start = 现在开始
slack-button-end = 现在结束
slack-button-longer = 还需要时间
slack-button-postpone = 推迟
slack-button-cancel = 取消
slack-button-declare = 上报事件
slack-button-plan = 计划维护
slack-open-page = 打开页面
# What Slack asks before it does it: at most 30 characters on a button.
slack-dismiss-title = 驳回此事件？
slack-dismiss-why = 它将从公开页面消失，其自身页面会说明这是误报。未通知任何人。
slack-dismiss-yes = 是，误报
slack-dismiss-no = 暂不
slack-cancel-title = 取消此次维护？
slack-cancel-why = 计划的维护将不会进行。收到过通知的人也会收到取消通知。
slack-cancel-yes = 取消维护
slack-cancel-no = 保留

# The slash command and the home tab. $page is a link to the page.
slack-more = 内容太多，此处放不下。 { $page }
slack-as-of = 截至 { $time }。 { $page }
slack-nothing-yet = 还没有发生任何事。 { $page }
slack-open = 未结束
# $command and the words after it aren’t translated.
slack-help =
    `{ $command }` 显示当前状况和按钮。
    `{ $command } declare` 上报事件；`{ $command } declare 支付无法使用` 以此为标题。
    `{ $command } update` 或 `{ $command } update 7` 发布进展。
    `{ $command } resolve` 或 `{ $command } resolve 7` 结束事件。
slack-nothing-open = 没有未结束的事件，也没有计划的维护。
slack-which = 是关于哪个事件？
slack-this-one = 这个…
slack-see-all = 在页面上查看全部
slack-propose = 将此内容作为 { $incident } 的公开进展发布？
slack-propose-long = 内容超出表单允许的长度；表单中只包含开头部分。
slack-propose-yes = 查看…
slack-propose-no = 暂不

# Forms: titles and the buttons at the bottom have at most 24 characters.
slack-form-confirm = 确认
slack-form-plan = 计划
slack-form-preview = 预览
slack-form-publish = 发布
slack-form-cancel = 取消
slack-form-close = 关闭
slack-field-title = 标题
slack-field-severity = 严重程度
slack-field-status = 状态
slack-field-update = 进展
slack-field-summary = 摘要
slack-hint-summary = 一两句话，显示在所有进展之上。
slack-field-known = 已知情况
slack-field-happened = 发生了什么
slack-field-expect = 预计影响
slack-field-why = 原因
slack-field-began = 开始时间
slack-hint-began = 如果刚刚开始，请留空。
slack-field-start = 开始
slack-field-end = 结束
slack-field-new-start = 新的开始时间
slack-field-new-end = 新的结束时间
slack-field-auto = 时间到了之后
slack-box-start = 自动开始
slack-box-end = 自动结束
slack-hint-auto = 否则会在消息列中询问。
slack-field-alerts = 警报
slack-box-alerts = 新警报归入此事件
slack-hint-alerts = 否则它们会另开一个疑似事件。
# Options: at most 75 characters.
slack-choice-outage = 服务中断：无法使用
slack-choice-partial = 部分中断：一部分无法使用
slack-choice-bug = 已知问题：小故障
slack-choice-notice = 通知：仅供参考
slack-choice-maintenance = 维护：计划内的工作
slack-choice-confirmed = 已确认：正在处理
slack-choice-watching = 观察中：修复已到位
slack-choice-resolved = 已解决：问题已结束
slack-choice-work-started = 进行中
slack-choice-work-watching = 已结束，观察中
slack-choice-work-finished = 已完成
slack-choose-one = 请从列表中选择。
slack-choose-time = 请选择日期和时间。
slack-title-invalid = 标题须为 1 至 { $most } 个字符。
slack-text-invalid = 内容为空。
slack-still-firing = ⚠️ 监控系统显示并非如此：{ $alerts }
slack-second-person = 还需要第二个人确认。在此之前不会通知任何人。

# Who is notified. $number is the count with its digits in groups.
slack-notifies = 将通知 { $number } 位订阅者。
slack-notify = 通知 { $number } 位订阅者
# How many of them can’t get their e-mail right now.
slack-waiting = 其中 { $number } 位须等待邮件服务器。
slack-no-subscribers = 还没有订阅者。
slack-who-is-notified = 通知对象
slack-why-silent = 此事件处于静默状态：不通知订阅者。
slack-why-unconfirmed = 不通知订阅者：尚无人确认。
slack-why-nothing-new = 不通知订阅者：没有进展，也没有新状态。
slack-preview = 读者看到的内容如下。可在下方修改，或直接发布。
slack-and-so-on = ……以下从略。
slack-form-outdated = 此表单已过期，或在传输中被更改。没有执行任何操作。请重新打开。
slack-same-time = 计划时间本来就是这样。
slack-no-change = 没有任何变化。请填写进展，或修改下方的字段。

# Why somebody may not act, and what else can fail. $error is a technical reason in English.
slack-not-done = 未执行
slack-denied-no-channel = Candor 还不知道使用哪个 Slack 频道，因此没有执行任何操作。请一分钟后重试。如果仍然如此，`candor slack check` 会说明原因。
slack-denied-other-workspace = 您所属的工作区与此状态页不同，因此没有执行任何操作。
slack-denied-not-member = 只有状态页 Slack 频道的成员才能这样做，因此没有执行任何操作。请加入频道后重试。
slack-denied-not-in-group = 只有负责状态页的用户组成员才能这样做，因此没有执行任何操作。
slack-denied-unknown = Slack 目前无法说明您是否有权这样做，因此没有执行任何操作。请稍后重试，或使用状态页 Slack 频道中的消息。
slack-not-posted = 好的，没有发布任何内容。
slack-no-trigger = Slack 没有提供打开表单的方式。请重试。
slack-form-failed = 无法打开表单（{ $error }）。
slack-message-gone = 该消息已不存在，或 Candor 无法读取。
slack-message-unreadable = 无法读取消息（{ $error }）。
slack-log-unreadable = Candor 目前无法读取日志。请重试。

# The app itself, as Slack lists it: description at most 140 characters, shortcut at most 24, about at least 175.
# $name is what the page calls itself; $command isn’t translated.
slack-app-name = 状态页
slack-app-description = { $name } 的事件：确认、更新和解决
slack-app-about = 监控怀疑出现问题时，会用一条带两个按钮的消息通知团队：是真实事件，还是误报？只有经人确认的事件才会通知 { $name } 的订阅者。无需离开 Slack，即可发布更新、解决事件和计划维护：可以使用频道中的消息、主页标签、{ $command } 命令或快捷方式。每个事件都有自己的消息列，其中的第一条消息始终显示当前状态，后面的每条消息都说明发生了什么、是谁做的，因此整个团队随时都能看到事件的最新进展，不必另外询问。
slack-shortcut-declare = 打开表单以上报事件
slack-shortcut-plan = 打开表单以公布计划中的维护
slack-shortcut-update = 作为更新发布
slack-shortcut-update-description = 将此消息作为事件的更新发布
slack-command-description = 显示当前状态和操作按钮
