# The pages to subscribe, to change a subscription, and to unsubscribe.

subscribe-title = 通知を受け取る
subscribe-intro = 担当者がインシデントを確認したとき、修正を適用したとき、解決したとき、そしてメンテナンスの予定をお知らせします。だれも調べていないアラートでお送りすることはありません。
subscribe-button = 登録する
# Below the form.
subscribe-promise = 確定用のリンクを記したメッセージを1通お送りします。アドレスはこの通知だけに使い、登録を解除するとすぐに消去します。
# Instead of the form, where subscribing is turned off.
subscribe-closed = 現在、ここでは登録できません。以下のフィードをご利用ください。
subscribe-busy = 現在、登録が集中しています。1時間後にもう一度お試しください。
# A link to the form, on the page of an incident or of maintenance.
subscribe-to-incident = このインシデントの通知を受け取る
subscribe-to-maintenance = このメンテナンスの通知を受け取る

# The channel: how a subscriber is notified.
channel-legend = どこにお送りしますか？
channel-mail = メール
email-label = メールアドレス
channel-wrong = この方法はご利用いただけません。別の方法をお選びください。
email-wrong = メールアドレスではありません。name@example.org のような形で入力してください。
email-wrong-private = このアドレスはインターネット上のメールボックスにつながりません。
email-wrong-letters = @ の前にこの文字を含むアドレスには、当方のメールサーバーから送信できません。別のアドレスをお使いください。
email-wrong-unasked = 現在メールサーバーに接続できないため、@ の前のこの文字に対応しているか確認できません。しばらくしてからもう一度お試しいただくか、別のアドレスをお使いください。
url-label = Incoming Webhook のアドレス
# Where chats are offered, and where webhooks are; both, if both are.
url-hint-chat = チャットの設定で取得できます。
url-hint-program = プログラムの場合は、署名付き JSON (Standard Webhooks)を受け取れるアドレスです。
url-wrong-unreadable = ウェブのアドレスではありません。https://chat.example.org/hooks/… のような形で入力してください。
url-wrong-long = このアドレスは長すぎます。
url-wrong-insecure = アドレスは https:// で始まる必要があります。
url-wrong-credentials = アドレスにユーザー名やパスワードを含めることはできません。
url-wrong-port = ウェブ用のポートではありません。443 か、1024 以上をお使いください。
url-wrong-private = このアドレスは公開されていないネットワークにつながります。
url-wrong-ourselves = これはこのページ自身のアドレスです。

# The preferences: which notifications, and in which form.
preferences-legend = 何をお知らせしますか？
preferences-all = インシデントとメンテナンスの予定
preferences-incidents = インシデントのみ
# $incident is its title, or its number such as “#7”.
preferences-one = これのみ：{ $incident }
how-legend = 言語とタイムゾーン
language-label = 言語
zone-label = タイムゾーン
# $zone is the site’s, such as Europe/Berlin.
zone-hint = 例：Asia/Tokyo。空欄の場合は { $zone } です。
zone-wrong = タイムゾーンではありません。Asia/Tokyo のような形で入力してください。

# After the form: the same for every address, subscribed or not.
sent-title = メールをご確認ください
# $address is where the message went, shortened, such as “a…@example.org”.
sent-mail = { $address } にリンクをお送りしました。未登録の場合は、そのリンクで登録を確定してください。
sent-hook-title = チャンネルをご確認ください
sent-hook = { $address } にリンクをお送りしました。未登録の場合は、そのリンクで登録を確定してください。
# $again is a link with the words of `try-again`.
sent-late = 数分たっても届きませんか？迷惑メールフォルダーを見るか、{ $again }。
sent-hook-late = 数分たっても届きませんか？アドレスが正しいか見直すか、{ $again }。
try-again = もう一度お試しください

confirm-title = 登録の確定
# $site is the page’s name.
confirm-question = あと1回のクリックで、{ $site } のインシデントとメンテナンスをお知らせするようになります。
confirm-button = はい、通知を受け取ります
confirm-not-you = お心当たりがありませんか？このページを閉じるだけで、何も送られません。

confirmed-title = 登録しました
confirmed-text = お伝えすることがあるときにお送りします。どのメッセージにも、受信設定の変更と登録の解除のためのリンクがあります。
current-status-link = 現在の状況

manage-title = 受信設定
# $address is where the notifications go, shortened, such as “a…@example.org”.
manage-where = { $address } にお送りしています。
manage-pending = まだ確定されていません。確定用のリンクを開くまで、何もお送りしません。
manage-button = 保存
manage-saved = 保存しました。
manage-secret = メッセージの署名に使う秘密の鍵
manage-secret-hint = プログラムの中に保管し、Standard Webhooks のライブラリで各メッセージを検証してください。表示されるのは今回だけです。
manage-leave = 登録を解除

# A link works for $days days. $address is where a new one is sent, shortened.
expired-title = このリンクは有効期限が切れています
expired-text = 登録内容へのリンクは { $days } 日間有効です。新しいリンクを { $address } にお送りできます。
expired-button = 新しいリンクを送る

unsubscribe-title = 登録を解除しますか？
unsubscribe-question = { $site } についてのメッセージは届かなくなり、アドレスは消去されます。
unsubscribe-button = はい、解除します
unsubscribe-back = いつでも登録し直せます。
unsubscribed-title = 登録を解除しました
unsubscribed-text = アドレスを消去しました。今後は何もお送りしません。
unsubscribed-before-title = この登録はすでに解除されています
unsubscribed-before-text = このリンクの登録は以前に解除され、アドレスも消去されています。まだメッセージが届く場合は、その後に登録し直されています。各メッセージにあるリンクから解除できます。
subscribe-again = もう一度登録する
