//! Logs on stderr, as text or as JSON; lines that belong to a trace name it.

use std::{fmt, io};

use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    filter::{FilterExt as _, dynamic_filter_fn, filter_fn},
    fmt::{
        FmtContext, FormatEvent, FormatFields,
        format::{self, JsonFields, Writer},
    },
    layer::{self, SubscriberExt as _},
    registry::LookupSpan,
    util::SubscriberInitExt as _,
};

use crate::{
    Role, TelemetryError, Throttle,
    trace::{self, SPANS, SpanExport},
};

/// How the logs are written.
#[derive(Debug, Clone, Copy)]
pub struct LogSettings<'a> {
    /// The filter: `info`, or `candor_web=debug,warn`.
    pub filter: &'a str,
    /// One JSON object per line.
    pub json: bool,
    /// Colors.
    pub ansi: bool,
    /// The role of this process; each JSON line names it.
    pub role: Role,
}

/// Keeps the exporter of traces alive; when dropped, the last spans get 2 seconds to reach the collector.
#[must_use = "when it is dropped, no span is exported any more"]
pub struct Logs {
    _exporter: Option<SpanExport>,
}

/// Writes logs to stderr, and sends spans to the collector that `OTEL_EXPORTER_OTLP_ENDPOINT` names, if it names one.
///
/// # Errors
/// The filter can't be read, the exporter can't be made, or a logger is installed already.
pub fn init_logs(settings: LogSettings<'_>) -> Result<Logs, TelemetryError> {
    init_logs_to(settings, trace::endpoint().as_deref())
}

/// Whether [`init_logs`] takes this filter.
///
/// # Errors
/// It can't be read.
pub fn check_filter(filter: &str) -> Result<(), TelemetryError> {
    readable(filter).map(drop)
}

fn readable(filter: &str) -> Result<EnvFilter, TelemetryError> {
    EnvFilter::try_new(filter).map_err(|error| TelemetryError::Filter(error.to_string()))
}

/// As [`init_logs`], with the collector (or none) named here.
///
/// # Errors
/// As [`init_logs`].
pub fn init_logs_to(
    settings: LogSettings<'_>,
    endpoint: Option<&str>,
) -> Result<Logs, TelemetryError> {
    let exporter = endpoint.map(SpanExport::new).transpose()?;
    let lines = lines(settings, io::stderr)?;
    let strangers = Strangers.with_filter(filter_fn(is_about_strangers)).boxed();
    let mut layers = vec![lines, strangers];
    layers.extend(exporter.iter().flat_map(SpanExport::layers::<Registry>));
    let all = tracing_subscriber::registry().with(layers);
    all.try_init().map_err(|_installed| TelemetryError::LogsInstalled)?;
    Ok(Logs { _exporter: exporter })
}

/// The layer that writes lines.
fn lines<W>(
    settings: LogSettings<'_>,
    writer: W,
) -> Result<Box<dyn Layer<Registry> + Send + Sync>, TelemetryError>
where
    W: for<'w> tracing_subscriber::fmt::MakeWriter<'w> + Send + Sync + 'static,
{
    let unreadable = |error: &dyn fmt::Display| TelemetryError::Filter(error.to_string());
    // Spans are for traces; where there are none, they must cost nothing.
    let no_spans = format!("{SPANS}=off").parse().map_err(|error| unreadable(&error))?;
    let filter = readable(settings.filter)?
        .add_directive(no_spans)
        .and(dynamic_filter_fn(|metadata, _context| !is_about_strangers(metadata) || is_due()));
    Ok(if settings.json {
        let form = Traced { form: format::format().json(), role: Some(settings.role) };
        tracing_subscriber::fmt::layer()
            .event_format(form)
            .fmt_fields(JsonFields::new())
            .with_writer(writer)
            .with_filter(filter)
            .boxed()
    } else {
        let form = Traced { form: format::format().with_ansi(settings.ansi), role: None };
        tracing_subscriber::fmt::layer()
            .event_format(form)
            .with_ansi(settings.ansi)
            .with_writer(writer)
            .with_filter(filter)
            .boxed()
    })
}

/// Whether it is the HTTP server's line about a request that it can't read. Anybody can send those, so they are counted,
/// and a line is written once a minute.
fn is_about_strangers(metadata: &Metadata<'_>) -> bool {
    metadata.is_event()
        && *metadata.level() == Level::ERROR
        && metadata.target().starts_with("actix_http")
}

fn is_due() -> bool {
    static SAID: Throttle = Throttle::new();
    SAID.due().is_some()
}

/// Counts them.
struct Strangers;

impl<S: Subscriber> Layer<S> for Strangers {
    fn on_event(&self, _: &Event<'_>, _: layer::Context<'_, S>) {
        metrics::counter!("candor_http_malformed_requests_total").increment(1);
    }
}

/// Adds trace and span to each line, and the role to JSON lines.
struct Traced<F> {
    form: F,
    /// Given for JSON.
    role: Option<Role>,
}

impl<S, N, F> FormatEvent<S, N> for Traced<F>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
    F: FormatEvent<S, N>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut line = String::new();
        self.form.format_event(context, Writer::new(&mut line), event)?;
        let line = line.trim_end_matches('\n');
        let trace = trace::current();
        let Some(role) = self.role else {
            writer.write_str(line)?;
            if let Some((trace, span, _)) = trace {
                write!(writer, " trace_id={trace} span_id={span}")?;
            }
            return writer.write_char('\n');
        };
        writer.write_str(line.strip_suffix('}').unwrap_or(line))?;
        write!(writer, ",\"role\":\"{}\"", role.as_str())?;
        if let Some((trace, span, _)) = trace {
            write!(writer, ",\"trace_id\":\"{trace}\",\"span_id\":\"{span}\"")?;
        }
        writer.write_str("}\n")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use opentelemetry::{
        Context,
        trace::{SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState},
    };

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The lines that are written during `work`.
    fn written(json: bool, work: impl FnOnce()) -> String {
        let kept = Lines::default();
        let writer = kept.clone();
        let settings = LogSettings { filter: "info", json, ansi: false, role: Role::Worker };
        let lines = lines(settings, move || writer.clone()).unwrap();
        let subscriber = tracing_subscriber::registry().with(vec![lines]);
        tracing::subscriber::with_default(subscriber, work);
        String::from_utf8(kept.0.lock().unwrap().clone()).unwrap()
    }

    fn in_a_trace(work: impl FnOnce()) {
        let span = SpanContext::new(
            TraceId::from_hex("0af7651916cd43dd8448eb211c80319c").unwrap(),
            SpanId::from_hex("b7ad6b7169203331").unwrap(),
            TraceFlags::SAMPLED,
            true,
            TraceState::default(),
        );
        let _guard = Context::new().with_remote_span_context(span).attach();
        work();
    }

    #[test]
    fn a_json_line_names_the_trace_if_there_is_one() {
        let text = written(true, || {
            tracing::info!(deliveries = 3, "a \"quoted\" word");
            in_a_trace(|| tracing::warn!("in a trace"));
        });
        let lines: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0]["fields"]["message"], "a \"quoted\" word");
        assert_eq!(lines[0]["fields"]["deliveries"], 3);
        assert_eq!(lines[0]["role"], "worker");
        assert!(lines[0].get("trace_id").is_none());
        assert_eq!(lines[1]["trace_id"], "0af7651916cd43dd8448eb211c80319c");
        assert_eq!(lines[1]["span_id"], "b7ad6b7169203331");
    }

    #[test]
    fn so_does_a_line_for_persons() {
        let text = written(false, || {
            tracing::info!("plain");
            in_a_trace(|| tracing::info!("traced"));
        });
        let lines: Vec<_> = text.lines().collect();
        assert!(lines[0].ends_with("plain"), "{text}");
        let ids = "traced trace_id=0af7651916cd43dd8448eb211c80319c span_id=b7ad6b7169203331";
        assert!(lines[1].ends_with(ids), "{text}");
    }

    #[test]
    fn what_strangers_send_is_one_line_a_minute() {
        let text = written(false, || {
            for _ in 0..5 {
                tracing::error!(target: "actix_http::h1::dispatcher", "stream error: no HTTP");
                tracing::error!("our own fault");
            }
        });
        assert_eq!(text.matches("stream error").count(), 1, "{text}");
        assert_eq!(text.matches("our own fault").count(), 5, "{text}");
    }

    #[test]
    fn spans_are_disabled_where_nobody_collects_them() {
        written(false, || {
            assert!(tracing::info_span!(target: SPANS, "request").is_disabled());
        });
    }
}
