//! What operators see: metrics, traces, logs, and the admin listener.
//!
//! * Metrics are emitted by the `metrics` facade where things happen, under the names of [`catalogue`]; what has to be
//!   asked of the database is read every 5 seconds by [`refresh()`], never by a scrape.
//! * Spans are `tracing` spans of the target [`SPANS`]; they cost nothing unless a collector is named. A span with the
//!   field `traceparent` goes on with that trace, so a trace crosses tables and processes as text.
//! * The admin listener ([`serve_admin`]) answers scrapes, autoscalers and probes.

mod admin;
pub mod catalogue;
mod credentials;
mod http;
mod logs;
mod metrics;
mod readiness;
mod refresh;
mod state;
#[cfg(feature = "testing")]
pub mod testing;
mod throttle;
mod trace;

pub use admin::{scrape, serve_admin};
pub use credentials::{Credentials, Passphrase};
pub use http::{Http, InFlight};
pub use logs::{LogSettings, Logs, check_filter, init_logs, init_logs_to};
pub use metrics::{CONTENT_TYPE, Metrics, install_metrics};
pub use readiness::{Readiness, ServedPages};
pub use refresh::{HealthCheck, refresh};
pub use state::QueueReading;
pub use throttle::Throttle;
pub use trace::{SPANS, check_collector, rename, set_parent, traceparent};

/// What this process is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Everything in one process.
    Serve,
    /// HTTP only.
    Web,
    /// Queues only.
    Worker,
}

impl Role {
    /// The word for it, as on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Serve => "serve",
            Self::Web => "web",
            Self::Worker => "worker",
        }
    }
}

/// Why nothing can be seen.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The log filter can't be read.
    #[error("CANDOR_LOG is not a log filter, such as info or candor_web=debug: {0}")]
    Filter(String),
    /// Somebody else takes the logs already.
    #[error("the logs are written already")]
    LogsInstalled,
    /// Somebody else takes the metrics already.
    #[error("the metrics are recorded already")]
    MetricsInstalled,
    /// A histogram of the catalogue has no buckets.
    #[error("the catalogue of metrics has a histogram without buckets")]
    Catalogue,
    /// The exporter of traces can't be made.
    #[error("OTEL_EXPORTER_OTLP_ENDPOINT can't be used: {0}")]
    Exporter(String),
}
