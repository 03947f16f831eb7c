//! Alerts: they may only make an incident suspected. Nothing here is ever refused, so that no alert is lost.

use crate::{
    AlertCleared, AlertKey, AlertMessage, AlertRaised, AlertUpdated, Board, CommandContext,
    DismissReason, Dismissed, Event, Status,
};

/// A new alert joins an open outage, reopens the incident that was just dismissed, or opens one; a known alert is only
/// recorded, however late its raise comes.
pub(super) fn raise(
    board: &Board,
    alert: AlertKey,
    message: AlertMessage,
    context: &CommandContext,
) -> Vec<Event> {
    if board.alert(&alert).is_some() {
        return update(board, alert, AlertMessage::lenient("raised again"), message);
    }
    let joined = board.incident_for_new_alert(context.now, context.refire);
    let incident = joined.map_or_else(|| board.next_number(), |incident| incident.number);
    let found = joined.map(|incident| incident.status);
    vec![Event::AlertRaised(AlertRaised { incident, alert, message, found })]
}

/// Any other change of an alert is recorded, without effect.
pub(super) fn update(
    board: &Board,
    alert: AlertKey,
    action: AlertMessage,
    message: AlertMessage,
) -> Vec<Event> {
    let incident = board.alert(&alert).and_then(|known| known.incident);
    vec![Event::AlertUpdated(AlertUpdated { incident, alert, action, message })]
}

/// A cleared alert stays known. When the last alert of a suspected incident clears, the incident is dismissed.
pub(super) fn clear(board: &Board, alert: AlertKey, message: AlertMessage) -> Vec<Event> {
    match board.alert(&alert) {
        Some(known) if !known.firing => {
            update(board, alert, AlertMessage::lenient("cleared again"), message)
        }
        known => {
            let number = known.and_then(|known| known.incident);
            let mut events =
                vec![Event::AlertCleared(AlertCleared { incident: number, alert, message })];
            if let Some(incident) = number.and_then(|number| board.incident(number))
                && incident.status == Status::Suspected
                && incident.firing <= 1
            {
                let because = DismissReason::AllAlertsCleared;
                events.push(Event::Dismissed(Dismissed {
                    incident: incident.number,
                    because,
                    text: None,
                }));
            }
            events
        }
    }
}
