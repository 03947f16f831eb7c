# Mails to subscribers, and the messages to their chats and webhooks.

# What happened: a verdict, and the sentence that stands under it.
told-outage = Interrupção confirmada
told-outage-sentence = Nossa equipe confirmou uma interrupção. Estamos trabalhando nisso.
told-partial = Interrupção parcial confirmada
told-partial-sentence = Nossa equipe confirmou que uma parte não está funcionando. Estamos trabalhando nisso.
told-bug = Problema conhecido confirmado
told-bug-sentence = Nossa equipe confirmou um pequeno problema. Estamos trabalhando nisso.
told-notice = Aviso
told-notice-sentence = É para sua informação; nada deixou de funcionar por isso.
told-maintenance = Manutenção
told-maintenance-sentence = Há um trabalho em andamento.
told-watching = Uma correção foi aplicada
told-watching-sentence = Deve voltar a funcionar. Estamos observando se isso se mantém.
told-resolved = Resolvido
told-resolved-sentence = O incidente está resolvido.
told-maintenance-planned = Manutenção planejada
told-maintenance-planned-sentence = Veja quando, e o que esperar.
told-maintenance-started = A manutenção começou
told-maintenance-started-sentence = O trabalho planejado está em andamento.
told-maintenance-ended = A manutenção terminou
told-maintenance-ended-sentence = O trabalho planejado está concluído.
told-maintenance-rescheduled = Manutenção remarcada
told-maintenance-rescheduled-sentence = O trabalho planejado tem um novo horário.
told-maintenance-canceled = Manutenção cancelada
told-maintenance-canceled-sentence = O trabalho planejado não será feito.

# News without a new status.
told-news-watching = Novidades enquanto observamos a correção
told-news-watching-sentence = A correção foi aplicada; aqui está mais.
told-news-resolved = Uma nota posterior
told-news-resolved-sentence = Terminou; aqui está mais sobre isso.
told-news-maintenance = Novidades da manutenção
told-news-maintenance-sentence = Veja o que há de novo.
told-news-outage = Novidades da interrupção
told-news-outage-sentence = Ainda estamos trabalhando nisso.
told-news-partial = Novidades da interrupção parcial
told-news-partial-sentence = Ainda estamos trabalhando nisso.
told-news-bug = Novidades do problema conhecido
told-news-bug-sentence = Ainda estamos trabalhando nisso.
told-news-notice = Novidades
told-news-notice-sentence = Veja o que há de novo.

# Facts: $time is a day and a time.
fact = { $name }: { $value }
fact-planned-for = Planejado
fact-since = Desde
fact-from = De
fact-until = Até
# $time is when it ended, $lasted is `1 h 12 min`.
fact-until-lasted = { $time } ({ $lasted })
# $time is in the reader's time zone, $utc the same in UTC.
time-with-utc = { $time } ({ $utc })

# What can be done.
do-details = Ver os detalhes
do-confirm = Confirmar a inscrição
do-manage = Gerenciar a inscrição
do-unsubscribe = Cancelar a inscrição

# Subjects. $site is the page's name, $title the incident's.
subject-notice = { $state }: { $title } ({ $site })
subject-confirm = { $site }: confirme sua inscrição, por favor
subject-known = { $site }: sua inscrição já existe

# Why somebody gets it.
why-notice = Este endereço está inscrito nas atualizações de { $site }.
why-confirm = Se não foi você, não faça nada: não escreveremos de novo.
why-known = Se não foi você, não faça nada: nada mudou.
subscription-ends = Isso terminou: esta é a última mensagem a respeito, e sua inscrição foi encerrada.

confirm-verdict = Confirme sua inscrição, por favor
confirm-sentence = Alguém (esperamos que você) pediu as atualizações de { $site } neste endereço.
known-verdict = Sua inscrição já existe
known-sentence = Alguém (esperamos que você) pediu as atualizações de { $site } neste endereço. Ele já as recebe; aqui você pode mudar ou cancelar a inscrição.
