//! The schedule: starts and ends planned maintenance, and makes threads with open questions due.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use candor_core::{Board, Command, IncidentAction, IncidentNumber, due, questions};
use candor_store::{AppendRequest, Store};
use jiff::{SignedDuration, Timestamp};
use tokio::{
    select,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use crate::job::counted;

/// How often the clock is checked.
const TICK_INTERVAL: Duration = Duration::from_secs(1);
/// How long an answered command isn't repeated, even if the board still asks for it.
const REPEAT_DELAY: SignedDuration = SignedDuration::from_secs(60);

/// Executes the commands that are due, until `stop`. Several workers may do so at the same time: the source key lets
/// each command through once. With `asks`, the threads of incidents with an open question become due.
pub(crate) async fn run(store: &Store, asks: bool, stop: &CancellationToken) {
    let snapshot = store.snapshot();
    let mut answered = BTreeMap::new();
    let mut asked = BTreeSet::new();
    let mut tick = interval(TICK_INTERVAL);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        select! {
            () = stop.cancelled() => return,
            _ = tick.tick() => {}
        }
        let Some(board) = snapshot.borrow().board.clone() else { continue };
        // The database's clock decides whether a window has begun, not this machine's.
        let Ok(now) = store.now().await else { continue };
        answered.retain(|_, at: &mut Timestamp| now.duration_since(*at) < REPEAT_DELAY);
        for command in due(&board, now) {
            let Some(key) = key(&board, &command) else { continue };
            if answered.contains_key(&key) {
                continue;
            }
            let mut request = AppendRequest::new(command, None, "schedule");
            request.source_key = Some(key.clone());
            match counted("schedule", store.execute(request)).await {
                Ok(answer) => {
                    tracing::info!(key, %answer, "the schedule's command was answered");
                    answered.insert(key, now);
                }
                Err(error) => {
                    tracing::warn!(key, error = %error.chain(), "the schedule's command failed");
                }
            }
        }
        if asks {
            ask(store, &board, now, &mut asked).await;
        }
    }
}

/// Makes the threads of open questions due, each question once: bringing a thread up to date finds the question, and
/// knows whether it was asked. So it does no harm if a question comes again after a restart.
async fn ask(
    store: &Store,
    board: &Board,
    now: Timestamp,
    asked: &mut BTreeSet<(IncidentNumber, String)>,
) {
    let open = questions(board, now).into_iter().map(|open| (open.incident, open.key()));
    let open: BTreeSet<_> = open.collect();
    asked.retain(|question| open.contains(question));
    for question in open {
        if asked.contains(&question) {
            continue;
        }
        match counted("schedule", store.enqueue_thread(question.0)).await {
            Ok(()) => {
                asked.insert(question);
            }
            Err(error) => tracing::warn!(error = %error.chain(), "a question waits to be asked"),
        }
    }
}

/// The source key of a command of the schedule: `start:7:2026-11-21T10:00:00Z`.
fn key(board: &Board, command: &Command) -> Option<String> {
    let Command::Incident { number, action } = command else { return None };
    let window = board.incident(*number)?.window?;
    #[expect(clippy::wildcard_enum_match_arm, reason = "the schedule only starts and ends")]
    match action {
        IncidentAction::StartMaintenance { .. } => {
            Some(format!("start:{number}:{}", window.starts_at))
        }
        IncidentAction::EndMaintenance { .. } => Some(format!("end:{number}:{}", window.ends_at)),
        _ => None,
    }
}
