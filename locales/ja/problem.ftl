# Errors, on pages and in JSON (RFC 9457): a title, and a sentence that says what is wrong.

problem-not-found = 見つかりません
problem-not-found-why = このアドレスには何もありません。
# A link to the incident, on the error page for an address that ends with its number.
problem-did-you-mean = インシデント #{ $number } をお探しですか？
problem-dead-link = このリンクは使えません
problem-dead-link-why = このリンクは無効か、期限が切れています。いつでも登録し直せます。
problem-method = 許可されていないメソッド
# $allow lists what it accepts, such as “GET, HEAD”.
problem-method-why = このアドレスで使えるのは { $allow } だけです。
problem-cross-site = 別のサイトからの送信
problem-cross-site-why = このフォームは別のサイトから送信されました。ここで開いて、もう一度送信してください。
problem-unauthorized = 認証されていません
problem-wrong-secret = シークレットがないか、正しくありません。
problem-wrong-signature = 署名がないか、正しくありません。
problem-content-type = コンテンツタイプが違います
# $wanted is such as “application/json”.
problem-content-type-why = 本文は { $wanted } として送信してください。
problem-encoding = 不明なエンコーディング
# $encoding is what the request calls it, in quotation marks.
problem-encoding-why = エンコーディング { $encoding } には対応していません。本文はそのまま、または gzip か deflate で圧縮して送信してください。
problem-too-large = サイズが大きすぎます
problem-too-large-why = 本文が { $limit } バイトを超えています。
problem-timeout = タイムアウトしました
problem-timeout-why = リクエストに時間がかかりすぎました。

# One title; the sentences below say what is wrong.
problem-bad-request = 無効なリクエスト
problem-unintelligible = リクエストを解釈できません。
problem-body-incomplete = 本文が途中で終わっています。
problem-body-not-compressed = 本文が Content-Encoding のとおりに圧縮されていません。
problem-body-not-json-or-form = 本文が JSON でもフォームでもありません。
problem-form-unreadable = フォームを読み取れません。
# $error is a technical reason in English, here and below.
problem-alert-unreadable = アラートを読み取れません：{ $error }
# $name is the parameter’s name in quotation marks.
problem-parameter-repeated = パラメーター { $name } が複数回指定されています。
problem-parameter-number = パラメーター { $name } は { $least } から { $most } までの整数にしてください。
problem-parameter-words = パラメーター { $name } を読み取れません：{ $error }
problem-parameter-time = パラメーター { $name } は、2026-11-21T14:05:00Z や 2026-11-21T15:05:00+01:00 のようなタイムゾーン付きの時刻、または 2026-11-21 のような日付にしてください。
# $known lists the parameters that there are.
problem-parameter-unknown = パラメーター { $name } はここにはありません。使えるもの：{ $known }

problem-too-many = リクエストが多すぎます
problem-too-many-why = お使いのアドレスからのリクエストが多すぎます。{ $seconds }秒後にもう一度お試しください。
problem-too-many-viewers = 閲覧者が多すぎます
problem-too-many-viewers-why = お使いのアドレスから、または全体で、接続中の閲覧者が多すぎます。代わりにときどきページを再読み込みしてください。
problem-refused = 拒否されました
problem-refused-why = 何も変更されていません：{ $error }
problem-conflict = 競合
problem-conflict-why = このリクエストの ID は、すでに別のリクエストで使われています。
problem-unavailable = 一時的に利用できません
problem-unavailable-why = 現在は保存できません。何も変更されていません。もう一度お試しください。
# The same for programs, with the reason.
problem-unavailable-because = 現在は保存できません：{ $error }。もう一度お試しください。
problem-not-ready = 状況を把握できません
problem-not-ready-why = 現在、自身の記録を読み取れないため、状況をお伝えできません。もう一度お試しください。
problem-busy = 混み合っています
problem-busy-why = 現在、過去の記録へのアクセスが集中しています。もう一度お試しください。
problem-internal = 内部エラー
problem-internal-why = こちら側で問題が起きました。

# An incident by its number, and by its title.
incident-number = インシデント #{ $number }
incident-quoted = 「{ $title }」（#{ $number }）

# Why a command changed nothing: in Slack and on the command line. $incident is one of the two above, $status its status.
refused-no-incident = インシデント #{ $number } はありません。
# $did is what somebody else did, a sentence of `words.ftl`.
refused-already = { $incident } はすでに変更されています。{ $did }（{ $time }）
refused-not-suspected = { $incident }：{ $status }。確認や却下ができるのは「疑い」の間だけです。
refused-same-person = { $incident } はすでにあなたが確認しました。もう1人の確認が必要です。
refused-not-dismissed = { $incident }：{ $status }。却下したものだけを、本当の障害に変えられます。
refused-not-confirmed = { $incident } はまだ「疑い」です。先に確認か却下をしてください。
refused-not-started = { $incident } はまだ始まっていません。先に開始か中止をしてください。
refused-not-over = { $incident }：{ $status }。終わった後に行えます。
refused-was-dismissed = { $incident } は却下されています。本当の障害だった場合は、先にそう指定してください。
refused-under-way = { $incident } は進行中です。変更できるのは終了時刻だけです。
refused-canceled = { $incident } は中止されています。新しく予定してください。
refused-not-planned = { $incident }：{ $status }。まだ始まっていないメンテナンスでだけ行えます。
refused-not-running = { $incident }：{ $status }。進行中のメンテナンスでだけ行えます。
refused-not-maintenance = { $incident } はメンテナンスではありません。メンテナンスを予定してください。
refused-stays-maintenance = { $incident } はメンテナンスのままです。問題が起きた場合はインシデントを報告してください。
refused-not-declarable = 報告できるのは、確認済み、経過観察、解決済みのいずれかです。
refused-has-no-end = 進行中のインシデントに終了時刻はありません。空欄にするか、解決済みとして報告してください。
refused-not-a-status = 続報で指定できるのは確認済みか経過観察です。終了するには解決済みにしてください。
refused-no-update = { $incident } にその続報はもうありません。
refused-no-text = 状況を書いてください。新しいステータスには本文が必要です。
refused-end-first = 終了は開始より後にしてください。
refused-future = その時刻はまだ来ていません。
refused-over = その時刻は過ぎています。もっと後の終了時刻を選んでください。
refused-nothing = 変更がありません。
refused-nameless = これは人だけが行える操作ですが、利用者が誰かわかりません。
