//! Housekeeping: erases unconfirmed addresses and ended subscriptions, removes old deliveries and unread calls, and retries
//! rows that were set aside.

use std::time::Duration;

use candor_core::Status;
use candor_store::{CONFIRMATION_PERIOD, Store};
use jiff::{SignedDuration, Timestamp};
use tokio::{
    select,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use crate::job::counted;

/// How often old data is removed.
const PURGE_INTERVAL: Duration = Duration::from_secs(60 * 60);
/// How often rows that were set aside are read again: while two versions run, the other one may understand them.
const RETRY_INTERVAL: Duration = Duration::from_secs(5 * 60);
/// Older rows are not sent any more.
const RETRY_MAX_AGE: SignedDuration = SignedDuration::from_hours(24);
/// Deliveries are kept for 13 months, so that last year's can be compared with this year's.
const DELIVERY_RETENTION: SignedDuration = SignedDuration::from_hours(396 * 24);
/// How long calls of alert sources that couldn't be read are kept.
const UNREAD_ALERT_RETENTION: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a subscription to one incident is kept if it was made after the incident's end, or if the incident was
/// dismissed, since that may be reopened.
const ENDED_SUBSCRIPTION_RETENTION: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Runs until `stop`, for the first time at once. After a failure it tries again at the next interval.
pub(crate) async fn run(store: &Store, stop: &CancellationToken) {
    let [mut purge, mut retry] = [PURGE_INTERVAL, RETRY_INTERVAL].map(interval);
    for tick in [&mut purge, &mut retry] {
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    }
    loop {
        select! {
            () = stop.cancelled() => return,
            _ = purge.tick() => {}
            _ = retry.tick() => {
                if let Err(error) = store.retry_unreadable(RETRY_MAX_AGE).await {
                    tracing::debug!(error = %error.chain(), "what was set aside is read again another time");
                }
                continue;
            }
        }
        match counted("retention", store.purge_unconfirmed(CONFIRMATION_PERIOD)).await {
            Ok(0) => {}
            Ok(forgotten) => {
                tracing::info!(forgotten, "addresses that nobody confirmed were erased");
            }
            Err(error) => {
                tracing::warn!(error = %error.chain(), "addresses that nobody confirmed can't be erased now");
            }
        }
        let board = store.snapshot().borrow().board.clone();
        let ends = move |number, asked, now| {
            let incident = board.as_ref().and_then(|board| board.incident(number));
            let over = incident.and_then(|incident| {
                let called_off = incident.canceled.then(|| incident.last_update_at());
                Some((incident.status, incident.ended_at.or(called_off)?))
            });
            over.is_some_and(|(status, ended)| ends(status, ended, asked, now))
        };
        match counted("retention", store.purge_ended(ends)).await {
            Ok(0) => {}
            Ok(ended) => tracing::info!(ended, "subscriptions to incidents that are over ended"),
            Err(error) => {
                tracing::warn!(error = %error.chain(), "subscriptions can't be ended now");
            }
        }
        let unread = store.purge_unread_alerts(UNREAD_ALERT_RETENTION);
        if let Err(error) = counted("retention", unread).await {
            tracing::warn!(error = %error.chain(), "old calls that couldn't be read can't be removed now");
        }
        let old = store.purge_deliveries(DELIVERY_RETENTION);
        match counted("retention", old).await {
            Ok(0) => {}
            Ok(purged) => {
                tracing::info!(purged, "deliveries of more than 13 months ago were removed");
            }
            Err(error) => {
                tracing::warn!(error = %error.chain(), "old deliveries can't be removed now");
            }
        }
    }
}

/// Whether a subscription to one ended incident is removed although no message says so.
fn ends(status: Status, ended: Timestamp, asked: Timestamp, now: Timestamp) -> bool {
    let is_settled = status == Status::Resolved && asked < ended;
    is_settled || now.duration_since(asked.max(ended)) > ENDED_SUBSCRIPTION_RETENTION
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subscriber_of_one_incident_is_removed_after_its_end() {
        let at = |hour| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour);
        let (ended, soon, late) = (at(10), at(11), at(10 + 7 * 24 + 2));
        let ends = |status, asked, now| ends(status, ended, at(asked), now);
        assert!(ends(Status::Resolved, 9, soon), "nobody told them, and nothing more will come");
        assert!(!ends(Status::Resolved, 11, soon), "asked for what is over");
        assert!(!ends(Status::Dismissed, 9, soon), "it may have been real");
        assert!(ends(Status::Resolved, 11, late) && ends(Status::Dismissed, 9, late));
    }
}
