//! What text looks like, wherever it is read: on pages, in mails, in chats, in feeds.
//!
//! * [`language`] says messages in the reader's language, from the Fluent files in `locales/`, and writes dates, times
//!   and durations;
//! * [`words`] names an incident and its status, the same everywhere;
//! * [`notification_text`] puts a notification into words before it becomes a mail or a chat message;
//! * [`markdown`] turns what operators write into safe HTML and into plain text;
//! * [`link`] makes the site's links, signs those that prove who follows them, and reads them back;
//! * [`signing`] signs statements about the log;
//! * [`feed`] and [`calendar`] are the formats of feed readers and calendar programs.
//!
//! It depends on `candor-core` alone: no SQL, no HTTP, no clock.

pub mod calendar;
pub mod feed;
pub mod language;
pub mod link;
pub mod markdown;
pub mod notification_text;
pub mod signing;
pub mod words;
