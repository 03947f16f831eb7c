//! What readers are promised of languages, links and Markdown.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that can't go on has failed, in its helpers too"
)]

mod languages;
mod links;
mod markdown;
