//! The receiver of a webhook: it keeps requests, and answers or fails as the test says.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures::{StreamExt as _, stream};
use http_body_util::{BodyExt as _, StreamBody, combinators::UnsyncBoxBody};
use hyper::{
    Response,
    body::{Bytes, Frame},
};
use serde_json::Value;

use crate::server::{Background, HttpReply, HttpRequest, whole};

/// The content of a flood.
const CHUNK: [u8; 16 * 1024] = [b'x'; 16 * 1024];

/// A received request.
#[derive(Debug, Clone)]
pub struct ReceivedPost {
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl ReceivedPost {
    /// A header's value; empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The body as JSON; null if it isn't JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub enum FakeReply {
    /// A status and headers with their line ends, and a body.
    Says(u16, String, String),
    /// No answer, ever.
    Stalls,
    /// A 200 and a body of this many bytes, as fast as it is read.
    Floods(usize),
    /// A 200 for the head, then nothing.
    HeadOnly,
    /// The connection is closed.
    HangsUp,
}

impl FakeReply {
    /// A status with an empty body.
    pub fn status(status: u16) -> Self {
        Self::Says(status, String::new(), String::new())
    }
}

type Script = Box<dyn Fn(&ReceivedPost, usize) -> FakeReply + Send + Sync>;

struct EndpointState {
    script: Script,
    posted: Mutex<Vec<ReceivedPost>>,
    connections: Arc<AtomicUsize>,
    flooded: AtomicUsize,
}

/// A server on a free port of this machine, at all its addresses. Ends when dropped.
pub struct Endpoint {
    address: SocketAddr,
    shared: Arc<EndpointState>,
    _server: Background,
}

impl Endpoint {
    /// Starts one that answers the n-th request (from 1) to a path by `script`.
    pub fn start(
        script: impl Fn(&ReceivedPost, usize) -> FakeReply + Send + Sync + 'static,
    ) -> Self {
        // Both families where there are both.
        let listener = match TcpListener::bind("[::]:0") {
            Ok(listener) => listener,
            Err(_) => TcpListener::bind("0.0.0.0:0").expect("a free port"),
        };
        let address = listener.local_addr().expect("a bound port");
        let shared = Arc::new(EndpointState {
            script: Box::new(script),
            posted: Mutex::default(),
            connections: Arc::default(),
            flooded: AtomicUsize::default(),
        });
        let serving = shared.clone();
        let connections = shared.connections.clone();
        let reply = move |request: HttpRequest| answer(&request, &serving);
        let server = Background::start(listener, connections, reply);
        Self { address, shared, _server: server }
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// An address of the web there.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port())
    }

    /// The requests so far.
    pub fn posted(&self) -> Vec<ReceivedPost> {
        self.shared.posted.lock().unwrap().clone()
    }

    /// The requests to this path.
    pub fn at(&self, path: &str) -> Vec<ReceivedPost> {
        self.posted().into_iter().filter(|posted| posted.path == path).collect()
    }

    /// The number of connections so far.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// How many bytes of floods were read.
    pub fn flooded(&self) -> usize {
        self.shared.flooded.load(Ordering::SeqCst)
    }
}

fn answer(request: &HttpRequest, shared: &Arc<EndpointState>) -> HttpReply {
    let posted = ReceivedPost {
        method: request.method().to_string(),
        path: request.uri().to_string(),
        headers: request
            .headers()
            .iter()
            .map(|(name, value)| {
                (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect(),
        body: String::from_utf8_lossy(request.body()).into_owned(),
    };
    let reply = {
        let mut all = shared.posted.lock().unwrap();
        all.push(posted.clone());
        let number = all.iter().filter(|other| other.path == posted.path).count();
        (shared.script)(&posted, number)
    };
    let streamed = |length: usize, body: UnsyncBoxBody<Bytes, io::Error>| {
        HttpReply::Answer(Response::builder().header("content-length", length).body(body).unwrap())
    };
    match reply {
        FakeReply::Says(status, headers, body) => {
            let head = Response::builder().status(status).header("connection", "close");
            let headers = headers.lines().filter_map(|line| line.split_once(": "));
            HttpReply::Answer(whole(
                headers.fold(head, |head, (name, value)| head.header(name, value)),
                body,
            ))
        }
        FakeReply::Stalls => HttpReply::Hangs,
        FakeReply::HangsUp => HttpReply::HangsUp,
        FakeReply::HeadOnly => streamed(5, StreamBody::new(stream::pending()).boxed_unsync()),
        FakeReply::Floods(bytes) => {
            let shared = shared.clone();
            let chunks = stream::iter(0..bytes / CHUNK.len()).map(move |_| {
                shared.flooded.fetch_add(CHUNK.len(), Ordering::SeqCst);
                Ok(Frame::data(Bytes::from_static(&CHUNK)))
            });
            streamed(bytes, StreamBody::new(chunks).boxed_unsync())
        }
    }
}
