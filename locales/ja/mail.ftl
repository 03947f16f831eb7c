# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a verdict, and the sentence that stands under it.
told-outage = 障害を確認しました
told-outage-sentence = 担当者が障害を確認しました。対応しています。
told-partial = 一部障害を確認しました
told-partial-sentence = 一部が停止していることを担当者が確認しました。対応しています。
told-bug = 既知の問題を確認
told-bug-sentence = 担当者が小さな問題を確認しました。対応しています。
told-notice = お知らせ
told-notice-sentence = 情報としてお知らせします。これによる故障はありません。
told-maintenance = メンテナンス
told-maintenance-sentence = 作業を行っています。
told-watching = 修正を適用しました
told-watching-sentence = 再び動作するはずです。安定するか見守っています。
told-resolved = 解決済み
told-resolved-sentence = 解決しました。
told-maintenance-planned = メンテナンスの予定
told-maintenance-planned-sentence = 日時と影響をお知らせします。
told-maintenance-started = メンテナンスを始めました
told-maintenance-started-sentence = 予定された作業を行っています。
told-maintenance-ended = メンテナンスは終わりました
told-maintenance-ended-sentence = 予定された作業は終わりました。
told-maintenance-rescheduled = メンテナンスの日時変更
told-maintenance-rescheduled-sentence = 予定された作業の日時が変わりました。
told-maintenance-canceled = メンテナンスの中止
told-maintenance-canceled-sentence = 予定された作業は行われません。

# News without a new status.
told-news-watching = 修正後の経過についての続報
told-news-watching-sentence = 修正は適用済みです。詳しくお知らせします。
told-news-resolved = 解決後の補足
told-news-resolved-sentence = 解決しました。詳しくお知らせします。
told-news-maintenance = メンテナンスの続報
told-news-maintenance-sentence = 新しい情報をお知らせします。
told-news-outage = 障害の続報
told-news-outage-sentence = 引き続き対応しています。
told-news-partial = 一部障害の続報
told-news-partial-sentence = 引き続き対応しています。
told-news-bug = 既知の問題に関する続報
told-news-bug-sentence = 引き続き対応しています。
told-news-notice = 続報
told-news-notice-sentence = 新しい情報をお知らせします。

# Facts: $time is a day and a time.
fact = { $name }：{ $value }
fact-planned-for = 予定
fact-since = 開始
fact-from = 開始
fact-until = 終了
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time }({ $lasted })
# $time is in the reader's time zone, $utc the same in UTC.
time-with-utc = { $time }({ $utc })

# What can be done.
do-details = 詳細を見る
do-confirm = 登録を確定する
do-manage = 受信設定を変更
do-unsubscribe = 登録を解除

# Subjects. $site is the page's name, $title the incident's.
subject-notice = { $state }：{ $title } ({ $site })
subject-confirm = { $site }：登録を確定してください
subject-known = { $site }：すでに登録されています

# Why somebody gets it.
why-notice = このアドレスは { $site } の通知に登録されています。
why-confirm = お心当たりがなければ、何もする必要はありません。今後お送りすることもありません。
why-known = お心当たりがなければ、何もする必要はありません。何も変わっていません。
subscription-ends = この件は終了しました。これが最後のお知らせであり、この件の通知登録は終了しました。

confirm-verdict = 登録を確定してください
confirm-sentence = どなたか(おそらくあなた)が、このアドレスで { $site } の通知を受け取ることを希望されました。
known-verdict = すでに登録されています
known-sentence = どなたか(おそらくあなた)が、このアドレスで { $site } の通知を受け取ることを希望されました。すでにお送りしています。ここで受信設定の変更や登録の解除ができます。
