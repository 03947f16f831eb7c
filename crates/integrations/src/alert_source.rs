//! Alert sources: one module for each monitoring system, each returning a [`Signal`].

pub mod opsgenie;
pub mod sender;

use candor_core::Command;
use jiff::Timestamp;

/// What a provider's call means to us.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// [`Command::RaiseAlert`], [`Command::ClearAlert`] or [`Command::UpdateAlert`].
    pub command: Command,
    /// The call's own key: the same for every retry of it, different for every other call of the source.
    pub source_key: String,
    /// When it happened by the provider's clock, if that is a date of this century. A label: it can be years old.
    pub occurred_at: Option<Timestamp>,
    /// The provider's own word for what happened.
    pub action: String,
}

/// Why a provider's call can't be read: a sentence for the sender, which repeats nothing of what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableAlert {
    /// It is no JSON.
    #[error("the body is not valid JSON")]
    NotJson,
    /// It is JSON, but no object.
    #[error("the body is not a JSON object")]
    NotAnObject,
    /// It has no alert, or the alert has no id.
    #[error("the body names no alert: alert.alertId is missing")]
    NoAlertId,
}
