//! Static files: style sheets, scripts, icons, `robots.txt` and `security.txt`.

use std::{borrow::Cow, sync::LazyLock};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use jiff::{Timestamp, ToSpan as _, Unit};

use crate::{
    pages::CachedResponse,
    problem::Problem,
    route::{Caching, DocumentKind, RouteTable},
    settings::WebSettings,
    state::Web,
    view::{
        embed,
        layout::{self, ICON},
        sitemap,
        theme::{Logo, Theme},
    },
};

/// The icon for programs that don't show SVG, with 16, 32 and 48 pixels.
const FAVICON: &[u8] = include_bytes!("../../static/favicon.ico");
/// The icon for home screens, 180 pixels wide, without rounded corners, which devices add.
const LARGE_ICON: &[u8] = include_bytes!("../../static/icon.png");
/// The paths of icons.
pub(crate) const ICONS: [&str; 4] =
    ["/favicon.svg", "/favicon.png", "/favicon.ico", "/apple-touch-icon.png"];

/// The style sheet. A page rendered by an older version asks for an older name and gets the present file, uncached.
pub(crate) async fn style(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    static PLAIN: LazyLock<CachedResponse> =
        LazyLock::new(|| file(DocumentKind::Css, &Theme::plain().sheet));
    let site = web.site();
    let plain = (request.path() == Theme::plain().path).then_some(&*PLAIN);
    let named = site.document(request.path()).or(plain);
    let current = || site.document(&site.style.theme.path).unwrap_or(&PLAIN);
    answer(named.unwrap_or_else(current), &request, named.is_some())
}

/// The script, in the same way.
pub(crate) async fn script(hash: Path<String>, request: HttpRequest) -> HttpResponse {
    static SCRIPT: LazyLock<CachedResponse> =
        LazyLock::new(|| file(DocumentKind::Script, layout::SCRIPT));
    answer(&SCRIPT, &request, *hash == layout::script_hash())
}

/// The style sheet of `/embed`, in the same way.
pub(crate) async fn embed_style(hash: Path<String>, request: HttpRequest) -> HttpResponse {
    static STYLE: LazyLock<CachedResponse> =
        LazyLock::new(|| file(DocumentKind::Css, embed::STYLE));
    answer(&STYLE, &request, *hash == embed::style_hash())
}

/// The script of the banner on other sites.
pub(crate) async fn widget(request: HttpRequest) -> HttpResponse {
    static SCRIPT: LazyLock<CachedResponse> =
        LazyLock::new(|| file(DocumentKind::Script, embed::SCRIPT));
    SCRIPT.answer(request.headers(), false)
}

/// A static file, compressed once.
fn file(kind: DocumentKind, content: &str) -> CachedResponse {
    CachedResponse::new(kind, None, content.to_owned())
}

/// Answers with a file whose name holds its hash: cached forever, unless an older name was requested.
fn answer(file: &CachedResponse, request: &HttpRequest, is_current: bool) -> HttpResponse {
    let mut answer = file.answer(request.headers(), false);
    if !is_current {
        answer.headers_mut().insert(header::CACHE_CONTROL, Caching::Revalidate.header());
    }
    answer
}

/// The icon at this path: the site's logo, if it has a suitable form.
pub(crate) async fn icon(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let site = web.site();
    let (kind, bytes) = icon_at(request.path(), site.style.theme.logo.as_ref());
    HttpResponse::Ok().insert_header((header::CONTENT_TYPE, kind)).body(bytes.into_owned())
}

/// The icon's media type and content. A client that asks for `.ico` or `.png` can't show an SVG.
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

/// `robots.txt`: crawlers may read everything but the links of mails.
pub(crate) async fn robots(web: Data<Web>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .body(robots_txt(web.routes, &web.settings.site_url))
}

/// The text of `robots.txt`.
pub(crate) fn robots_txt(routes: &RouteTable, site_url: &str) -> String {
    routes.robots_txt(&format!("{}{}", site_url.trim_end_matches('/'), sitemap::PATH))
}

/// `security.txt` (RFC 9116), if the settings name a contact.
pub(crate) async fn security(web: Data<Web>) -> Result<HttpResponse, Problem> {
    let text = security_txt(&web.settings, Timestamp::now())?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
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
