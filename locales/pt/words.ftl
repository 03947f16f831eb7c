# Headline, severities, statuses. What monitoring suspects and what a person confirmed never sound alike.

# Severities; also in the title of the window.
outage = Interrupção
partial-outage = Interrupção parcial
known-problem = Problema conhecido
maintenance = Manutenção
notice = Aviso
all-good = Tudo em ordem
possible-problem = Possível problema
# The title of an incident that monitoring reported and no person has confirmed.
possible-outage = Possível interrupção
resolved = Resolvido
false-alarm = Alarme falso

# The headline of the page, and how we know. $name is the name of the service.
headline-outage = { $name } não está funcionando
headline-outage-knowledge = Nossa equipe confirmou uma interrupção. Estamos trabalhando nisso.
headline-partial = Parte de { $name } não está funcionando
headline-partial-knowledge = Nossa equipe confirmou uma interrupção parcial. Estamos trabalhando nisso.
headline-suspected = { $name } pode estar com problemas
headline-suspected-knowledge = Nosso monitoramento indica um possível problema. Nossa equipe está verificando.
headline-watching-short = Uma correção foi aplicada
headline-watching = { $name } está se recuperando
headline-watching-knowledge = Uma correção foi aplicada. Estamos observando se ela se mantém.
headline-watching-maintenance-short = Em observação após a manutenção
headline-watching-maintenance = A manutenção de { $name } terminou
headline-watching-maintenance-knowledge = Estamos observando se tudo funciona como deve.
headline-bug = { $name } tem um problema conhecido
headline-bug-knowledge = Nossa equipe confirmou isso. Todo o resto deve funcionar.
headline-maintenance = { $name } está em manutenção
headline-maintenance-knowledge = É um trabalho planejado. Algo pode ficar indisponível por algum tempo.
headline-notice = { $name } está funcionando normalmente, com um aviso
headline-notice-knowledge = Não se conhece nada com defeito.
headline-good = { $name } está funcionando normalmente
headline-good-knowledge = Nenhum problema conhecido.
# Instead, while an alert still fires that a person found to be a false alarm, or whose incident is over.
headline-good-despite-alerts-knowledge = Nossa equipe não tem conhecimento de nenhum problema.

# Severity and status of an incident.
status-planned = Manutenção planejada
status-suspected = Suspeita, não confirmada
status-outage = Interrupção confirmada
status-partial = Interrupção parcial confirmada
status-bug = Problema conhecido, confirmado
status-maintenance = Manutenção em andamento
status-maintenance-watching = Manutenção concluída, em observação
status-watching = Correção aplicada, em observação
status-canceled = Manutenção cancelada
status-maintenance-finished = Manutenção encerrada
status-notice-ended = Aviso encerrado
status-outage-resolved = Interrupção resolvida
status-partial-resolved = Interrupção parcial resolvida
status-bug-resolved = Problema conhecido, resolvido
status-missed = Horário previsto encerrado, trabalho não iniciado

# The first word of a timeline entry, and its text when nobody wrote one.
entry-planned = Planejado
entry-planned-default = Este trabalho foi anunciado.
entry-suspected = Suspeita
entry-suspected-default = O monitoramento indicou um problema.
entry-started = Iniciado
entry-started-default = O trabalho começou.
entry-announced = Anunciado
entry-announced-default = Para sua informação.
entry-confirmed = Confirmado
entry-confirmed-default = Nossa equipe confirmou isso.
entry-watching = Em observação
entry-watching-default = Uma correção foi aplicada e está em observação.
entry-finished = Encerrado
entry-finished-default = O trabalho está concluído.
entry-resolved-default = O incidente está resolvido.
entry-false-alarm-default = Nossa equipe verificou e viu que não havia nada errado.
entry-alerts-cleared-default = Todos os alertas foram normalizados antes que alguém confirmasse um problema.
entry-reopened = Reaberto
entry-reopened-default = O problema voltou.
entry-moved = Remarcado
entry-moved-default = Este trabalho foi remarcado para outro horário.
entry-canceled = Cancelado
entry-canceled-default = Este trabalho não será feito.
entry-update = Atualização
entry-update-default = Uma atualização foi publicada.

# Who acted.
who-someone = alguém
who-schedule = a programação
who-you = você

# What somebody did to an incident: a sentence without its full stop. $who is a name or one of the words above.
did-declare = Declarado por { $who }
did-plan = Planejado por { $who }
did-start = Iniciado por { $who }
did-confirm = Confirmado por { $who }
# $severity is a severity.
did-confirm-as = Confirmado por { $who } como “{ $severity }”
did-watch = Colocado em observação por { $who }
did-end = Encerrado por { $who }
did-resolve = Resolvido por { $who }
did-dismiss = Descartado como alarme falso por { $who }
did-dismiss-itself = Descartado automaticamente porque não há mais alertas ativos
did-reopen = Reaberto por { $who }
did-cancel = Cancelado por { $who }
