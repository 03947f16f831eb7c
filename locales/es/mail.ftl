# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a heading, and the sentence below it.
notification-outage = Interrupción confirmada
notification-outage-sentence = Nuestro equipo ha confirmado una interrupción. Estamos trabajando en ello.
notification-partial = Interrupción parcial confirmada
notification-partial-sentence = Nuestro equipo ha confirmado que una parte no funciona. Estamos trabajando en ello.
notification-bug = Problema conocido confirmado
notification-bug-sentence = Nuestro equipo ha confirmado un pequeño problema. Estamos trabajando en ello.
notification-notice = Aviso
notification-notice-sentence = Es para su información; no hay nada averiado por ello.
notification-maintenance = Mantenimiento
notification-maintenance-sentence = Hay trabajos en curso.
notification-watching = Hay una solución aplicada
notification-watching-sentence = Debería volver a funcionar. Observamos si se mantiene.
notification-resolved = Resuelto
notification-resolved-sentence = El incidente está resuelto.
notification-maintenance-planned = Mantenimiento previsto
notification-maintenance-planned-sentence = Aquí se dice cuándo y qué cabe esperar.
notification-maintenance-started = El mantenimiento ha comenzado
notification-maintenance-started-sentence = Los trabajos previstos están en curso.
notification-maintenance-ended = El mantenimiento ha terminado
notification-maintenance-ended-sentence = Los trabajos previstos han terminado.
notification-maintenance-rescheduled = Mantenimiento cambiado de hora
notification-maintenance-rescheduled-sentence = Los trabajos previstos tienen otra hora.
notification-maintenance-canceled = Mantenimiento cancelado
notification-maintenance-canceled-sentence = Los trabajos previstos no se harán.

# An update that leaves the status as it is.
notification-update-watching = Novedades mientras observamos la solución
notification-update-watching-sentence = La solución está aplicada; aquí hay más detalles.
notification-update-resolved = Una nota posterior
notification-update-resolved-sentence = Ha terminado; aquí hay más detalles.
notification-update-maintenance = Novedades del mantenimiento
notification-update-maintenance-sentence = Esto es lo nuevo.
notification-update-outage = Novedades de la interrupción
notification-update-outage-sentence = Seguimos trabajando en ello.
notification-update-partial = Novedades de la interrupción parcial
notification-update-partial-sentence = Seguimos trabajando en ello.
notification-update-bug = Novedades del problema conocido
notification-update-bug-sentence = Seguimos trabajando en ello.
notification-update-notice = Novedades
notification-update-notice-sentence = Esto es lo nuevo.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = Previsto
fact-since = Desde
fact-from = Desde
fact-until = Hasta
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader’s time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# Buttons and links.
button-details = Ver los detalles
button-confirm = Confirmar la suscripción
button-manage = Gestionar la suscripción
button-unsubscribe = Darse de baja

# Subjects. $site is the page’s name, $title the incident’s.
subject-notification = { $state }: { $title } ({ $site })
subject-confirm = { $site }: confirme su suscripción, por favor
subject-already-subscribed = { $site }: ya tiene una suscripción

# Why the recipient gets it.
why-notification = Esta dirección está suscrita a los avisos de { $site }.
why-confirm = Si no fue usted, no haga nada: no volverá a tener noticias nuestras.
why-already-subscribed = Si no fue usted, no haga nada: nada ha cambiado.
subscription-ends = Esto ha terminado: este es el último mensaje al respecto y su suscripción ha finalizado.

confirm-heading = Confirme su suscripción, por favor
confirm-sentence = Alguien (esperamos que usted) ha pedido recibir las novedades de { $site } en esta dirección.
already-subscribed-heading = Ya tiene una suscripción
already-subscribed-sentence = Alguien (esperamos que usted) ha pedido recibir las novedades de { $site } en esta dirección. Ya las recibe; aquí puede cambiar su suscripción o darse de baja.
