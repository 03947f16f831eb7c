# Headline, severities, statuses. What monitoring suspects and what a person confirmed never sound alike.

# Severities; also in the title of the window.
outage = Interrupción
partial-outage = Interrupción parcial
known-problem = Problema conocido
maintenance = Mantenimiento
notice = Aviso
all-good = Todo en orden
possible-problem = Posible problema
# The title of an incident that monitoring reported and no person has confirmed.
possible-outage = Posible interrupción
resolved = Resuelto
false-alarm = Falsa alarma

# The headline of the page, and how we know. $name is the name of the service.
headline-outage = { $name } no funciona
headline-outage-knowledge = Nuestro equipo ha confirmado una interrupción. Estamos trabajando en ello.
headline-partial = Una parte de { $name } no funciona
headline-partial-knowledge = Nuestro equipo ha confirmado una interrupción parcial. Estamos trabajando en ello.
headline-suspected = Es posible que { $name } tenga problemas
headline-suspected-knowledge = Nuestra supervisión señala un posible problema. Nuestro equipo lo está comprobando.
headline-watching-short = Hay una solución aplicada
headline-watching = { $name } se está recuperando
headline-watching-knowledge = Hay una solución aplicada. Observamos si se mantiene.
headline-watching-maintenance-short = En observación tras el mantenimiento
headline-watching-maintenance = El mantenimiento de { $name } ha terminado
headline-watching-maintenance-knowledge = Observamos si todo funciona como debe.
headline-bug = { $name } tiene un problema conocido
headline-bug-knowledge = Nuestro equipo lo ha confirmado. Todo lo demás debería funcionar.
headline-maintenance = { $name } está en mantenimiento
headline-maintenance-knowledge = Son trabajos previstos. Algo puede no estar disponible durante un tiempo.
headline-notice = { $name } funciona con normalidad, con un aviso
headline-notice-knowledge = No consta que nada esté averiado.
headline-good = { $name } funciona con normalidad
headline-good-knowledge = No hay problemas conocidos.
# Instead, while an alert still fires that a person found to be a false alarm, or whose incident is over.
headline-good-despite-alerts-knowledge = A nuestro equipo no le consta ningún problema.

# Severity and status of an incident.
status-planned = Mantenimiento previsto
status-suspected = Sospecha, sin confirmar
status-outage = Interrupción confirmada
status-partial = Interrupción parcial confirmada
status-bug = Problema conocido, confirmado
status-maintenance = Mantenimiento en curso
status-maintenance-watching = Mantenimiento terminado, en observación
status-watching = Solución aplicada, en observación
status-canceled = Mantenimiento cancelado
status-maintenance-finished = Mantenimiento terminado
status-notice-ended = Aviso terminado
status-outage-resolved = Interrupción resuelta
status-partial-resolved = Interrupción parcial resuelta
status-bug-resolved = Problema conocido, resuelto
status-missed = Plazo previsto terminado, trabajos sin iniciar

# The first word of a timeline entry, and its text when nobody wrote one.
entry-planned = Previsto
entry-planned-default = Se anunciaron estos trabajos.
entry-suspected = Sospecha
entry-suspected-default = La supervisión señaló un problema.
entry-started = Comenzado
entry-started-default = Los trabajos han comenzado.
entry-announced = Anunciado
entry-announced-default = A título informativo.
entry-confirmed = Confirmado
entry-confirmed-default = Nuestro equipo lo ha confirmado.
entry-watching = En observación
entry-watching-default = Hay una solución aplicada, y se está observando.
entry-finished = Terminado
entry-finished-default = Los trabajos han terminado.
entry-resolved-default = El incidente está resuelto.
entry-false-alarm-default = Nuestro equipo lo comprobó y vio que no pasaba nada.
entry-alerts-cleared-default = Todas las alertas cesaron antes de que alguien confirmara un problema.
entry-reopened = Reabierto
entry-reopened-default = El problema ha vuelto.
entry-moved = Cambiado
entry-moved-default = Estos trabajos se han cambiado a otro momento.
entry-canceled = Cancelado
entry-canceled-default = Estos trabajos no se harán.
entry-update = Novedad
entry-update-default = Se publicó una novedad.

# Who acted.
who-someone = alguien
who-schedule = el calendario
who-you = usted

# What somebody did to an incident: a sentence without its full stop. $who is a name or one of the words above.
did-declare = Declarado por { $who }
did-plan = Previsto por { $who }
did-start = Iniciado por { $who }
did-confirm = Confirmado por { $who }
# $severity is a severity.
did-confirm-as = Confirmado por { $who } como «{ $severity }»
did-watch = Puesto en observación por { $who }
did-end = Terminado por { $who }
did-resolve = Resuelto por { $who }
did-dismiss = Descartado como falsa alarma por { $who }
did-dismiss-itself = Descartado automáticamente porque ya no hay alertas activas
did-reopen = Reabierto por { $who }
did-cancel = Cancelado por { $who }
