//! Whether the server does its work, for probes.

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web::Data};
use candor_telemetry::Readiness;

use crate::{problem::Problem, state::Web};

/// Empty; 200 if pages are served, and the log can be read and written: what load balancers go by. That mail is out of
/// order, say, takes no process away from viewers and alerts.
pub(crate) async fn healthcheck(web: Data<Web>) -> HttpResponse {
    let well = serving(&web).reasons.is_empty();
    status(well).finish()
}

/// The process answers.
pub(crate) async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Whether requests should be sent here, and what isn't as it should be. Whoever has pages is ready to serve them: if
/// readiness hung on the database, all processes would be taken away from the viewers at the moment it goes.
pub(crate) async fn ready(web: Data<Web>) -> HttpResponse {
    let metrics = web.settings.metrics.as_ref();
    let troubles = metrics.map(|(metrics, _)| metrics.troubles()).unwrap_or_default();
    let readiness = serving(&web).with(troubles);
    status(readiness.ready).json(readiness)
}

/// From memory: a stranger who asks often asks nobody else.
fn serving(web: &Web) -> Readiness {
    Readiness::of(&web.store, web.pages())
}

fn status(is_well: bool) -> HttpResponseBuilder {
    if is_well { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() }
}

/// `/metrics`, for scrapers that can't reach the admin listener: only if the operator wants it here, and never without a
/// passphrase.
pub(crate) async fn metrics(web: Data<Web>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    match &web.settings.metrics {
        Some((metrics, credentials))
            if web.settings.public_metrics && credentials.passphrase.is_some() =>
        {
            Ok(candor_telemetry::scrape(&request, metrics, credentials))
        }
        Some(_) | None => Err(Problem::NotFound),
    }
}
