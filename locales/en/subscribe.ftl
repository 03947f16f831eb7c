# The pages of subscribing, changing what one gets, and leaving.

subscribe-title = Get updates
subscribe-intro = We write when a person has confirmed an incident, when a fix is in place and when it is over, and about planned maintenance. Never because of an alarm that nobody has checked.
subscribe-button = Subscribe
# Stands under the form.
subscribe-promise = You get one message with a link to confirm. The address is used for these updates only, and erased as soon as you unsubscribe.
# Instead of the form, where nobody may subscribe.
subscribe-closed = You can’t subscribe here at the moment. You can follow the feeds below.
subscribe-busy = Too many people are subscribing right now. Please try again in an hour.
# On an incident’s page, and on that of maintenance: a link to the form.
subscribe-to-incident = Get updates on this incident
subscribe-to-maintenance = Get updates on this maintenance

# Where somebody is told.
channel-legend = Where should we write?
channel-mail = By e-mail
channel-slack = Slack, Mattermost or Rocket.Chat
channel-discord = Discord
channel-teams = Microsoft Teams
channel-webhook = A program of mine
email-label = Your e-mail address
channel-wrong = This isn’t offered here. Please choose another way.
email-wrong = This is not an e-mail address; it should look like name@example.org.
email-wrong-private = This address doesn’t lead to a mailbox on the internet.
email-wrong-letters = Our mail server can’t write to an address with these letters before the @. Please use another one.
email-wrong-unasked = We can’t reach our mail server at the moment to ask whether it takes these letters before the @. Please try again later, or use another address.
url-label = The address of the incoming webhook
# Where chats are offered, and where programs are; if both are, one stands behind the other.
url-hint-chat = You get it from your chat’s settings.
url-hint-program = For a program, any address that takes signed JSON (Standard Webhooks).
url-wrong-unreadable = This is not an address of the web; it should look like https://chat.example.org/hooks/…
url-wrong-long = This address is too long.
url-wrong-insecure = The address has to begin with https://.
url-wrong-credentials = The address must not have a user or a password in it.
url-wrong-port = This port is not one of the web; use 443, or one from 1024 on.
url-wrong-private = This address leads into a network that is not public.
url-wrong-ourselves = This is the address of this page itself.

# What somebody hears, and how.
wants-legend = What do you want to hear?
wants-all = Incidents and planned maintenance
wants-incidents = Incidents only
# $incident is its title, or its number such as “#7”.
wants-one = Only this: { $incident }
how-legend = In which language and time zone?
language-label = Language
zone-label = Time zone
# $zone is the site’s, such as Europe/Berlin.
zone-hint = Such as Europe/Berlin. Empty means { $zone }.
zone-wrong = This is not a time zone; it should look like Europe/Berlin.

# Said to everybody who gave an address.
sent-title = Check your mail
# $address is where the message went, shortened, such as “a…@example.org”.
sent-mail = We’ve sent a link to { $address }. If it isn’t subscribed yet, follow the link to confirm.
sent-hook-title = Check your channel
sent-hook = We’ve sent a link to { $address }. If it isn’t subscribed yet, follow the link to confirm.
# { $again } is a link, its words are `try-again`.
sent-late = Nothing has come after a few minutes? Look into the spam folder, or { $again }.
sent-hook-late = Nothing has come after a few minutes? Look whether the address is right, or { $again }.
try-again = try again

confirm-title = Confirm your subscription
# $site is the page’s name.
confirm-question = One more click, and we will write about incidents and maintenance of { $site }.
confirm-button = Yes, keep me updated
confirm-not-you = You didn’t ask for this? Then just close this page, and nothing will be sent.

confirmed-title = You are subscribed
confirmed-text = We will write when there is something to say. Each message has a link to change what you get, and to leave.
how-now = How things are now

manage-title = What you get
# $address is where they are told, shortened, such as “a…@example.org”.
manage-where = We write to { $address }.
manage-pending = This is not confirmed yet: nothing is sent before you follow the link to confirm.
manage-button = Save
manage-saved = Saved.
manage-secret = The secret with which our messages are signed
manage-secret-hint = Keep it in your program, and check each message with a library of Standard Webhooks. It is shown only now.
manage-leave = Leave

# $days is for how many days a link works; $address is where a new one is sent, shortened.
expired-title = This link has expired
expired-text = A link to a subscription works for { $days } days. We can send a new one to { $address }.
expired-button = Send a new link

unsubscribe-title = Unsubscribe?
unsubscribe-question = You will get no more messages about { $site }, and your address is erased.
unsubscribe-button = Yes, unsubscribe
unsubscribe-back = You can subscribe again at any time.
unsubscribed-title = You are unsubscribed
unsubscribed-text = Your address is erased, and nothing more is sent to it.
unsubscribed-before-title = This subscription has ended already
unsubscribed-before-text = The subscription that this link belongs to ended before, and its address was erased. If you still get messages, you have subscribed again since: each of them has a link to unsubscribe.
subscribe-again = Subscribe again
