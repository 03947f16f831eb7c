# Errors, on pages and in JSON (RFC 9457): a title, and a sentence that says what is wrong.

problem-not-found = No encontrado
problem-not-found-why = No hay nada en esta dirección.
# A link to the incident, on the error page for an address that ends with its number.
problem-did-you-mean = ¿Quería decir el incidente n.º { $number }?
problem-dead-link = Este enlace no funciona
problem-dead-link-why = Este enlace no es válido, o ya no lo es. Puede volver a suscribirse en cualquier momento.
problem-method = Método no permitido
# $allow lists what it accepts, such as “GET, HEAD”.
problem-method-why = Esta dirección solo acepta { $allow }.
problem-cross-site = Enviado desde otro sitio
problem-cross-site-why = Este formulario se ha enviado desde otro sitio. Ábralo aquí y envíelo de nuevo, por favor.
problem-unauthorized = No autorizado
problem-wrong-secret = El secreto falta o no es correcto.
problem-wrong-signature = La firma falta o no es correcta.
problem-content-type = Tipo de contenido incorrecto
# $wanted is such as “application/json”.
problem-content-type-why = El contenido debe enviarse como { $wanted }.
problem-encoding = Codificación desconocida
# $encoding is what the request calls it, in quotation marks.
problem-encoding-why = La codificación { $encoding } no se admite. Envíe el contenido tal cual, o comprimido con gzip o deflate.
problem-too-large = Demasiado grande
problem-too-large-why = El contenido supera los { $limit } bytes.
problem-timeout = Tiempo agotado
problem-timeout-why = La solicitud ha tardado demasiado.

# One title; the sentences below say what is wrong.
problem-bad-request = Solicitud incorrecta
problem-unintelligible = La solicitud no se puede entender.
problem-body-incomplete = El contenido está incompleto.
problem-body-not-compressed = El contenido no está comprimido como indica Content-Encoding.
problem-body-not-json-or-form = El contenido no es JSON ni un formulario.
problem-form-unreadable = No se puede leer el formulario.
# $error is a technical reason in English, here and below.
problem-alert-unreadable = No se puede leer la alerta: { $error }.
# $name is the parameter’s name in quotation marks.
problem-parameter-repeated = El parámetro { $name } aparece más de una vez.
problem-parameter-number = El parámetro { $name } debe ser un número entero de { $least } a { $most }.
problem-parameter-words = No se puede leer el parámetro { $name }: { $error }.
problem-parameter-time = El parámetro { $name } debe ser una hora con su zona, como 2026-11-21T14:05:00Z o 2026-11-21T15:05:00+01:00, o un día, como 2026-11-21.
# $known lists the parameters that there are.
problem-parameter-unknown = Aquí no existe el parámetro { $name }. Se pueden usar: { $known }.

problem-too-many = Demasiadas solicitudes
problem-too-many-why = { $seconds ->
    [one] Han llegado demasiadas solicitudes desde su dirección. Vuelva a intentarlo dentro de un segundo, por favor.
   *[other] Han llegado demasiadas solicitudes desde su dirección. Vuelva a intentarlo dentro de { $seconds } segundos, por favor.
}
problem-too-many-viewers = Demasiados visitantes
problem-too-many-viewers-why = Hay demasiados visitantes conectados, desde su dirección o en total. En su lugar, recargue la página de vez en cuando.
problem-refused = Rechazado
problem-refused-why = No se ha cambiado nada: { $error }.
problem-conflict = Conflicto
problem-conflict-why = El identificador de esta solicitud ya se usó para otra.
problem-unavailable = No disponible por ahora
problem-unavailable-why = Esto no se puede guardar en este momento, y no se ha cambiado nada. Vuelva a intentarlo, por favor.
# The same for programs, with the reason.
problem-unavailable-because = Esto no se puede guardar en este momento: { $error }. Vuelva a intentarlo, por favor.
problem-not-ready = El estado no se conoce
problem-not-ready-why = No podemos leer nuestro propio registro en este momento, así que no podemos decir cómo está todo. Vuelva a intentarlo, por favor.
problem-busy = Ocupado
problem-busy-why = El archivo está muy solicitado en este momento. Vuelva a intentarlo, por favor.
problem-internal = Error interno
problem-internal-why = Algo ha fallado por nuestra parte.

# An incident by its number, and by its title.
incident-number = Incidente n.º { $number }
incident-quoted = «{ $title }» (#{ $number })

# Why a command changed nothing: in Slack and on the command line. $incident is one of the two above, $status its status.
refused-no-incident = No existe el incidente n.º { $number }.
# $did is what somebody else did, a sentence of `words.ftl`.
refused-already = { $incident } ya ha cambiado. { $did } ({ $time }).
refused-not-suspected = { $incident }: { $status }. Solo se pueden confirmar o descartar las sospechas.
refused-same-person = Usted ya ha confirmado { $incident }. Ahora debe confirmarlo una segunda persona.
refused-not-dismissed = { $incident }: { $status }. Solo lo descartado puede resultar ser real.
refused-not-confirmed = { $incident } es solo una sospecha. Confírmelo o descártelo primero.
refused-not-started = { $incident } aún no ha empezado. Inícielo o cancélelo primero.
refused-not-over = { $incident }: { $status }. Podrá hacerlo cuando haya terminado.
refused-was-dismissed = { $incident } se descartó. Si era real, indíquelo primero.
refused-under-way = { $incident } está en curso. Solo se puede cambiar el fin.
refused-canceled = { $incident } se canceló. Prevea un mantenimiento nuevo.
refused-not-planned = { $incident }: { $status }. Solo es posible con un mantenimiento que no haya empezado.
refused-not-running = { $incident }: { $status }. Solo es posible con un mantenimiento en curso.
refused-not-maintenance = { $incident } no es un mantenimiento. Prevea un mantenimiento.
refused-stays-maintenance = { $incident } es un mantenimiento y lo seguirá siendo. Si algo va mal, declare un incidente.
refused-not-declarable = Un incidente se declara como confirmado, en observación o resuelto.
refused-has-no-end = Un incidente en curso no tiene fin. Deje el fin vacío, o declárelo como resuelto.
refused-not-a-status = Una novedad puede poner el estado en confirmado o en observación. Para terminar el incidente, resuélvalo.
refused-no-update = { $incident } ya no tiene esa novedad.
refused-no-text = Explique qué pasa: un estado nuevo necesita un texto.
refused-end-first = El fin debe ser posterior al inicio.
refused-future = Esa hora está en el futuro.
refused-over = Esa hora ya ha pasado. Elija un fin posterior.
refused-nothing = No cambiaría nada.
refused-nameless = Solo puede hacerlo una persona, y no se sabe quién es usted.
