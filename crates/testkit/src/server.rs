//! The HTTP server of the fakes: a closure answers each request or makes it fail.

use std::{
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures::future::BoxFuture;
use http_body_util::{BodyExt, Full, combinators::UnsyncBoxBody};
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    http::response,
    server::conn::http1,
    service::service_fn,
    upgrade::Upgraded,
};
use hyper_util::rt::TokioIo;
use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
    task::JoinSet,
};

pub(crate) type HttpRequest = Request<Bytes>;
pub(crate) type HttpResponse = Response<UnsyncBoxBody<Bytes, io::Error>>;
pub(crate) type RawConnection = TokioIo<Upgraded>;

/// How the server treats a request.
pub(crate) enum HttpReply {
    /// Answers.
    Answer(HttpResponse),
    /// Closes the connection without an answer.
    HangsUp,
    /// Keeps the client waiting.
    Hangs,
    /// Answers, then hands the connection over.
    Upgrades(HttpResponse, Box<dyn FnOnce(RawConnection) -> BoxFuture<'static, ()> + Send>),
}

/// A response with a complete body.
pub(crate) fn whole(head: response::Builder, body: impl Into<Bytes>) -> HttpResponse {
    let body = Full::new(body.into()).map_err(|never| match never {});
    head.body(body.boxed_unsync()).unwrap()
}

/// A header's value; empty if it is missing.
pub(crate) fn header<'a>(request: &'a HttpRequest, name: &str) -> &'a str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Serves clients until it is dropped, and their connections with it; `connections` counts them.
pub(crate) async fn serve(
    listener: TcpListener,
    connections: Arc<AtomicUsize>,
    reply: impl Fn(HttpRequest) -> HttpReply + Send + Sync + 'static,
) {
    let reply = Arc::new(reply);
    let upgraded: Arc<Mutex<JoinSet<()>>> = Arc::default();
    let mut clients = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.fetch_add(1, Ordering::SeqCst);
        drop(stream.set_nodelay(true));
        while clients.try_join_next().is_some() {}
        let (reply, upgraded) = (reply.clone(), upgraded.clone());
        let service = service_fn(move |request| answer(request, reply.clone(), upgraded.clone()));
        clients.spawn(
            http1::Builder::new().serve_connection(TokioIo::new(stream), service).with_upgrades(),
        );
    }
}

/// A server with its own runtime; ends when dropped.
#[derive(Debug)]
pub(crate) struct Background(Option<Runtime>);

impl Background {
    /// Serves as [`serve`] does.
    pub(crate) fn start(
        listener: std::net::TcpListener,
        connections: Arc<AtomicUsize>,
        reply: impl Fn(HttpRequest) -> HttpReply + Send + Sync + 'static,
    ) -> Self {
        listener.set_nonblocking(true).unwrap();
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.spawn(async {
            serve(TcpListener::from_std(listener).unwrap(), connections, reply).await;
        });
        Self(Some(runtime))
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

async fn answer(
    mut request: Request<Incoming>,
    reply: Arc<impl Fn(HttpRequest) -> HttpReply>,
    upgraded: Arc<Mutex<JoinSet<()>>>,
) -> io::Result<HttpResponse> {
    let upgrade = hyper::upgrade::on(&mut request);
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    match reply(Request::from_parts(head, body)) {
        HttpReply::Answer(response) => Ok(response),
        // The connection ends with the error.
        HttpReply::HangsUp => Err(io::ErrorKind::ConnectionAborted.into()),
        HttpReply::Hangs => std::future::pending().await,
        HttpReply::Upgrades(response, hold) => {
            upgraded.lock().unwrap().spawn(async move {
                if let Ok(connection) = upgrade.await {
                    hold(TokioIo::new(connection)).await;
                }
            });
            Ok(response)
        }
    }
}
