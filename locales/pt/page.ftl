# The public pages. $time is a time with its zone, $title an incident’s title, $name the name of the service.

# The frame
title-of-window = { $title } · Status de { $name }
brand = Status de { $name }
skip-to-content = Ir para o conteúdo
# Names the navigation for screen readers.
pages = Páginas
get-updates = Receber atualizações
contact = Contato
times-are-in = Horários no fuso { $zone }.
# For screen readers only, before the language’s own name.
language = Idioma:
two-sentences = { $first }. { $second }
current-status = Status atual

# The front page
being-checked = Em verificação
happening-now = Neste momento
planned = Planejado
more-planned = { $count ->
    [one] Mais uma está planejada depois dessa.
   *[other] Mais { $count } estão planejadas depois dessa.
}
last-24-hours = Últimas 24 horas
nothing-to-report = Nada a relatar.
nothing-else = Nada mais.
and-more = { $count ->
    [one] E mais um.
   *[other] E mais { $count }.
}
last-known = Último estado conhecido, { $time }:
last-known-why = o registro não pode ser lido no momento.

# The evidence below the headline, and the facts of an incident: short phrases in one line.
since = Desde { $time }
no-problem-since = Nenhum problema desde { $time }
generated = Atualizado { $time }
# $seq is the number of an event; shown while the pointer rests on the time.
event-number = Evento { $seq }
alerts = { $count ->
    [one] { $count } alerta do monitoramento
   *[other] { $count } alertas do monitoramento
}
planned-until = Planejado até { $time }
# $span is a start and an end.
was-planned-for = Estava planejado: { $span }
# $lasted is a duration.
span-and-how-long = { $span } ({ $lasted })
add-to-calendar = Adicionar ao calendário
# $status is the status: “Resolved 14:05 UTC after 9 min”.
ended-after = { $status } { $time }, após { $lasted }
status-and-title = { $status }: { $title }

# False alarms: $link is “A possible problem”.
a-possible-problem = Um possível problema
was-a-false-alarm = { $link } foi indicado ({ $began }) e era um alarme falso ({ $ended }).
is-a-false-alarm = { $link } foi indicado ({ $began }) e era um alarme falso.

# An incident
timeline = Cronologia
all-entries = { $count ->
    [one] A única entrada
   *[other] Todas as { $count } entradas
}
edited-at = Editado { $time }.
withdrawn-at = O que estava aqui foi retirado ({ $time }).
post-mortem = Post-mortem
read-post-mortem = Ler o post-mortem
post-mortem-of = Post-mortem: { $title }
published = Publicado { $time }
back-to-the-incident = O incidente e sua cronologia
# $from and $to each have a start and an end.
moved-from-to = Remarcado de { $from } para { $to }.
# Follows the time of a change: “14:08 UTC · after 3 min”.
after-how-long = após { $lasted }
# Follows “Edited at 14:23 UTC.”
previous-version = Mostrar a versão anterior
previous-version-until = Até { $time } dizia:

# The page as it was at an earlier time
as-of = Assim está a página desde { $from }.
as-of-until = Assim estava a página de { $from } até { $until }.
as-of-moment = Assim estava a página por um momento: { $from }.
go-to-current-page = Ir para a página atual
page-as-it-was = A página como estava então

# The last 14 days; a line may stand for several quiet days: “7 – 17 Nov”.
last-14-days = Últimos 14 dias

# The history. $period is a year or a month, $count how many.
history = Histórico
history-of = Histórico de { $period }
history-described = { $title }, { $name }: incidentes, manutenção e quanto duraram
last-12-months = Últimos 12 meses
month-by-month = Mês a mês
as-a-list = Todos os incidentes
by-year = Por ano
all-of-the-history = Todo o histórico
all-of-the-month = O mês inteiro
older-by-month = { $count ->
    [one] { $count } mais antigo está em seu mês.
   *[other] { $count } mais antigos estão em seus meses.
}
other-months = Outros meses
other-days = Outros dias
# Names the list of what the colors in the calendars mean.
legend = O que as cores significam
incidents = Incidentes
false-alarms = Alarmes falsos
count-incidents = { $count ->
    [one] { $count } incidente
   *[other] { $count } incidentes
}
count-maintenances = { $count ->
    [one] { $count } manutenção
   *[other] { $count } manutenções
}
count-false-alarms = { $count ->
    [one] { $count } alarme falso
   *[other] { $count } alarmes falsos
}
# $median and $longest are durations.
took-until-confirmed = Tempo até confirmar: mediana { $median }, máximo { $longest }.
took-until-resolved = Tempo até resolver: mediana { $median }, máximo { $longest }.
figures-by-month = Números por mês; os tempos são medianas
month = Mês
until-confirmed = Até a confirmação
until-resolved = Até o fim

# Feeds and calendars
feed-title = Status de { $name }
feed-description = Incidentes e manutenção planejada de { $name } que uma pessoa confirmou.
feed-withdrawn = O que estava aqui foi retirado.
feed-more = Todas as entradas estão na página do incidente.
calendar-name = { $name }: manutenção

# The banner on other sites
widget-hide = Ocultar esta mensagem

# The page for people who run another site or program
integrate = Incorporar e API
integrate-title = Incorporar este status
integrate-what = Maneiras de mostrar o status em outros sites e em outros programas. Tudo é público e sem cookies.
integrate-badge = Selo
integrate-badge-why = Uma imagem que sempre diz como está tudo, para um README ou um rodapé.
integrate-frame = Quadro
integrate-frame-why = O veredito e o que acontece, como parte de outra página. Combina com páginas claras e escuras e não precisa de script.
integrate-banner = Faixa
integrate-banner-why = Uma linha que mostra uma faixa enquanto um incidente está confirmado, e nada fora disso. Se esta página estiver inacessível, nada acontece.
integrate-error-page = Página de erro
integrate-error-page-why = Para sua própria página de “algo deu errado”: diz que o problema é conhecido, se for. Espera no máximo três segundos e nunca quebra a página ao redor.
integrate-feeds = Feeds e calendário
integrate-feeds-why = Para leitores de feeds e calendários. Uma entrada sobe ao topo sempre que algo é acrescentado.
integrate-api = API
integrate-api-why = JSON na forma da API pública da Statuspage, seus feeds de histórico, e a nossa.
