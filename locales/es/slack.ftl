# Messages in Slack and over the team’s incoming webhook. $incident is a link or a title with a number,
# $time a point in time, $who a name, “the schedule”, “you” or “someone”.

# $did is a sentence of `words.ftl` that begins with `did-`, without its full stop.
slack-did-at = { $did }, { $time }.
slack-did = { $did }.
# A text follows on the next line.
slack-did-text = { $did }:

# Other thread notes.
slack-note-proposed = { $who } lo ha confirmado; una segunda persona también debe confirmarlo
slack-note-dismissed-itself = Descartado automáticamente porque ya no hay alertas activas; compruebe si era real
slack-note-work-done = { $who } indica que el mantenimiento ha terminado y está en observación
slack-note-work-goes-on = { $who } indica que el mantenimiento continúa
slack-note-fixed = { $who } indica que hay una solución aplicada
slack-note-not-fixed = { $who } indica que aún no está resuelto
slack-note-update = Novedad de { $who }
slack-note-corrected = { $who } ha corregido una novedad
slack-note-withdrawn = { $who } ha retirado una novedad
slack-note-severity = { $who } ha cambiado la gravedad a «{ $severity }»
slack-note-title = { $who } ha cambiado el título: { $title }
slack-note-summary = { $who } ha escrito el resumen
slack-note-no-summary = { $who } ha eliminado el resumen
# $times is one or both of the next two.
slack-note-times = { $who } ha corregido las horas: { $times }
slack-note-began = inicio { $time }
slack-note-ended = fin { $time }
slack-note-silenced = { $who } ha silenciado el incidente; ya no se avisa a los suscriptores
slack-note-unsilenced = { $who } ha vuelto a activar los avisos
# $window is a start and an end.
slack-note-planned = Previsto por { $who } para { $window }
slack-note-moved = Cambiado por { $who } a { $window }
slack-note-resolved-firing = { $count ->
    [one] Resuelto por { $who }, aunque aún hay una alerta activa
   *[other] Resuelto por { $who }, aunque aún hay { $count } alertas activas
}
# $link is `post-mortem`.
slack-note-postmortem = { $who } ha publicado: { $link }
slack-note-new-alert = Ha saltado una alerta nueva mientras se observa la solución: el problema puede haber vuelto. No se ha avisado a los suscriptores
slack-note-alert-again = Ha vuelto a saltar una alerta poco después de descartarse, así que vuelve a ser una sospecha
slack-meanwhile = Lo que ha pasado entretanto con { $incident }:
slack-earlier-notes = { $count ->
    [one] Hay 1 nota anterior en la página.
   *[other] Hay { $count } notas anteriores en la página.
}

# The root message. $status is severity and status.
slack-status-since = { $status }, desde { $time }
slack-status-lasted = { $status }. Duración: { $lasted }, desde { $time }.
slack-alerts-cleared = { $count ->
    [one] 1 alerta, ya no activa
   *[other] { $count } alertas, ninguna activa
}
slack-alerts-firing = { $count ->
    [one] 1 alerta activa
   *[other] { $count } alertas, todas activas
}
slack-alerts-some = { $count ->
    [one] { $count } alerta, aún activas: { $firing }
   *[other] { $count } alertas, aún activas: { $firing }
}
slack-nobody-notified = No se ha avisado a nadie.
slack-was-it-real = Compruébelo: ¿era real?
slack-auto-both = Empieza y termina automáticamente.
slack-auto-start = Empieza automáticamente; aquí se preguntará por el fin.
slack-auto-end = Aquí se preguntará por el inicio; termina automáticamente.
slack-auto-none = Aquí se preguntará por el inicio y el fin.
slack-ends-itself = Termina automáticamente: { $time }.
slack-starts-itself = Empieza automáticamente: { $time }.
# $what is a severity, a title, or both.
slack-would-be = Una vez confirmado será: { $what }.
slack-is-it-real = Aún no se ha avisado a nadie. *¿Es real?*
slack-is-it-real-two = Aún no se ha avisado a nadie. *¿Es real?* Deben confirmarlo dos personas.
slack-is-it-real-second = { $who } lo ha confirmado, { $time }. *Una segunda persona también debe confirmarlo.* Aún no se ha avisado a nadie.
slack-last-update = Última novedad de { $who }, { $time }
slack-last-update-edited = Última novedad de { $who }, { $time }, editada
slack-updates = { $count ->
    [one] 1 novedad
   *[other] { $count } novedades
}
slack-silent = silenciado: no se avisa a los suscriptores
slack-rest = El resto está en la página.

# Questions to everyone in the channel, and their answers.
slack-asked-start = { $incident }: el inicio previsto era { $time }.
slack-asked-missed = { $incident }: el plazo previsto terminó { $time } y los trabajos no llegaron a empezar.
slack-asked-end = { $incident }: el fin previsto era { $time }.
slack-asked-resolve = { $incident }: ya no hay alertas activas, { $time }.
slack-ask-start = ¿Empezar ahora, aplazar o cancelar?
slack-ask-end = ¿Ha terminado el mantenimiento?
slack-ask-resolve = ¿Darlo por resuelto?
slack-new-start-is = Nuevo inicio: { $time }.
slack-new-end-is = Nuevo fin: { $time }.
slack-came-back = Ha vuelto a saltar una alerta; no ha terminado.
slack-still-open = Sigue abierto: { $status }.

# Buttons.
slack-button-confirm = Sí, es un incidente real
slack-button-dismiss = Descartar
slack-button-details = Con detalles…
slack-button-real = Era real
slack-button-update = Publicar novedad
slack-button-resolve = Resolver
slack-button-start = Empezar ahora
slack-button-end = Terminar ahora
slack-button-longer = Tarda más
slack-button-postpone = Aplazar
slack-button-cancel = Cancelar
slack-button-declare = Declarar incidente
slack-button-plan = Prever mantenimiento
slack-open-page = Abrir la página
# What Slack asks before it does it: at most 30 characters on a button.
slack-dismiss-title = ¿Descartar este incidente?
slack-dismiss-why = Desaparece de la página pública, y su propia página dirá que fue una falsa alarma. No se ha avisado a nadie.
slack-dismiss-yes = Sí, falsa alarma
slack-dismiss-no = Todavía no
slack-cancel-title = ¿Cancelar este mantenimiento?
slack-cancel-why = El mantenimiento previsto no se hará. Se avisará de ello a quienes habían sido avisados del mantenimiento.
slack-cancel-yes = Cancelar mantenimiento
slack-cancel-no = Mantenerlo

# The slash command and the home tab. $page is a link to the page.
slack-more = Hay más de lo que cabe aquí. { $page }
slack-as-of = Estado a { $time }. { $page }
slack-nothing-yet = Aún no ha pasado nada. { $page }
slack-open = Abiertos
# $command and the words after it aren’t translated.
slack-help =
    `{ $command }` muestra el estado actual, con botones.
    `{ $command } declare` declara un incidente; `{ $command } declare El pago no funciona` le pone ese título.
    `{ $command } update` o `{ $command } update 7` publica una novedad.
    `{ $command } resolve` o `{ $command } resolve 7` termina un incidente.
slack-nothing-open = No hay ningún incidente abierto ni ningún mantenimiento previsto.
slack-which = ¿De qué incidente se trata?
slack-this-one = Este…
slack-see-all = Verlos todos en la página
slack-propose = ¿Publicar esto como novedad de { $incident }?
slack-propose-long = El texto es más largo de lo que admite el formulario; este contendrá el principio.
slack-propose-yes = Revisar…
slack-propose-no = Ahora no

# Forms: titles and the buttons at the bottom have at most 24 characters.
slack-form-confirm = Confirmar
slack-form-plan = Prever
slack-form-preview = Vista previa
slack-form-publish = Publicar
slack-form-cancel = Cancelar
slack-form-close = Cerrar
slack-field-title = Título
slack-field-severity = Gravedad
slack-field-status = Estado
slack-field-update = Novedad
slack-field-summary = Resumen
slack-hint-summary = Una o dos frases, que se muestran encima de todas las novedades.
slack-field-known = Lo que sabemos
slack-field-happened = Lo que ha pasado
slack-field-expect = Qué cabe esperar
slack-field-why = Por qué
slack-field-began = Inicio
slack-hint-began = Déjelo vacío si acaba de empezar.
slack-field-start = Inicio
slack-field-end = Fin
slack-field-new-start = Nuevo inicio
slack-field-new-end = Nuevo fin
slack-field-auto = Cuando llegue el momento
slack-box-start = Empezar automáticamente
slack-box-end = Terminar automáticamente
slack-hint-auto = Si no, se preguntará en el hilo.
slack-field-alerts = Alertas
slack-box-alerts = Las alertas nuevas se unen a este incidente
slack-hint-alerts = Si no, abren su propio incidente sospechoso.
# Options: at most 75 characters.
slack-choice-outage = Interrupción: no funciona
slack-choice-partial = Interrupción parcial: una parte no funciona
slack-choice-bug = Problema conocido: un fallo pequeño
slack-choice-notice = Aviso: a título informativo
slack-choice-maintenance = Mantenimiento: trabajos previstos
slack-choice-confirmed = Confirmado: estamos trabajando en ello
slack-choice-watching = En observación: hay una solución aplicada
slack-choice-resolved = Resuelto: ha terminado
slack-choice-work-started = En curso
slack-choice-work-watching = Terminado, en observación
slack-choice-work-finished = Terminado
slack-choose-one = Elija una opción de la lista.
slack-choose-time = Elija un día y una hora.
slack-title-invalid = El título debe tener entre 1 y { $most } caracteres.
slack-text-invalid = El texto está vacío.
slack-still-firing = ⚠️ La supervisión no está de acuerdo: { $alerts }
slack-second-person = Una segunda persona también debe confirmarlo. Antes no se avisa a nadie.

# Who is notified. $number is the count with its digits in groups.
slack-notifies = { $count ->
    [one] Avisa a 1 suscriptor.
   *[other] Avisa a { $number } suscriptores.
}
slack-notify = { $count ->
    [one] Avisar a 1 suscriptor
   *[other] Avisar a { $number } suscriptores
}
# How many of them can’t get their e-mail right now.
slack-waiting = { $count ->
    [one] 1 de ellos tiene que esperar a un servidor de correo.
   *[other] { $number } de ellos tienen que esperar a un servidor de correo.
}
slack-no-subscribers = Aún no hay suscriptores.
slack-who-is-notified = A quién se avisa
slack-why-silent = El incidente está silenciado: no se avisa a los suscriptores.
slack-why-unconfirmed = No se avisa a los suscriptores: nadie lo ha confirmado.
slack-why-nothing-new = No se avisa a los suscriptores: no hay novedad ni estado nuevo.
slack-preview = Esto es lo que verán los lectores. Cambie lo que quiera abajo, o publíquelo.
slack-and-so-on = … y así sucesivamente.
slack-form-outdated = Este formulario está anticuado o se ha modificado por el camino. No se ha hecho nada. Vuelva a abrirlo, por favor.
slack-same-time = Ese ya es el horario previsto.
slack-no-change = No cambiaría nada. Escriba una novedad, o cambie un campo de abajo.

# Why somebody may not act, and what else can fail. $error is a technical reason in English.
slack-not-done = No se ha hecho
slack-denied-no-channel = Candor aún no sabe en qué canal de Slack trabaja, así que no se ha hecho nada. Vuelva a intentarlo dentro de un minuto. Si persiste, `candor slack check` dice por qué.
slack-denied-other-workspace = Usted pertenece a otro espacio de trabajo que esta página de estado, así que no se ha hecho nada.
slack-denied-not-member = Solo pueden hacerlo los miembros del canal de Slack de la página de estado, así que no se ha hecho nada. Únase al canal y vuelva a intentarlo.
slack-denied-not-in-group = Solo pueden hacerlo los miembros del grupo que lleva la página de estado, así que no se ha hecho nada.
slack-denied-unknown = Slack no dice en este momento si usted puede hacerlo, así que no se ha hecho nada. Vuelva a intentarlo en un momento, o use el mensaje del canal de Slack de la página de estado.
slack-not-posted = De acuerdo, no se ha publicado nada.
slack-no-trigger = Slack no ha permitido abrir el formulario. Vuelva a intentarlo, por favor.
slack-form-failed = No se ha podido abrir el formulario ({ $error }).
slack-message-gone = Ese mensaje ya no existe, o Candor no puede leerlo.
slack-message-unreadable = No se puede leer el mensaje ({ $error }).
slack-log-unreadable = Candor no puede leer su registro en este momento. Vuelva a intentarlo, por favor.

# The app itself, as Slack lists it: description at most 140 characters, shortcut at most 24, about at least 175.
# $name is what the page calls itself; $command isn’t translated.
slack-app-name = Página de estado
slack-app-description = Incidentes en { $name }: confirmarlos, actualizarlos y resolverlos
slack-app-about = Avisa al equipo cuando la monitorización sospecha un problema, en un mensaje con dos botones: ¿incidente real o falsa alarma? Los suscriptores de { $name } solo reciben avisos de lo que una persona ha confirmado. Publique actualizaciones, resuelva incidentes y prevea mantenimientos sin salir de Slack: desde el mensaje, la pestaña de inicio, el comando { $command } o un atajo. Cada incidente tiene su propio hilo, cuyo primer mensaje muestra siempre el estado actual.
slack-shortcut-declare = Abrir un formulario para declarar un incidente
slack-shortcut-plan = Abrir un formulario para anunciar trabajos previstos
slack-shortcut-update = Publicar actualización
slack-shortcut-update-description = Publicar este mensaje como actualización de un incidente
slack-command-description = Mostrar el estado actual, con botones
