//! Whether the server does its work, for probes.

use std::time::Duration;

use actix_web::{HttpResponse, http::header, web::Data};
use candor_store::Freshness;
use serde::Serialize;

use crate::server::Web;

/// How long the database may take for "yes".
const PATIENCE: Duration = Duration::from_secs(2);

/// Empty; 200 if everything works, 503 if not.
pub(crate) async fn healthcheck(web: Data<Web>) -> HttpResponse {
    let well = Readiness::of(&web).await.reasons.is_empty();
    uncached(if well { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() }).finish()
}

/// The process answers.
pub(crate) async fn live() -> HttpResponse {
    uncached(HttpResponse::Ok()).content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Whether requests should be sent here, and what isn't as it should be. Whoever has pages is ready to serve them: if
/// readiness hung on the database, all processes would be taken away from the viewers at the moment it goes.
pub(crate) async fn ready(web: Data<Web>) -> HttpResponse {
    let readiness = Readiness::of(&web).await;
    let answer =
        if readiness.ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    uncached(answer).json(readiness)
}

/// What a probe wants to know. The reasons are ours, never an inner error's words.
#[derive(Serialize)]
struct Readiness {
    ready: bool,
    reasons: Vec<&'static str>,
}

impl Readiness {
    async fn of(web: &Web) -> Self {
        let mut reasons = Vec::new();
        if web.site().is_empty() {
            reasons.push("there are no pages yet");
        }
        let freshness = web.store.snapshot().borrow().freshness.clone();
        match freshness {
            Freshness::Fresh => {}
            Freshness::Unreachable { .. } => reasons.push("the log was not read lately"),
            Freshness::Halted { .. } => reasons.push("the log can't be read on"),
        }
        if let Err(error) = web.store.ping(PATIENCE).await {
            tracing::warn!(%error, "the database does not answer");
            reasons.push("the database does not answer");
        }
        Self { ready: !web.site().is_empty(), reasons }
    }
}

fn uncached(mut answer: actix_web::HttpResponseBuilder) -> actix_web::HttpResponseBuilder {
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    answer
}
