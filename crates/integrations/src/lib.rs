//! The outside: what monitoring sends us, and what we send to people.
//!
//! * [`alert_source`] reads the calls of alert providers into the domain's commands;
//! * [`import`] reads the history of other pages;
//! * [`mail`] writes the mails to subscribers and hands them to a mail server;
//! * [`slack`] reads what Slack sends, and says there what the team has to know;
//! * [`mod@file`] reads files that a person names, to a limit;
//! * [`webhook`] sends messages to addresses that subscribers gave.
//!
//! It knows `candor-core` and `candor-content` only: no SQL, no web framework, no settings files.

pub mod alert_source;
pub mod file;
mod http;
pub mod import;
mod json;
pub mod mail;
pub mod slack;
pub mod webhook;
