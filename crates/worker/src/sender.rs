//! Sends one delivery through its channel, and decides what the answer means for it.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use candor_store::{AttemptOutcome, Claim, DeliveryContent};
use futures::FutureExt as _;
use metrics::{counter, histogram};
use tokio::time::{Instant, timeout};
use tracing::Instrument as _;

use crate::{
    channel::{DeliveryChannel, DeliveryError},
    circuit_breaker::CircuitBreaker,
    rejections::{About, Rejections},
};

/// A delivery is given up after this many panics.
const MAX_PANICS: u32 = 3;
/// How long a request for confirmation may take. Anybody can cause one, to an address that they know to be slow.
const CONFIRMATION_TIMEOUT: Duration = Duration::from_secs(15);

/// Sends through a channel that may be slow, absent or wrong.
pub(crate) struct DeliverySender {
    pub(crate) channel: Arc<dyn DeliveryChannel>,
    pub(crate) breaker: Arc<CircuitBreaker>,
    pub(crate) rejections: Arc<Rejections>,
    /// Shorter than the lease, so that a living worker never loses it.
    pub(crate) timeout: Duration,
    /// How long to wait for the answers to other recipients after a permanent rejection.
    pub(crate) rejection_wait: Duration,
}

impl DeliverySender {
    /// Sends one delivery. Always returns an outcome, and in time.
    pub(crate) async fn send(&self, claim: &Claim) -> AttemptOutcome {
        let (queue, job) = (self.channel.queue().as_str(), claim.kind().as_str());
        counter!("candor_jobs_started_total", "queue" => queue, "job" => job).increment(1);
        histogram!("candor_job_wait_seconds", "queue" => queue).record(claim.waited);
        let span =
            tracing::info_span!(target: "candor::trace", "send", otel.kind = "client", queue);
        let begun = Instant::now();
        let (outcome, error) = self.attempt(claim).instrument(span).await;
        histogram!("candor_job_duration_seconds", "queue" => queue, "job" => job)
            .record(begun.elapsed());
        let status = match error {
            None => "success",
            Some("later" | "refused") => "expected_error",
            Some(_) => "error",
        };
        counter!("candor_job_runs_total", "queue" => queue, "job" => job, "status" => status)
            .increment(1);
        if let Some(kind) = error {
            count_error(queue, job, kind);
        }
        outcome
    }

    /// The outcome of a delivery that waits until the other side accepts something from us. May `trip` the circuit
    /// breaker.
    fn hold(&self, error: String, trip: bool) -> (AttemptOutcome, Option<&'static str>) {
        if trip {
            self.breaker.refused(&error);
        }
        (AttemptOutcome::Held { not_before: None, error }, Some("about_us"))
    }

    /// The outcome of a permanent rejection; `is_clear` if it clearly concerns the recipient.
    async fn refused(
        &self,
        claim: &Claim,
        error: String,
        is_clear: bool,
    ) -> (AttemptOutcome, Option<&'static str>) {
        self.breaker.answered();
        let about = match self.channel.has_one_server() {
            true => self.rejections.about(claim, &error, is_clear, self.rejection_wait).await,
            false => About::Recipient,
        };
        match about {
            About::Recipient => (AttemptOutcome::Dead { error }, Some("refused")),
            About::Us { why, trip } => self.hold(format!("{why}: {error}"), trip),
        }
    }

    /// The outcome, and the kind of failure for metrics.
    async fn attempt(&self, claim: &Claim) -> (AttemptOutcome, Option<&'static str>) {
        // Caught here and not by apalis, which doesn't know the delivery. In an async block, so that a panic before the
        // first await is caught, too.
        let sending = AssertUnwindSafe(async { self.channel.send(claim).await }).catch_unwind();
        let limit = match claim.content {
            DeliveryContent::ConfirmSubscription | DeliveryContent::AlreadySubscribed => {
                self.timeout.min(CONFIRMATION_TIMEOUT)
            }
            DeliveryContent::Notice(_) | DeliveryContent::Thread { .. } => self.timeout,
        };
        match timeout(limit, sending).await {
            Ok(Ok(Ok(answer))) => {
                self.rejections.accepted();
                self.breaker.accepted();
                (AttemptOutcome::Sent { answer }, None)
            }
            Ok(Ok(Err(DeliveryError::Later { not_before, error }))) => {
                self.breaker.answered();
                let held = self.channel.has_one_server() && !self.rejections.accepted_lately();
                let outcome = match held {
                    true => AttemptOutcome::Held { not_before, error },
                    false => AttemptOutcome::Later { not_before, error },
                };
                (outcome, Some("later"))
            }
            Ok(Ok(Err(DeliveryError::Dead { error }))) => self.refused(claim, error, true).await,
            Ok(Ok(Err(DeliveryError::Refused { error }))) => {
                self.refused(claim, error, false).await
            }
            Ok(Ok(Err(DeliveryError::AboutUs { error }))) => {
                let trip = self.rejections.concerns_all(claim, &error);
                if trip || !self.rejections.accepted_lately() {
                    self.hold(error, trip)
                } else {
                    (AttemptOutcome::Later { not_before: None, error }, Some("about_us"))
                }
            }
            Ok(Ok(Err(DeliveryError::Unreachable { error }))) => {
                self.breaker.unanswered(&error);
                (AttemptOutcome::Held { not_before: None, error }, Some("unreachable"))
            }
            Ok(Err(panic)) => {
                let error = format!("panic: {}", panic_message(&*panic));
                tracing::error!(delivery = %claim.delivery, attempt = claim.attempt, error);
                let outcome = if claim.attempt >= MAX_PANICS {
                    AttemptOutcome::Dead { error }
                } else {
                    AttemptOutcome::Later { not_before: None, error }
                };
                (outcome, Some("panic"))
            }
            Err(_) => {
                let error = format!("no answer within {} s", limit.as_secs());
                (AttemptOutcome::Later { not_before: None, error }, Some("timeout"))
            }
        }
    }
}

pub(crate) fn count_error(queue: &'static str, job: &'static str, kind: &'static str) {
    counter!("candor_job_errors_total", "queue" => queue, "job" => job, "kind" => kind)
        .increment(1);
}

/// The first line of the panic's message. The others may contain values, and so personal data.
fn panic_message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .and_then(|message| message.lines().next())
        .unwrap_or("no message")
}

#[cfg(test)]
mod tests;
