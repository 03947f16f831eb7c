//! Whether the server does its work, for probes.

use actix_web::{HttpResponse, http::header, web::Data};
use candor_telemetry::Readiness;

use crate::server::Web;

/// Empty; 200 if everything works, 503 if not.
pub(crate) async fn healthcheck(web: Data<Web>) -> HttpResponse {
    let well = readiness(&web).reasons.is_empty();
    uncached(if well { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() }).finish()
}

/// The process answers.
pub(crate) async fn live() -> HttpResponse {
    uncached(HttpResponse::Ok()).content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Whether requests should be sent here, and what isn't as it should be. Whoever has pages is ready to serve them: if
/// readiness hung on the database, all processes would be taken away from the viewers at the moment it goes.
pub(crate) async fn ready(web: Data<Web>) -> HttpResponse {
    let readiness = readiness(&web);
    let answer =
        if readiness.ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    uncached(answer).json(readiness)
}

/// From memory: a stranger who asks often asks nobody else.
fn readiness(web: &Web) -> Readiness {
    Readiness::of(&web.store, web.pages())
}

fn uncached(mut answer: actix_web::HttpResponseBuilder) -> actix_web::HttpResponseBuilder {
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    answer
}
