//! Delivery channels, one per queue. A channel sends one delivery; its error says whether a retry can help.

mod chat;
mod hooks;
mod mail;
mod site;

use candor_content::notification_text::NotificationBody;
pub use chat::ChatChannel;
pub use hooks::HooksChannel;
pub use mail::MailChannel;

use candor_core::Notification;
use candor_integrations::mail::SmtpError;
use candor_store::{Claim, Queue};
use futures::{
    FutureExt as _,
    future::{BoxFuture, pending, ready},
};
use jiff::Timestamp;

/// Why a delivery was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// The other side is unreachable: nothing is known about this delivery, and others would fail as well.
    #[error("{error}")]
    Unreachable {
        /// What happened.
        error: String,
    },
    /// The other side rejects us, whoever the recipient is.
    #[error("{error}")]
    AboutUs {
        /// Its answer.
        error: String,
    },
    /// The other side rejects this delivery for now.
    #[error("{error}")]
    Later {
        /// The time before which the other side asked not to be tried again.
        not_before: Option<Timestamp>,
        /// Its answer.
        error: String,
    },
    /// The other side will never accept this delivery, because of its recipient or its content.
    #[error("{error}")]
    Dead {
        /// Its answer.
        error: String,
    },
    /// The other side will never accept this delivery, and doesn't clearly say why.
    #[error("{error}")]
    Refused {
        /// Its answer.
        error: String,
    },
}

impl From<SmtpError> for DeliveryError {
    fn from(error: SmtpError) -> Self {
        match error {
            SmtpError::Unreachable { error } => Self::Unreachable { error },
            SmtpError::AboutUs { error } => Self::AboutUs { error },
            SmtpError::Dead { error } => Self::Dead { error },
            SmtpError::Refused { error } => Self::Refused { error },
            SmtpError::Later { not_before, error } => {
                let not_before =
                    not_before.and_then(|delay| Timestamp::now().checked_add(delay).ok());
                Self::Later { not_before, error }
            }
        }
    }
}

/// The content of a claimed notification.
fn body<'a>(notification: &'a Notification, claim: &Claim) -> NotificationBody<'a> {
    NotificationBody { notification, ends_subscription: claim.ends_subscription }
}

/// A way to send deliveries.
pub trait DeliveryChannel: Send + Sync + 'static {
    /// The queue that it serves.
    fn queue(&self) -> Queue;

    /// The number of concurrent sends, of the `concurrency` that the settings allow.
    fn at_once(&self, concurrency: u32) -> u32 {
        concurrency
    }

    /// How many of these slots the slow lane may take.
    fn slow_slots(&self, slots: u32) -> u32 {
        (slots / 4).max(1)
    }

    /// Sends one delivery; returns the other side's answer. Dropped if it takes longer than the lease allows.
    fn send<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<String, DeliveryError>>;

    /// Whether all its deliveries pass through one server, so that rejections of some recipients tell something about
    /// the others.
    fn has_one_server(&self) -> bool {
        false
    }

    /// Whether the other side can be reached: asked after [`DeliveryError::Unreachable`], before anything is claimed again.
    /// By default it can, for a channel with many other sides: one that is away must not hold up the rest.
    fn reachable(&self) -> BoxFuture<'_, Result<(), DeliveryError>> {
        ready(Ok(())).boxed()
    }

    /// Runs beside sending for as long as the worker does; dropped at the stop.
    fn tend(&self) -> BoxFuture<'_, ()> {
        pending().boxed()
    }
}
