//! Shared by the tests of all crates: fakes of the outside world, real servers on free ports, and an HTTP client.
//!
//! Everything here is for tests alone, and panics with a sentence that says what to do: that is how a test fails. A
//! test whose server isn't installed fails; it is never skipped. Servers listen on loopback and end with their value.
//!
//! Its three main types:
//!
//! * [`site::Installation`]: the real binary on free ports, with a data directory that goes away;
//! * [`story::Story`]: given, when, then: a board to which things happen, with neither clock nor database;
//! * [`RedisServer`], and with it PostgreSQL (`Cluster`), a mail server (`mailbox`), Slack (`slack`) and Chromium
//!   ([`browser`]).
//!
//! ```no_run
//! use candor_testkit::site::Installation;
//!
//! let site = Installation::new().with("SITE_NAME", "Acme Tickets").started();
//! site.candor(&["incident", "declare", "--title", "Checkout is down"]).well();
//! site.board_when("an outage", |board| board["headline"] == "outage");
//! ```
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "this is test code that several crates share"
)]

pub mod browser;
#[cfg(feature = "tls")]
mod certificate;
#[cfg(feature = "store")]
mod database;
#[cfg(feature = "integrations")]
pub mod endpoint;
pub mod figures;
pub mod http;
#[cfg(feature = "integrations")]
pub mod mailbox;
#[cfg(feature = "otlp")]
pub mod otlp;
#[cfg(feature = "store")]
mod pooler;
#[cfg(feature = "store")]
pub mod postgres;
pub mod process;
mod redis;
#[cfg(feature = "server")]
mod server;
pub mod site;
#[cfg(feature = "integrations")]
pub mod slack;
pub mod story;
mod wait;

#[cfg(feature = "tls")]
pub use certificate::Certificate;
#[cfg(feature = "store")]
pub use database::{Database, append, execute};
#[cfg(feature = "store")]
pub use pooler::Pooler;
#[cfg(feature = "store")]
pub use postgres::Cluster;
pub use redis::RedisServer;
pub use wait::{DEADLINE, free_address, until, within};
