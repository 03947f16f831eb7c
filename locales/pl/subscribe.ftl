# The pages to subscribe, to change a subscription, and to unsubscribe.

subscribe-title = Otrzymuj informacje
subscribe-intro = Piszemy, gdy nasz pracownik potwierdzi incydent, gdy wprowadzono poprawkę i gdy to już koniec, a także o zaplanowanych pracach serwisowych. Nigdy z powodu alarmu, którego nikt nie sprawdził.
subscribe-button = Subskrybuj
# Below the form.
subscribe-promise = Przyjdzie jedna wiadomość z odnośnikiem do potwierdzenia. Adres służy tylko do tych informacji i zostanie usunięty zaraz po rezygnacji.
# Instead of the form, where subscribing is turned off.
subscribe-closed = Obecnie nie można się tu zapisać. Można śledzić kanały poniżej.
subscribe-busy = Teraz zapisuje się zbyt wiele osób. Proszę spróbować ponownie za godzinę.
# A link to the form, on the page of an incident or of maintenance.
subscribe-to-incident = Otrzymuj wiadomości o tym incydencie
subscribe-to-maintenance = Otrzymuj wiadomości o tych pracach serwisowych

# The channel: how a subscriber is notified.
channel-legend = Jak możemy się skontaktować?
channel-mail = E-mailem
email-label = Adres e-mail
channel-wrong = Ten sposób nie jest tu dostępny. Proszę wybrać inny.
email-wrong = To nie jest adres e-mail; powinien wyglądać jak name@example.org.
email-wrong-private = Ten adres nie prowadzi do skrzynki w internecie.
email-wrong-letters = Nasz serwer pocztowy nie może pisać na adres z takimi literami przed znakiem @. Proszę podać inny.
email-wrong-unasked = Nie możemy teraz zapytać naszego serwera poczty, czy przyjmuje takie litery przed znakiem @. Proszę spróbować później albo podać inny adres.
url-label = Adres przychodzącego webhooka
# Where chats are offered, and where webhooks are; both, if both are.
url-hint-chat = Znajduje się w ustawieniach czatu.
url-hint-program = W przypadku programu: dowolny adres, który przyjmuje podpisany JSON (Standard Webhooks).
url-wrong-unreadable = To nie jest adres w sieci WWW; powinien wyglądać jak https://chat.example.org/hooks/…
url-wrong-long = Ten adres jest za długi.
url-wrong-insecure = Adres musi zaczynać się od https://.
url-wrong-credentials = Adres nie może zawierać użytkownika ani hasła.
url-wrong-port = To nie jest port sieci WWW; proszę użyć 443 lub portu od 1024 wzwyż.
url-wrong-private = Ten adres prowadzi do sieci, która nie jest publiczna.
url-wrong-ourselves = To jest adres tej właśnie strony.

# The preferences: which notifications, and in which form.
preferences-legend = Co mamy wysyłać?
preferences-all = Incydenty i zaplanowane prace serwisowe
preferences-incidents = Tylko incydenty
# $incident is its title, or its number such as “#7”.
preferences-one = Tylko to: { $incident }
how-legend = W jakim języku i strefie czasowej?
language-label = Język
zone-label = Strefa czasowa
# $zone is the site’s, such as Europe/Berlin.
zone-hint = Na przykład Europe/Berlin. Puste oznacza { $zone }.
zone-wrong = To nie jest strefa czasowa; powinna wyglądać jak Europe/Berlin.

# After the form: the same for every address, subscribed or not.
sent-title = Proszę sprawdzić pocztę
# $address is where the message went, shortened, such as “a…@example.org”.
sent-mail = Wysłaliśmy odnośnik na adres { $address }. Jeśli nie ma on jeszcze subskrypcji, odnośnik ją potwierdzi.
sent-hook-title = Proszę sprawdzić kanał
sent-hook = Wysłaliśmy odnośnik na adres { $address }. Jeśli nie ma on jeszcze subskrypcji, odnośnik ją potwierdzi.
# $again is a link with the words of `try-again`.
sent-late = Po kilku minutach nic nie przyszło? Proszę zajrzeć do folderu ze spamem albo { $again }.
sent-hook-late = Po kilku minutach nic nie przyszło? Proszę sprawdzić, czy adres jest poprawny, albo { $again }.
try-again = spróbować ponownie

confirm-title = Potwierdzenie subskrypcji
# $site is the page’s name.
confirm-question = Jeszcze jedno kliknięcie, a będziemy pisać o incydentach i pracach serwisowych { $site }.
confirm-button = Tak, proszę mnie informować
confirm-not-you = To pomyłka? Wystarczy zamknąć tę stronę i nic nie zostanie wysłane.

confirmed-title = Subskrypcja potwierdzona
confirmed-text = Napiszemy, gdy będzie co powiedzieć. Każda wiadomość ma odnośnik, którym można zmienić ustawienia i zrezygnować.
current-status-link = Bieżący stan

manage-title = Subskrypcja
# $address is where the notifications go, shortened, such as “a…@example.org”.
manage-where = Piszemy na { $address }.
manage-pending = To nie jest jeszcze potwierdzone: nic nie zostanie wysłane przed otwarciem odnośnika do potwierdzenia.
manage-button = Zapisz
manage-saved = Zapisano.
manage-secret = Klucz, którym podpisujemy nasze wiadomości
manage-secret-hint = Proszę przechowywać go w swoim programie i sprawdzać każdą wiadomość biblioteką Standard Webhooks. Jest pokazywany tylko teraz.
manage-leave = Anuluj subskrypcję

# A link works for $days days. $address is where a new one is sent, shortened.
expired-title = Ten odnośnik wygasł
expired-text = Odnośnik do subskrypcji działa przez { $days } dni. Możemy wysłać nowy na adres { $address }.
expired-button = Wyślij nowy odnośnik

unsubscribe-title = Zrezygnować?
unsubscribe-question = Wiadomości o { $site } przestaną przychodzić, a adres zostanie usunięty.
unsubscribe-button = Tak, rezygnuję
unsubscribe-back = Subskrypcję można założyć ponownie w każdej chwili.
unsubscribed-title = Subskrypcja zakończona
unsubscribed-text = Adres został usunięty i nic więcej na niego nie wyślemy.
unsubscribed-before-title = Ta subskrypcja już się zakończyła
unsubscribed-before-text = Subskrypcja, do której należy ten odnośnik, zakończyła się już wcześniej, a jej adres został usunięty. Jeśli wiadomości nadal przychodzą, od tego czasu założono nową subskrypcję: w każdej z nich jest odnośnik do rezygnacji.
subscribe-again = Subskrybuj ponownie
