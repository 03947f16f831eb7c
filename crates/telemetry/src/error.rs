//! Why metrics, traces or logs can't be set up.

/// Why metrics, traces or logs can't be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The log filter can't be read.
    #[error("CANDOR_LOG is not a log filter, such as info or candor_web=debug: {0}")]
    Filter(String),
    /// Another logger is installed already.
    #[error("the logs are written already")]
    LogsInstalled,
    /// Another metrics recorder is installed already.
    #[error("the metrics are recorded already")]
    MetricsInstalled,
    /// A histogram of the catalogue has no buckets.
    #[error("the catalogue of metrics has a histogram without buckets")]
    Catalogue,
    /// The exporter of traces can't be created.
    #[error("OTEL_EXPORTER_OTLP_ENDPOINT can't be used: {0}")]
    Exporter(String),
}
