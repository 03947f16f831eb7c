# Messages in Slack and over the team’s incoming webhook. $incident is a link or a title with a number,
# $time a point in time, $who a name, “the schedule”, “you” or “someone”.

# $did is a sentence of `words.ftl` that begins with `did-`, without its full stop.
slack-did-at = { $did }, { $time }.
slack-did = { $did }.
# A text follows on the next line.
slack-did-text = { $did }:

# Other thread notes.
slack-note-proposed = { $who } confirmou; uma segunda pessoa também precisa confirmar
slack-note-dismissed-itself = Descartado automaticamente porque não há mais alertas ativos; verifique se era real
slack-note-work-done = { $who } informa que a manutenção foi concluída e está em observação
slack-note-work-goes-on = { $who } informa que a manutenção continua
slack-note-fixed = { $who } informa que uma correção foi aplicada
slack-note-not-fixed = { $who } informa que ainda não foi resolvido
slack-note-update = Atualização de { $who }
slack-note-corrected = { $who } corrigiu uma atualização
slack-note-withdrawn = { $who } retirou uma atualização
slack-note-severity = { $who } mudou a gravidade para “{ $severity }”
slack-note-title = { $who } mudou o título: { $title }
slack-note-summary = { $who } escreveu o resumo
slack-note-no-summary = { $who } removeu o resumo
# $times is one or both of the next two.
slack-note-times = { $who } corrigiu os horários: { $times }
slack-note-began = início { $time }
slack-note-ended = fim { $time }
slack-note-silenced = { $who } silenciou o incidente; os inscritos não são mais avisados
slack-note-unsilenced = { $who } reativou os avisos
# $window is a start and an end.
slack-note-planned = Planejado por { $who } para { $window }
slack-note-moved = Remarcado por { $who } para { $window }
slack-note-resolved-firing = { $count ->
    [one] Resolvido por { $who }, embora { $count } alerta ainda esteja ativo
   *[other] Resolvido por { $who }, embora { $count } alertas ainda estejam ativos
}
# $link is `post-mortem`.
slack-note-postmortem = { $who } publicou: { $link }
slack-note-new-alert = Um novo alerta disparou enquanto a correção está em observação: o problema pode ter voltado. Os inscritos não foram avisados
slack-note-alert-again = Um alerta disparou de novo pouco depois de ser descartado, então a suspeita voltou
slack-meanwhile = O que aconteceu com { $incident } nesse meio-tempo:
slack-earlier-notes = { $count ->
    [one] { $count } nota anterior está na página.
   *[other] { $count } notas anteriores estão na página.
}

# The root message. $status is severity and status.
slack-status-since = { $status }, desde { $time }
slack-status-lasted = { $status }. Duração: { $lasted }, a partir de { $time }.
slack-alerts-cleared = { $count ->
    [one] { $count } alerta, normalizado
   *[other] { $count } alertas, todos normalizados
}
slack-alerts-firing = { $count ->
    [one] { $count } alerta ativo
   *[other] { $count } alertas, todos ativos
}
slack-alerts-some = { $count ->
    [one] { $count } alerta, ainda ativos: { $firing }
   *[other] { $count } alertas, ainda ativos: { $firing }
}
slack-nobody-notified = Ninguém foi avisado.
slack-was-it-real = Verifique: era real?
slack-auto-both = Começa e termina automaticamente.
slack-auto-start = Começa automaticamente; o fim será perguntado aqui.
slack-auto-end = O início será perguntado aqui; termina automaticamente.
slack-auto-none = O início e o fim serão perguntados aqui.
slack-ends-itself = Termina automaticamente: { $time }.
slack-starts-itself = Começa automaticamente: { $time }.
# $what is a severity, a title, or both.
slack-would-be = Depois de confirmado, será: { $what }.
slack-is-it-real = Ninguém foi avisado ainda. *É real?*
slack-is-it-real-two = Ninguém foi avisado ainda. *É real?* Duas pessoas precisam confirmar.
slack-is-it-real-second = { $who } confirmou, { $time }. *Uma segunda pessoa também precisa confirmar.* Ninguém foi avisado ainda.
slack-last-update = Última atualização de { $who }, { $time }
slack-last-update-edited = Última atualização de { $who }, { $time }, editada
slack-updates = { $count ->
    [one] { $count } atualização
   *[other] { $count } atualizações
}
slack-silent = silencioso: os inscritos não são avisados
slack-rest = O restante está na página.

# Questions to everyone in the channel, and their answers.
slack-asked-start = { $incident }: o início planejado era { $time }.
slack-asked-missed = { $incident }: o horário previsto terminou { $time }, e o trabalho nem começou.
slack-asked-end = { $incident }: o fim planejado era { $time }.
slack-asked-resolve = { $incident }: não há mais alertas ativos, { $time }.
slack-ask-start = Começar agora, adiar ou cancelar?
slack-ask-end = A manutenção terminou?
slack-ask-resolve = Marcar como resolvido?
slack-new-start-is = Novo início: { $time }.
slack-new-end-is = Novo fim: { $time }.
slack-came-back = Um alerta disparou de novo; não terminou.
slack-still-open = Ainda aberto: { $status }.

# Buttons.
slack-button-confirm = Sim, é um incidente real
slack-button-dismiss = Descartar
slack-button-details = Com detalhes…
slack-button-real = Era real
slack-button-update = Publicar atualização
slack-button-resolve = Resolver
slack-button-start = Começar agora
slack-button-end = Encerrar agora
slack-button-longer = Vai demorar mais
slack-button-postpone = Adiar
slack-button-cancel = Cancelar
slack-button-declare = Declarar incidente
slack-button-plan = Planejar manutenção
slack-open-page = Abrir a página
# What Slack asks before it does it: at most 30 characters on a button.
slack-dismiss-title = Descartar este incidente?
slack-dismiss-why = Ele sai da página pública, e a página dele dirá que foi um alarme falso. Ninguém foi avisado.
slack-dismiss-yes = Sim, alarme falso
slack-dismiss-no = Ainda não
slack-cancel-title = Cancelar esta manutenção?
slack-cancel-why = A manutenção planejada não será feita. Quem foi avisado dela também será avisado disto.
slack-cancel-yes = Cancelar manutenção
slack-cancel-no = Manter

# The slash command and the home tab. $page is a link to the page.
slack-more = Há mais do que cabe aqui. { $page }
slack-as-of = Situação em { $time }. { $page }
slack-nothing-yet = Nada aconteceu ainda. { $page }
slack-open = Abertos
# $command and the words after it aren’t translated.
slack-help =
    `{ $command }` mostra a situação atual, com botões.
    `{ $command } declare` declara um incidente; `{ $command } declare O pagamento não funciona` dá a ele esse título.
    `{ $command } update` ou `{ $command } update 7` publica uma atualização.
    `{ $command } resolve` ou `{ $command } resolve 7` encerra um incidente.
slack-nothing-open = Nenhum incidente está aberto e nenhuma manutenção está planejada.
slack-which = De qual incidente se trata?
slack-this-one = Este…
slack-see-all = Ver todos na página
slack-propose = Publicar isto como atualização de { $incident }?
slack-propose-long = O texto é mais longo do que o formulário permite; o formulário terá o começo dele.
slack-propose-yes = Revisar…
slack-propose-no = Agora não

# Forms: titles and the buttons at the bottom have at most 24 characters.
slack-form-confirm = Confirmar
slack-form-plan = Planejar
slack-form-preview = Prévia
slack-form-publish = Publicar
slack-form-cancel = Cancelar
slack-form-close = Fechar
slack-field-title = Título
slack-field-severity = Gravidade
slack-field-status = Status
slack-field-update = Atualização
slack-field-summary = Resumo
slack-hint-summary = Uma ou duas frases, mostradas acima de todas as atualizações.
slack-field-known = O que sabemos
slack-field-happened = O que aconteceu
slack-field-expect = O que esperar
slack-field-why = Por quê
slack-field-began = Início
slack-hint-began = Deixe vazio se acabou de começar.
slack-field-start = Início
slack-field-end = Fim
slack-field-new-start = Novo início
slack-field-new-end = Novo fim
slack-field-auto = Quando chegar a hora
slack-box-start = Começar automaticamente
slack-box-end = Encerrar automaticamente
slack-hint-auto = Caso contrário, a pergunta será feita na thread.
slack-field-alerts = Alertas
slack-box-alerts = Novos alertas entram neste incidente
slack-hint-alerts = Caso contrário, eles abrem uma suspeita própria.
# Options: at most 75 characters.
slack-choice-outage = Interrupção: não está funcionando
slack-choice-partial = Interrupção parcial: parte não está funcionando
slack-choice-bug = Problema conhecido: um pequeno defeito
slack-choice-notice = Aviso: para sua informação
slack-choice-maintenance = Manutenção: trabalho planejado
slack-choice-confirmed = Confirmado: estamos trabalhando nisso
slack-choice-watching = Em observação: uma correção foi aplicada
slack-choice-resolved = Resolvido: terminou
slack-choice-work-started = Em andamento
slack-choice-work-watching = Concluída, em observação
slack-choice-work-finished = Encerrada
slack-choose-one = Escolha uma opção da lista.
slack-choose-time = Escolha um dia e um horário.
slack-title-invalid = O título deve ter de 1 a { $most } caracteres.
slack-text-invalid = O texto está vazio.
slack-still-firing = ⚠️ O monitoramento discorda: { $alerts }
slack-second-person = Uma segunda pessoa também precisa confirmar. Ninguém é avisado antes disso.

# Who is notified. $number is the count with its digits in groups.
slack-notifies = { $count ->
    [one] Avisa { $number } inscrito.
   *[other] Avisa { $number } inscritos.
}
slack-notify = { $count ->
    [one] Avisar { $number } inscrito
   *[other] Avisar { $number } inscritos
}
# How many of them can’t get their e-mail right now.
slack-waiting = { $count ->
    [one] { $number } deles precisa esperar por um servidor de e-mail.
   *[other] { $number } deles precisam esperar por um servidor de e-mail.
}
slack-no-subscribers = Ainda não há inscritos.
slack-who-is-notified = Quem é avisado
slack-why-silent = O incidente está silencioso: os inscritos não são avisados.
slack-why-unconfirmed = Os inscritos não são avisados: ninguém confirmou o incidente.
slack-why-nothing-new = Os inscritos não são avisados: não há atualização nem novo status.
slack-preview = É isto que os leitores verão. Mude o que quiser abaixo, ou publique.
slack-and-so-on = … e assim por diante.
slack-form-outdated = Este formulário está desatualizado ou foi alterado no caminho. Nada foi feito. Abra-o de novo, por favor.
slack-same-time = Esse já é o horário planejado.
slack-no-change = Nada mudaria. Escreva uma atualização, ou mude um campo abaixo.

# Why somebody may not act, and what else can fail. $error is a technical reason in English.
slack-not-done = Não foi feito
slack-denied-no-channel = O Candor ainda não sabe em qual canal do Slack trabalha, por isso nada foi feito. Tente de novo em um minuto. Se persistir, `candor slack check` diz por quê.
slack-denied-other-workspace = Você pertence a um workspace diferente do desta página de status, por isso nada foi feito.
slack-denied-not-member = Só quem está no canal do Slack da página de status pode fazer isso, por isso nada foi feito. Entre no canal e tente de novo.
slack-denied-not-in-group = Só quem está no grupo que cuida da página de status pode fazer isso, por isso nada foi feito.
slack-denied-unknown = O Slack não informa no momento se você pode fazer isso, por isso nada foi feito. Tente de novo daqui a pouco, ou use a mensagem no canal do Slack da página de status.
slack-not-posted = Tudo bem, nada foi publicado.
slack-no-trigger = O Slack não permitiu abrir o formulário. Tente de novo, por favor.
slack-form-failed = Não foi possível abrir o formulário ({ $error }).
slack-message-gone = Essa mensagem não existe mais, ou o Candor não consegue lê-la.
slack-message-unreadable = Não é possível ler a mensagem ({ $error }).
slack-log-unreadable = O Candor não consegue ler seu registro no momento. Tente de novo, por favor.

# The app itself, as Slack lists it: description at most 140 characters, shortcut at most 24, about at least 175.
# $name is what the page calls itself; $command isn’t translated.
slack-app-name = Página de status
slack-app-description = Incidentes em { $name }: confirmar, atualizar e resolver
slack-app-about = Avisa a equipe quando o monitoramento suspeita de um problema, em uma mensagem com dois botões: incidente real ou alarme falso? Os assinantes de { $name } só são avisados do que uma pessoa confirmou. Publique atualizações, resolva incidentes e planeje manutenções sem sair do Slack: pela mensagem, pela aba inicial, pelo comando { $command } ou por um atalho. Cada incidente tem sua própria thread, cuja primeira mensagem mostra sempre o estado atual.
slack-shortcut-declare = Abrir um formulário para declarar um incidente
slack-shortcut-plan = Abrir um formulário para anunciar trabalhos planejados
slack-shortcut-update = Publicar atualização
slack-shortcut-update-description = Publicar esta mensagem como atualização de um incidente
slack-command-description = Mostrar o status atual, com botões
