# The pages to subscribe, to change a subscription, and to unsubscribe.

subscribe-title = Benachrichtigt werden
subscribe-intro = Wir schreiben, wenn ein Mensch einen Vorfall bestätigt hat, wenn eine Lösung eingespielt ist und wenn es vorbei ist, und bei geplanter Wartung. Nie wegen eines Alarms, den niemand geprüft hat.
subscribe-button = Anmelden
# Below the form.
subscribe-promise = Sie bekommen eine Nachricht mit einem Link zum Bestätigen. Die Adresse wird nur für diese Nachrichten verwendet und gelöscht, sobald Sie sich abmelden.
# Instead of the form, where subscribing is turned off.
subscribe-closed = Anmelden ist hier zurzeit nicht möglich. Den Feeds unten können Sie folgen.
subscribe-busy = Gerade melden sich zu viele an. Bitte versuchen Sie es in einer Stunde noch einmal.
# A link to the form, on the page of an incident or of maintenance.
subscribe-to-incident = Neues zu diesem Vorfall bekommen
subscribe-to-maintenance = Neues zu dieser Wartung bekommen

# The channel: how a subscriber is notified.
channel-legend = Wie können wir Sie erreichen?
channel-mail = Per E-Mail
email-label = Ihre E-Mail-Adresse
channel-wrong = Das wird hier nicht angeboten. Bitte wählen Sie einen anderen Weg.
email-wrong = Das ist keine E-Mail-Adresse; sie sollte aussehen wie name@example.org.
email-wrong-private = Diese Adresse führt zu keinem Postfach im Internet.
email-wrong-letters = Unser Mailserver kann keine Adresse mit diesen Buchstaben vor dem @ erreichen. Bitte nehmen Sie eine andere.
email-wrong-unasked = Wir erreichen unseren Mailserver gerade nicht, um zu fragen, ob er diese Buchstaben vor dem @ annimmt. Bitte versuchen Sie es später noch einmal, oder nehmen Sie eine andere Adresse.
url-label = Die Adresse des eingehenden Webhooks
# Where chats are offered, and where webhooks are; both, if both are.
url-hint-chat = Sie finden sie in den Einstellungen Ihres Chats.
url-hint-program = Für ein Programm: jede Adresse, die signiertes JSON annimmt (Standard Webhooks).
url-wrong-unreadable = Das ist keine Web-Adresse; sie sollte aussehen wie https://chat.example.org/hooks/…
url-wrong-long = Diese Adresse ist zu lang.
url-wrong-insecure = Die Adresse muss mit https:// beginnen.
url-wrong-credentials = Die Adresse darf weder Benutzer noch Passwort enthalten.
url-wrong-port = Dieser Port ist keiner des Webs; nehmen Sie 443 oder einen ab 1024.
url-wrong-private = Diese Adresse führt in ein Netz, das nicht öffentlich ist.
url-wrong-ourselves = Das ist die Adresse dieser Seite selbst.

# The preferences: which notifications, and in which form.
preferences-legend = Worüber möchten Sie benachrichtigt werden?
preferences-all = Vorfälle und geplante Wartung
preferences-incidents = Nur Vorfälle
# $incident is its title, or its number such as “#7”.
preferences-one = Nur dies: { $incident }
how-legend = In welcher Sprache und Zeitzone?
language-label = Sprache
zone-label = Zeitzone
# $zone is the site’s, such as Europe/Berlin.
zone-hint = Zum Beispiel Europe/Berlin. Leer bedeutet { $zone }.
zone-wrong = Das ist keine Zeitzone; sie sollte aussehen wie Europe/Berlin.

# After the form: the same for every address, subscribed or not.
sent-title = Sehen Sie in Ihr Postfach
# $address is where the message went, shortened, such as “a…@example.org”.
sent-mail = Wir haben einen Link an { $address } geschickt. Wenn die Adresse noch nicht angemeldet ist, bestätigen Sie mit dem Link.
sent-hook-title = Sehen Sie in Ihren Kanal
sent-hook = Wir haben einen Link an { $address } geschickt. Wenn die Adresse noch nicht angemeldet ist, bestätigen Sie mit dem Link.
# $again is a link with the words of `try-again`.
sent-late = Nach einigen Minuten nichts angekommen? Sehen Sie im Spam-Ordner nach, oder { $again }.
sent-hook-late = Nach einigen Minuten nichts angekommen? Sehen Sie nach, ob die Adresse stimmt, oder { $again }.
try-again = versuchen Sie es noch einmal

confirm-title = Bestätigen Sie Ihre Anmeldung
# $site is the page’s name.
confirm-question = Noch ein Klick, und wir schreiben Ihnen über Vorfälle und Wartung von { $site }.
confirm-button = Ja, halten Sie mich auf dem Laufenden
confirm-not-you = Sie haben das nicht gewünscht? Dann schließen Sie einfach diese Seite; es wird nichts verschickt.

confirmed-title = Sie sind angemeldet
confirmed-text = Wir schreiben, wenn es etwas zu sagen gibt. In jeder Nachricht steht ein Link, mit dem Sie ändern können, was kommt, oder sich abmelden.
current-status-link = Aktueller Status

manage-title = Ihr Abonnement
# $address is where the notifications go, shortened, such as “a…@example.org”.
manage-where = Wir schreiben an { $address }.
manage-pending = Das ist noch nicht bestätigt: Es wird nichts verschickt, bevor Sie dem Link zum Bestätigen folgen.
manage-button = Speichern
manage-saved = Gespeichert.
manage-secret = Der Schlüssel, mit dem unsere Nachrichten signiert sind
manage-secret-hint = Bewahren Sie ihn in Ihrem Programm auf und prüfen Sie jede Nachricht mit einer Bibliothek für Standard Webhooks. Er wird nur jetzt angezeigt.
manage-leave = Abmelden

# A link works for $days days. $address is where a new one is sent, shortened.
expired-title = Dieser Link ist abgelaufen
expired-text = Ein Link zu einem Abonnement gilt { $days } Tage. Wir können einen neuen an { $address } schicken.
expired-button = Neuen Link schicken

unsubscribe-title = Abmelden?
unsubscribe-question = Sie bekommen keine Nachrichten über { $site } mehr, und Ihre Adresse wird gelöscht.
unsubscribe-button = Ja, abmelden
unsubscribe-back = Sie können sich jederzeit wieder anmelden.
unsubscribed-title = Sie sind abgemeldet
unsubscribed-text = Ihre Adresse ist gelöscht, und es wird nichts mehr an sie verschickt.
unsubscribed-before-title = Dieses Abonnement ist schon beendet
unsubscribed-before-text = Das Abonnement, zu dem dieser Link gehört, wurde schon früher beendet und seine Adresse gelöscht. Wenn Sie noch Nachrichten bekommen, haben Sie sich inzwischen wieder angemeldet: In jeder steht ein Link zum Abmelden.
subscribe-again = Wieder anmelden
