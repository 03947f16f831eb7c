//! What operators see, seen: over a real database, a real listener and a real collector's end.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what isn't as it should be ends the test, and measured figures are printed"
)]

mod admin;
mod catalogue;
mod http;
mod refreshing;
