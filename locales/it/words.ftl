# Headline, severities, statuses. What monitoring suspects and what a person confirmed never sound alike.

# Severities; also in the title of the window.
outage = Interruzione
partial-outage = Interruzione parziale
known-problem = Problema noto
maintenance = Manutenzione
notice = Avviso
all-good = Tutto bene
possible-problem = Possibile problema
# The title of an incident that monitoring reported and no person has confirmed.
possible-outage = Possibile interruzione
resolved = Risolto
false-alarm = Falso allarme

# The headline of the page, and how we know. $name is the name of the service.
headline-outage = { $name } non funziona
headline-outage-knowledge = Il nostro team ha confermato un’interruzione. Ci stiamo lavorando.
headline-partial = Una parte di { $name } non funziona
headline-partial-knowledge = Il nostro team ha confermato un’interruzione parziale. Ci stiamo lavorando.
headline-suspected = { $name } potrebbe avere problemi
headline-suspected-knowledge = Il nostro monitoraggio segnala un possibile problema. Il nostro team sta verificando.
headline-watching-short = Una soluzione è stata applicata
headline-watching = { $name } si sta riprendendo
headline-watching-knowledge = Una soluzione è stata applicata. Osserviamo se regge.
headline-watching-maintenance-short = Sotto osservazione dopo la manutenzione
headline-watching-maintenance = La manutenzione di { $name } è finita
headline-watching-maintenance-knowledge = Osserviamo se tutto funziona come deve.
headline-bug = { $name } ha un problema noto
headline-bug-knowledge = Il nostro team lo ha confermato. Tutto il resto dovrebbe funzionare.
headline-maintenance = { $name } è in manutenzione
headline-maintenance-knowledge = È un lavoro programmato. Qualcosa può non essere disponibile per un po’.
headline-notice = { $name } funziona normalmente, con un avviso
headline-notice-knowledge = Non risulta nulla di guasto.
headline-good = { $name } funziona normalmente
headline-good-knowledge = Nessun problema noto.
# Instead, while an alert still fires that a person found to be a false alarm, or whose incident is over.
headline-good-despite-alerts-knowledge = Al nostro team non risulta alcun problema.

# Severity and status of an incident.
status-planned = Manutenzione programmata
status-suspected = Sospetto, non confermato
status-outage = Interruzione confermata
status-partial = Interruzione parziale confermata
status-bug = Problema noto, confermato
status-maintenance = Manutenzione in corso
status-maintenance-watching = Manutenzione finita, sotto osservazione
status-watching = Soluzione applicata, sotto osservazione
status-canceled = Manutenzione annullata
status-maintenance-finished = Manutenzione conclusa
status-notice-ended = Avviso terminato
status-outage-resolved = Interruzione risolta
status-partial-resolved = Interruzione parziale risolta
status-bug-resolved = Problema noto, risolto
status-missed = Orario previsto trascorso, lavori non iniziati

# The first word of a timeline entry, and its text when nobody wrote one.
entry-planned = Programmato
entry-planned-default = Questo lavoro è stato annunciato.
entry-suspected = Sospetto
entry-suspected-default = Il monitoraggio ha segnalato un problema.
entry-started = Iniziato
entry-started-default = Il lavoro è iniziato.
entry-announced = Annunciato
entry-announced-default = A titolo informativo.
entry-confirmed = Confermato
entry-confirmed-default = Il nostro team lo ha confermato.
entry-watching = In osservazione
entry-watching-default = Una soluzione è stata applicata ed è sotto osservazione.
entry-finished = Concluso
entry-finished-default = Il lavoro è concluso.
entry-resolved-default = L’incidente è risolto.
entry-false-alarm-default = Il nostro team ha verificato che non c’era nulla che non andasse.
entry-alerts-cleared-default = Tutte le segnalazioni sono rientrate prima che qualcuno confermasse un problema.
entry-reopened = Riaperto
entry-reopened-default = Il problema si è ripresentato.
entry-moved = Spostato
entry-moved-default = Questo lavoro è stato spostato a un altro momento.
entry-canceled = Annullato
entry-canceled-default = Questo lavoro non si farà.
entry-update = Aggiornamento
entry-update-default = È stato pubblicato un aggiornamento.

# Who acted.
who-someone = qualcuno
who-schedule = il calendario
who-you = Lei

# What somebody did to an incident: a sentence without its full stop. $who is a name or one of the words above.
did-declare = Dichiarato: { $who }
did-plan = Programmato: { $who }
did-start = Iniziato: { $who }
did-confirm = Confermato: { $who }
# $severity is a severity.
did-confirm-as = Confermato come «{ $severity }»: { $who }
did-watch = Messo in osservazione: { $who }
did-end = Concluso: { $who }
did-resolve = Risolto: { $who }
did-dismiss = Scartato come falso allarme: { $who }
did-dismiss-itself = Scartato automaticamente perché non ci sono più segnalazioni attive
did-reopen = Riaperto: { $who }
did-cancel = Annullato: { $who }
