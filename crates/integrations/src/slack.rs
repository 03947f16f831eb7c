//! Slack: what it sends us, read; what we say there, written; and the calls that carry it.
//!
//! What is said is computed from the board alone, so that saying it anew is always right. What limits Slack has
//! (Block Kit's lengths, the characters that ping people) is kept where blocks are made, not where they are used.
//!
//! * [`signature`] and [`inbound`]: is it from Slack, and what does it say;
//! * [`api`]: the calls we make, and what their refusals mean.

pub mod action;
pub mod api;
pub mod block;
pub mod credential;
pub mod home;
mod http;
pub mod inbound;
pub mod mrkdwn;
pub mod settings;
pub mod signature;
pub mod slash;
#[cfg(feature = "testing")]
pub mod testing;
pub mod thread;
pub mod words;

pub use credential::Credential;
pub use settings::SlackSettings;
pub use words::Context;
