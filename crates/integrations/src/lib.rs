//! The outside: what monitoring sends us, and what we send to people.
//!
//! * [`alert_source`] reads the calls of alert providers into the domain's commands;
//! * [`import`] reads the history of other pages;
//! * [`mail`] writes the mails to subscribers and hands them to a mail server;
//! * [`link`] makes the links in those mails, and reads them again;
//! * [`slack`] reads what Slack sends, and says there what the team has to know;
//! * [`feed`] and [`calendar`] write what feed readers and calendars read, [`websub`] tells a hub of it;
//! * [`mod@file`] reads files that a person names, to a limit;
//! * [`language`] says messages in the reader's language, from the files in `locales/`;
//! * [`notification_text`] says to a subscriber what happened, before it is a mail or a message;
//! * [`webhook`] sends messages to addresses that subscribers gave;
//! * [`words`] says how things stand, the same everywhere;
//! * [`markdown`] turns what operators write into safe HTML, and into plain text;
//! * [`signing`] signs what we say of our log.
//!
//! It knows `candor-core` only: no SQL, no web framework, no settings files.

pub mod alert_source;
pub mod calendar;
pub mod feed;
pub mod file;
pub mod import;
mod json;
pub mod language;
pub mod link;
pub mod mail;
pub mod markdown;
pub mod notification_text;
pub mod signing;
pub mod slack;
pub mod webhook;
pub mod websub;
pub mod words;
