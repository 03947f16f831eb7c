//! The answer to an alert.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The outcome of an accepted alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HookReceipt {
    /// `appended`, or `duplicate` if the same alert came before.
    pub outcome: String,
    /// Its event in the log.
    pub seq: u64,
}
