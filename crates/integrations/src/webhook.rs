//! Messages to addresses that subscribers gave: signed JSON for programs, and what chats understand.
//!
//! Anybody may give any address, so no call is trusted ([`HookClient`]): an address of our own network, or one that leads
//! there by a name, a redirect or a proxy, is never called, and what the other side answers is never shown.

mod allow;
mod challenge;
mod chat;
mod client;
mod incoming;
mod message;
mod public;
mod standard;
mod target;

pub use allow::{AllowedTargets, InvalidAllow};
pub use challenge::{challenge, is_echoed};
pub use client::{HookClient, HookSettings, WebhookError, WebhookResponse};
pub use incoming::{IncomingWebhook, WebhookSettings};
pub use message::{MessageParties, already_subscribed, confirmation, notification};
pub use reqwest::header::HeaderMap;
pub use standard::sign;
pub use target::{RefusedUrl, Targets};
