# The public pages. $time is a time with its zone; $title what an incident is called; $name the name of the service.

# The frame
title-of-window = { $title } · Status de { $name }
brand = Status de { $name }
skip-to-content = Ir para o conteúdo
# Names the navigation for screen readers.
pages = Páginas
get-updates = Receber atualizações
contact = Contato
times-are-in = Horários no fuso { $zone }.
# Stands unseen before the language's own name.
language = Idioma:
two-sentences = { $first }. { $second }
how-things-are-now = A situação agora

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

# The evidence below the verdict, and the facts of an incident: short phrases in one line.
since = Desde { $time }
reported = Indicado { $time }
no-problem-since = Nenhum problema desde { $time }
last-update = Última atualização { $time }
# $seq is the number of an event.
generated = Página gerada { $time } a partir do evento { $seq }
alerts = { $count ->
    [one] { $count } alerta do monitoramento
   *[other] { $count } alertas do monitoramento
}
planned-until = Planejado até { $time }
# $span is from when to when.
was-planned-for = Estava planejado: { $span }
# $lasted is how long.
span-and-how-long = { $span } ({ $lasted })
add-to-calendar = Adicionar ao calendário
# $standing is how it stands: “Resolved 14:05 UTC after 9 min”.
ended-after = { $standing } { $time }, após { $lasted }
standing-of = { $standing }: { $title }

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
what-we-learnt = O que aprendemos
what-we-learnt-from-it = O que aprendemos com isso
what-we-learnt-from = O que aprendemos: { $title }
published = Publicado { $time }
back-to-the-incident = O incidente e sua cronologia

# The last 14 days; a line may stand for several quiet days: “7 – 17 Nov”.
last-14-days = Os 14 dias antes de hoje

# The history. $period is a year or a month, $count how many.
history = Histórico
history-of = Histórico de { $period }
history-described = { $title }, { $name }: incidentes, manutenção e quanto duraram
last-12-months = Últimos 12 meses
month-by-month = Mês a mês
as-a-list = Em lista
by-year = Por ano
all-of-the-history = Todo o histórico
all-of-the-month = O mês inteiro
older-by-month = { $count ->
    [one] { $count } mais antigo está em seu mês.
   *[other] { $count } mais antigos estão em seus meses.
}
other-months = Outros meses
other-days = Outros dias
# Names the list of what the colours in the calendars mean.
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
# $median and $longest say how long.
took-until-confirmed = Do primeiro alerta do monitoramento à confirmação por uma pessoa: mediana { $median }, máximo { $longest }.
took-until-resolved = Daí até o fim: mediana { $median }, máximo { $longest }.
figures-by-month = Números por mês; os tempos são medianas
month = Mês
until-confirmed = Até a confirmação
until-resolved = Até o fim

# Errors
problem-not-found = Não encontrado
problem-not-found-why = Não há nada neste endereço.
problem-dead-link = Este link não funciona
problem-dead-link-why = Este link não é válido, ou deixou de ser. Você pode se inscrever de novo a qualquer momento.
problem-not-ready = O estado não é conhecido
problem-not-ready-why = Não conseguimos ler nosso próprio registro no momento, por isso não podemos dizer como está tudo. Tente novamente, por favor.
problem-unavailable = Indisponível no momento
problem-unavailable-why = Isto não pode ser salvo no momento, e nada foi alterado. Tente novamente, por favor.
problem-internal = Erro interno
problem-internal-why = Algo deu errado do nosso lado.
problem-too-many = Solicitações demais
problem-too-many-why = { $seconds ->
    [one] Vieram solicitações demais do seu endereço. Tente novamente em { $seconds } segundo, por favor.
   *[other] Vieram solicitações demais do seu endereço. Tente novamente em { $seconds } segundos, por favor.
}
