# The public pages. $time is a time with its zone; $title what an incident is called; $name the name of the service.

# The frame
title-of-window = { $title } · { $name } 稼働状況
brand = { $name } 稼働状況
skip-to-content = 本文へ移動
# Names the navigation for screen readers.
pages = ページ
get-updates = 通知を受け取る
contact = 連絡先
times-are-in = 時刻は { $zone } です。
# Stands unseen before the language's own name.
language = 言語：
two-sentences = { $first }。{ $second }
how-things-are-now = 現在の状況

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

# The evidence below the verdict, and the facts of an incident: short phrases in one line.
since = { $time } から
reported = 報告 { $time }
no-problem-since = { $time } から問題なし
last-update = 最新の更新 { $time }
# $seq is the number of an event.
generated = ページ作成 { $time }、イベント { $seq } より
alerts = 監視システムのアラート{ $count }件
planned-until = { $time } までの予定
# $span is from when to when.
was-planned-for = 予定 { $span }
# $lasted is how long.
span-and-how-long = { $span }({ $lasted })
add-to-calendar = カレンダーに追加
# $standing is how it stands: “Resolved 14:05 UTC after 9 min”.
ended-after = { $standing } { $time }({ $lasted })
standing-of = { $standing }：{ $title }

# False alarms: $link is “A possible problem”.
a-possible-problem = 問題の疑い
was-a-false-alarm = { $link }が { $began } に報告されましたが、{ $ended } に誤報とわかりました。
is-a-false-alarm = { $link }が { $began } に報告されましたが、誤報とわかりました。

# An incident
timeline = 経過
all-entries = 全{ $count }件の記録
edited-at = { $time } に編集。
withdrawn-at = ここにあった記述は { $time } に撤回されました。
what-we-learnt = わかったこと
what-we-learnt-from-it = この件からわかったこと
what-we-learnt-from = わかったこと：{ $title }
published = 公開 { $time }
back-to-the-incident = インシデントとその経過

# Errors
problem-not-found = 見つかりません
problem-not-found-why = このアドレスには何もありません。
problem-dead-link = このリンクは使えません
problem-dead-link-why = このリンクは無効か、期限が切れています。いつでも登録し直せます。
problem-not-ready = 状況を把握できません
problem-not-ready-why = 現在、自身の記録を読み取れないため、状況をお伝えできません。もう一度お試しください。
problem-unavailable = 一時的に利用できません
problem-unavailable-why = 現在は保存できません。何も変更されていません。もう一度お試しください。
problem-internal = 内部エラー
problem-internal-why = こちら側で問題が起きました。
problem-too-many = リクエストが多すぎます
problem-too-many-why = お使いのアドレスからのリクエストが多すぎます。{ $seconds }秒後にもう一度お試しください。
