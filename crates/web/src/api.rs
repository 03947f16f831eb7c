//! `/api/v1`: read-only, answered from memory, with bounded work per request.

mod event;
mod incident;
mod openapi;
pub(crate) mod operations;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use candor_api::IncidentWithTimeline;
use candor_core::IncidentNumber;
use serde::Serialize;

use crate::{
    http::query::Parameters,
    pages::{CachedResponse, Site},
    problem::Problem,
    route::DocumentKind,
    state::Web,
    view::RenderSource,
};
pub(crate) use openapi::{document, page};

/// `/api/v1/incidents`: incidents, newest first.
pub(crate) async fn incidents(
    web: Data<Web>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let wanted = incident::IncidentFilter::read(Parameters::of(&request))?;
    let site = web.site();
    let list = wanted.of(&source(&site)?.board);
    let next = list.next.map(|before| wanted.url(&web.settings.site_url, before));
    Ok(answer(&request, source(&site)?.board.seq, &list, next))
}

/// `/api/v1/incidents/{number}`: one incident with its events.
pub(crate) async fn incident(
    web: Data<Web>,
    request: HttpRequest,
    number: Path<String>,
) -> Result<HttpResponse, Problem> {
    let site = web.site();
    // Rejects other spellings of the number, such as `007`.
    let known = number.parse().ok().and_then(IncidentNumber::new);
    let known = known.filter(|known| known.to_string() == *number).ok_or(Problem::NotFound)?;
    let board = &source(&site)?.board;
    let incident = IncidentWithTimeline::of(board, known).ok_or(Problem::NotFound)?;
    Ok(answer(&request, board.seq, &incident, None))
}

/// `/api/v1/events`: the public log, oldest first.
pub(crate) async fn events(web: Data<Web>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let wanted = event::EventFilter::read(Parameters::of(&request))?;
    let site = web.site();
    let list = wanted.of(&source(&site)?.board, site.order()?);
    let next = list.next.map(|after| wanted.url(&web.settings.site_url, after));
    Ok(answer(&request, source(&site)?.board.seq, &list, next))
}

/// The state that answers are made from.
fn source(site: &Site) -> Result<&RenderSource, Problem> {
    site.source().ok_or(Problem::NotReady)
}

/// A document that is rendered for one request.
fn answer(
    request: &HttpRequest,
    seq: u64,
    document: &impl Serialize,
    next: Option<String>,
) -> HttpResponse {
    let Ok(body) = serde_json::to_string(document) else {
        return actix_web::ResponseError::error_response(&Problem::Internal);
    };
    let mut answer = CachedResponse::uncompressed(DocumentKind::Json, Some(seq), body)
        .answer(request.headers(), false);
    let link = next.and_then(|url| format!("<{url}>; rel=\"next\"").try_into().ok());
    if let Some(link) = link {
        answer.headers_mut().insert(header::LINK, link);
    }
    answer
}
