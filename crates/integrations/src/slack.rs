//! Slack: what it sends us, read; what we say there, written; and the calls that carry it.
//!
//! What is said is computed from the board alone, so that saying it anew is always right. What limits Slack has
//! (Block Kit's lengths, the characters that ping people) is kept where blocks are made, not where they are used.
//!
//! * [`signature`] and [`inbound`]: is it from Slack, and what does it say;
//! * [`api`]: the calls we make, and what their refusals mean;
//! * [`socket`]: the same bodies over a connection that we open, for those behind a firewall;
//! * [`webhook`]: a way to tell the team without an app;
//! * [`manifest`]: the app, as Slack wants it described.

pub mod api;
pub mod block;
pub mod credential;
mod http;
pub mod inbound;
pub mod manifest;
pub mod settings;
pub mod signature;
pub mod socket;
#[cfg(feature = "testing")]
pub mod testing;
pub mod webhook;

pub use credential::Credential;
pub use settings::SlackSettings;
