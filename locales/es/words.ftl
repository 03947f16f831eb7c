# How things stand. What monitoring suspects and what a person confirmed never sound alike.

# Kinds of incidents; also for the title of the window.
outage = Interrupción
partial-outage = Interrupción parcial
known-problem = Problema conocido
maintenance = Mantenimiento
notice = Aviso
all-good = Todo en orden
possible-problem = Posible problema
# The title of an incident that monitoring reported and nobody has confirmed.
possible-outage = Posible interrupción
resolved = Resuelto
false-alarm = Falsa alarma

# The one honest sentence at the top of the page, and what kind of knowledge it is. $name is the name of the service.
verdict-outage = { $name } no funciona
verdict-outage-knowledge = Nuestro equipo ha confirmado una interrupción. Estamos trabajando en ello.
verdict-partial = Una parte de { $name } no funciona
verdict-partial-knowledge = Nuestro equipo ha confirmado una interrupción parcial. Estamos trabajando en ello.
verdict-suspected = Es posible que { $name } tenga problemas
verdict-suspected-knowledge = Nuestra supervisión señala un posible problema. Nuestro equipo lo está comprobando.
verdict-watching-short = Hay una solución aplicada
verdict-watching = { $name } se está recuperando
verdict-watching-knowledge = Hay una solución aplicada. Observamos si se mantiene.
verdict-watching-work-short = En observación tras el mantenimiento
verdict-watching-work = El mantenimiento de { $name } ha terminado
verdict-watching-work-knowledge = Observamos si todo funciona como debe.
verdict-bug = { $name } tiene un problema conocido
verdict-bug-knowledge = Nuestro equipo lo ha confirmado. Todo lo demás debería funcionar.
verdict-maintenance = { $name } está en mantenimiento
verdict-maintenance-knowledge = Son trabajos previstos. Algo puede no estar disponible durante un tiempo.
verdict-notice = { $name } funciona con normalidad, con un aviso
verdict-notice-knowledge = No consta que nada esté averiado.
verdict-good = { $name } funciona con normalidad
verdict-good-knowledge = No hay problemas conocidos.
verdict-good-despite-alerts-knowledge = A nuestro equipo no le consta ningún problema.

# What an incident is and how it stands.
standing-planned = Mantenimiento previsto
standing-suspected = Sospecha, sin confirmar
standing-outage = Interrupción confirmada
standing-partial = Interrupción parcial confirmada
standing-bug = Problema conocido, confirmado
standing-maintenance = Mantenimiento en curso
standing-maintenance-watched = Mantenimiento terminado, en observación
standing-watching = Solución aplicada, en observación
standing-called-off = Mantenimiento cancelado
standing-maintenance-finished = Mantenimiento terminado
standing-notice-over = Aviso terminado
standing-outage-over = Interrupción resuelta
standing-partial-over = Interrupción parcial resuelta
standing-bug-over = Problema conocido, resuelto
standing-missed = Plazo previsto terminado, trabajos sin iniciar

# The first word of an entry in a timeline, and what it says when nobody wrote anything.
entry-planned = Previsto
entry-planned-usual = Se anunciaron estos trabajos.
entry-suspected = Sospecha
entry-suspected-usual = La supervisión señaló un problema.
entry-begun = Comenzado
entry-begun-usual = Los trabajos han comenzado.
entry-announced = Anunciado
entry-announced-usual = A título informativo.
entry-confirmed = Confirmado
entry-confirmed-usual = Nuestro equipo lo ha confirmado.
entry-watching = En observación
entry-watching-usual = Hay una solución aplicada, y se está observando.
entry-finished = Terminado
entry-finished-usual = Los trabajos han terminado.
entry-resolved-usual = El incidente está resuelto.
entry-false-alarm-usual = Nuestro equipo lo comprobó y vio que no pasaba nada.
entry-taken-back-usual = Todas las alertas cesaron antes de que alguien confirmara un problema.
entry-reopened = Reabierto
entry-reopened-usual = El problema ha vuelto.
entry-moved = Cambiado
entry-moved-usual = Estos trabajos se han cambiado a otro momento.
entry-called-off = Cancelado
entry-called-off-usual = Estos trabajos no se harán.
entry-update = Novedad
entry-update-usual = Se publicó una novedad.
