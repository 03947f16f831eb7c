# How things stand. What monitoring suspects and what a person confirmed never sound alike.

# Kinds of incidents; also for the title of the window.
outage = 障害
partial-outage = 一部障害
known-problem = 既知の問題
maintenance = メンテナンス
notice = お知らせ
all-good = 正常
possible-problem = 問題の疑い
# The title of an incident that monitoring reported and nobody has confirmed.
possible-outage = 障害の疑い
resolved = 解決済み
false-alarm = 誤報

# The one honest sentence at the top of the page, and what kind of knowledge it is. $name is the name of the service.
verdict-outage = { $name }は停止しています
verdict-outage-knowledge = 担当者が障害を確認しました。対応しています。
verdict-partial = { $name }の一部が動作していません
verdict-partial-knowledge = 担当者が一部の障害を確認しました。対応しています。
verdict-suspected = { $name }に問題が起きているかもしれません
verdict-suspected-knowledge = 監視システムが問題の疑いを報告しています。担当者が調べています。
verdict-watching-short = 修正を適用しました
verdict-watching = { $name }は回復しつつあります
verdict-watching-knowledge = 修正を適用しました。安定するか見守っています。
verdict-watching-work-short = メンテナンス後の経過を見ています
verdict-watching-work = { $name }のメンテナンスは終わりました
verdict-watching-work-knowledge = すべてが正しく動作するか見守っています。
verdict-bug = { $name }に既知の問題があります
verdict-bug-knowledge = 担当者が確認しました。そのほかは動作しているはずです。
verdict-maintenance = { $name }はメンテナンス中です
verdict-maintenance-knowledge = 予定された作業です。しばらく利用できないものがあるかもしれません。
verdict-notice = { $name }は正常に動作しています。お知らせがあります
verdict-notice-knowledge = 故障は把握されていません。
verdict-good = { $name }は正常に動作しています
verdict-good-knowledge = 把握している問題はありません。
verdict-good-despite-alerts-knowledge = 担当者は問題を把握していません。

# What an incident is and how it stands.
standing-planned = メンテナンスの予定
standing-suspected = 疑い(未確認)
standing-outage = 障害、確認済み
standing-partial = 一部障害、確認済み
standing-bug = 既知の問題、確認済み
standing-maintenance = メンテナンス中
standing-maintenance-watched = メンテナンス終了、経過観察中
standing-watching = 修正適用済み、経過観察中
standing-called-off = メンテナンス中止
standing-maintenance-finished = メンテナンス完了
standing-notice-over = お知らせ(終了)
standing-outage-over = 障害、解決済み
standing-partial-over = 一部障害、解決済み
standing-bug-over = 既知の問題、解決済み
standing-missed = 予定時間が過ぎました（作業は未開始）

# The first word of an entry in a timeline, and what it says when nobody wrote anything.
entry-planned = 予定
entry-planned-usual = この作業が予告されました。
entry-suspected = 疑い
entry-suspected-usual = 監視システムが問題を報告しました。
entry-begun = 開始
entry-begun-usual = 作業を始めました。
entry-announced = お知らせ
entry-announced-usual = お知らせです。
entry-confirmed = 確認済み
entry-confirmed-usual = 担当者が確認しました。
entry-watching = 経過観察
entry-watching-usual = 修正を適用し、経過を見ています。
entry-finished = 完了
entry-finished-usual = 作業は終わりました。
entry-resolved-usual = 解決しました。
entry-false-alarm-usual = 担当者が調べたところ、異常はありませんでした。
entry-taken-back-usual = 問題が確認される前に、すべてのアラートが解消しました。
entry-reopened = 再開
entry-reopened-usual = 問題が再発しました。
entry-moved = 日時変更
entry-moved-usual = この作業の日時が変わりました。
entry-called-off = 中止
entry-called-off-usual = この作業は行われません。
entry-update = 続報
entry-update-usual = 続報が公開されました。
