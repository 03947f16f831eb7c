//! What the clock calls for: planned work that starts or ends by itself, and addresses that nobody confirmed.

use std::{collections::BTreeMap, time::Duration};

use candor_core::{Board, Command, due};
use candor_store::{Request, Store};
use jiff::{SignedDuration, Timestamp};
use tokio::{
    select,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use crate::job::counted;

/// How often the clock is looked at.
const TICK: Duration = Duration::from_secs(1);
/// An answered command isn't given again before this, even if the board still calls for it.
const PATIENCE: SignedDuration = SignedDuration::from_secs(60);

/// Gives the commands that are due, until `stop`. Several workers may do so at the same time: the source key lets each
/// through once.
pub(crate) async fn run(store: &Store, stop: &CancellationToken) {
    let snapshot = store.snapshot();
    let mut answered = BTreeMap::new();
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        select! {
            () = stop.cancelled() => return,
            _ = tick.tick() => {}
        }
        let Some(board) = snapshot.borrow().board.clone() else { continue };
        let now = Timestamp::now();
        answered.retain(|_, at: &mut Timestamp| now.duration_since(*at) < PATIENCE);
        for command in due(&board, now) {
            let Some(key) = key(&board, &command) else { continue };
            if answered.contains_key(&key) {
                continue;
            }
            let mut request = Request::new(command, None, "schedule");
            request.source_key = Some(key.clone());
            match counted("schedule", store.execute(request)).await {
                Ok(answer) => {
                    tracing::info!(key, ?answer, "the schedule's command was answered");
                    answered.insert(key, now);
                }
                Err(error) => tracing::warn!(key, %error, "the schedule's command failed"),
            }
        }
    }
}

/// What a command of the schedule is known by: `start:7:2026-11-21T10:00:00Z`.
fn key(board: &Board, command: &Command) -> Option<String> {
    let window = |number| board.incident(number).and_then(|incident| incident.window);
    #[expect(clippy::wildcard_enum_match_arm, reason = "the schedule only starts and ends")]
    match command {
        Command::StartMaintenance { incident, .. } => {
            Some(format!("start:{incident}:{}", window(*incident)?.starts_at))
        }
        Command::EndMaintenance { incident, .. } => {
            Some(format!("end:{incident}:{}", window(*incident)?.ends_at))
        }
        _ => None,
    }
}
