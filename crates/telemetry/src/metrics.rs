//! The recorder behind the `metrics` facade: installed once, described in full, and read by the scrape.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use metrics::{Key, KeyName, Label, Level, Metadata, Recorder};
use metrics_exporter_prometheus::{
    BuildError, Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder,
};
use metrics_process::Collector;

use crate::{
    Role, ServedPages, TelemetryError,
    catalogue::{CHECKS, Labels, METRICS, MetricKind},
    state::{AdminState, QueueReading},
};

/// Numbers from SQL that are older than this are not given to an autoscaler.
const STALE: Duration = Duration::from_secs(60);

/// The content type of the text format (<https://prometheus.io/docs/instrumenting/exposition_formats/>).
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4";

/// All metrics of this process and the results of the last refresh; clones share them.
#[derive(Clone)]
pub struct Metrics {
    pub(crate) inner: Arc<MetricsInner>,
}

pub(crate) struct MetricsInner {
    recorder: Arc<PrometheusRecorder>,
    handle: PrometheusHandle,
    process: Collector,
    state: RwLock<AdminState>,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics(…)")
    }
}

/// Creates the metrics and installs them for the whole process. `commit` is what the program was built from.
///
/// # Errors
/// They were installed before.
pub fn install_metrics(role: Role, commit: &'static str) -> Result<Metrics, TelemetryError> {
    let metrics = Metrics::built_from(role, commit)?;
    metrics::set_global_recorder(Arc::clone(&metrics.inner.recorder))
        .map_err(|_installed| TelemetryError::MetricsInstalled)?;
    Ok(metrics)
}

impl Metrics {
    /// The metrics of a process of this role, not installed: only [`Metrics::within`] emits to them.
    ///
    /// # Errors
    /// The catalogue has a histogram without buckets.
    pub fn new(role: Role) -> Result<Self, TelemetryError> {
        Self::built_from(role, "unknown")
    }

    fn built_from(role: Role, commit: &'static str) -> Result<Self, TelemetryError> {
        let mut builder = PrometheusBuilder::new();
        for metric in METRICS {
            if let MetricKind::Histogram(bounds) = metric.kind {
                let name = Matcher::Full(metric.name.to_owned());
                builder = builder.set_buckets_for_metric(name, bounds).map_err(no_buckets)?;
            }
        }
        let recorder = builder.build_recorder();
        let metrics = Self {
            inner: Arc::new(MetricsInner {
                handle: recorder.handle(),
                recorder: Arc::new(recorder),
                process: Collector::default(),
                state: RwLock::new(AdminState::default()),
            }),
        };
        metrics.describe();
        metrics.build_info(role, commit);
        Ok(metrics)
    }

    /// Runs `work` with this recorder instead of the installed one.
    pub fn within<T>(&self, work: impl FnOnce() -> T) -> T {
        metrics::with_local_recorder(&*self.inner.recorder, work)
    }

    /// Everything, in Prometheus' text format. Nothing is computed here but the sums of histograms.
    #[must_use]
    pub fn render(&self) -> String {
        self.inner.handle.render()
    }

    /// The result of each health check, in order: unhealthy ones have a sentence.
    #[must_use]
    pub fn health(&self) -> Vec<(&'static str, Result<(), String>)> {
        self.state(|state| state.checks.clone())
    }

    /// What was wrong at the last refresh, in words that may be public.
    #[must_use]
    pub fn troubles(&self) -> Vec<&'static str> {
        self.state(|state| state.troubles.clone())
    }

    /// Sets which pages this process serves.
    pub fn set_pages(&self, pages: ServedPages) {
        self.change_state(|state| state.pages = pages);
    }

    /// The queues as they were read last, if that was less than 60 seconds ago.
    #[must_use]
    pub fn queues(&self) -> Option<Vec<QueueReading>> {
        self.state(|state| {
            let fresh = state.read_at.is_some_and(|at: Instant| at.elapsed() < STALE);
            fresh.then(|| state.queues.clone())
        })
    }

    pub(crate) fn state<T>(&self, look: impl FnOnce(&AdminState) -> T) -> T {
        look(&self.inner.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn change_state(&self, change: impl FnOnce(&mut AdminState)) {
        change(&mut self.inner.state.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// Periodic work: refreshes the process's own numbers and drains the histograms' buffers.
    pub(crate) fn upkeep(&self) {
        self.within(|| self.inner.process.collect());
        self.inner.handle.run_upkeep();
    }

    fn describe(&self) {
        let recorder = &self.inner.recorder;
        for metric in METRICS {
            let name = KeyName::from_const_str(metric.name);
            match metric.kind {
                MetricKind::Counter => recorder.describe_counter(name, None, metric.help.into()),
                MetricKind::Gauge => recorder.describe_gauge(name, None, metric.help.into()),
                MetricKind::Histogram(_) => {
                    recorder.describe_histogram(name, None, metric.help.into());
                }
            }
            for labels in metric.first_series() {
                self.create(metric.name, &labels);
            }
        }
        self.within(|| {
            self.inner.process.describe();
            for check in CHECKS {
                metrics::gauge!("candor_health_check_status", "check" => *check).set(1.0);
            }
        });
        drop(self.routes(&[]));
        self.upkeep();
    }

    /// Creates a series, at 0.
    fn create(&self, name: &'static str, labels: &Labels) {
        const METADATA: Metadata<'static> = Metadata::new(module_path!(), Level::INFO, None);
        let labels: Vec<_> =
            labels.iter().map(|(name, value)| Label::from_static_parts(name, value)).collect();
        let key = Key::from_parts(name, labels);
        let recorder = &self.inner.recorder;
        let metric = METRICS.iter().find(|metric| metric.name == name);
        match metric.map(|metric| metric.kind) {
            Some(MetricKind::Counter) => recorder.register_counter(&key, &METADATA).increment(0),
            Some(MetricKind::Gauge) => recorder.register_gauge(&key, &METADATA).increment(0.0),
            Some(MetricKind::Histogram(_)) => drop(recorder.register_histogram(&key, &METADATA)),
            None => {}
        }
    }

    fn build_info(&self, role: Role, commit: &'static str) {
        self.within(|| {
            metrics::gauge!(
                "candor_build_info",
                "version" => env!("CARGO_PKG_VERSION"),
                "commit" => commit,
                "role" => role.as_str(),
            )
            .set(1.0);
        });
    }
}

fn no_buckets(_: BuildError) -> TelemetryError {
    TelemetryError::Catalogue
}
