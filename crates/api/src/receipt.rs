//! The answer to an alert.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What became of an alert that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HookReceipt {
    /// `appended`, or `duplicate` if the same alert came before.
    pub outcome: String,
    /// The event that the log has of it.
    pub seq: u64,
}
