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
verdict-outage-knowledge = Il nostro team ha confermato un’interruzione. Ci stiamo lavorando.
verdict-partial = Una parte di { $name } non funziona
verdict-partial-knowledge = Il nostro team ha confermato un’interruzione parziale. Ci stiamo lavorando.
verdict-suspected = { $name } potrebbe avere problemi
verdict-suspected-knowledge = Il nostro monitoraggio segnala un possibile problema. Il nostro team sta verificando.
verdict-watching-short = Una soluzione è stata applicata
verdict-watching = { $name } si sta riprendendo
verdict-watching-knowledge = Una soluzione è stata applicata. Osserviamo se regge.
verdict-watching-work-short = Sotto osservazione dopo la manutenzione
verdict-watching-work = La manutenzione di { $name } è finita
verdict-watching-work-knowledge = Osserviamo se tutto funziona come deve.
verdict-bug = { $name } ha un problema noto
verdict-bug-knowledge = Il nostro team lo ha confermato. Tutto il resto dovrebbe funzionare.
verdict-maintenance = { $name } è in manutenzione
verdict-maintenance-knowledge = È un lavoro programmato. Qualcosa può non essere disponibile per un po’.
verdict-notice = { $name } funziona normalmente, con un avviso
verdict-notice-knowledge = Non risulta nulla di guasto.
verdict-good = { $name } funziona normalmente
verdict-good-knowledge = Nessun problema noto.
verdict-good-despite-alerts-knowledge = Al nostro team non risulta alcun problema.

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
standing-notice-over = Avviso terminato
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
entry-announced-usual = A titolo informativo.
entry-confirmed = Confermato
entry-confirmed-usual = Il nostro team lo ha confermato.
entry-watching = In osservazione
entry-watching-usual = Una soluzione è stata applicata ed è sotto osservazione.
entry-finished = Concluso
entry-finished-usual = Il lavoro è concluso.
entry-resolved-usual = L’incidente è risolto.
entry-false-alarm-usual = Il nostro team ha verificato che non c’era nulla che non andasse.
entry-taken-back-usual = Tutte le segnalazioni sono rientrate prima che qualcuno confermasse un problema.
entry-reopened = Riaperto
entry-reopened-usual = Il problema si è ripresentato.
entry-moved = Spostato
entry-moved-usual = Questo lavoro è stato spostato a un altro momento.
entry-called-off = Annullato
entry-called-off-usual = Questo lavoro non si farà.
entry-update = Aggiornamento
entry-update-usual = È stato pubblicato un aggiornamento.
