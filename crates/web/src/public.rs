//! What everybody may see: pages and documents from memory, and the files beside them.

use std::{
    borrow::Cow,
    sync::{Arc, LazyLock},
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{self, HeaderValue},
    },
    web::{Data, Path},
};
use jiff::{Timestamp, ToSpan as _, Unit};

use crate::{
    cached_response::{CachedResponse, DocumentKind},
    headers,
    problem::Problem,
    server::{Web, WebSettings},
    site::AsOfTarget,
    theme::{Logo, Theme},
    view::{badge::BadgeStyle, embed, layout, sitemap},
};

pub(crate) const ICON: &str = include_str!("../static/icon.svg");
/// The same for programs that show no SVG, with 16, 32 and 48 pixels.
const FAVICON: &[u8] = include_bytes!("../static/favicon.ico");
/// The same for home screens, with 180 pixels and without round corners: devices cut them.
const LARGE_ICON: &[u8] = include_bytes!("../static/icon.png");
/// Where icons are asked for.
pub(crate) const ICONS: [&str; 4] =
    ["/favicon.svg", "/favicon.png", "/favicon.ico", "/apple-touch-icon.png"];
/// What crawlers may read: all but the links of mails.
const ROBOTS: &str = "User-agent: *\nDisallow: /subscribe/\nDisallow: /subscription/\nDisallow: /unsubscribe/\nDisallow: /integrations/\nDisallow: /as-of/\nDisallow: /*/as-of/\n";
/// The name holds the content's hash, so it never changes.
pub(crate) const FOR_EVER: &str = "public, max-age=31536000, immutable";
const AN_HOUR: &str = "public, max-age=3600";
const A_DAY: &str = "public, max-age=86400";

/// Any page or document of the site.
pub(crate) async fn page(web: Data<Web>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    find(&web, &request, request.path())
}

/// The badge, in the style that `?style=` names.
pub(crate) async fn badge(web: Data<Web>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    find(&web, &request, BadgeStyle::of_query(request.query_string()).path())
}

fn find(web: &Web, request: &HttpRequest, path: &str) -> Result<HttpResponse, Problem> {
    match web.site().find(path, headers::accepted(request.headers())) {
        Err(Problem::NotFound) => moved(web, request).ok_or(Problem::NotFound),
        found => {
            let found = found?;
            Ok(found.ready.answer(request, found.negotiated))
        }
    }
}

/// Any address that is none of ours: perhaps it is one that exported files have.
pub(crate) async fn elsewhere(
    web: Data<Web>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    is_read.then(|| moved(&web, &request)).flatten().ok_or(Problem::NotFound)
}

/// Leads to the page or document that exported files have at this address; none if there is none.
fn moved(web: &Web, request: &HttpRequest) -> Option<HttpResponse> {
    let (site, accepted) = (web.site(), headers::accepted(request.headers()));
    let is_there = |path: &String| site.find(path, accepted).is_ok();
    let path = spellings_of_files(request.path()).into_iter().flatten().find(is_there)?;
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut answer = HttpResponse::MovedPermanently();
    answer.insert_header((header::LOCATION, format!("{path}{query}")));
    Some(answer.insert_header((header::CACHE_CONTROL, AN_HOUR)).finish())
}

/// What stands at `path` by the names that the export gives its files: a page is a folder, a document has an ending.
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

/// Any page as it stood at an earlier time.
pub(crate) async fn past(web: Data<Web>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let site = Arc::clone(&web.site());
    match site
        .past(request.path(), headers::accepted(request.headers()))
        .await
        .ok_or(Problem::NotFound)??
    {
        AsOfTarget::Found(found) => Ok(found.ready.answer(&request, found.negotiated)),
        AsOfTarget::Elsewhere(path) => Ok(HttpResponse::Found()
            .insert_header((header::LOCATION, path))
            .insert_header((header::CACHE_CONTROL, "no-cache"))
            .finish()),
    }
}

/// The style sheet. A page that an older version rendered asks for an older name and gets today's, for once.
pub(crate) async fn style(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    static PLAIN: LazyLock<CachedResponse> =
        LazyLock::new(|| file(DocumentKind::Css, Theme::plain().sheet.clone()));
    let site = web.site();
    let plain = (request.path() == Theme::plain().path).then_some(&*PLAIN);
    let named = site.document(request.path()).or(plain);
    let todays = || site.document(&site.look.theme.path).unwrap_or(&PLAIN);
    kept(named.unwrap_or_else(todays), &request, for_ever(named.is_some()))
}

/// The script, alike.
pub(crate) async fn script(hash: Path<String>, request: HttpRequest) -> HttpResponse {
    static SCRIPT: LazyLock<CachedResponse> =
        LazyLock::new(|| file(DocumentKind::Script, layout::SCRIPT.to_owned()));
    kept(&SCRIPT, &request, for_ever(*hash == layout::script_hash()))
}

/// The style sheet of the frame for other sites, alike.
pub(crate) async fn embed_style(hash: Path<String>, request: HttpRequest) -> HttpResponse {
    static STYLE: LazyLock<CachedResponse> =
        LazyLock::new(|| file(DocumentKind::Css, embed::STYLE.to_owned()));
    kept(&STYLE, &request, for_ever(*hash == embed::style_hash()))
}

/// The script that shows a banner on other sites.
pub(crate) async fn widget(request: HttpRequest) -> HttpResponse {
    static SCRIPT: LazyLock<CachedResponse> =
        LazyLock::new(|| file(DocumentKind::Script, embed::SCRIPT.to_owned()));
    kept(&SCRIPT, &request, AN_HOUR)
}

fn for_ever(is_todays: bool) -> &'static str {
    if is_todays { FOR_EVER } else { "no-cache" }
}

/// A file of the program: compressed once, no part of the log.
fn file(kind: DocumentKind, content: String) -> CachedResponse {
    CachedResponse::new(kind, 0, content)
}

fn kept(file: &CachedResponse, request: &HttpRequest, cache: &'static str) -> HttpResponse {
    let mut answer = file.answer(request, false);
    let headers = answer.headers_mut();
    headers.remove("x-log-seq");
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    answer
}

/// The page's icon at this path: the site's logo, if it has one that whoever asks for this can show.
pub(crate) async fn icon(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let site = web.site();
    let (kind, bytes) = icon_at(request.path(), site.look.theme.logo.as_ref());
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CACHE_CONTROL, A_DAY))
        .body(bytes.into_owned())
}

/// The icon's media type and content. Whoever asks for `.ico` or `.png` can't show an SVG.
pub(crate) fn icon_at<'a>(path: &str, logo: Option<&'a Logo>) -> (&'static str, Cow<'a, [u8]>) {
    match (path, logo) {
        ("/favicon.svg", None) => ("image/svg+xml", ICON.as_bytes().into()),
        ("/favicon.svg", Some(logo)) if logo.is_png() => {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><image width=\"32\" height=\"32\" \
                 href=\"{logo}\"/></svg>"
            );
            ("image/svg+xml", svg.into_bytes().into())
        }
        ("/favicon.svg", Some(logo)) => (logo.media_type(), logo.bytes().into()),
        (_, Some(logo)) if logo.is_png() => (logo.media_type(), logo.bytes().into()),
        ("/favicon.ico", _) => ("image/x-icon", FAVICON.into()),
        _ => ("image/png", LARGE_ICON.into()),
    }
}

/// What crawlers may read: all but the links of mails.
pub(crate) async fn robots(web: Data<Web>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, A_DAY))
        .body(robots_txt(&web.settings.site_url))
}

/// The text of `robots.txt`.
pub(crate) fn robots_txt(site_url: &str) -> String {
    format!("{ROBOTS}Sitemap: {}{}\n", site_url.trim_end_matches('/'), sitemap::PATH)
}

/// Whom to tell of a security problem (RFC 9116), if the settings name somebody.
pub(crate) async fn security(web: Data<Web>) -> Result<HttpResponse, Problem> {
    let text = security_txt(&web.settings, Timestamp::now())?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, A_DAY))
        .body(text))
}

/// The text of `security.txt` as of `now`.
pub(crate) fn security_txt(settings: &WebSettings, now: Timestamp) -> Result<String, Problem> {
    let contact = settings.security_contact.as_ref().ok_or(Problem::NotFound)?;
    let expires = now
        .checked_add((180 * 24).hours())
        .and_then(|expires| expires.round(Unit::Hour))
        .map_err(|_out_of_range| Problem::Internal)?;
    let site = &settings.site_url;
    Ok(format!(
        "Contact: {contact}\nExpires: {expires}\nCanonical: {site}/.well-known/security.txt\n"
    ))
}
