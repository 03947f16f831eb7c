//! A fake collector of OTLP over HTTP: it keeps the spans it gets.

use std::{
    collections::BTreeMap,
    net::{SocketAddr, TcpListener},
    sync::{Arc, Mutex},
};

use hyper::Response;
use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::{KeyValue, any_value::Value},
    trace::v1::Span,
};
use prost::Message as _;

use crate::{
    server::{Background, HttpReply, HttpRequest, whole},
    until,
};

/// A received span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// Its name.
    pub name: String,
    /// Its trace, in hexadecimal.
    pub trace: String,
    /// Its own id, in hexadecimal.
    pub id: String,
    /// The span that it is part of, in hexadecimal; empty if there is none.
    pub parent: String,
    /// Its attributes, as text.
    pub attributes: BTreeMap<String, String>,
}

/// Collects spans; ends when dropped.
#[derive(Debug)]
pub struct Collector {
    address: SocketAddr,
    spans: Arc<Mutex<Vec<Collected>>>,
    _server: Background,
}

impl Collector {
    /// On a free port of the loopback address.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let spans: Arc<Mutex<Vec<Collected>>> = Arc::default();
        let kept = Arc::clone(&spans);
        let server =
            Background::start(listener, Arc::default(), move |request| take(&request, &kept));
        Self { address, spans, _server: server }
    }

    /// The value for `OTEL_EXPORTER_OTLP_ENDPOINT`.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All spans so far.
    pub fn spans(&self) -> Vec<Collected> {
        self.spans.lock().unwrap().clone()
    }

    /// Waits for the first span that matches.
    pub fn wait_for(&self, what: &str, wanted: impl Fn(&Collected) -> bool) -> Collected {
        until(&format!("the span {what}"), || self.spans().into_iter().find(&wanted))
    }
}

/// Keeps the spans of a request and acknowledges them.
fn take(request: &HttpRequest, kept: &Mutex<Vec<Collected>>) -> HttpReply {
    let Ok(request) = ExportTraceServiceRequest::decode(request.body().as_ref()) else {
        return HttpReply::HangsUp;
    };
    let scopes = request.resource_spans.into_iter().flat_map(|resource| resource.scope_spans);
    kept.lock().unwrap().extend(scopes.flat_map(|scope| scope.spans).map(collected));
    HttpReply::Answer(whole(
        Response::builder().header("content-type", "application/x-protobuf"),
        "",
    ))
}

fn collected(span: Span) -> Collected {
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    Collected {
        name: span.name,
        trace: hex(&span.trace_id),
        id: hex(&span.span_id),
        parent: hex(&span.parent_span_id),
        attributes: span.attributes.into_iter().map(attribute).collect(),
    }
}

fn attribute(attribute: KeyValue) -> (String, String) {
    let value = attribute.value.and_then(|value| value.value);
    let text = match value {
        Some(Value::StringValue(text)) => text,
        Some(Value::IntValue(number)) => number.to_string(),
        Some(Value::BoolValue(truth)) => truth.to_string(),
        other => format!("{other:?}"),
    };
    (attribute.key, text)
}
