# Errors, on pages and in JSON (RFC 9457): a title, and a sentence that says what is wrong.

problem-not-found = 未找到
problem-not-found-why = 此地址没有内容。
# A link to the incident, on the error page for an address that ends with its number.
problem-did-you-mean = 您要找的是事件 #{ $number } 吗？
problem-dead-link = 此链接无法使用
problem-dead-link-why = 此链接无效或已失效。您可以随时重新订阅。
problem-method = 不允许的方法
# $allow lists what it accepts, such as “GET, HEAD”.
problem-method-why = 此地址只接受 { $allow }。
problem-cross-site = 来自其他网站的提交
problem-cross-site-why = 此表单是从其他网站提交的。请在这里打开并重新提交。
problem-unauthorized = 未授权
problem-wrong-secret = 密钥缺失或不正确。
problem-wrong-signature = 签名缺失或不正确。
problem-content-type = 内容类型不正确
# $wanted is such as “application/json”.
problem-content-type-why = 正文须以 { $wanted } 发送。
problem-encoding = 未知编码
# $encoding is what the request calls it, in quotation marks.
problem-encoding-why = 不支持编码 { $encoding }。请直接发送正文，或用 gzip 或 deflate 压缩后发送。
problem-too-large = 内容过大
problem-too-large-why = 正文超过 { $limit } 字节。
problem-timeout = 请求超时
problem-timeout-why = 请求用时过长。

# One title; the sentences below say what is wrong.
problem-bad-request = 无效请求
problem-unintelligible = 无法理解该请求。
problem-body-incomplete = 正文不完整。
problem-body-not-compressed = 正文的压缩方式与 Content-Encoding 不符。
problem-body-not-json-or-form = 正文既不是 JSON，也不是表单。
problem-form-unreadable = 无法读取表单。
# $error is a technical reason in English, here and below.
problem-alert-unreadable = 无法读取告警：{ $error }
# $name is the parameter’s name in quotation marks.
problem-parameter-repeated = 参数 { $name } 出现多次。
problem-parameter-number = 参数 { $name } 须为 { $least } 至 { $most } 之间的整数。
problem-parameter-words = 无法读取参数 { $name }：{ $error }
problem-parameter-time = 参数 { $name } 须为带时区的时间（如 2026-11-21T14:05:00Z 或 2026-11-21T15:05:00+01:00）或日期（如 2026-11-21）。
# $known lists the parameters that there are.
problem-parameter-unknown = 这里没有参数 { $name }。可用的参数：{ $known }

problem-too-many = 请求过多
problem-too-many-why = 来自您地址的请求过多。请在 { $seconds } 秒后重试。
problem-too-many-viewers = 访问者过多
problem-too-many-viewers-why = 来自您地址的或全部的连接过多。请改为不时刷新页面。
problem-refused = 已拒绝
problem-refused-why = 没有任何更改：{ $error }
problem-conflict = 冲突
problem-conflict-why = 此请求的标识已用于另一个请求。
problem-unavailable = 暂时不可用
problem-unavailable-why = 目前无法保存，没有任何更改。请重试。
# The same for programs, with the reason.
problem-unavailable-because = 目前无法保存：{ $error }。请重试。
problem-not-ready = 状态未知
problem-not-ready-why = 目前我们无法读取自己的日志，因此无法说明状况。请重试。
problem-busy = 繁忙
problem-busy-why = 目前查看历史记录的人较多。请重试。
problem-internal = 内部错误
problem-internal-why = 我们这边出了问题。

# An incident by its number, and by its title.
incident-number = 事件 #{ $number }
incident-quoted = “{ $title }”（#{ $number }）

# Why a command changed nothing: in Slack and on the command line. $incident is one of the two above, $status its status.
refused-no-incident = 没有事件 #{ $number }。
# $did is what somebody else did, a sentence of `words.ftl`.
refused-already = { $incident } 已有变化。{ $did }（{ $time }）。
refused-not-suspected = { $incident }：{ $status }。只有疑似事件才能确认或驳回。
refused-same-person = 您已确认 { $incident }。现在需要第二个人确认。
refused-not-dismissed = { $incident }：{ $status }。只有被驳回的事件才能改为确有其事。
refused-not-confirmed = { $incident } 仅为疑似。请先确认或驳回。
refused-not-started = { $incident } 尚未开始。请先开始或取消。
refused-not-over = { $incident }：{ $status }。结束后才能这样做。
refused-was-dismissed = { $incident } 已被驳回。如果确有其事，请先注明。
refused-under-way = { $incident } 正在进行。只能更改结束时间。
refused-canceled = { $incident } 已取消。请重新计划维护。
refused-not-planned = { $incident }：{ $status }。只适用于尚未开始的维护。
refused-not-running = { $incident }：{ $status }。只适用于正在进行的维护。
refused-not-maintenance = { $incident } 不是维护。请计划维护。
refused-stays-maintenance = { $incident } 是维护，不能更改。如果出现问题，请上报事件。
refused-not-declarable = 上报的事件只能是已确认、观察中或已解决。
refused-has-no-end = 进行中的事件没有结束时间。请留空，或上报为已解决。
refused-not-a-status = 进展可将状态设为已确认或观察中。要结束事件，请标记为已解决。
refused-no-update = { $incident } 已没有这条进展。
refused-no-text = 请说明情况：新状态需要文字说明。
refused-end-first = 结束时间必须晚于开始时间。
refused-future = 该时间尚未到来。
refused-over = 该时间已过。请选择更晚的结束时间。
refused-nothing = 没有任何变化。
refused-nameless = 此操作只能由人执行，而目前不知道您是谁。
