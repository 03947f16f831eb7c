# How things stand. What monitoring suspects and what a person confirmed never sound alike.

# Kinds of incidents; also for the title of the window.
outage = Interruzione
partial-outage = Interruzione parziale
known-problem = Problema noto
maintenance = Manutenzione
notice = Avviso
all-good = Tutto bene
possible-problem = Possibile problema
# The title of an incident that monitoring reported and nobody has confirmed.
possible-outage = Possibile interruzione
resolved = Risolto
false-alarm = Falso allarme

# The one honest sentence at the top of the page, and what kind of knowledge it is. $name is the name of the service.
verdict-outage = { $name } non funziona
verdict-outage-knowledge = Una persona ha confermato un’interruzione. Ci stiamo lavorando.
verdict-partial = Una parte di { $name } non funziona
verdict-partial-knowledge = Una persona ha confermato un’interruzione parziale. Ci stiamo lavorando.
verdict-suspected = { $name } potrebbe avere problemi
verdict-suspected-knowledge = Il nostro monitoraggio segnala un possibile problema. Una persona sta verificando.
verdict-watching-short = Una soluzione è stata applicata
verdict-watching = { $name } si sta riprendendo
verdict-watching-knowledge = Una soluzione è stata applicata. Osserviamo se regge.
verdict-watching-work-short = Sotto osservazione dopo la manutenzione
verdict-watching-work = La manutenzione di { $name } è finita
verdict-watching-work-knowledge = Osserviamo se tutto funziona come deve.
verdict-bug = { $name } ha un problema noto
verdict-bug-knowledge = Una persona lo ha confermato. Tutto il resto dovrebbe funzionare.
verdict-maintenance = { $name } è in manutenzione
verdict-maintenance-knowledge = È un lavoro programmato. Qualcosa può non essere disponibile per un po’.
verdict-notice = { $name } funziona, con un avviso da sapere
verdict-notice-knowledge = Non risulta nulla di guasto.
verdict-good = { $name } funziona normalmente
verdict-good-knowledge = Né il monitoraggio né alcuno di noi sa di un problema.
verdict-good-despite-alerts-knowledge = Non ci risulta alcun problema.

# What an incident is and how it stands.
standing-planned = Manutenzione programmata
standing-suspected = Sospetto, non confermato
standing-outage = Interruzione confermata
standing-partial = Interruzione parziale confermata
standing-bug = Problema noto, confermato
standing-maintenance = Manutenzione in corso
standing-maintenance-watched = Manutenzione finita, sotto osservazione
standing-watching = Soluzione applicata, sotto osservazione
standing-called-off = Manutenzione annullata
standing-maintenance-finished = Manutenzione conclusa
standing-notice-over = Avviso, non più attuale
standing-outage-over = Interruzione risolta
standing-partial-over = Interruzione parziale risolta
standing-bug-over = Problema noto, risolto
standing-missed = Orario previsto trascorso, lavori non iniziati

# The first word of an entry in a timeline, and what it says when nobody wrote anything.
entry-planned = Programmato
entry-planned-usual = Questo lavoro è stato annunciato.
entry-suspected = Sospetto
entry-suspected-usual = Il monitoraggio ha segnalato un problema.
entry-begun = Iniziato
entry-begun-usual = Il lavoro è iniziato.
entry-announced = Annunciato
entry-announced-usual = C’è qualcosa da sapere.
entry-confirmed = Confermato
entry-confirmed-usual = Una persona lo ha confermato.
entry-watching = In osservazione
entry-watching-usual = Una soluzione è stata applicata ed è sotto osservazione.
entry-finished = Concluso
entry-finished-usual = Il lavoro è concluso.
entry-resolved-usual = È finita.
entry-false-alarm-usual = Una persona ha guardato e ha visto che non c’era nulla che non andasse.
entry-taken-back-usual = Il monitoraggio ha ritirato ogni segnalazione prima che qualcuno confermasse un problema.
entry-reopened = Riaperto
entry-reopened-usual = Non era finita.
entry-moved = Spostato
entry-moved-usual = Questo lavoro è stato spostato a un altro momento.
entry-called-off = Annullato
entry-called-off-usual = Questo lavoro non si farà.
entry-update = Aggiornamento
entry-update-usual = Qui è stato scritto qualcosa.
