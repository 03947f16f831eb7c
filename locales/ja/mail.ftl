# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a heading, and the sentence below it.
notification-outage = 障害を確認しました
notification-outage-sentence = 担当者が障害を確認しました。対応しています。
notification-partial = 一部障害を確認しました
notification-partial-sentence = 一部が停止していることを担当者が確認しました。対応しています。
notification-bug = 既知の問題を確認
notification-bug-sentence = 担当者が小さな問題を確認しました。対応しています。
notification-notice = お知らせ
notification-notice-sentence = 情報としてお知らせします。これによる故障はありません。
notification-maintenance = メンテナンス
notification-maintenance-sentence = 作業を行っています。
notification-watching = 修正を適用しました
notification-watching-sentence = 再び動作するはずです。安定するか見守っています。
notification-resolved = 解決済み
notification-resolved-sentence = 解決しました。
notification-maintenance-planned = メンテナンスの予定
notification-maintenance-planned-sentence = 日時と影響をお知らせします。
notification-maintenance-started = メンテナンスを始めました
notification-maintenance-started-sentence = 予定された作業を行っています。
notification-maintenance-ended = メンテナンスは終わりました
notification-maintenance-ended-sentence = 予定された作業は終わりました。
notification-maintenance-rescheduled = メンテナンスの日時変更
notification-maintenance-rescheduled-sentence = 予定された作業の日時が変わりました。
notification-maintenance-canceled = メンテナンスの中止
notification-maintenance-canceled-sentence = 予定された作業は行われません。

# An update that leaves the status as it is.
notification-update-watching = 修正後の経過についての続報
notification-update-watching-sentence = 修正は適用済みです。詳しくお知らせします。
notification-update-resolved = 解決後の補足
notification-update-resolved-sentence = 解決しました。詳しくお知らせします。
notification-update-maintenance = メンテナンスの続報
notification-update-maintenance-sentence = 新しい情報をお知らせします。
notification-update-outage = 障害の続報
notification-update-outage-sentence = 引き続き対応しています。
notification-update-partial = 一部障害の続報
notification-update-partial-sentence = 引き続き対応しています。
notification-update-bug = 既知の問題に関する続報
notification-update-bug-sentence = 引き続き対応しています。
notification-update-notice = 続報
notification-update-notice-sentence = 新しい情報をお知らせします。

# Facts: $time is a day and a time.
fact = { $name }：{ $value }
fact-planned-for = 予定
fact-since = 開始
fact-from = 開始
fact-until = 終了
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time }({ $lasted })
# $time is in the reader’s time zone, $utc the same in UTC.
time-with-utc = { $time }({ $utc })

# Buttons and links.
button-details = 詳細を見る
button-confirm = 登録を確定する
button-manage = 受信設定を変更
button-unsubscribe = 登録を解除

# Subjects. $site is the page’s name, $title the incident’s.
subject-notification = { $state }：{ $title } ({ $site })
subject-confirm = { $site }：登録を確定してください
subject-already-subscribed = { $site }：すでに登録されています

# Why the recipient gets it.
why-notification = このアドレスは { $site } の通知に登録されています。
why-confirm = お心当たりがなければ、何もする必要はありません。今後お送りすることもありません。
why-already-subscribed = お心当たりがなければ、何もする必要はありません。何も変わっていません。
subscription-ends = この件は終了しました。これが最後のお知らせであり、この件の通知登録は終了しました。

confirm-heading = 登録を確定してください
confirm-sentence = どなたか(おそらくあなた)が、このアドレスで { $site } の通知を受け取ることを希望されました。
already-subscribed-heading = すでに登録されています
already-subscribed-sentence = どなたか(おそらくあなた)が、このアドレスで { $site } の通知を受け取ることを希望されました。すでにお送りしています。ここで受信設定の変更や登録の解除ができます。
