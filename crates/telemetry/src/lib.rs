//! What operators see: metrics, traces, logs, and the admin listener.
//!
//! Its three main types:
//!
//! * [`Metrics`]: everything that `/metrics` says. It is emitted by the `metrics` facade where things happen, under the
//!   names of [`catalogue`]; what has to be asked of the database is read every 5 seconds by [`refresh()`], never by a
//!   scrape.
//! * [`Readiness`]: what the health checks answer, from memory. The admin listener ([`serve_admin`]) answers scrapes,
//!   autoscalers and probes on a thread of its own.
//! * [`Throttle`]: log lines that strangers can cause, at most one a minute with their count.
//!
//! Spans are `tracing` spans of the target [`SPANS`]; they cost nothing unless a collector is named. A span with the
//! field `traceparent` goes on with that trace, so a trace crosses tables and processes as text.
//!
//! ```
//! use candor_telemetry::Throttle;
//!
//! let throttle = Throttle::new();
//! assert_eq!(throttle.due(), Some(1));
//! assert_eq!(throttle.due(), None, "the next line comes after a minute, and says how many there were");
//! ```

mod admin;
pub mod catalogue;
mod credentials;
mod error;
mod http;
mod logs;
mod metrics;
mod readiness;
mod refresh;
mod role;
mod state;
mod throttle;
mod trace;

pub use admin::{scrape, serve_admin};
pub use credentials::{Credentials, Passphrase};
pub use error::TelemetryError;
pub use http::{HttpMetrics, InFlight};
pub use logs::{LogSettings, Logs, check_filter, init_logs, init_logs_to};
pub use metrics::{CONTENT_TYPE, Metrics, install_metrics};
pub use readiness::{Readiness, ServedPages};
pub use refresh::{HealthCheck, refresh};
pub use role::Role;
pub use state::QueueReading;
pub use throttle::Throttle;
pub use trace::{SPANS, check_collector, rename, set_parent, traceparent};
