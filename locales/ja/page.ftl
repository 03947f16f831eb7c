# The public pages. $time is a time with its zone, $title an incident’s title, $name the name of the service.

# The frame
title-of-window = { $title } · { $name } 稼働状況
brand = { $name } 稼働状況
skip-to-content = 本文へ移動
# Names the navigation for screen readers.
pages = ページ
get-updates = 通知を受け取る
contact = 連絡先
times-are-in = 時刻は { $zone } です。
# For screen readers only, before the language’s own name.
language = 言語：
two-sentences = { $first }。{ $second }
current-status = 現在の状況

# The front page
being-checked = 調査中
happening-now = 発生中
planned = 予定
more-planned = この後、さらに{ $count }件の予定があります。
last-24-hours = 過去24時間
nothing-to-report = お知らせすることはありません。
nothing-else = ほかにはありません。
and-more = ほか{ $count }件。
last-known = { $time } 時点の最後の状況：
last-known-why = 現在、記録を読み取れません。

# The evidence below the headline, and the facts of an incident: short phrases in one line.
since = { $time } から
no-problem-since = { $time } から問題なし
generated = 更新 { $time }
# $seq is the number of an event; shown while the pointer rests on the time.
event-number = イベント { $seq }
alerts = 監視システムのアラート{ $count }件
planned-until = { $time } までの予定
# $span is a start and an end.
was-planned-for = 予定 { $span }
# $lasted is a duration.
span-and-how-long = { $span }({ $lasted })
add-to-calendar = カレンダーに追加
# $status is the status: “Resolved 14:05 UTC after 9 min”.
ended-after = { $status } { $time }({ $lasted })
status-and-title = { $status }：{ $title }

# False alarms: $link is “A possible problem”.
a-possible-problem = 問題の疑い
was-a-false-alarm = { $link }が { $began } に報告されましたが、{ $ended } に誤報とわかりました。
is-a-false-alarm = { $link }が { $began } に報告されましたが、誤報とわかりました。

# An incident
timeline = 経過
all-entries = 全{ $count }件の記録
edited-at = { $time } に編集。
withdrawn-at = ここにあった記述は { $time } に撤回されました。
post-mortem = 事後報告
read-post-mortem = 事後報告を読む
post-mortem-of = 事後報告：{ $title }
published = 公開 { $time }
back-to-the-incident = インシデントとその経過
# $from and $to each have a start and an end.
moved-from-to = { $from } から { $to } に変更。
# Follows the time of a change: “14:08 UTC · after 3 min”.
after-how-long = { $lasted }後
# Follows “Edited at 14:23 UTC.”
previous-version = 以前の内容を表示
previous-version-until = { $time } までの記述：

# The page as it was at an earlier time
as-of = { $from } から続くページの内容です。
as-of-until = { $from } から { $until } までのページの内容です。
as-of-moment = { $from } の一時点のページの内容です。
go-to-current-page = 現在のページへ
page-as-it-was = 当時のページ

# The last 14 days; a line may stand for several quiet days: “7 – 17 Nov”.
last-14-days = 過去14日間

# The history. $period is a year or a month, $count how many.
history = 履歴
history-of = { $period }の履歴
history-described = { $name } の{ $title }：インシデント、メンテナンスと所要時間
last-12-months = 過去12か月
month-by-month = 月別
as-a-list = すべてのインシデント
by-year = 年別
all-of-the-history = すべての履歴
all-of-the-month = この月のすべて
older-by-month = それより前の{ $count }件は各月にあります。
other-months = ほかの月
other-days = ほかの日
# Names the list of what the colors in the calendars mean.
legend = 色の意味
incidents = インシデント
false-alarms = 誤報
count-incidents = インシデント{ $count }件
count-maintenances = メンテナンス{ $count }件
count-false-alarms = 誤報{ $count }件
# $median and $longest are durations.
took-until-confirmed = 確認までの時間：中央値 { $median }、最長 { $longest }
took-until-resolved = 解決までの時間：中央値 { $median }、最長 { $longest }
figures-by-month = 月別の数値(時間は中央値)
month = 月
until-confirmed = 確認まで
until-resolved = 終了まで

# Feeds and calendars
feed-title = { $name } 稼働状況
feed-description = 担当者が確認した { $name } のインシデントとメンテナンスの予定です。
feed-withdrawn = ここにあった記述は撤回されました。
feed-more = すべての記録はインシデントのページにあります。
calendar-name = { $name }：メンテナンス

# The banner on other sites
widget-hide = このメッセージを隠す

# The page for people who run another site or program
integrate = 埋め込みとAPI
integrate-title = このステータスを埋め込む
integrate-what = ほかのサイトやプログラムで状況を示す方法です。すべて公開されており、クッキーは使いません。
integrate-badge = バッジ
integrate-badge-why = README やフッターに置ける、常に現在の状況を示す画像です。
integrate-frame = フレーム
integrate-frame-why = 現在の状況と発生中の事柄を、ほかのページの一部として表示します。明るいページにも暗いページにも合い、スクリプトは不要です。
integrate-banner = バナー
integrate-banner-why = 確認済みのインシデントがある間だけバナーを表示する1行です。このページにつながらないときは、何も起きません。
integrate-error-page = エラーページ
integrate-error-page-why = 自分の「問題が起きました」ページ用です。問題が把握されていれば、そう伝えます。待つのは最長3秒で、周りのページを壊すことはありません。
integrate-feeds = フィードとカレンダー
integrate-feeds-why = フィードリーダーとカレンダー向けです。追記があると、項目が先頭に移ります。
integrate-api = API
integrate-api-why = Statuspage の公開 API と同じ形の JSON、その履歴フィード、そして独自の API です。
