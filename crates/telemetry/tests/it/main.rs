//! What operators see, over a real database, a real listener and a fake collector.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "what isn't as it should be ends the test"
)]

mod admin;
mod catalogue;
mod http;
mod refreshing;
