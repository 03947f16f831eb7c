//! The public site: pages and documents, static files, subscriptions, and health checks.

pub(crate) mod assets;
pub(crate) mod health;
mod refresh;
pub(crate) mod subscription;

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, header},
    web::Data,
};

use crate::{
    http::security_headers::accepted_languages, pages::AsOfTarget, problem::Problem,
    route::Caching, state::Web, view::badge::BadgeStyle,
};
pub(crate) use refresh::keep_rendered;

/// Any page or document that is rendered from the board.
pub(crate) async fn page(web: Data<Web>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    find(&web, &request, request.path())
}

/// The badge, in the style that `?style=` names.
pub(crate) async fn badge(web: Data<Web>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let (flat, style) = (BadgeStyle::Flat.path(), BadgeStyle::of_query(request.query_string()));
    let language = request.path().strip_suffix(flat).unwrap_or_default();
    find(&web, &request, &format!("{language}{}", style.path()))
}

fn find(web: &Web, request: &HttpRequest, path: &str) -> Result<HttpResponse, Problem> {
    let found = web.site().find(path, accepted_languages(request.headers()))?;
    Ok(found.page.response.answer(request.headers(), found.negotiated))
}

/// An unknown path: perhaps it is the path of an exported file.
pub(crate) async fn elsewhere(
    web: Data<Web>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    is_read.then(|| moved(&web, &request)).flatten().ok_or(Problem::NotFound)
}

/// Redirects from the path of an exported file to the page; none if there is no such page.
fn moved(web: &Web, request: &HttpRequest) -> Option<HttpResponse> {
    let (site, accepted) = (web.site(), accepted_languages(request.headers()));
    let is_there = |path: &String| site.find(path, accepted).is_ok();
    let path = spellings_of_files(request.path()).into_iter().flatten().find(is_there)?;
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut answer = HttpResponse::MovedPermanently();
    answer.insert_header((header::LOCATION, format!("{path}{query}")));
    Some(answer.insert_header((header::CACHE_CONTROL, Caching::Hour.header())).finish())
}

/// The site's paths for the exported file at `path`: a page is a folder, a document has an extension.
fn spellings_of_files(path: &str) -> [Option<String>; 3] {
    if path.contains("//") {
        return [None, None, None];
    }
    let page = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
    let document = path.rsplit_once('.').filter(|(_, ending)| !ending.contains('/'));
    let other = |found: String| Some(found).filter(|found| found != path);
    [
        Some(page).filter(|page| !page.is_empty()).map(str::to_owned).and_then(other),
        other(format!("{page}/")),
        document.map(|(document, _)| document.to_owned()),
    ]
}

/// Any page of the past.
pub(crate) async fn as_of(web: Data<Web>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let site = Arc::clone(&web.site());
    let accepted = accepted_languages(request.headers());
    match site.as_of(request.path(), accepted).await? {
        AsOfTarget::Found(found) => {
            Ok(found.page.response.answer(request.headers(), found.negotiated))
        }
        AsOfTarget::Elsewhere(path) => Ok(HttpResponse::Found()
            .insert_header((header::LOCATION, path))
            .insert_header((header::CACHE_CONTROL, Caching::Revalidate.header()))
            .finish()),
    }
}
