//! The read side of `/api/v1`: answered from memory, a bounded piece of work for each request.

mod event;
mod head;
mod incident;
mod parameters;
mod reference;
mod schema;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use serde::Serialize;

use crate::{
    cached_response::{CachedResponse, DocumentKind},
    problem::Problem,
    server::Web,
    site::{RenderSource, Site},
};
pub(crate) use event::EventOrder;
pub(crate) use head::SignedHead;
pub(crate) use parameters::{HIGHEST, Parameters};
pub(crate) use reference::{document, page};

/// `/api/v1/incidents`: the newest first.
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

/// `/api/v1/incidents/{number}`: one of them, with its trail.
pub(crate) async fn incident(
    web: Data<Web>,
    request: HttpRequest,
    number: Path<String>,
) -> Result<HttpResponse, Problem> {
    let site = web.site();
    let story = incident::IncidentWithTimeline::of(&source(&site)?.board, &number)
        .ok_or(Problem::NotFound)?;
    Ok(answer(&request, source(&site)?.board.seq, &story, None))
}

/// `/api/v1/events`: the public log, the oldest first.
pub(crate) async fn events(web: Data<Web>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let wanted = event::EventFilter::read(Parameters::of(&request))?;
    let site = web.site();
    let list = wanted.of(&source(&site)?.board, site.order()?);
    let next = list.next.map(|after| wanted.url(&web.settings.site_url, after));
    Ok(answer(&request, source(&site)?.board.seq, &list, next))
}

/// What everything is made from.
fn source(site: &Site) -> Result<&RenderSource, Problem> {
    site.source().ok_or(Problem::NotReady)
}

/// A document that is made for one request.
fn answer(
    request: &HttpRequest,
    seq: u64,
    document: &impl Serialize,
    next: Option<String>,
) -> HttpResponse {
    let Ok(body) = serde_json::to_string(document) else {
        return actix_web::ResponseError::error_response(&Problem::Internal);
    };
    let mut answer =
        CachedResponse::uncompressed(DocumentKind::Json, seq, body).answer(request, false);
    let link = next.and_then(|url| format!("<{url}>; rel=\"next\"").try_into().ok());
    if let Some(link) = link {
        answer.headers_mut().insert(header::LINK, link);
    }
    answer
}
