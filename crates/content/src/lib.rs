//! How text looks on pages, in mails, in chats and in feeds.
//!
//! It depends on `candor-core` alone: no SQL, no HTTP, no clock.
//!
//! Its three main types:
//!
//! * [`language::Language`]: says messages in the reader's language, from the Fluent files in `locales/`, and writes
//!   dates, times and durations;
//! * [`link::Links`]: makes the site's links, signs those that prove who follows them, and reads them back;
//! * [`notification_text::NotificationBody`]: a notification in words, before it becomes a mail or a chat message.
//!
//! [`words`] and [`refusal`] word statuses and refusals, the same everywhere. [`markdown`] turns operators' text into safe
//! HTML and into plain text. [`signing`] signs statements about the log. [`feed`] and [`calendar`] are the formats of
//! feed readers and calendar programs.
//!
//! ```
//! use candor_content::{language::Language, markdown};
//!
//! let german = Language::of_tag("de").expect("a language of the project");
//! assert_eq!(german.number(12_345), "12.345");
//! assert!(!markdown::to_html("<script>alert(1)</script>").contains("<script>"));
//! ```

pub mod calendar;
pub mod feed;
pub mod language;
pub mod link;
pub mod markdown;
pub mod notification_text;
pub mod refusal;
pub mod signing;
pub mod words;
