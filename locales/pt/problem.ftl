# Errors, on pages and in JSON (RFC 9457): a title, and a sentence that says what is wrong.

problem-not-found = Não encontrado
problem-not-found-why = Não há nada neste endereço.
# A link to the incident, on the error page for an address that ends with its number.
problem-did-you-mean = Você quis dizer o incidente nº { $number }?
problem-dead-link = Este link não funciona
problem-dead-link-why = Este link não é válido, ou deixou de ser. Você pode se inscrever de novo a qualquer momento.
problem-method = Método não permitido
# $allow lists what it accepts, such as “GET, HEAD”.
problem-method-why = Este endereço aceita apenas { $allow }.
problem-cross-site = Enviado de outro site
problem-cross-site-why = Este formulário foi enviado de outro site. Abra-o aqui e envie-o novamente, por favor.
problem-unauthorized = Não autorizado
problem-wrong-secret = O segredo está ausente ou incorreto.
problem-wrong-signature = A assinatura está ausente ou incorreta.
problem-content-type = Tipo de conteúdo incorreto
# $wanted is such as “application/json”.
problem-content-type-why = O conteúdo deve ser enviado como { $wanted }.
problem-encoding = Codificação desconhecida
# $encoding is what the request calls it, in quotation marks.
problem-encoding-why = A codificação { $encoding } não é aceita. Envie o conteúdo como está, ou compactado com gzip ou deflate.
problem-too-large = Grande demais
problem-too-large-why = O conteúdo passa de { $limit } bytes.
problem-timeout = Tempo esgotado
problem-timeout-why = A solicitação demorou demais.

# One title; the sentences below say what is wrong.
problem-bad-request = Solicitação inválida
problem-unintelligible = A solicitação não pode ser entendida.
problem-body-incomplete = O conteúdo está incompleto.
problem-body-not-compressed = O conteúdo não está compactado como indica Content-Encoding.
problem-body-not-json-or-form = O conteúdo não é JSON nem um formulário.
problem-form-unreadable = Não é possível ler o formulário.
# $error is a technical reason in English, here and below.
problem-alert-unreadable = Não é possível ler o alerta: { $error }.
# $name is the parameter’s name in quotation marks.
problem-parameter-repeated = O parâmetro { $name } aparece mais de uma vez.
problem-parameter-number = O parâmetro { $name } deve ser um número inteiro de { $least } a { $most }.
problem-parameter-words = Não é possível ler o parâmetro { $name }: { $error }.
problem-parameter-time = O parâmetro { $name } deve ser um horário com fuso, como 2026-11-21T14:05:00Z ou 2026-11-21T15:05:00+01:00, ou um dia, como 2026-11-21.
# $known lists the parameters that there are.
problem-parameter-unknown = O parâmetro { $name } não existe aqui. Podem ser usados: { $known }.

problem-too-many = Solicitações demais
problem-too-many-why = { $seconds ->
    [one] Vieram solicitações demais do seu endereço. Tente novamente em { $seconds } segundo, por favor.
   *[other] Vieram solicitações demais do seu endereço. Tente novamente em { $seconds } segundos, por favor.
}
problem-too-many-viewers = Visitantes demais
problem-too-many-viewers-why = Há visitantes demais conectados, do seu endereço ou no total. Em vez disso, recarregue a página de vez em quando.
problem-refused = Recusado
problem-refused-why = Nada foi alterado: { $error }.
problem-conflict = Conflito
problem-conflict-why = O identificador desta solicitação já foi usado em outra.
problem-unavailable = Indisponível no momento
problem-unavailable-why = Isto não pode ser salvo no momento, e nada foi alterado. Tente novamente, por favor.
# The same for programs, with the reason.
problem-unavailable-because = Isto não pode ser salvo no momento: { $error }. Tente novamente, por favor.
problem-not-ready = O estado não é conhecido
problem-not-ready-why = Não conseguimos ler nosso próprio registro no momento, por isso não podemos dizer como está tudo. Tente novamente, por favor.
problem-busy = Ocupado
problem-busy-why = O arquivo está muito procurado neste momento. Tente novamente, por favor.
problem-internal = Erro interno
problem-internal-why = Algo deu errado do nosso lado.

# An incident by its number, and by its title.
incident-number = Incidente nº { $number }
incident-quoted = “{ $title }” (#{ $number })

# Why a command changed nothing: in Slack and on the command line. $incident is one of the two above, $status its status.
refused-no-incident = Não existe o incidente nº { $number }.
# $did is what somebody else did, a sentence of `words.ftl`.
refused-already = { $incident } já mudou. { $did } ({ $time }).
refused-not-suspected = { $incident }: { $status }. Só suspeitas podem ser confirmadas ou descartadas.
refused-same-person = Você já confirmou { $incident }. Agora uma segunda pessoa precisa confirmar.
refused-not-dismissed = { $incident }: { $status }. Só o que foi descartado pode se revelar real.
refused-not-confirmed = { $incident } é só uma suspeita. Confirme ou descarte primeiro.
refused-not-started = { $incident } ainda não começou. Inicie ou cancele primeiro.
refused-not-over = { $incident }: { $status }. Isso é possível depois que terminar.
refused-was-dismissed = { $incident } foi descartado. Se era real, indique isso primeiro.
refused-under-way = { $incident } está em andamento. Só o fim pode ser mudado.
refused-canceled = { $incident } foi cancelado. Planeje uma nova manutenção.
refused-not-planned = { $incident }: { $status }. Isso só é possível com manutenção que ainda não começou.
refused-not-running = { $incident }: { $status }. Isso só é possível com manutenção em andamento.
refused-not-maintenance = { $incident } não é manutenção. Planeje uma manutenção.
refused-stays-maintenance = { $incident } é manutenção e continua assim. Se algo der errado, declare um incidente.
refused-not-declarable = Um incidente é declarado como confirmado, em observação ou resolvido.
refused-has-no-end = Um incidente em andamento não tem fim. Deixe o fim vazio, ou declare-o como resolvido.
refused-not-a-status = Uma atualização pode mudar o status para confirmado ou em observação. Para encerrar o incidente, resolva-o.
refused-no-update = { $incident } não tem mais essa atualização.
refused-no-text = Escreva o que está acontecendo: um novo status precisa de um texto.
refused-end-first = O fim deve ser depois do início.
refused-future = Esse horário está no futuro.
refused-over = Esse horário já passou. Escolha um fim posterior.
refused-nothing = Nada mudaria.
refused-nameless = Só uma pessoa pode fazer isso, e não se sabe quem você é.
