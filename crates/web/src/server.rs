//! Starting and stopping the server.

use std::{
    future::Future,
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_http::HttpService;
use actix_server::{Server, ServerBuilder};
use actix_service::{
    IntoServiceFactory as _, ServiceFactory, ServiceFactoryExt as _, fn_service, map_config,
};
use actix_web::{
    App, Error,
    body::BoxBody,
    dev::{AppConfig, ServiceRequest, ServiceResponse},
    middleware,
    rt::net::TcpStream,
    web::{Data, FormConfig, PayloadConfig},
};
use candor_integrations::slack::api::InvalidApi;
use candor_store::{Freshness, Store};
use futures::future::{OptionFuture, ready};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{
    http::{ClientConnection, live::LiveViewers, middleware::respond},
    pages, routes,
    settings::WebSettings,
    site::{self, subscription},
    slack::{self, SlackHandler},
    state::Web,
};

/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);
/// How long an idle connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// How long a client that sent too much may stay connected.
const DISCONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// How long to wait for the log at the start before serving the last known state.
const FIRST_READ_TIMEOUT: Duration = Duration::from_secs(1);
/// How long requests under way may take at shutdown, in seconds.
const SHUTDOWN_TIMEOUT_SECONDS: u64 = 5;
/// Why the server could not start, or ended.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The listener can't be used, or a thread can't be started.
    #[error("serve HTTP")]
    Serve(#[source] io::Error),
    /// The Slack settings are unusable.
    #[error("work with Slack")]
    Slack(#[source] InvalidApi),
}

/// The HTTP server, over connections that can be taken over.
fn run<F, S>(listener: TcpListener, workers: usize, app: F) -> io::Result<Server>
where
    F: Fn() -> App<S> + Send + Clone + 'static,
    S: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<BoxBody>,
            Error = Error,
            InitError = (),
        > + 'static,
{
    let address = listener.local_addr()?;
    let builder = ServerBuilder::new();
    let ending = builder.graceful_shutdown_signal();
    builder
        .workers(workers)
        .shutdown_timeout(SHUTDOWN_TIMEOUT_SECONDS)
        .disable_signals()
        .listen("web", listener, move || {
            let ending = ending.clone();
            let app = app().into_factory().map_err(|error: Error| error.error_response());
            let http = HttpService::build()
                .graceful_shutdown_signal(move || {
                    let ending = ending.clone();
                    async move { ending.notified().await }
                })
                .client_request_timeout(HEAD_TIMEOUT)
                .client_disconnect_timeout(DISCONNECT_TIMEOUT)
                .keep_alive(KEEP_ALIVE)
                .local_addr(address)
                .on_connect_ext(|connection: &ClientConnection, extensions| {
                    extensions.insert(connection.clone());
                })
                .h1(map_config(app, |()| AppConfig::default()));
            fn_service(|stream: TcpStream| {
                let peer = stream.peer_addr().ok();
                ready(Ok((ClientConnection::new(stream), peer)))
            })
            .and_then(http)
        })
        .map(ServerBuilder::run)
}

/// Binds the port, so that "in use" is reported before anything else is done.
///
/// # Errors
/// The address is in use or not ours.
pub fn bind(listen: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(listen)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Serves until `stop` is ready, then lets requests under way finish. Needs a multi-thread tokio runtime.
///
/// The store should be following its log ([`Store::follow`]); until it has read it, the last known state is served.
///
/// # Errors
/// The listener can't be used.
pub async fn serve(
    settings: WebSettings,
    store: Store,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), WebError> {
    let mut snapshots = store.snapshot();
    // The state on disk may be older than what was served before this start.
    let read =
        snapshots.wait_for(|snapshot| !matches!(snapshot.freshness, Freshness::Unread { .. }));
    if tokio::time::timeout(FIRST_READ_TIMEOUT, read).await.is_err() {
        tracing::warn!("the log is still being read; the last known state is served meanwhile");
    }
    let routes = routes::table();
    let site = pages::first(routes, &settings, &snapshots.borrow());
    let handler = settings.slack.clone();
    let handler = handler.map(|slack| SlackHandler::new(slack, &settings, store.clone()));
    let handler = handler.transpose().map_err(WebError::Slack)?;
    let live = LiveViewers::new(settings.live);
    let workers = settings.workers;
    let web = Data::new(Web::new(settings, store, routes, site));
    let (done, stopped) = watch::channel(false);
    let (shared, viewers) = (Data::clone(&web).into_inner(), Arc::clone(&live));
    let renderer = tokio::spawn(async move {
        site::keep_rendered(shared, snapshots, stopped, |board| viewers.note(board)).await;
    });
    let viewers = Arc::clone(&live);
    let updates = tokio::spawn(async move { viewers.run().await });
    let (slack, viewers) = (handler.clone().map(Data::from), Data::from(Arc::clone(&live)));
    let app = move || {
        let app = App::new()
            .app_data(Data::clone(&web))
            .app_data(Data::clone(&viewers))
            .app_data(PayloadConfig::new(subscription::BODY_LIMIT))
            .app_data(
                FormConfig::default()
                    .limit(subscription::BODY_LIMIT)
                    .error_handler(|error, _request| subscription::unreadable(&error).into()),
            );
        let app = match &slack {
            Some(slack) => app.app_data(Data::clone(slack)),
            None => app,
        };
        let web = Data::clone(&web);
        app.configure(routes::configure).wrap(middleware::from_fn(move |request, next| {
            respond(Data::clone(&web), request, next)
        }))
    };
    let server = run(listener, workers, app).map_err(WebError::Serve)?;
    let handle = server.handle();
    let stop_socket = CancellationToken::new();
    let socket = handler
        .clone()
        .map(|handler| tokio::spawn(slack::run_socket(handler, stop_socket.clone())));
    let stopping = stop_socket.clone();
    tokio::spawn(async move {
        stop.await;
        stopping.cancel();
        // Viewers would otherwise stay connected.
        live.end().await;
        handle.stop(true).await;
    });
    let outcome = server.await.map_err(WebError::Serve);
    done.send_replace(true);
    stop_socket.cancel();
    updates.abort();
    if let Some(Err(error)) = OptionFuture::from(socket).await {
        tracing::error!(%error, "the connection to Slack failed at shutdown");
    }
    if let Some(handler) = handler {
        handler.finish().await;
    }
    if let Err(error) = renderer.await {
        tracing::error!(%error, "the renderer failed at shutdown");
    }
    outcome
}
