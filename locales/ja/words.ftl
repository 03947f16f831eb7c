# Headline, severities, statuses. What monitoring suspects and what a person confirmed never sound alike.

# Severities; also in the title of the window.
outage = 障害
partial-outage = 一部障害
known-problem = 既知の問題
maintenance = メンテナンス
notice = お知らせ
all-good = 正常
possible-problem = 問題の疑い
# The title of an incident that monitoring reported and no person has confirmed.
possible-outage = 障害の疑い
resolved = 解決済み
false-alarm = 誤報

# The headline of the page, and how we know. $name is the name of the service.
headline-outage = { $name }は停止しています
headline-outage-knowledge = 担当者が障害を確認しました。対応しています。
headline-partial = { $name }の一部が動作していません
headline-partial-knowledge = 担当者が一部の障害を確認しました。対応しています。
headline-suspected = { $name }に問題が起きているかもしれません
headline-suspected-knowledge = 監視システムが問題の疑いを報告しています。担当者が調べています。
headline-watching-short = 修正を適用しました
headline-watching = { $name }は回復しつつあります
headline-watching-knowledge = 修正を適用しました。安定するか見守っています。
headline-watching-maintenance-short = メンテナンス後の経過を見ています
headline-watching-maintenance = { $name }のメンテナンスは終わりました
headline-watching-maintenance-knowledge = すべてが正しく動作するか見守っています。
headline-bug = { $name }に既知の問題があります
headline-bug-knowledge = 担当者が確認しました。そのほかは動作しているはずです。
headline-maintenance = { $name }はメンテナンス中です
headline-maintenance-knowledge = 予定された作業です。しばらく利用できないものがあるかもしれません。
headline-notice = { $name }は正常に動作しています。お知らせがあります
headline-notice-knowledge = 故障は把握されていません。
headline-good = { $name }は正常に動作しています
headline-good-knowledge = 把握している問題はありません。
# Instead, while an alert still fires that a person found to be a false alarm, or whose incident is over.
headline-good-despite-alerts-knowledge = 担当者は問題を把握していません。

# Severity and status of an incident.
status-planned = メンテナンスの予定
status-suspected = 疑い(未確認)
status-outage = 障害、確認済み
status-partial = 一部障害、確認済み
status-bug = 既知の問題、確認済み
status-maintenance = メンテナンス中
status-maintenance-watching = メンテナンス終了、経過観察中
status-watching = 修正適用済み、経過観察中
status-canceled = メンテナンス中止
status-maintenance-finished = メンテナンス完了
status-notice-ended = お知らせ(終了)
status-outage-resolved = 障害、解決済み
status-partial-resolved = 一部障害、解決済み
status-bug-resolved = 既知の問題、解決済み
status-missed = 予定時間が過ぎました（作業は未開始）

# The first word of a timeline entry, and its text when nobody wrote one.
entry-planned = 予定
entry-planned-default = この作業が予告されました。
entry-suspected = 疑い
entry-suspected-default = 監視システムが問題を報告しました。
entry-started = 開始
entry-started-default = 作業を始めました。
entry-announced = お知らせ
entry-announced-default = お知らせです。
entry-confirmed = 確認済み
entry-confirmed-default = 担当者が確認しました。
entry-watching = 経過観察
entry-watching-default = 修正を適用し、経過を見ています。
entry-finished = 完了
entry-finished-default = 作業は終わりました。
entry-resolved-default = 解決しました。
entry-false-alarm-default = 担当者が調べたところ、異常はありませんでした。
entry-alerts-cleared-default = 問題が確認される前に、すべてのアラートが解消しました。
entry-reopened = 再開
entry-reopened-default = 問題が再発しました。
entry-moved = 日時変更
entry-moved-default = この作業の日時が変わりました。
entry-canceled = 中止
entry-canceled-default = この作業は行われません。
entry-update = 続報
entry-update-default = 続報が公開されました。

# Who acted.
who-someone = 不明なユーザー
who-schedule = スケジュール
who-you = あなた

# What somebody did to an incident: a sentence without its full stop. $who is a name or one of the words above.
did-declare = 報告（{ $who }）
did-plan = 予定を登録（{ $who }）
did-start = 開始（{ $who }）
did-confirm = 確認（{ $who }）
# $severity is a severity.
did-confirm-as = 「{ $severity }」として確認（{ $who }）
did-watch = 経過観察に変更（{ $who }）
did-end = 完了（{ $who }）
did-resolve = 解決（{ $who }）
did-dismiss = 誤報として却下（{ $who }）
did-dismiss-itself = すべてのアラートが解消したため自動的に却下
did-reopen = 再開（{ $who }）
did-cancel = 中止（{ $who }）
