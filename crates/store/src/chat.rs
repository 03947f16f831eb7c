//! Chat: the rooms where the team is told, and what each incident has there.
//!
//! What is owed to chat is not written down event by event: the log is the record. Each room has a cursor in it, and
//! what comes after the cursor makes one delivery an incident due, which brings the incident's thread up to the log as
//! it is then. So a hundred alerts are one message, and a room that was away for an hour has no backlog.

mod owed;
mod room;
mod thread;
mod turn;

pub use room::{ChatRoom, SlackChannel};
pub use thread::{ChatMessage, Thread};

pub(crate) use owed::{behind, due_again};

/// The kind of a delivery that brings a thread up to date; also its job's name.
pub(crate) const THREAD: &str = "thread";
/// The channel, and the queue, of chat.
pub(crate) const CHAT: &str = "chat";
