//! What an error is answered with.

use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument<'a> {
    /// The same for every problem of this kind.
    #[schema(example = "Bad request")]
    pub title: &'a str,
    /// The HTTP status.
    #[schema(example = 400)]
    pub status: u16,
    /// One sentence; it names the parameter.
    #[schema(example = "The parameter \"limit\" is not a whole number from 1 to 100.")]
    pub detail: String,
}
