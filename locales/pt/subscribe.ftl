# The pages to subscribe, to change a subscription, and to unsubscribe.

subscribe-title = Receber atualizações
subscribe-intro = Escrevemos quando uma pessoa confirmou um incidente, quando uma correção foi aplicada e quando terminou, e sobre manutenção planejada. Nunca por causa de um alarme que ninguém verificou.
subscribe-button = Inscrever-se
# Below the form.
subscribe-promise = Você recebe uma mensagem com um link para confirmar. O endereço é usado só para estas atualizações, e apagado assim que você cancelar a inscrição.
# Instead of the form, where subscribing is turned off.
subscribe-closed = No momento não é possível se inscrever aqui. Você pode seguir os feeds abaixo.
subscribe-busy = Há muitas pessoas se inscrevendo agora. Tente novamente em uma hora.
# A link to the form, on the page of an incident or of maintenance.
subscribe-to-incident = Receber atualizações deste incidente
subscribe-to-maintenance = Receber atualizações desta manutenção

# The channel: how a subscriber is notified.
channel-legend = Como podemos falar com você?
channel-mail = Por e-mail
email-label = Seu endereço de e-mail
channel-wrong = Este meio não é oferecido aqui. Escolha outro.
email-wrong = Isto não é um endereço de e-mail; deve ser parecido com name@example.org.
email-wrong-private = Este endereço não leva a uma caixa de correio na internet.
email-wrong-letters = Nosso servidor de e-mail não consegue escrever para um endereço com estas letras antes do @. Use outro.
email-wrong-unasked = No momento, não conseguimos perguntar ao nosso servidor de e-mail se ele aceita estas letras antes do @. Tente mais tarde ou use outro endereço.
url-label = O endereço do webhook de entrada
# Where chats are offered, and where webhooks are; both, if both are.
url-hint-chat = Ele está nas configurações do seu chat.
url-hint-program = Para um programa, qualquer endereço que aceite JSON assinado (Standard Webhooks).
url-wrong-unreadable = Isto não é um endereço da web; deve ser parecido com https://chat.example.org/hooks/…
url-wrong-long = Este endereço é longo demais.
url-wrong-insecure = O endereço precisa começar com https://.
url-wrong-credentials = O endereço não pode conter usuário nem senha.
url-wrong-port = Esta porta não é uma da web; use a 443, ou uma a partir da 1024.
url-wrong-private = Este endereço leva a uma rede que não é pública.
url-wrong-ourselves = Este é o endereço desta própria página.

# The preferences: which notifications, and in which form.
preferences-legend = O que devemos enviar?
preferences-all = Incidentes e manutenção planejada
preferences-incidents = Só incidentes
# $incident is its title, or its number such as “#7”.
preferences-one = Só isto: { $incident }
how-legend = Em que idioma e fuso horário?
language-label = Idioma
zone-label = Fuso horário
# $zone is the site’s, such as Europe/Berlin.
zone-hint = Por exemplo, Europe/Berlin. Vazio significa { $zone }.
zone-wrong = Isto não é um fuso horário; deve ser parecido com Europe/Berlin.

# After the form: the same for every address, subscribed or not.
sent-title = Veja seu e-mail
# $address is where the message went, shortened, such as “a…@example.org”.
sent-mail = Enviamos um link para { $address }. Se o endereço ainda não está inscrito, siga o link para confirmar.
sent-hook-title = Veja seu canal
sent-hook = Enviamos um link para { $address }. Se o endereço ainda não está inscrito, siga o link para confirmar.
# $again is a link with the words of `try-again`.
sent-late = Nada chegou depois de alguns minutos? Olhe na pasta de spam, ou { $again }.
sent-hook-late = Nada chegou depois de alguns minutos? Veja se o endereço está certo, ou { $again }.
try-again = tente de novo

confirm-title = Confirme sua inscrição
# $site is the page’s name.
confirm-question = Mais um clique, e escreveremos sobre incidentes e manutenção de { $site }.
confirm-button = Sim, quero receber
confirm-not-you = Você não pediu isto? Então apenas feche esta página, e nada será enviado.

confirmed-title = Inscrição confirmada
confirmed-text = Escreveremos quando houver algo a dizer. Cada mensagem tem um link para mudar o que você recebe, e para cancelar a inscrição.
current-status-link = Status atual

manage-title = Sua inscrição
# $address is where the notifications go, shortened, such as “a…@example.org”.
manage-where = Escrevemos para { $address }.
manage-pending = Isto ainda não está confirmado: nada é enviado antes que você siga o link para confirmar.
manage-button = Salvar
manage-saved = Salvo.
manage-secret = O segredo com que nossas mensagens são assinadas
manage-secret-hint = Guarde-o em seu programa, e verifique cada mensagem com uma biblioteca de Standard Webhooks. Ele só é mostrado agora.
manage-leave = Cancelar a inscrição

# A link works for $days days. $address is where a new one is sent, shortened.
expired-title = Este link expirou
expired-text = Um link para uma inscrição funciona por { $days } dias. Podemos enviar um novo para { $address }.
expired-button = Enviar um novo link

unsubscribe-title = Cancelar a inscrição?
unsubscribe-question = Você não receberá mais mensagens sobre { $site }, e seu endereço será apagado.
unsubscribe-button = Sim, cancelar a inscrição
unsubscribe-back = Você pode se inscrever de novo a qualquer momento.
unsubscribed-title = Inscrição cancelada
unsubscribed-text = Seu endereço foi apagado, e nada mais será enviado para ele.
unsubscribed-before-title = Esta inscrição já tinha terminado
unsubscribed-before-text = A inscrição a que este link pertence já tinha terminado, e o endereço dela foi apagado. Se você ainda recebe mensagens, houve uma nova inscrição desde então: cada mensagem traz um link para cancelá-la.
subscribe-again = Inscrever-se de novo
