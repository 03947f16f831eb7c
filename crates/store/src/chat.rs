//! Chat channels, and the thread that each incident has in them.
//!
//! No outbox entries are written for chat: the log is the record. Each channel has a cursor in the log. The events after
//! it make one delivery per incident due, and that delivery brings the incident's thread up to date with the log as it
//! is then. A hundred alerts are therefore one message, and a channel that was down for an hour has no backlog.

mod channel;
mod rate_limit;
mod thread;

pub use channel::{ChatChannelRow, SlackChannel};
pub use thread::{ChatMessage, Thread};
