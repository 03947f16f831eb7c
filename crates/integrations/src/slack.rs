//! Slack: its requests, our messages and forms, and the calls to its Web API.
//!
//! What is said is computed from the board alone, so that saying it anew is always right. What limits Slack has
//! (Block Kit's lengths, the characters that ping people) is kept where blocks are made, not where they are used.
//!
//! * [`signature`] and [`inbound`]: is it from Slack, and what does it say;
//! * [`api`]: the calls we make, and what their refusals mean;
//! * [`socket`]: the same bodies over a connection that we open, for those behind a firewall;
//! * [`manifest`]: the app, as Slack wants it described;
//! * [`block`] and [`mrkdwn`]: what Slack shows, within its limits and with no effect but ours;
//! * [`thread`], [`home`], [`modal`] and [`words`]: what is said, [`action`] and [`slash`]: what is asked for.

pub mod action;
pub mod api;
pub mod block;
pub mod home;
pub mod inbound;
pub mod manifest;
pub mod modal;
pub mod mrkdwn;
pub mod settings;
pub mod signature;
pub mod slash;
pub mod socket;
pub mod thread;
pub mod words;

pub use settings::SlackSettings;
pub use words::SlackContext;
