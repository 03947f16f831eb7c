//! Slack: what it sends us, read; what we say there, written; and the calls that carry it.
//!
//! What is said is computed from the board alone, so that saying it anew is always right. What limits Slack has
//! (Block Kit's lengths, the characters that ping people) is kept where blocks are made, not where they are used.

pub mod action;
pub mod block;
pub mod home;
//pub mod modal;
pub mod mrkdwn;
pub mod slash;
pub mod thread;
pub mod words;

pub use words::Context;
