//! The outside formats: real bytes in, real SMTP and HTTP out.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed, in its helpers too"
)]

mod alert_sources;
mod catcher;
mod delivery;
mod import;
mod incoming_webhook;
mod mail_answers;
mod mails;
mod malicious_input;
mod opsgenie;
mod secure_delivery;
mod simulation;
mod slack_api;
mod slack_inbound;
mod slack_manifest;
mod slack_sdk;
mod slack_signature;
mod slack_socket;
mod slack_words;
mod slack_workspace;
mod support;
mod webhook_messages;
mod webhook_signature;
mod webhook_targets;
mod webhook_troubles;
