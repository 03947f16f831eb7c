//! The outside world: alerts in, Slack both ways, mails and webhooks out, and other pages' histories.
//!
//! * [`alert_source`] turns monitoring systems' calls into commands;
//! * [`import`] reads the history of other pages;
//! * [`mail`] writes the mails to subscribers and hands them to a mail server;
//! * [`slack`] reads Slack's requests and writes the team's messages and forms;
//! * [`mod@file`] reads files of limited size;
//! * [`webhook`] sends messages to addresses that subscribers gave.
//!
//! It knows `candor-core` and `candor-content` only: no SQL, no web framework, no settings files.

pub mod alert_source;
mod credential;
pub mod file;
mod http;
pub mod import;
mod json;
pub mod mail;
pub mod slack;
pub mod webhook;

pub use credential::{Credential, CredentialError};
pub use http::HttpSetupError;
