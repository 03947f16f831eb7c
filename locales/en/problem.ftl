# Errors, on pages and in JSON (RFC 9457): a title, and a sentence that says what is wrong.

problem-not-found = Not found
problem-not-found-why = There is nothing at this address.
# A link to the incident, on the error page for an address that ends with its number.
problem-did-you-mean = Did you mean incident #{ $number }?
problem-dead-link = This link doesn’t work
problem-dead-link-why = This link isn’t valid, or no longer is. You can subscribe again at any time.
problem-method = Method not allowed
# $allow lists what it accepts, such as “GET, HEAD”.
problem-method-why = This address accepts only { $allow }.
problem-cross-site = Sent from another site
problem-cross-site-why = This form was submitted from another site. Please open it here and submit it again.
problem-unauthorized = Unauthorized
problem-wrong-secret = The secret is missing or wrong.
problem-wrong-signature = The signature is missing or wrong.
problem-content-type = Wrong content type
# $wanted is such as “application/json”.
problem-content-type-why = The body must be sent as { $wanted }.
problem-encoding = Unknown encoding
# $encoding is what the request calls it, in quotation marks.
problem-encoding-why = The encoding { $encoding } isn’t supported. Send the body as it is, or compressed with gzip or deflate.
problem-too-large = Too large
problem-too-large-why = The body is larger than { $limit } bytes.
problem-timeout = Request timed out
problem-timeout-why = The request took too long.

# One title; the sentences below say what is wrong.
problem-bad-request = Bad request
problem-unintelligible = The request can’t be understood.
problem-body-incomplete = The body ended too early.
problem-body-not-compressed = The body isn’t compressed as Content-Encoding says.
problem-body-not-json-or-form = The body is neither JSON nor a form.
problem-form-unreadable = The form can’t be read.
# $error is a technical reason in English, here and below.
problem-alert-unreadable = The alert can’t be read: { $error }.
# $name is the parameter’s name in quotation marks.
problem-parameter-repeated = The parameter { $name } is given more than once.
problem-parameter-number = The parameter { $name } must be a whole number from { $least } to { $most }.
problem-parameter-words = The parameter { $name } can’t be read: { $error }.
problem-parameter-time = The parameter { $name } must be a time with its zone, such as 2026-11-21T14:05:00Z or 2026-11-21T15:05:00+01:00, or a day, such as 2026-11-21.
# $known lists the parameters that there are.
problem-parameter-unknown = There is no parameter { $name } here. These can be used: { $known }.

problem-too-many = Too many requests
problem-too-many-why = { $seconds ->
    [one] Too many requests came from your address. Please try again in one second.
   *[other] Too many requests came from your address. Please try again in { $seconds } seconds.
}
problem-too-many-viewers = Too many viewers
problem-too-many-viewers-why = Too many viewers are connected, from your address or in all. Please reload the page now and then instead.
problem-refused = Refused
problem-refused-why = Nothing was changed: { $error }.
problem-conflict = Conflict
problem-conflict-why = This request’s id was already used for another request.
problem-unavailable = Temporarily unavailable
problem-unavailable-why = This can’t be saved right now, and nothing was changed. Please try again.
# The same for programs, with the reason.
problem-unavailable-because = This can’t be saved right now: { $error }. Please try again.
problem-not-ready = The status isn’t known
problem-not-ready-why = We can’t read our own log right now, so we can’t tell the current status. Please try again.
problem-busy = Busy
problem-busy-why = The archive is busy right now. Please try again.
problem-internal = Internal error
problem-internal-why = Something went wrong on our side.

# An incident by its number, and by its title.
incident-number = Incident #{ $number }
incident-quoted = “{ $title }” (#{ $number })

# Why a command changed nothing: in Slack and on the command line. $incident is one of the two above, $status its status.
refused-no-incident = There’s no incident #{ $number }.
# $did is what somebody else did, a sentence of `words.ftl`.
refused-already = { $incident } has already changed. { $did } ({ $time }).
refused-not-suspected = { $incident }: { $status }. Only suspected incidents can be confirmed or dismissed.
refused-same-person = You already confirmed { $incident }. Now a second person has to confirm it, too.
refused-not-dismissed = { $incident }: { $status }. Only dismissed incidents can turn out to be real.
refused-not-confirmed = { $incident } is only suspected. Confirm or dismiss it first.
refused-not-started = { $incident } hasn’t started. Start or cancel it first.
refused-not-over = { $incident }: { $status }. You can do this once it’s over.
refused-was-dismissed = { $incident } was dismissed. If it was real, say so first.
refused-under-way = { $incident } is under way. Only its end can be moved.
refused-canceled = { $incident } was canceled. Plan new maintenance instead.
refused-not-planned = { $incident }: { $status }. You can do this only with maintenance that hasn’t started.
refused-not-running = { $incident }: { $status }. You can do this only with maintenance that is under way.
refused-not-maintenance = { $incident } isn’t maintenance. Plan maintenance instead.
refused-stays-maintenance = { $incident } is maintenance and stays that. If something goes wrong, declare an incident.
refused-not-declarable = Declare an incident as confirmed, monitoring or resolved.
refused-has-no-end = An ongoing incident has no end. Leave the end empty, or declare it as resolved.
refused-not-a-status = An update can set the status to confirmed or monitoring. To end the incident, resolve it.
refused-no-update = { $incident } no longer has this update.
refused-no-text = Please say what’s going on: a new status needs a text.
refused-end-first = The end must be after the start.
refused-future = This time is in the future.
refused-over = This time has passed. Choose a later end.
refused-nothing = Nothing would change.
refused-nameless = Only a person can do this, and it isn’t known who you are.
