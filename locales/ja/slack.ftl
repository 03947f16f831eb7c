# Messages in Slack and over the team’s incoming webhook. $incident is a link or a title with a number,
# $time a point in time, $who a name, “the schedule”, “you” or “someone”.

# $did is a sentence of `words.ftl` that begins with `did-`, without its full stop.
slack-did-at = { $did } { $time }
slack-did = { $did }
# A text follows on the next line.
slack-did-text = { $did }：

# Other thread notes.
slack-note-proposed = 確認（{ $who }）。もう1人の確認が必要です
slack-note-dismissed-itself = すべてのアラートが解消したため自動的に却下しました。本当の障害だったか確認してください
slack-note-work-done = メンテナンス終了、経過観察中（{ $who }）
slack-note-work-goes-on = メンテナンス継続中（{ $who }）
slack-note-fixed = 修正を適用（{ $who }）
slack-note-not-fixed = まだ解決していません（{ $who }）
slack-note-update = 続報（{ $who }）
slack-note-corrected = 続報を訂正（{ $who }）
slack-note-withdrawn = 続報を取り下げ（{ $who }）
slack-note-severity = 重大度を「{ $severity }」に変更（{ $who }）
slack-note-title = タイトルを変更 { $title }（{ $who }）
slack-note-summary = 概要を記入（{ $who }）
slack-note-no-summary = 概要を削除（{ $who }）
# $times is one or both of the next two.
slack-note-times = 時刻を訂正 { $times }（{ $who }）
slack-note-began = 開始 { $time }
slack-note-ended = 終了 { $time }
slack-note-silenced = 通知をオフにしました。購読者には通知されません（{ $who }）
slack-note-unsilenced = 通知を再びオンにしました（{ $who }）
# $window is a start and an end.
slack-note-planned = 予定を登録 { $window }（{ $who }）
slack-note-moved = 日時を変更 { $window }（{ $who }）
slack-note-resolved-firing = { $count }件のアラートが継続中のまま解決（{ $who }）
# $link is `post-mortem`.
slack-note-postmortem = 公開 { $link }（{ $who }）
slack-note-new-alert = 修正後の経過観察中に新しいアラートが発生しました。再発の可能性があります。購読者には通知していません
slack-note-alert-again = 却下の直後に再びアラートが発生したため、再び「疑い」になりました
slack-meanwhile = この間の { $incident } の経過：
slack-earlier-notes = それ以前の{ $count }件はページにあります。

# The root message. $status is severity and status.
slack-status-since = { $status } { $time } から
slack-status-lasted = { $status }。継続時間 { $lasted }、開始 { $time }
slack-alerts-cleared = アラート{ $count }件、すべて解消
slack-alerts-firing = アラート{ $count }件、すべて継続中
slack-alerts-some = アラート{ $count }件、うち継続中 { $firing }件
slack-nobody-notified = 誰にも通知していません。
slack-was-it-real = 本当の障害だったか確認してください。
slack-auto-both = 自動的に開始し、自動的に終了します。
slack-auto-start = 自動的に開始します。終了についてはここで確認します。
slack-auto-end = 開始についてはここで確認します。自動的に終了します。
slack-auto-none = 開始と終了についてはここで確認します。
slack-ends-itself = 自動終了 { $time }
slack-starts-itself = 自動開始 { $time }
# $what is a severity, a title, or both.
slack-would-be = 確認後の内容：{ $what }
slack-is-it-real = まだ誰にも通知していません。 *本当の障害ですか？*
slack-is-it-real-two = まだ誰にも通知していません。 *本当の障害ですか？* 2人の確認が必要です。
slack-is-it-real-second = { $who } が確認しました（{ $time }）。 *もう1人の確認が必要です。* まだ誰にも通知していません。
slack-last-update = 最新の続報 { $who } { $time }
slack-last-update-edited = 最新の続報 { $who } { $time }（編集済み）
slack-updates = 続報{ $count }件
slack-silent = 通知オフ（購読者には通知されません）
slack-rest = 続きはページにあります。

# Questions to everyone in the channel, and their answers.
slack-asked-start = { $incident }：予定の開始時刻は { $time } でした。
slack-asked-missed = { $incident }：予定時間は { $time } に終わりましたが、作業は始まりませんでした。
slack-asked-end = { $incident }：予定の終了時刻は { $time } でした。
slack-asked-resolve = { $incident }：すべてのアラートが解消しました（{ $time }）。
slack-ask-start = 今すぐ開始、延期、中止のどれにしますか？
slack-ask-end = メンテナンスは終わりましたか？
slack-ask-resolve = 解決済みにしますか？
slack-new-start-is = 新しい開始時刻 { $time }
slack-new-end-is = 新しい終了時刻 { $time }
slack-came-back = 再びアラートが発生しました。まだ解決していません。
slack-still-open = まだ対応中：{ $status }

# Buttons.
slack-button-confirm = はい、本当の障害です
slack-button-dismiss = 却下
slack-button-details = 詳細を入力…
slack-button-real = 本当の障害だった
slack-button-update = 続報を投稿
slack-button-resolve = 解決済みにする
slack-button-start = 今すぐ開始
slack-button-end = 今すぐ終了
slack-button-longer = まだかかる
slack-button-postpone = 延期
slack-button-cancel = 中止
slack-button-declare = インシデントを報告
slack-button-plan = メンテナンスを予定
slack-open-page = ページを開く
# What Slack asks before it does it: at most 30 characters on a button.
slack-dismiss-title = このインシデントを却下しますか？
slack-dismiss-why = 公開ページから消え、個別ページには誤報だったと表示されます。誰にも通知していません。
slack-dismiss-yes = はい、誤報です
slack-dismiss-no = まだしない
slack-cancel-title = このメンテナンスを中止しますか？
slack-cancel-why = 予定のメンテナンスは行われません。通知を受けた人には、中止も通知されます。
slack-cancel-yes = メンテナンスを中止
slack-cancel-no = 中止しない

# The slash command and the home tab. $page is a link to the page.
slack-more = ここに収まらないものがあります。 { $page }
slack-as-of = { $time } 現在。 { $page }
slack-nothing-yet = まだ何も起きていません。 { $page }
slack-open = 対応中
# $command and the words after it aren’t translated.
slack-help =
    `{ $command }` 現在の状況をボタン付きで表示します。
    `{ $command } declare` インシデントを報告します。`{ $command } declare 決済が停止` とするとその題名になります。
    `{ $command } update` または `{ $command } update 7` 続報を投稿します。
    `{ $command } resolve` または `{ $command } resolve 7` インシデントを終了します。
slack-nothing-open = 対応中のインシデントも、予定のメンテナンスもありません。
slack-which = どのインシデントについてですか？
slack-this-one = これ…
slack-see-all = すべてをページで見る
slack-propose = これを { $incident } の続報として公開しますか？
slack-propose-long = フォームに収まらない長さのため、冒頭だけが入ります。
slack-propose-yes = 内容を確認…
slack-propose-no = 今はしない

# Forms: titles and the buttons at the bottom have at most 24 characters.
slack-form-confirm = 確認
slack-form-plan = 予定する
slack-form-preview = プレビュー
slack-form-publish = 公開
slack-form-cancel = キャンセル
slack-form-close = 閉じる
slack-field-title = タイトル
slack-field-severity = 重大度
slack-field-status = ステータス
slack-field-update = 続報
slack-field-summary = 概要
slack-hint-summary = すべての続報の上に表示される1、2文です。
slack-field-known = わかっていること
slack-field-happened = 起きたこと
slack-field-expect = 予想される影響
slack-field-why = 理由
slack-field-began = 開始
slack-hint-began = たった今始まった場合は空欄にしてください。
slack-field-start = 開始
slack-field-end = 終了
slack-field-new-start = 新しい開始
slack-field-new-end = 新しい終了
slack-field-auto = 時刻になったら
slack-box-start = 自動的に開始する
slack-box-end = 自動的に終了する
slack-hint-auto = 自動でないものはスレッドで確認します。
slack-field-alerts = アラート
slack-box-alerts = 新しいアラートをこのインシデントに含める
slack-hint-alerts = 含めない場合は、別の「疑い」になります。
# Options: at most 75 characters.
slack-choice-outage = 障害：停止しています
slack-choice-partial = 一部障害：一部が停止しています
slack-choice-bug = 既知の問題：小さな不具合です
slack-choice-notice = お知らせ：ご案内のみです
slack-choice-maintenance = メンテナンス：予定された作業です
slack-choice-confirmed = 確認済み：対応しています
slack-choice-watching = 経過観察：修正を適用しました
slack-choice-resolved = 解決済み：終わりました
slack-choice-work-started = 作業中
slack-choice-work-watching = 終了、経過観察中
slack-choice-work-finished = 完了
slack-choose-one = 一覧から選んでください。
slack-choose-time = 日付と時刻を選んでください。
slack-title-invalid = タイトルは1～{ $most }文字にしてください。
slack-text-invalid = 本文が空です。
slack-still-firing = ⚠️ 監視システムは異なる状態を示しています：{ $alerts }
slack-second-person = もう1人の確認が必要です。それまでは誰にも通知されません。

# Who is notified. $number is the count with its digits in groups.
slack-notifies = { $number }人の購読者に通知します。
slack-notify = { $number }人の購読者に通知する
# How many of them can’t get their e-mail right now.
slack-waiting = うち{ $number }人はメールサーバー待ちです。
slack-no-subscribers = まだ購読者はいません。
slack-who-is-notified = 通知先
slack-why-silent = 通知がオフのため、購読者には通知されません。
slack-why-unconfirmed = 誰も確認していないため、購読者には通知されません。
slack-why-nothing-new = 続報も新しいステータスもないため、購読者には通知されません。
slack-preview = 閲覧者にはこのように表示されます。下で変更するか、公開してください。
slack-and-so-on = …（以下省略）
slack-form-outdated = このフォームは古いか、途中で変更されています。何も行われていません。もう一度開いてください。
slack-same-time = すでにその日時になっています。
slack-no-change = 変更がありません。続報を書くか、下の項目を変更してください。

# Why somebody may not act, and what else can fail. $error is a technical reason in English.
slack-not-done = 実行されませんでした
slack-denied-no-channel = Candor はまだ使用する Slack チャンネルを把握していないため、何も行われていません。1分後にもう一度お試しください。続く場合は `candor slack check` で理由がわかります。
slack-denied-other-workspace = このステータスページとは別のワークスペースに属しているため、何も行われていません。
slack-denied-not-member = ステータスページの Slack チャンネルのメンバーだけが行えるため、何も行われていません。チャンネルに参加してから、もう一度お試しください。
slack-denied-not-in-group = ステータスページを担当するユーザーグループだけが行えるため、何も行われていません。
slack-denied-unknown = 権限を Slack に確認できないため、何も行われていません。しばらくしてからもう一度試すか、ステータスページの Slack チャンネルにあるメッセージをお使いください。
slack-not-posted = わかりました。何も投稿していません。
slack-no-trigger = Slack の都合でフォームを開けませんでした。もう一度お試しください。
slack-form-failed = フォームを開けませんでした（{ $error }）。
slack-message-gone = そのメッセージはもうないか、Candor が読み取れません。
slack-message-unreadable = メッセージを読み取れません（{ $error }）。
slack-log-unreadable = Candor は現在、記録を読み取れません。もう一度お試しください。

# The app itself, as Slack lists it: description at most 140 characters, shortcut at most 24, about at least 175.
# $name is what the page calls itself; $command isn’t translated.
slack-app-name = ステータスページ
slack-app-description = { $name } のインシデントを確認・更新・解決します
slack-app-about = 監視が問題の可能性を検知すると、2つのボタンが付いた1件のメッセージでチームに知らせます。実際のインシデントか、誤報かを選べます。{ $name } の購読者に通知されるのは、担当者が確認したことだけです。Slack から離れずに、更新の投稿、インシデントの解決、メンテナンスの予定ができます。チャンネルのメッセージ、ホームタブ、{ $command } コマンド、ショートカットから操作してください。インシデントごとにスレッドがあり、その最初のメッセージには常に現在の状況が表示されます。
slack-shortcut-declare = インシデントを報告するフォームを開く
slack-shortcut-plan = 予定された作業を知らせるフォームを開く
slack-shortcut-update = 更新として投稿
slack-shortcut-update-description = このメッセージをインシデントの更新として公開する
slack-command-description = 現在の状況をボタン付きで表示する
