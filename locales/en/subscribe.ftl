# The pages to subscribe, to change a subscription, and to unsubscribe.

subscribe-title = Get updates
subscribe-intro = We’ll notify you when an incident is confirmed, when a fix is in place, when it’s resolved, and about planned maintenance. Never for unverified alerts.
subscribe-button = Subscribe
# Below the form.
subscribe-promise = You’ll get one message with a link to confirm. We use the address only for these updates, and delete it as soon as you unsubscribe.
# Instead of the form, where subscribing is turned off.
subscribe-closed = You can’t subscribe here right now. You can follow the feeds below.
subscribe-busy = Too many people are subscribing right now. Please try again in an hour.
# A link to the form, on the page of an incident or of maintenance.
subscribe-to-incident = Get updates on this incident
subscribe-to-maintenance = Get updates on this maintenance

# The channel: how a subscriber is notified.
channel-legend = How should we reach you?
channel-mail = By e-mail
email-label = Your e-mail address
channel-wrong = This isn’t offered here. Please choose another option.
email-wrong = This is not an e-mail address; it should look like name@example.org.
email-wrong-private = This address doesn’t lead to a mailbox on the internet.
email-wrong-letters = Our mail server can’t write to an address with these letters before the @. Please use another one.
email-wrong-unasked = We can’t reach our mail server right now to ask whether it takes these letters before the @. Please try again later, or use another address.
url-label = The address of the incoming webhook
# Where chats are offered, and where webhooks are; both, if both are.
url-hint-chat = You get it from your chat’s settings.
url-hint-program = For a webhook, any address that takes signed JSON (Standard Webhooks).
url-wrong-unreadable = This is not a web address; it should look like https://chat.example.org/hooks/…
url-wrong-long = This address is too long.
url-wrong-insecure = The address must begin with https://.
url-wrong-credentials = The address must not contain a user name or a password.
url-wrong-port = This port isn’t allowed; use 443, or one from 1024 up.
url-wrong-private = This address points to a private network.
url-wrong-ourselves = This is the address of this very page.

# The preferences: which notifications, and in which form.
preferences-legend = What should we send you?
preferences-all = Incidents and planned maintenance
preferences-incidents = Incidents only
# $incident is its title, or its number such as “#7”.
preferences-one = Only this incident: { $incident }
how-legend = In which language and time zone?
language-label = Language
zone-label = Time zone
# $zone is the site’s, such as Europe/Berlin.
zone-hint = For example Europe/Berlin. Leave empty for { $zone }.
zone-wrong = This is not a time zone; it should look like Europe/Berlin.

# After the form: the same for every address, subscribed or not.
sent-title = Check your mail
# $address is where the message went, shortened, such as “a…@example.org”.
sent-mail = We’ve sent a link to { $address }. If it isn’t subscribed yet, follow the link to confirm.
sent-hook-title = Check your channel
sent-hook = We’ve sent a link to { $address }. If it isn’t subscribed yet, follow the link to confirm.
# $again is a link with the words of `try-again`.
sent-late = Nothing after a few minutes? Check your spam folder, or { $again }.
sent-hook-late = Nothing after a few minutes? Check the address, or { $again }.
try-again = try again

confirm-title = Confirm your subscription
# $site is the page’s name.
confirm-question = One more click, and we’ll write about incidents and maintenance of { $site }.
confirm-button = Yes, keep me updated
confirm-not-you = You didn’t ask for this? Just close this page, and nothing will be sent.

confirmed-title = You are subscribed
confirmed-text = We’ll write when there’s something to report. Each message has a link to change your subscription or to unsubscribe.
current-status-link = Current status

manage-title = Your subscription
# $address is where the notifications go, shortened, such as “a…@example.org”.
manage-where = We write to { $address }.
manage-pending = This isn’t confirmed yet: nothing is sent until you follow the link to confirm.
manage-button = Save
manage-saved = Saved.
manage-secret = The secret that signs our messages
manage-secret-hint = Keep it in your program, and check each message with a library of Standard Webhooks. It is shown only now.
manage-leave = Unsubscribe

# A link works for $days days. $address is where a new one is sent, shortened.
expired-title = This link has expired
expired-text = A link to a subscription works for { $days } days. We can send a new one to { $address }.
expired-button = Send a new link

unsubscribe-title = Unsubscribe?
unsubscribe-question = You’ll get no more messages about { $site }, and we’ll delete your address.
unsubscribe-button = Yes, unsubscribe
unsubscribe-back = You can subscribe again at any time.
unsubscribed-title = You are unsubscribed
unsubscribed-text = We’ve deleted your address. You’ll get no more messages.
unsubscribed-before-title = This subscription has already ended
unsubscribed-before-text = The subscription that this link belongs to ended earlier, and its address was deleted. If you still get messages, you have subscribed again since: each of them has a link to unsubscribe.
subscribe-again = Subscribe again
