# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a verdict, and the sentence that stands under it.
told-outage = Interrupción confirmada
told-outage-sentence = Nuestro equipo ha confirmado una interrupción. Estamos trabajando en ello.
told-partial = Interrupción parcial confirmada
told-partial-sentence = Nuestro equipo ha confirmado que una parte no funciona. Estamos trabajando en ello.
told-bug = Problema conocido confirmado
told-bug-sentence = Nuestro equipo ha confirmado un pequeño problema. Estamos trabajando en ello.
told-notice = Aviso
told-notice-sentence = Es para su información; no hay nada averiado por ello.
told-maintenance = Mantenimiento
told-maintenance-sentence = Hay trabajos en curso.
told-watching = Hay una solución aplicada
told-watching-sentence = Debería volver a funcionar. Observamos si se mantiene.
told-resolved = Resuelto
told-resolved-sentence = El incidente está resuelto.
told-maintenance-planned = Mantenimiento previsto
told-maintenance-planned-sentence = Aquí se dice cuándo y qué cabe esperar.
told-maintenance-started = El mantenimiento ha comenzado
told-maintenance-started-sentence = Los trabajos previstos están en curso.
told-maintenance-ended = El mantenimiento ha terminado
told-maintenance-ended-sentence = Los trabajos previstos han terminado.
told-maintenance-rescheduled = Mantenimiento cambiado de hora
told-maintenance-rescheduled-sentence = Los trabajos previstos tienen otra hora.
told-maintenance-canceled = Mantenimiento cancelado
told-maintenance-canceled-sentence = Los trabajos previstos no se harán.

# News without a new status.
told-news-watching = Novedades mientras observamos la solución
told-news-watching-sentence = La solución está aplicada; aquí hay más detalles.
told-news-resolved = Una nota posterior
told-news-resolved-sentence = Ha terminado; aquí hay más detalles.
told-news-maintenance = Novedades del mantenimiento
told-news-maintenance-sentence = Esto es lo nuevo.
told-news-outage = Novedades de la interrupción
told-news-outage-sentence = Seguimos trabajando en ello.
told-news-partial = Novedades de la interrupción parcial
told-news-partial-sentence = Seguimos trabajando en ello.
told-news-bug = Novedades del problema conocido
told-news-bug-sentence = Seguimos trabajando en ello.
told-news-notice = Novedades
told-news-notice-sentence = Esto es lo nuevo.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = Previsto
fact-since = Desde
fact-from = Desde
fact-until = Hasta
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader's time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# What can be done.
do-details = Ver los detalles
do-confirm = Confirmar la suscripción
do-manage = Gestionar la suscripción
do-unsubscribe = Darse de baja

# Subjects. $site is the page's name, $title the incident's.
subject-notice = { $state }: { $title } ({ $site })
subject-confirm = { $site }: confirme su suscripción, por favor
subject-known = { $site }: ya tiene una suscripción

# Why somebody gets it.
why-notice = Esta dirección está suscrita a los avisos de { $site }.
why-confirm = Si no fue usted, no haga nada: no volverá a tener noticias nuestras.
why-known = Si no fue usted, no haga nada: nada ha cambiado.
subscription-ends = Esto ha terminado: este es el último mensaje al respecto y su suscripción ha finalizado.

confirm-verdict = Confirme su suscripción, por favor
confirm-sentence = Alguien (esperamos que usted) ha pedido recibir las novedades de { $site } en esta dirección.
known-verdict = Ya tiene una suscripción
known-sentence = Alguien (esperamos que usted) ha pedido recibir las novedades de { $site } en esta dirección. Ya las recibe; aquí puede cambiar su suscripción o darse de baja.
