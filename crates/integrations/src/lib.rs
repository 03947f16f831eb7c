//! The outside world: alerts in, Slack both ways, mails and webhooks out, and other pages' histories.
//!
//! It knows `candor-core` and `candor-content` only: no SQL, no web framework, no settings files. What comes from
//! outside is read leniently and refused by name; what goes outside says, when it fails, whether trying again can help.
//!
//! Its three main types:
//!
//! * [`alert_source::AlertSource`]: a monitoring system, and how its calls are read;
//! * [`mail::MailSettings`]: a mail server, and how mails to subscribers are handed to it;
//! * [`slack::SlackSettings`]: the team's workspace; [`slack`] reads its requests and writes messages and forms.
//!
//! [`webhook`] sends messages to addresses that subscribers gave, [`import`] reads the history of other pages, and
//! [`mod@file`] reads files of limited size.
//!
//! ```
//! use candor_core::Command;
//! use candor_integrations::alert_source::{AlertBody, AlertRules, AlertSource};
//!
//! let body = br#"{"action": "Create", "alert": {"alertId": "one", "message": "Checkout does not answer"}}"#;
//! let source = AlertSource::named("opsgenie").ok_or("there is no such source")?;
//! let signals = source.read(&AlertBody::of_json(body), &AlertRules::default())?;
//! assert!(matches!(signals.first(), Some(signal) if matches!(signal.command, Command::RaiseAlert { .. })));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod alert_source;
mod credential;
pub mod file;
mod http;
pub mod import;
mod json;
pub mod mail;
pub mod ping;
pub mod slack;
pub mod webhook;

pub use credential::{Credential, CredentialError};
pub use http::HttpSetupError;
