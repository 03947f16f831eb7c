//! Requests to a real server on a free port, over a real database.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what isn't as it should be ends the test"
)]

mod alerts;
mod api;
mod client;
mod failures;
mod health;
mod live;
mod logs;
mod observe;
mod pages;
mod programs;
mod routes;
mod slack;
mod subscription;
mod test_server;
