//! From what a source says to the command for the log: ids that fit, and keys by which a retry is known.

use candor_core::{AlertKey, AlertMessage, Command, Occurrence};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{Fields, Signal, SourceCall, UnreadableAlert, rules::RuleEffect};

/// The longest [`Signal::source_key`] that is kept readable, in bytes; a longer one is hashed.
const MAX_KEY_BYTES: usize = 256;

/// What happens to an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// It fires.
    Raise,
    /// It is over.
    Clear,
    /// Anything else: it is kept without effect.
    Note,
}

/// What a source says about one alert.
pub(super) struct Statement {
    /// The source's id of the alert.
    pub(super) id: String,
    pub(super) change: Change,
    /// The source's own word for it.
    pub(super) action: String,
    pub(super) message: String,
    pub(super) occurrence: Occurrence,
    /// When it happened, by the source's clock.
    pub(super) happened_at: Option<Timestamp>,
}

impl Statement {
    /// The signal for the log; none if a rule ignores this alert. A retry is known by alert, word, time and message, since
    /// some sources send a problem again with its latest figures. Without a time, a note is known by the bytes of the call,
    /// and so is a raise or a clear of an alert whose id is used once; of any other, the next problem may be told with the
    /// same bytes.
    ///
    /// # Errors
    /// The id is empty.
    pub(super) fn signal(
        self,
        call: &SourceCall<'_>,
        alert: &Fields<'_>,
    ) -> Result<Option<Signal>, UnreadableAlert> {
        let key = AlertKey::new(call.source, &shortened(self.id.clone()))
            .map_err(|_empty| UnreadableAlert::NoAlertId("the id"))?;
        // The key is that of what the rules make of it: after a change of them, the same call says something else.
        let Some(said) = self.by_the_rules(call, alert) else { return Ok(None) };
        let told = match (said.happened_at, said.change, said.occurrence) {
            (Some(at), ..) => Some(format!("{at} {}", digest(&said.message))),
            (None, Change::Raise | Change::Clear, Occurrence::OneOfMany { .. }) => None,
            (None, ..) => Some(digest(call.body.as_str())),
        };
        let source_key = told.map(|told| call_key(key.id(), &said.action, &told));
        Ok(Some(said.with_key(key, source_key)))
    }

    /// The same as the operator's rules have it; none if they ignore the alert. They are about alerts that fire alone: what
    /// fired before a rule was made has to be cleared.
    pub(super) fn by_the_rules(
        mut self,
        call: &SourceCall<'_>,
        alert: &Fields<'_>,
    ) -> Option<Self> {
        if self.change == Change::Raise {
            match call.rules.effect(call.source, alert, &self.message) {
                (RuleEffect::Suspect, _) => {}
                (RuleEffect::Ignore, _) => return None,
                (RuleEffect::Note, rule) => {
                    self.change = Change::Note;
                    self.action = format!("{}, noted by rule {rule}", self.action);
                }
            }
        }
        Some(self)
    }

    /// The signal with this key of its own.
    pub(super) fn with_key(self, alert: AlertKey, source_key: Option<String>) -> Signal {
        let message = AlertMessage::lenient(&self.message);
        let occurrence = self.occurrence;
        let command = match self.change {
            Change::Raise => Command::RaiseAlert { alert, message, occurrence },
            Change::Clear => Command::ClearAlert { alert, message, occurrence },
            Change::Note => {
                let action = AlertMessage::lenient(&self.action);
                Command::UpdateAlert { alert, action, message }
            }
        };
        Signal { command, source_key, occurred_at: self.happened_at, action: self.action }
    }
}

/// The key of a call about this alert, by what tells it from others. A JSON array, so that no id or action can imitate another
/// call's.
pub(super) fn call_key(id: &str, action: &str, told: &str) -> String {
    let key = serde_json::json!([id, action, told]).to_string();
    if key.len() <= MAX_KEY_BYTES { key } else { digest(&key) }
}

/// The SHA-256 of a text, in hexadecimal digits.
pub(super) fn digest(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text))
}

/// An id that is longer than ours may be keeps its beginning and gets a hash, so that it still is one alert's.
pub(super) fn shortened(id: String) -> String {
    const HASH_CHARS: usize = 64;
    match id.char_indices().nth(AlertKey::MAX_CHARS - HASH_CHARS - 1) {
        Some((end, _)) if id.chars().count() > AlertKey::MAX_CHARS => {
            let hash = digest(&id);
            format!("{}…{hash}", id.get(..end).unwrap_or_default())
        }
        _ => id,
    }
}
