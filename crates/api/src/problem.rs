//! What a failed request is answered with.

use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument<'a> {
    /// The same for every problem of this kind, in the language that `Accept-Language` asks for if the site speaks it,
    /// else in the site's.
    #[schema(example = "Bad request")]
    pub title: &'a str,
    /// The HTTP status.
    #[schema(example = 400)]
    pub status: u16,
    /// A sentence in the same language, for people; it names the parameter.
    #[schema(example = "The parameter \"limit\" must be a whole number from 1 to 100.")]
    pub detail: String,
}
