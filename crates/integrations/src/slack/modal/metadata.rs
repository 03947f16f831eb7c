//! The state of an open form: Slack keeps it, sealed by us.

use candor_core::{Incident, IncidentNumber, Severity, Status};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::slack::words::SlackContext;

/// Which form it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ModalKind {
    Confirm,
    Update,
    Resolve,
    Declare,
    Plan,
    Postpone,
}

impl ModalKind {
    /// Its name for Slack.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Update => "update",
            Self::Resolve => "resolve",
            Self::Declare => "declare",
            Self::Plan => "plan",
            Self::Postpone => "postpone",
        }
    }
}

/// What a form knows besides what is filled in. It has no texts, so it stays far below 3,000 characters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ModalMetadata {
    pub(super) form: ModalKind,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) incident: Option<IncidentNumber>,
    /// The original values of its fields: a field that the user left alone is no change, whatever others did meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) was: Option<FormerState>,
    /// What was shown as the outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) previewed: Option<String>,
}

/// The state of an incident when the form was opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct FormerState {
    pub(super) status: Status,
    pub(super) severity: Severity,
    pub(super) title: String,
    pub(super) summary: String,
}

impl ModalMetadata {
    pub(super) fn new(form: ModalKind) -> Self {
        Self { form, incident: None, was: None, previewed: None }
    }

    pub(super) fn about(form: ModalKind, incident: &Incident) -> Self {
        let summary = incident.summary.as_ref().map_or("", candor_core::Text::as_str);
        let was = FormerState {
            status: incident.status,
            severity: incident.severity,
            title: digest(super::form::shown_title(incident.title.as_str()).trim()),
            summary: digest(super::form::shown_text(summary).trim()),
        };
        Self { incident: Some(incident.number), was: Some(was), ..Self::new(form) }
    }

    pub(super) fn seal(&self, context: &SlackContext<'_>) -> String {
        // These types hold nothing that JSON can't say; nothing at all would be opened as nothing of ours.
        context.links.seal(&serde_json::to_string(self).unwrap_or_default())
    }

    /// Opens what a form brought back; none if we didn't make it for this very form.
    pub(super) fn open(
        sealed: &str,
        callback_id: &str,
        context: &SlackContext<'_>,
    ) -> Option<Self> {
        let memo: Self = serde_json::from_str(&context.links.open(sealed)?).ok()?;
        (memo.form.as_str() == callback_id).then_some(memo)
    }
}

/// 96 bits are enough to tell what one person typed from what they typed before.
pub(super) fn digest(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let hash = Sha256::digest(text.as_bytes());
    HEXLOWER.encode(hash.get(..12).unwrap_or_default())
}
