//! What both chat channels share: the rate limit, and the record of problems that an operator has to fix.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use candor_integrations::slack::api::{ApiError, ErrorClass};
use candor_store::StoreError;
use jiff::{SignedDuration, Timestamp};
use tokio::time::{Instant, sleep};

use super::ChatTeam;
use crate::channel::DeliveryError;

/// A message that would have to wait longer is retried later.
const MAX_WAIT: Duration = Duration::from_secs(20);
/// A channel that hasn't answered for this many intervals, a minute by default, may have a problem.
const SILENT_INTERVALS: u32 = 60;
const SILENT: &str =
    "there has been no answer for more than a minute: it is down, or a firewall is in between";
/// How often a working channel is checked for problems that other processes recorded.
const RECHECK_INTERVAL: Duration = Duration::from_secs(60);

/// A chat channel.
pub(super) struct ChatSender {
    pub(super) name: &'static str,
    pub(super) team: Arc<ChatTeam>,
    /// The minimum time between two calls.
    interval: Duration,
    /// When it was last recorded that the channel works; none while it doesn't, as far as this process knows.
    worked: Mutex<Option<Instant>>,
    /// When the other side last stopped answering.
    silent_since: Mutex<Option<Instant>>,
}

/// Retry soon, after `pause` at the earliest.
pub(super) fn later(pause: Option<Duration>, error: impl Into<String>) -> DeliveryError {
    let pause = pause.and_then(|pause| SignedDuration::try_from(pause).ok());
    let not_before = pause.and_then(|pause| Timestamp::now().checked_add(pause).ok());
    DeliveryError::Later { not_before, error: error.into() }
}

/// The database doesn't answer: what was done is found out when it does.
#[expect(clippy::needless_pass_by_value, reason = "it is for map_err")]
pub(super) fn database(error: StoreError) -> DeliveryError {
    later(None, error.chain().to_string())
}

impl ChatSender {
    pub(super) fn new(name: &'static str, interval: Duration, team: Arc<ChatTeam>) -> Self {
        Self { name, team, interval, worked: Mutex::default(), silent_since: Mutex::default() }
    }

    /// Waits until this process may make one call. The first message about an incident is urgent: it doesn't wait
    /// behind a few earlier messages.
    pub(super) async fn turn(&self, urgent: bool) -> Result<(), DeliveryError> {
        let turn = self.team.store.reserve_send(self.name, self.interval, urgent).await;
        let wait = turn.map_err(database)?;
        if wait > MAX_WAIT {
            return Err(later(
                Some(wait),
                "the chat channel has other messages to post first, or must pause",
            ));
        }
        sleep(wait).await;
        Ok(())
    }

    /// The delivery error for a failed call. Records a problem that an operator has to fix.
    pub(super) async fn failed(&self, error: &ApiError) -> DeliveryError {
        match error.class {
            ErrorClass::RateLimited => {
                let pause = error.retry_after.unwrap_or_default();
                match self.team.store.pause_sends(self.name, pause).await {
                    Ok(()) => later(Some(pause), error.to_string()),
                    Err(error) => database(error),
                }
            }
            ErrorClass::NotSent | ErrorClass::Unknown => self.unanswered(error).await,
            ErrorClass::Credentials | ErrorClass::Configuration => {
                self.problem(&error.to_string()).await
            }
            ErrorClass::OurFault | ErrorClass::State => {
                DeliveryError::Dead { error: error.to_string() }
            }
        }
    }

    /// The other side didn't answer. That usually passes; if it lasts, an operator should look.
    async fn unanswered(&self, error: &ApiError) -> DeliveryError {
        let since = *self.silent_since().get_or_insert_with(|| {
            tracing::warn!(chat_channel = self.name, %error, "the team can't be told now; trying again");
            Instant::now()
        });
        if since.elapsed() > self.interval * SILENT_INTERVALS {
            return self.problem(SILENT).await;
        }
        later(error.retry_after, error.to_string())
    }

    /// Records a problem that an operator has to fix, and logs it if it is new. Deliveries are retried, so nothing has
    /// to be restarted afterwards.
    pub(super) async fn problem(&self, sentence: &str) -> DeliveryError {
        *self.worked() = None;
        match self.team.store.set_chat_problem(self.name, Some(sentence)).await {
            Ok(true) => tracing::error!(
                chat_channel = self.name,
                "the team can't be told: {sentence}; nothing is lost, and it is tried again and again"
            ),
            Ok(false) => {}
            Err(error) => return database(error),
        }
        later(None, sentence)
    }

    /// Records that the channel works. Threads that were given up meanwhile, or wait for a retry, become due.
    pub(super) async fn works(&self) {
        let was_silent = self.silent_since().take().is_some();
        if was_silent && let Err(error) = self.team.store.retry_threads(self.name).await {
            tracing::debug!(error = %error.chain(), "threads are tried again when their pauses are over");
        }
        if self.worked().is_some_and(|worked| worked.elapsed() < RECHECK_INTERVAL) {
            return;
        }
        let store = &self.team.store;
        match store.set_chat_problem(self.name, None).await {
            Ok(is_new) => {
                *self.worked() = Some(Instant::now());
                if !is_new {
                    return;
                }
                tracing::info!(chat_channel = self.name, "the team can be told again");
                let board = self.team.snapshot.borrow().board.clone();
                for incident in board.iter().flat_map(|board| board.open()) {
                    if let Err(error) = store.enqueue_thread(incident.number).await {
                        tracing::warn!(error = %error.chain(), "a thread may be late until the next event");
                    }
                }
            }
            Err(error) => {
                tracing::debug!(error = %error.chain(), "that the chat channel works is recorded another time");
            }
        }
    }

    /// Whether the channel has a recorded problem; none if it isn't active (yet), or the database doesn't answer.
    pub(super) async fn has_problem(&self) -> Option<bool> {
        let channels = self.team.store.chat_channels().await.ok()?;
        let channel = channels.into_iter().find(|channel| channel.name == self.name)?;
        Some(channel.problem.is_some())
    }

    /// Makes the next call check for problems that other processes recorded.
    pub(super) fn recheck(&self) {
        *self.worked() = None;
    }

    fn silent_since(&self) -> MutexGuard<'_, Option<Instant>> {
        self.silent_since.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn worked(&self) -> MutexGuard<'_, Option<Instant>> {
        self.worked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
