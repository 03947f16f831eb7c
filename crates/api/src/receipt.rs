//! The answer to an alert.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The outcome of an accepted alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HookReceipt {
    /// `appended`, `duplicate` if the same alert came before, `ignored` if the call is about no
    /// alert, or `kept` if no source sends such a call: a person can look at it.
    pub outcome: String,
    /// Its event in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
}
