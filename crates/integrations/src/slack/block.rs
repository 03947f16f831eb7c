//! Block Kit: the few blocks that are used, each within Slack's limits by construction.

use serde::Serialize;

/// A message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// For notifications and screen readers, beside the blocks.
    pub text: String,
    /// What is shown.
    pub blocks: Vec<serde_json::Value>,
}

/// A modal, or the home tab.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct View(serde_json::Value);
