# The pages to subscribe, to change a subscription, and to unsubscribe.

subscribe-title = Recibir avisos
subscribe-intro = Escribimos cuando una persona ha confirmado un incidente, cuando hay una solución aplicada y cuando ha terminado, y sobre el mantenimiento previsto. Nunca por una alarma que nadie ha comprobado.
subscribe-button = Suscribirse
# Below the form.
subscribe-promise = Recibirá un mensaje con un enlace para confirmar. La dirección se usa solo para estos avisos, y se borra en cuanto se dé de baja.
# Instead of the form, where subscribing is turned off.
subscribe-closed = En este momento no es posible suscribirse aquí. Puede seguir los canales de abajo.
subscribe-busy = Se están suscribiendo demasiadas personas. Inténtelo de nuevo dentro de una hora.
# A link to the form, on the page of an incident or of maintenance.
subscribe-to-incident = Recibir novedades de este incidente
subscribe-to-maintenance = Recibir novedades de este mantenimiento

# The channel: how a subscriber is notified.
channel-legend = ¿Cómo podemos avisarle?
channel-mail = Por correo electrónico
email-label = Su dirección de correo electrónico
channel-wrong = Aquí no se ofrece esta vía. Elija otra.
email-wrong = Esto no es una dirección de correo electrónico; debería parecerse a name@example.org.
email-wrong-private = Esta dirección no lleva a un buzón de Internet.
email-wrong-letters = Nuestro servidor de correo no puede escribir a una dirección con estas letras antes de la @. Use otra.
email-wrong-unasked = Ahora mismo no podemos preguntar a nuestro servidor de correo si acepta estas letras antes de la @. Inténtelo más tarde o use otra dirección.
url-label = La dirección del webhook entrante
# Where chats are offered, and where webhooks are; both, if both are.
url-hint-chat = La encontrará en los ajustes de su chat.
url-hint-program = Para un programa, cualquier dirección que acepte JSON firmado (Standard Webhooks).
url-wrong-unreadable = Esto no es una dirección web; debería parecerse a https://chat.example.org/hooks/…
url-wrong-long = Esta dirección es demasiado larga.
url-wrong-insecure = La dirección debe empezar por https://.
url-wrong-credentials = La dirección no debe contener usuario ni contraseña.
url-wrong-port = Este puerto no es de la web; use el 443, o uno a partir del 1024.
url-wrong-private = Esta dirección lleva a una red que no es pública.
url-wrong-ourselves = Es la dirección de esta misma página.

# The preferences: which notifications, and in which form.
preferences-legend = ¿Qué debemos enviarle?
preferences-all = Incidentes y mantenimiento previsto
preferences-incidents = Solo incidentes
# $incident is its title, or its number such as “#7”.
preferences-one = Solo esto: { $incident }
how-legend = ¿En qué idioma y zona horaria?
language-label = Idioma
zone-label = Zona horaria
# $zone is the site’s, such as Europe/Berlin.
zone-hint = Por ejemplo, Europe/Berlin. Vacío significa { $zone }.
zone-wrong = Esto no es una zona horaria; debería parecerse a Europe/Berlin.

# After the form: the same for every address, subscribed or not.
sent-title = Mire su correo
# $address is where the message went, shortened, such as “a…@example.org”.
sent-mail = Hemos enviado un enlace a { $address }. Si la dirección aún no está suscrita, siga el enlace para confirmar.
sent-hook-title = Mire su canal
sent-hook = Hemos enviado un enlace a { $address }. Si la dirección aún no está suscrita, siga el enlace para confirmar.
# $again is a link with the words of `try-again`.
sent-late = ¿No ha llegado nada pasados unos minutos? Mire en la carpeta de correo no deseado, o { $again }.
sent-hook-late = ¿No ha llegado nada pasados unos minutos? Mire si la dirección es correcta, o { $again }.
try-again = inténtelo de nuevo

confirm-title = Confirme su suscripción
# $site is the page’s name.
confirm-question = Un clic más, y le escribiremos sobre los incidentes y el mantenimiento de { $site }.
confirm-button = Sí, quiero recibir avisos
confirm-not-you = ¿No lo ha pedido usted? Cierre esta página y no se enviará nada.

confirmed-title = Suscripción confirmada
confirmed-text = Escribiremos cuando haya algo que decir. Cada mensaje tiene un enlace para cambiar lo que recibe y para darse de baja.
current-status-link = Estado actual

manage-title = Su suscripción
# $address is where the notifications go, shortened, such as “a…@example.org”.
manage-where = Escribimos a { $address }.
manage-pending = Aún no está confirmado: no se envía nada hasta que siga el enlace para confirmar.
manage-button = Guardar
manage-saved = Guardado.
manage-secret = El secreto con el que se firman nuestros mensajes
manage-secret-hint = Guárdelo en su programa y compruebe cada mensaje con una biblioteca de Standard Webhooks. Solo se muestra ahora.
manage-leave = Darse de baja

# A link works for $days days. $address is where a new one is sent, shortened.
expired-title = Este enlace ha caducado
expired-text = Un enlace a una suscripción funciona durante { $days } días. Podemos enviar uno nuevo a { $address }.
expired-button = Enviar un enlace nuevo

unsubscribe-title = ¿Darse de baja?
unsubscribe-question = No recibirá más mensajes sobre { $site }, y su dirección se borrará.
unsubscribe-button = Sí, darme de baja
unsubscribe-back = Puede volver a suscribirse en cualquier momento.
unsubscribed-title = Se ha dado de baja
unsubscribed-text = Su dirección se ha borrado, y no se le enviará nada más.
unsubscribed-before-title = Esta suscripción ya había terminado
unsubscribed-before-text = La suscripción a la que pertenece este enlace ya había terminado, y su dirección se borró. Si sigue recibiendo mensajes, se ha vuelto a suscribir desde entonces: cada uno contiene un enlace para darse de baja.
subscribe-again = Volver a suscribirse
