//! Health checks, and metrics for scrapers that can't reach the admin listener.

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web::Data};
use candor_telemetry::Readiness;

use crate::{problem::Problem, state::Web};

/// For load balancers: 200 if pages are served and the log can be read and written. A mail server that is down must not
/// take this process away from viewers and alerts.
pub(crate) async fn healthcheck(web: Data<Web>) -> HttpResponse {
    let well = serving(&web).reasons.is_empty();
    status(well).finish()
}

/// The process responds.
pub(crate) async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Whether to send requests here, and what is unhealthy. A process that has pages is ready: if readiness depended on
/// the database, an orchestrator would take all processes away from viewers when it fails.
pub(crate) async fn ready(web: Data<Web>) -> HttpResponse {
    let metrics = web.settings.metrics.as_ref();
    let troubles = metrics.map(|(metrics, _)| metrics.troubles()).unwrap_or_default();
    let readiness = serving(&web).with(troubles);
    status(readiness.ready).json(readiness)
}

/// From memory, so that frequent requests don't cost the database anything.
fn serving(web: &Web) -> Readiness {
    Readiness::of(&web.store, web.pages())
}

fn status(is_well: bool) -> HttpResponseBuilder {
    if is_well { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() }
}

/// `/metrics`, for scrapers that can't reach the admin listener: only if the operator enables it, and never without a
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
