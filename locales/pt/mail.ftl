# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a heading, and the sentence below it.
notification-outage = Interrupção confirmada
notification-outage-sentence = Nossa equipe confirmou uma interrupção. Estamos trabalhando nisso.
notification-partial = Interrupção parcial confirmada
notification-partial-sentence = Nossa equipe confirmou que uma parte não está funcionando. Estamos trabalhando nisso.
notification-bug = Problema conhecido confirmado
notification-bug-sentence = Nossa equipe confirmou um pequeno problema. Estamos trabalhando nisso.
notification-notice = Aviso
notification-notice-sentence = É para sua informação; nada deixou de funcionar por isso.
notification-maintenance = Manutenção
notification-maintenance-sentence = Há um trabalho em andamento.
notification-watching = Uma correção foi aplicada
notification-watching-sentence = Deve voltar a funcionar. Estamos observando se isso se mantém.
notification-resolved = Resolvido
notification-resolved-sentence = O incidente está resolvido.
notification-maintenance-planned = Manutenção planejada
notification-maintenance-planned-sentence = Veja quando, e o que esperar.
notification-maintenance-started = A manutenção começou
notification-maintenance-started-sentence = O trabalho planejado está em andamento.
notification-maintenance-ended = A manutenção terminou
notification-maintenance-ended-sentence = O trabalho planejado está concluído.
notification-maintenance-rescheduled = Manutenção remarcada
notification-maintenance-rescheduled-sentence = O trabalho planejado tem um novo horário.
notification-maintenance-canceled = Manutenção cancelada
notification-maintenance-canceled-sentence = O trabalho planejado não será feito.

# An update that leaves the status as it is.
notification-update-watching = Novidades enquanto observamos a correção
notification-update-watching-sentence = A correção foi aplicada; aqui está mais.
notification-update-resolved = Uma nota posterior
notification-update-resolved-sentence = Terminou; aqui está mais sobre isso.
notification-update-maintenance = Novidades da manutenção
notification-update-maintenance-sentence = Veja o que há de novo.
notification-update-outage = Novidades da interrupção
notification-update-outage-sentence = Ainda estamos trabalhando nisso.
notification-update-partial = Novidades da interrupção parcial
notification-update-partial-sentence = Ainda estamos trabalhando nisso.
notification-update-bug = Novidades do problema conhecido
notification-update-bug-sentence = Ainda estamos trabalhando nisso.
notification-update-notice = Novidades
notification-update-notice-sentence = Veja o que há de novo.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = Planejado
fact-since = Desde
fact-from = De
fact-until = Até
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader’s time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# Buttons and links.
button-details = Ver os detalhes
button-confirm = Confirmar a inscrição
button-manage = Gerenciar a inscrição
button-unsubscribe = Cancelar a inscrição

# Subjects. $site is the page’s name, $title the incident’s.
subject-notification = { $state }: { $title } ({ $site })
subject-confirm = { $site }: confirme sua inscrição, por favor
subject-already-subscribed = { $site }: sua inscrição já existe

# Why the recipient gets it.
why-notification = Este endereço está inscrito nas atualizações de { $site }.
why-confirm = Se não foi você, não faça nada: não escreveremos de novo.
why-already-subscribed = Se não foi você, não faça nada: nada mudou.
subscription-ends = Isso terminou: esta é a última mensagem a respeito, e sua inscrição foi encerrada.

confirm-heading = Confirme sua inscrição, por favor
confirm-sentence = Alguém (esperamos que você) pediu as atualizações de { $site } neste endereço.
already-subscribed-heading = Sua inscrição já existe
already-subscribed-sentence = Alguém (esperamos que você) pediu as atualizações de { $site } neste endereço. Ele já as recebe; aqui você pode mudar ou cancelar a inscrição.
