//! Slack: its requests, our messages and forms, and the calls to its Web API.
//!
//! Messages are computed from the board alone, so that sending them again is always right. Slack's limits
//! (Block Kit's lengths, the characters that ping people) are kept where blocks are made, not where they are used.
//!
//! * [`signature`] and [`inbound`]: is it from Slack, and what does it say;
//! * [`api`]: the calls we make, and what their refusals mean;
//! * [`socket`]: the same bodies over a connection that we open, for those behind a firewall;
//! * [`manifest`]: the app's description for Slack;
//! * [`block`] and [`mrkdwn`]: what Slack shows, within its limits and with no effect but ours;
//! * [`thread`], [`home`], [`modal`] and [`words`]: messages; [`action`] and [`slash`]: requests.

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
