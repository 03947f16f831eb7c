//! Alerts: they may only make an incident suspected. Nothing here is ever refused, so that no alert is lost.

use jiff::Timestamp;

use crate::{
    Alert, AlertCleared, AlertKey, AlertMessage, AlertRaised, AlertUpdated, Board, CommandContext,
    DismissReason, Dismissed, Event, Occurrence, Status,
};

/// A new alert joins an open outage, reopens the incident that was just dismissed, or opens one; one that fires already,
/// or whose raise comes after its clear, is only recorded.
pub(super) fn raise(
    board: &Board,
    alert: AlertKey,
    message: AlertMessage,
    occurrence: Occurrence,
    context: &CommandContext,
) -> Vec<Event> {
    let alert = match board.last_occurrence(&alert) {
        None => alert,
        Some((last, known)) if !known.firing && occurrence.begins_after(&known) => {
            alert.with_occurrence(last.occurrence().saturating_add(1))
        }
        Some((last, known)) => {
            let began = occurrence.since();
            return vec![Event::AlertUpdated(AlertUpdated {
                incident: known.incident,
                alert: last.clone(),
                action: AlertMessage::lenient("raised again"),
                message,
                since: began.filter(|began| {
                    known.firing && known.since.is_some_and(|since| *began > since)
                }),
            })];
        }
    };
    let joined = board.incident_for_new_alert(context.now, context.refire);
    let incident = joined.map_or_else(|| board.next_number(), |incident| incident.number);
    let found = joined.map(|incident| incident.status);
    let since = occurrence.since();
    vec![Event::AlertRaised(AlertRaised { incident, alert, message, found, since })]
}

/// Any other change of an alert is recorded, without effect.
pub(super) fn update(
    board: &Board,
    alert: AlertKey,
    action: AlertMessage,
    message: AlertMessage,
) -> Vec<Event> {
    let last = board.last_occurrence(&alert).map(|(last, known)| (last.clone(), known.incident));
    let (alert, incident) = last.unwrap_or((alert, None));
    vec![Event::AlertUpdated(AlertUpdated { incident, alert, action, message, since: None })]
}

/// A cleared alert stays known. When the last alert of a suspected incident clears, the incident is dismissed.
pub(super) fn clear(
    board: &Board,
    alert: AlertKey,
    message: AlertMessage,
    occurrence: Occurrence,
) -> Vec<Event> {
    let recorded =
        |action| update(board, alert.clone(), AlertMessage::lenient(action), message.clone());
    let (key, incident) = match board.last_occurrence(&alert) {
        None => (alert, None),
        Some((_, known)) if known.firing && occurrence.is_before(&known) => {
            return recorded("an earlier problem cleared");
        }
        Some((last, known)) if known.firing => (last.clone(), known.incident),
        // Its raise is still on the way, and must open nothing.
        Some((last, known)) if occurrence.begins_after(&known) && occurrence.at().is_some() => {
            (alert.with_occurrence(last.occurrence().saturating_add(1)), None)
        }
        Some(_) => return recorded("cleared again"),
    };
    let cleared_at = occurrence.at();
    let mut events =
        vec![Event::AlertCleared(AlertCleared { incident, alert: key, message, cleared_at })];
    if let Some(incident) = incident.and_then(|number| board.incident(number))
        && incident.status == Status::Suspected
        && incident.firing <= 1
    {
        let because = DismissReason::AllAlertsCleared;
        events.push(Event::Dismissed(Dismissed { incident: incident.number, because, text: None }));
    }
    events
}

impl Occurrence {
    /// When it began, as far as the source tells.
    fn since(self) -> Option<Timestamp> {
        match self {
            Self::Only => None,
            Self::OneOfMany { since, at } => since.or(at),
        }
    }

    /// When what the signal says happened, as far as the source tells.
    fn at(self) -> Option<Timestamp> {
        match self {
            Self::Only => None,
            Self::OneOfMany { since, at } => at.or(since),
        }
    }

    /// Whether a raise opens another occurrence after `last`, which was cleared. Without times, the order of arrival is
    /// all there is.
    fn begins_after(self, last: &Alert) -> bool {
        let Self::OneOfMany { .. } = self else { return false };
        let is_the_same = self.since().is_some() && self.since() == last.since;
        let is_later = match (self.since(), last.cleared_at.or(last.since)) {
            (Some(began), Some(cleared)) => began > cleared,
            (None, _) | (_, None) => true,
        };
        !is_the_same && is_later
    }

    /// Whether a clear is about an occurrence before the one that fires.
    fn is_before(self, firing: &Alert) -> bool {
        let Self::OneOfMany { since, at } = self else { return false };
        let told = since.or(at);
        told.is_some_and(|told| firing.since.is_some_and(|firing| told < firing))
    }
}
