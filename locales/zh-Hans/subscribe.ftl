# The pages to subscribe, to change a subscription, and to unsubscribe.

subscribe-title = 订阅通知
subscribe-intro = 当工作人员确认事件、修复到位、问题结束时，以及有计划维护时，我们会发送通知。绝不会因无人核查的警报而发送。
subscribe-button = 订阅
# Below the form.
subscribe-promise = 您会收到一条带确认链接的消息。此地址仅用于这些通知，退订后立即删除。
# Instead of the form, where subscribing is turned off.
subscribe-closed = 目前无法在此订阅。您可以关注下面的订阅源。
subscribe-busy = 当前订阅的人太多。请一小时后再试。
# A link to the form, on the page of an incident or of maintenance.
subscribe-to-incident = 接收此事件的更新
subscribe-to-maintenance = 接收此次维护的更新

# The channel: how a subscriber is notified.
channel-legend = 发送到哪里？
channel-mail = 电子邮件
email-label = 您的电子邮件地址
channel-wrong = 此处不提供这种方式。请选择其他方式。
email-wrong = 这不是电子邮件地址；格式应类似 name@example.org。
email-wrong-private = 此地址不指向互联网上的邮箱。
email-wrong-letters = 我们的邮件服务器无法向 @ 前含有这些字符的地址发信。请使用其他地址。
email-wrong-unasked = 目前无法连接我们的邮件服务器，因此无法确认它是否接受 @ 前的这些字符。请稍后再试，或使用其他地址。
url-label = 传入 Webhook 的地址
# Where chats are offered, and where webhooks are; both, if both are.
url-hint-chat = 可在聊天工具的设置中获取。
url-hint-program = 如果是程序，可用任何接受签名 JSON（Standard Webhooks）的地址。
url-wrong-unreadable = 这不是网址；格式应类似 https://chat.example.org/hooks/…
url-wrong-long = 此网址过长。
url-wrong-insecure = 地址必须以 https:// 开头。
url-wrong-credentials = 地址中不得包含用户名或密码。
url-wrong-port = 这不是网页所用的端口；请使用 443，或 1024 及以上的端口。
url-wrong-private = 此地址指向非公开的网络。
url-wrong-ourselves = 这是本页面自己的地址。

# The preferences: which notifications, and in which form.
preferences-legend = 您想了解什么？
preferences-all = 事件和计划维护
preferences-incidents = 仅事件
# $incident is its title, or its number such as “#7”.
preferences-one = 仅此项：{ $incident }
how-legend = 语言和时区
language-label = 语言
zone-label = 时区
# $zone is the site’s, such as Europe/Berlin.
zone-hint = 例如 Asia/Shanghai。留空表示 { $zone }。
zone-wrong = 这不是时区；格式应类似 Asia/Shanghai。

# After the form: the same for every address, subscribed or not.
sent-title = 请查看您的邮箱
# $address is where the message went, shortened, such as “a…@example.org”.
sent-mail = 我们已向 { $address } 发送链接。如果尚未订阅，请点击该链接确认。
sent-hook-title = 请查看您的频道
sent-hook = 我们已向 { $address } 发送链接。如果尚未订阅，请点击该链接确认。
# $again is a link with the words of `try-again`.
sent-late = 几分钟后仍未收到？请查看垃圾邮件文件夹，或{ $again }。
sent-hook-late = 几分钟后仍未收到？请检查地址是否正确，或{ $again }。
try-again = 重试

confirm-title = 确认订阅
# $site is the page’s name.
confirm-question = 再点一下，我们就会向您发送 { $site } 的事件和维护通知。
confirm-button = 是，请通知我
confirm-not-you = 不是您本人的请求？关闭此页面即可，不会发送任何内容。

confirmed-title = 订阅成功
confirmed-text = 有需要告知的内容时，我们会发送消息。每条消息都有链接，可更改订阅内容或退订。
current-status-link = 当前状态

manage-title = 您的订阅
# $address is where the notifications go, shortened, such as “a…@example.org”.
manage-where = 发送到 { $address }。
manage-pending = 尚未确认：在您打开确认链接之前，不会发送任何内容。
manage-button = 保存
manage-saved = 已保存。
manage-secret = 用于签署我们消息的密钥
manage-secret-hint = 请将其保存在您的程序中，并用 Standard Webhooks 的程序库验证每条消息。仅在此时显示。
manage-leave = 退订

# A link works for $days days. $address is where a new one is sent, shortened.
expired-title = 此链接已过期
expired-text = 订阅链接的有效期为 { $days } 天。我们可以向 { $address } 发送新链接。
expired-button = 发送新链接

unsubscribe-title = 要退订吗？
unsubscribe-question = 您将不再收到有关 { $site } 的消息，您的地址会被删除。
unsubscribe-button = 是，退订
unsubscribe-back = 您可以随时重新订阅。
unsubscribed-title = 已退订
unsubscribed-text = 您的地址已删除，不会再向其发送任何内容。
unsubscribed-before-title = 此订阅早已结束
unsubscribed-before-text = 此链接所属的订阅此前已结束，其地址也已删除。如果您仍收到消息，说明您之后又重新订阅了：每条消息中都有退订链接。
subscribe-again = 重新订阅
