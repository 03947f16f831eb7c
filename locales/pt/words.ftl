# How things stand. What monitoring suspects and what a person confirmed never sound alike.

# Kinds of incidents; also for the title of the window.
outage = Interrupção
partial-outage = Interrupção parcial
known-problem = Problema conhecido
maintenance = Manutenção
notice = Aviso
all-good = Tudo em ordem
possible-problem = Possível problema
# The title of an incident that monitoring reported and nobody has confirmed.
possible-outage = Possível interrupção
resolved = Resolvido
false-alarm = Alarme falso

# The one honest sentence at the top of the page, and what kind of knowledge it is. $name is the name of the service.
verdict-outage = { $name } não está funcionando
verdict-outage-knowledge = Nossa equipe confirmou uma interrupção. Estamos trabalhando nisso.
verdict-partial = Parte de { $name } não está funcionando
verdict-partial-knowledge = Nossa equipe confirmou uma interrupção parcial. Estamos trabalhando nisso.
verdict-suspected = { $name } pode estar com problemas
verdict-suspected-knowledge = Nosso monitoramento indica um possível problema. Nossa equipe está verificando.
verdict-watching-short = Uma correção foi aplicada
verdict-watching = { $name } está se recuperando
verdict-watching-knowledge = Uma correção foi aplicada. Estamos observando se ela se mantém.
verdict-watching-work-short = Em observação após a manutenção
verdict-watching-work = A manutenção de { $name } terminou
verdict-watching-work-knowledge = Estamos observando se tudo funciona como deve.
verdict-bug = { $name } tem um problema conhecido
verdict-bug-knowledge = Nossa equipe confirmou isso. Todo o resto deve funcionar.
verdict-maintenance = { $name } está em manutenção
verdict-maintenance-knowledge = É um trabalho planejado. Algo pode ficar indisponível por algum tempo.
verdict-notice = { $name } está funcionando normalmente, com um aviso
verdict-notice-knowledge = Não se conhece nada com defeito.
verdict-good = { $name } está funcionando normalmente
verdict-good-knowledge = Nenhum problema conhecido.
verdict-good-despite-alerts-knowledge = Nossa equipe não tem conhecimento de nenhum problema.

# What an incident is and how it stands.
standing-planned = Manutenção planejada
standing-suspected = Suspeita, não confirmada
standing-outage = Interrupção confirmada
standing-partial = Interrupção parcial confirmada
standing-bug = Problema conhecido, confirmado
standing-maintenance = Manutenção em andamento
standing-maintenance-watched = Manutenção concluída, em observação
standing-watching = Correção aplicada, em observação
standing-called-off = Manutenção cancelada
standing-maintenance-finished = Manutenção encerrada
standing-notice-over = Aviso encerrado
standing-outage-over = Interrupção resolvida
standing-partial-over = Interrupção parcial resolvida
standing-bug-over = Problema conhecido, resolvido
standing-missed = Horário previsto encerrado, trabalho não iniciado

# The first word of an entry in a timeline, and what it says when nobody wrote anything.
entry-planned = Planejado
entry-planned-usual = Este trabalho foi anunciado.
entry-suspected = Suspeita
entry-suspected-usual = O monitoramento indicou um problema.
entry-begun = Iniciado
entry-begun-usual = O trabalho começou.
entry-announced = Anunciado
entry-announced-usual = Para sua informação.
entry-confirmed = Confirmado
entry-confirmed-usual = Nossa equipe confirmou isso.
entry-watching = Em observação
entry-watching-usual = Uma correção foi aplicada e está em observação.
entry-finished = Encerrado
entry-finished-usual = O trabalho está concluído.
entry-resolved-usual = O incidente está resolvido.
entry-false-alarm-usual = Nossa equipe verificou e viu que não havia nada errado.
entry-taken-back-usual = Todos os alertas foram normalizados antes que alguém confirmasse um problema.
entry-reopened = Reaberto
entry-reopened-usual = O problema voltou.
entry-moved = Remarcado
entry-moved-usual = Este trabalho foi remarcado para outro horário.
entry-called-off = Cancelado
entry-called-off-usual = Este trabalho não será feito.
entry-update = Atualização
entry-update-usual = Uma atualização foi publicada.
