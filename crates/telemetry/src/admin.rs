//! The admin listener, for scrapers, autoscalers and probes. It has its own thread, so that it answers even
//! while the public server is busy.

use std::{collections::BTreeMap, io, net::TcpListener};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpResponseBuilder, HttpServer,
    http::header,
    web::{self, Data},
};
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use crate::{CONTENT_TYPE, Credentials, Metrics, QueueReading, Readiness};

/// How long running requests may take after the stop, in seconds.
const STOP_TIMEOUT: u64 = 1;

/// The state that the handlers share.
struct Admin {
    metrics: Metrics,
    credentials: Credentials,
}

/// Answers `/metrics`, `/autoscale/queues`, `/livez`, `/readyz` and `/healthcheck/` until `stop`.
///
/// # Errors
/// The listener can't be used.
pub async fn serve_admin(
    listener: TcpListener,
    metrics: Metrics,
    credentials: Credentials,
    stop: CancellationToken,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let admin = Data::new(Admin { metrics, credentials });
    let app = move || {
        App::new()
            .app_data(Data::clone(&admin))
            .route("/metrics", web::get().to(metrics_of))
            .route("/autoscale/queues", web::get().to(queues))
            .route("/livez", web::get().to(live))
            .route("/readyz", web::get().to(ready))
            .route("/healthcheck", web::get().to(healthcheck))
            .route("/healthcheck/", web::get().to(healthcheck))
    };
    let server = HttpServer::new(app)
        .workers(1)
        .shutdown_timeout(STOP_TIMEOUT)
        .disable_signals()
        .listen(listener)?
        .run();
    let handle = server.handle();
    tokio::spawn(async move {
        stop.cancelled().await;
        handle.stop(true).await;
    });
    server.await
}

/// The answer to a scrape: 401 unless `request` brings the credentials.
#[must_use]
pub fn scrape(request: &HttpRequest, metrics: &Metrics, credentials: &Credentials) -> HttpResponse {
    if !admitted(request, credentials) {
        return unauthorized();
    }
    uncached(HttpResponse::Ok()).content_type(CONTENT_TYPE).body(metrics.render())
}

async fn metrics_of(request: HttpRequest, admin: Data<Admin>) -> HttpResponse {
    scrape(&request, &admin.metrics, &admin.credentials)
}

/// The queues, for an autoscaler that has no Prometheus to ask.
#[derive(Serialize)]
struct QueuesJson {
    queues: BTreeMap<&'static str, QueueReading>,
}

async fn queues(request: HttpRequest, admin: Data<Admin>) -> HttpResponse {
    if !admitted(&request, &admin.credentials) {
        return unauthorized();
    }
    match admin.metrics.queues() {
        Some(queues) => {
            let queues = queues.into_iter().map(|queue| (queue.name, queue)).collect();
            uncached(HttpResponse::Ok()).json(QueuesJson { queues })
        }
        None => uncached(HttpResponse::ServiceUnavailable())
            .content_type("text/plain; charset=utf-8")
            .body("the numbers are older than 60 seconds: the database does not answer\n"),
    }
}

/// Liveness: the process answers.
async fn live() -> HttpResponse {
    uncached(HttpResponse::Ok()).content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Whether requests should be sent to this process, and what is wrong, as of the last refresh.
async fn ready(admin: Data<Admin>) -> HttpResponse {
    let readiness = readiness(&admin);
    answer(readiness.ready).json(readiness)
}

/// Empty; 200 if healthy, 503 if not: `/readyz` has the reasons.
async fn healthcheck(admin: Data<Admin>) -> HttpResponse {
    answer(readiness(&admin).reasons.is_empty()).finish()
}

fn readiness(admin: &Admin) -> Readiness {
    let (is_known, readiness) =
        admin.metrics.state(|state| (!state.checks.is_empty(), state.readiness.clone()));
    // Before the first refresh nothing is known to be healthy.
    if is_known { readiness } else { readiness.with(["nothing is known yet"]) }
}

fn answer(well: bool) -> HttpResponseBuilder {
    uncached(if well { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() })
}

fn admitted(request: &HttpRequest, credentials: &Credentials) -> bool {
    let given = request.headers().get(header::AUTHORIZATION);
    credentials.admit(given.map(header::HeaderValue::as_bytes))
}

fn unauthorized() -> HttpResponse {
    uncached(HttpResponse::Unauthorized())
        .insert_header((header::WWW_AUTHENTICATE, "Basic realm=\"candor\", charset=\"UTF-8\""))
        .content_type("text/plain; charset=utf-8")
        .body("user and passphrase are missing or wrong\n")
}

fn uncached(mut answer: HttpResponseBuilder) -> HttpResponseBuilder {
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    answer
}
