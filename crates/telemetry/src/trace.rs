//! Traces: W3C Trace Context (<https://www.w3.org/TR/trace-context/>) in and out of spans, and the export by OTLP.
//!
//! A `traceparent` is stored as text with an outbox entry or a delivery, so that a trace that begins with a
//! request ends with a mail, across processes and days.

use std::{cell::Cell, env, time::Duration};

use opentelemetry::{
    Context, ContextGuard,
    trace::{
        SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState,
        TracerProvider as _,
    },
};
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tracing::{
    Span, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
    span::{Attributes, Id},
};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::{Layer, filter::Targets, layer, registry::LookupSpan};

use crate::TelemetryError;

/// The target of every span that belongs to a trace. Spans of it are disabled when no collector is named.
pub const SPANS: &str = "candor::trace";

/// How long the last spans may take to reach the collector when the process ends.
const FLUSH: Duration = Duration::from_secs(2);

/// The current span as a `traceparent`, to be stored with its outcome; none outside of a trace.
#[must_use]
pub fn traceparent() -> Option<String> {
    let (trace, span, flags) = current()?;
    Some(format!("00-{trace}-{span}-{:02x}", flags.to_u8()))
}

/// Makes the span part of the trace of `traceparent`. Other text changes nothing.
pub fn set_parent(span: &Span, traceparent: &str) {
    if let Some(context) = remote(traceparent) {
        // A span that is disabled or has begun has no use for it.
        let _ = span.set_parent(context);
    }
}

/// Renames the span once its name is known, such as the route of a request.
pub fn rename(span: &Span, name: String) {
    span.context().span().update_name(name);
}

/// The trace and the span that this thread is in.
pub(crate) fn current() -> Option<(TraceId, SpanId, TraceFlags)> {
    let context = Context::current();
    let span = context.span();
    let span = span.span_context();
    span.is_valid().then(|| (span.trace_id(), span.span_id(), span.trace_flags()))
}

/// Reads `version-trace-parent-flags`. A later version may have more parts.
fn remote(traceparent: &str) -> Option<Context> {
    let mut parts = traceparent.trim().split('-');
    let hex = |part: Option<&str>, length: usize| {
        let lower = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        part.filter(|part| part.len() == length && part.bytes().all(lower)).map(str::to_owned)
    };
    let version = hex(parts.next(), 2)?;
    let trace = TraceId::from_hex(&hex(parts.next(), 32)?).ok()?;
    let span = SpanId::from_hex(&hex(parts.next(), 16)?).ok()?;
    let flags = u8::from_str_radix(&hex(parts.next(), 2)?, 16).ok()?;
    if version == "ff" || (version == "00" && parts.next().is_some()) {
        return None;
    }
    let flags = TraceFlags::new(flags) & TraceFlags::SAMPLED;
    let context = SpanContext::new(trace, span, flags, true, TraceState::default());
    context.is_valid().then(|| Context::new().with_remote_span_context(context))
}

/// The collector that the environment names, by the variables of the OpenTelemetry SDK.
pub(crate) fn endpoint() -> Option<String> {
    let on = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
    let disabled = on("OTEL_SDK_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    on("OTEL_EXPORTER_OTLP_ENDPOINT").filter(|_| !disabled)
}

/// Whether the collector that the environment names, if any, has a usable address; connects to nothing.
///
/// # Errors
/// The address can't be used.
pub fn check_collector() -> Result<(), TelemetryError> {
    endpoint().map_or(Ok(()), |endpoint| exporter(&endpoint).map(drop))
}

fn exporter(endpoint: &str) -> Result<SpanExporter, TelemetryError> {
    // The exporter's HTTP client takes the process's default; if there is one already, that is fine.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let traces = format!("{}/v1/traces", endpoint.trim_end_matches('/'));
    SpanExporter::builder()
        .with_http()
        .with_endpoint(traces)
        .build()
        .map_err(|error| TelemetryError::Exporter(error.to_string()))
}

/// The exporter; spans that it can't deliver are dropped, and nothing waits for it.
pub(crate) struct SpanExport(SdkTracerProvider);

impl SpanExport {
    /// Sends to `endpoint` by OTLP over HTTP; sampling, headers and the service's name are as the environment says.
    pub(crate) fn new(endpoint: &str) -> Result<Self, TelemetryError> {
        let exporter = exporter(endpoint)?;
        let mut resource = Resource::builder();
        if env::var_os("OTEL_SERVICE_NAME").is_none() {
            resource = resource.with_service_name("candor");
        }
        let provider = SdkTracerProvider::builder()
            .with_resource(resource.build())
            .with_batch_exporter(exporter)
            .build();
        Ok(Self(provider))
    }

    /// The layer that turns our spans into the exporter's.
    pub(crate) fn layers<S>(&self) -> Vec<Box<dyn Layer<S> + Send + Sync>>
    where
        S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
    {
        let ours = || Targets::new().with_target(SPANS, LevelFilter::INFO);
        let spans = tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer("candor"))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_tracked_inactivity(false);
        vec![
            Attach.with_filter(ours()).boxed(),
            spans.with_filter(ours()).boxed(),
            Detach.with_filter(ours()).boxed(),
        ]
    }
}

impl Drop for SpanExport {
    fn drop(&mut self) {
        // A collector that is away has lost what it has lost.
        let _ = self.0.shutdown_with_timeout(FLUSH);
    }
}

thread_local! {
    /// The trace that the span being made on this thread goes on with.
    static ATTACHED: Cell<Option<ContextGuard>> = const { Cell::new(None) };
}

/// Before a span with the field `traceparent` is made: its trace becomes the current one, …
struct Attach;
/// … and after it was made, no longer.
struct Detach;

impl<S: Subscriber> Layer<S> for Attach {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: layer::Context<'_, S>) {
        let mut parent = Parent::default();
        attributes.record(&mut parent);
        ATTACHED.set(parent.0.as_deref().and_then(remote).map(Context::attach));
    }
}

impl<S: Subscriber> Layer<S> for Detach {
    fn on_new_span(&self, _: &Attributes<'_>, _: &Id, _: layer::Context<'_, S>) {
        ATTACHED.set(None);
    }
}

/// The value of the field `traceparent`.
#[derive(Default)]
struct Parent(Option<String>);

impl Visit for Parent {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "traceparent" {
            self.0 = Some(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";

    #[test]
    fn a_traceparent_is_read_as_the_recommendation_says() {
        let reads = |text: &str| remote(text).is_some();
        assert!(reads(&format!("00-{TRACE}-b7ad6b7169203331-01")));
        assert!(reads(&format!("00-{TRACE}-b7ad6b7169203331-00")));
        assert!(reads(&format!("cc-{TRACE}-b7ad6b7169203331-01-what-else")), "a later version");
        for wrong in [
            String::new(),
            format!("00-{TRACE}-b7ad6b7169203331"),
            format!("00-{TRACE}-b7ad6b7169203331-01-more"),
            format!("ff-{TRACE}-b7ad6b7169203331-01"),
            format!("00-{}-b7ad6b7169203331-01", TRACE.to_uppercase()),
            format!("00-{}-b7ad6b7169203331-01", "0".repeat(32)),
            format!("00-{TRACE}-0000000000000000-01"),
            format!("00-{TRACE}-b7ad6b716920333é-01"),
        ] {
            assert!(!reads(&wrong), "{wrong}");
        }
    }

    #[test]
    fn outside_of_a_trace_there_is_none() {
        assert_eq!(traceparent(), None);
    }
}
