# The public pages. $time is a time with its zone, $title an incident’s title, $name the name of the service.

# The frame
title-of-window = { $title } · Estado de { $name }
brand = Estado de { $name }
skip-to-content = Ir al contenido
# Names the navigation for screen readers.
pages = Páginas
get-updates = Recibir avisos
contact = Contacto
times-are-in = Horas en la zona { $zone }.
# For screen readers only, before the language’s own name.
language = Idioma:
two-sentences = { $first }. { $second }
current-status = Estado actual

# The front page
being-checked = En comprobación
happening-now = En este momento
planned = Previsto
more-planned = { $count ->
    [one] Después hay uno más previsto.
   *[other] Después hay { $count } más previstos.
}
last-24-hours = Últimas 24 horas
nothing-to-report = Sin novedades.
nothing-else = Nada más.
and-more = { $count ->
    [one] Y uno más.
   *[other] Y { $count } más.
}
last-known = Último estado conocido, { $time }:
last-known-why = el registro no se puede leer en este momento.

# The evidence below the headline, and the facts of an incident: short phrases in one line.
since = Desde { $time }
no-problem-since = Sin problemas desde { $time }
generated = Actualizado { $time }
# $seq is the number of an event; shown while the pointer rests on the time.
event-number = Evento { $seq }
alerts = { $count ->
    [one] 1 alerta de la supervisión
   *[other] { $count } alertas de la supervisión
}
planned-until = Previsto hasta { $time }
# $span is a start and an end.
was-planned-for = Estaba previsto: { $span }
# $lasted is a duration.
span-and-how-long = { $span } ({ $lasted })
add-to-calendar = Añadir al calendario
# $status is the status: “Resolved 14:05 UTC after 9 min”.
ended-after = { $status } { $time }, después de { $lasted }
status-and-title = { $status }: { $title }

# False alarms: $link is “A possible problem”.
a-possible-problem = Un posible problema
was-a-false-alarm = { $link } fue señalado ({ $began }) y resultó ser una falsa alarma ({ $ended }).
is-a-false-alarm = { $link } fue señalado ({ $began }) y resultó ser una falsa alarma.

# An incident
timeline = Cronología
all-entries = { $count ->
    [one] La única entrada
   *[other] Las { $count } entradas
}
edited-at = Editado { $time }.
withdrawn-at = Lo que decía aquí fue retirado ({ $time }).
post-mortem = Post mortem
read-post-mortem = Leer el post mortem
post-mortem-of = Post mortem: { $title }
published = Publicado { $time }
back-to-the-incident = El incidente y su cronología
# $from and $to each have a start and an end.
moved-from-to = Cambiado de { $from } a { $to }.
# Follows the time of a change: “14:08 UTC · after 3 min”.
after-how-long = después de { $lasted }
# Follows “Edited at 14:23 UTC.”
previous-version = Mostrar la versión anterior
previous-version-until = Hasta { $time } decía:

# The page as it was at an earlier time
as-of = Así está la página desde { $from }.
as-of-until = Así estaba la página desde { $from } hasta { $until }.
as-of-moment = Así estuvo la página un momento: { $from }.
go-to-current-page = Ir a la página actual
page-as-it-was = La página como estaba entonces

# The last 14 days; a line may stand for several quiet days: “7 – 17 Nov”.
last-14-days = Últimos 14 días

# The history. $period is a year or a month, $count how many.
history = Historial
history-of = Historial de { $period }
history-described = { $title } de { $name }: incidentes, mantenimiento y cuánto duraron
last-12-months = Los últimos 12 meses
month-by-month = Mes a mes
as-a-list = Todos los incidentes
by-year = Por años
all-of-the-history = Todo el historial
all-of-the-month = Todo el mes
older-by-month = { $count ->
    [one] Uno anterior está en su mes.
   *[other] { $count } anteriores están en su mes.
}
other-months = Otros meses
other-days = Otros días
# Names the list of what the colors in the calendars mean.
legend = Qué significan los colores
incidents = Incidentes
false-alarms = Falsas alarmas
count-incidents = { $count ->
    [one] 1 incidente
   *[other] { $count } incidentes
}
count-maintenances = { $count ->
    [one] 1 mantenimiento
   *[other] { $count } mantenimientos
}
count-false-alarms = { $count ->
    [one] 1 falsa alarma
   *[other] { $count } falsas alarmas
}
# $median and $longest are durations.
took-until-confirmed = Tiempo hasta confirmar: mediana { $median }, máximo { $longest }.
took-until-resolved = Tiempo hasta resolver: mediana { $median }, máximo { $longest }.
figures-by-month = Cifras por mes; los tiempos son medianas
month = Mes
until-confirmed = Hasta la confirmación
until-resolved = Hasta el final

# Feeds and calendars
feed-title = Estado de { $name }
feed-description = Incidentes y mantenimiento previsto de { $name } que una persona ha confirmado.
feed-withdrawn = Lo que decía aquí fue retirado.
feed-more = Todas las entradas están en la página del incidente.
calendar-name = { $name }: mantenimiento

# The banner on other sites
widget-hide = Ocultar este mensaje

# The page for people who run another site or program
integrate = Integración y API
integrate-title = Integrar este estado
integrate-what = Formas de mostrar el estado en otros sitios y en otros programas. Todo es público y sin cookies.
integrate-badge = Insignia
integrate-badge-why = Una imagen que siempre dice cómo está todo, para un README o un pie de página.
integrate-frame = Marco
integrate-frame-why = El veredicto y lo que ocurre, como parte de otra página. Encaja en páginas claras y oscuras y no necesita script.
integrate-banner = Aviso en banda
integrate-banner-why = Una línea que muestra una banda mientras hay un incidente confirmado, y nada en otro caso. Si no se puede acceder a esta página, no pasa nada.
integrate-error-page = Página de error
integrate-error-page-why = Para su propia página de «algo ha fallado»: dice que el problema es conocido, si lo es. Espera tres segundos como máximo y nunca estropea la página que la rodea.
integrate-feeds = Canales y calendario
integrate-feeds-why = Para lectores de canales y calendarios. Una entrada sube arriba cada vez que se le añade algo.
integrate-api = API
integrate-api-why = JSON con la forma de la API pública de Statuspage, sus canales de historial y la nuestra.
