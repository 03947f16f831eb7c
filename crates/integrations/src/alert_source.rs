//! Alert sources: the monitoring systems that can raise alerts. Each is a module and a row of [`SOURCES`]; its address,
//! its label in metrics and `candor simulate` come from that row.

mod opsgenie;
pub mod sender;

use candor_core::Command;
use jiff::Timestamp;

/// Every alert source.
pub const SOURCES: &[AlertSource] = &[opsgenie::SOURCE];

/// A monitoring system that can raise alerts.
#[derive(Debug, Clone, Copy)]
pub struct AlertSource {
    /// Its name in addresses, alert keys, metrics and the log.
    pub name: &'static str,
    /// Its name for people, and how a webhook is made there.
    pub title: &'static str,
    /// Reads the body of a call. Its signals go into the log in one transaction.
    pub read: fn(&[u8]) -> Result<Vec<Signal>, UnreadableAlert>,
    /// Writes the body of a call about an alert that doesn't exist.
    pub simulate: fn(&SimulatedAlert) -> String,
}

impl AlertSource {
    /// The source with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        SOURCES.iter().find(|source| source.name == name)
    }
}

/// What a source says about one alert.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// [`Command::RaiseAlert`], [`Command::ClearAlert`] or [`Command::UpdateAlert`].
    pub command: Command,
    /// The signal's own key: the same for every retry of it, different for every other signal of the source.
    pub source_key: String,
    /// When it happened by the source's clock, if that is a date of this century. Only a label: it can be years old.
    pub occurred_at: Option<Timestamp>,
    /// The source's own word for what happened.
    pub action: String,
}

/// Why a call can't be read: a sentence for the sender, which repeats nothing of what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableAlert {
    /// The body is not JSON.
    #[error("the body is not valid JSON")]
    NotJson,
    /// The body is JSON, but not an object.
    #[error("the body is not a JSON object")]
    NotAnObject,
    /// Nothing tells which alert the call is about: this field is missing.
    #[error("the body names no alert: {0} is missing")]
    NoAlertId(&'static str),
}

/// An alert that doesn't exist, to try a page without its monitoring.
#[derive(Debug, Clone)]
pub struct SimulatedAlert {
    /// Its id; any text that wasn't used before.
    pub id: String,
    /// What it says.
    pub message: String,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// When it was cleared; none while it is firing.
    pub cleared_at: Option<Timestamp>,
}
