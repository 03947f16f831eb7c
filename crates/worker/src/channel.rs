//! Delivery channels, one per queue. A channel sends one delivery; its error says whether trying again can help.

mod chat;
mod hooks;
mod mail;
mod site;

use candor_content::notification_text::NotificationBody;
pub use chat::ChatChannel;
pub use hooks::HooksChannel;
pub use mail::MailChannel;

use candor_core::Notification;
use candor_store::{Claim, Queue};
use futures::{
    FutureExt as _,
    future::{BoxFuture, pending},
};
use jiff::Timestamp;

/// Why a delivery was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// The other side can't be talked to at all: nothing is known about this delivery, and others would fare alike.
    #[error("{error}")]
    Unreachable {
        /// What was seen.
        error: String,
    },
    /// The other side refuses us, whoever the recipient is.
    #[error("{error}")]
    AboutUs {
        /// Its answer.
        error: String,
    },
    /// The other side does not take this delivery now.
    #[error("{error}")]
    Later {
        /// It asked not to be tried before.
        not_before: Option<Timestamp>,
        /// Its answer.
        error: String,
    },
    /// The other side will never take this delivery, because of its recipient or its content.
    #[error("{error}")]
    Dead {
        /// Its answer.
        error: String,
    },
    /// The other side will never take this delivery, and doesn't say clearly why.
    #[error("{error}")]
    Refused {
        /// Its answer.
        error: String,
    },
}

/// What is told by a claimed notice.
fn news<'a>(notice: &'a Notification, claim: &Claim) -> NotificationBody<'a> {
    NotificationBody { notice, ends_subscription: claim.ends_subscription }
}

/// A way out of Candor.
pub trait DeliveryChannel: Send + Sync + 'static {
    /// The queue whose deliveries it sends.
    fn queue(&self) -> Queue;

    /// How many deliveries it sends at the same time, where the settings allow `concurrency`.
    fn at_once(&self, concurrency: u32) -> u32 {
        concurrency
    }

    /// Of so many slots, how many may be taken by the slow lane.
    fn slow_slots(&self, slots: u32) -> u32 {
        (slots / 4).max(1)
    }

    /// Sends one delivery; the other side's answer. Dropped when it takes longer than the lease allows.
    fn send<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<String, DeliveryError>>;

    /// Whether all its deliveries pass through one server, so that what that does to one says something of the others.
    fn has_one_server(&self) -> bool {
        false
    }

    /// Whether the other side can be talked to. Asked only after it could not be, before anything is claimed again.
    fn reachable(&self) -> BoxFuture<'_, Result<(), String>>;

    /// What it does beside sending, as long as the worker runs; dropped at the stop.
    fn tend(&self) -> BoxFuture<'_, ()> {
        pending().boxed()
    }
}
