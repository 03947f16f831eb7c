//! The security headers of every answer, and the form of errors.

use actix_web::{
    HttpResponse,
    dev::ServiceRequest,
    http::{
        StatusCode, Uri,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
};
use candor_core::{Incident, IncidentNumber};

use crate::{
    problem::Problem,
    route::{Area, Route},
    state::Web,
    view::{self, PageStyle},
};

/// Loads nothing from other sites, and no script but our own file.
macro_rules! page_policy {
    () => {
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
    };
}

/// Without frames.
const PAGE_POLICY: &str = concat!(page_policy!(), "; frame-ancestors 'none'");

/// For the one page that other sites may show in a frame.
const FRAME_POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

/// Documents for programs run nothing, wherever they are opened.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

const COMMON_HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, PAGE_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Two years; only sent if the site is served over https.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// The headers of all exported files. Any site may frame them, since file servers can't exempt `/embed` alone, and a
/// clickjacked click on an exported page changes nothing.
pub(crate) fn of_files() -> impl Iterator<Item = (HeaderName, &'static str)> {
    let framing = [header::CONTENT_SECURITY_POLICY, header::X_FRAME_OPTIONS];
    let always = COMMON_HEADERS.into_iter().filter(move |(name, _)| !framing.contains(name));
    always.chain([
        (header::CONTENT_SECURITY_POLICY, page_policy!()),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    ])
}

/// What an error page needs to know of the request.
pub(super) struct Asked {
    uri: Uri,
    accepted: Option<HeaderValue>,
}

impl Asked {
    pub(super) fn of(request: &ServiceRequest) -> Self {
        let accepted = request.headers().get(header::ACCEPT_LANGUAGE).cloned();
        Self { uri: request.uri().clone(), accepted }
    }

    pub(super) fn path(&self) -> &str {
        self.uri.path()
    }

    /// The path of the incident with the number at the end of the requested path.
    fn better(&self, web: &Web) -> Option<String> {
        let (_, number) = self.uri.path().rsplit_once('/')?;
        let number = number.parse().ok().and_then(IncidentNumber::new)?;
        web.site().source()?.board.incident(number).map(Incident::path)
    }

    /// How the page looks in the language that the path names, or that the request prefers.
    fn style(&self, web: &Web) -> PageStyle {
        let accepted = self.accepted.as_ref().and_then(|value| value.to_str().ok());
        web.site().style_for(self.uri.path(), accepted)
    }
}

/// Finishes an answer: errors in the form that suits the client, and the headers. `route` is none for an unknown path.
pub(super) fn finish(
    web: &Web,
    route: Option<&Route>,
    asked: &Asked,
    response: HttpResponse,
) -> HttpResponse {
    let area = route.map_or_else(|| web.routes.area(asked.path()), |route| route.area);
    let mut response = with_error_page(web, area, asked, response);
    add(&mut response, web, route, area);
    response
}

/// Adds the headers of this area, and how long the answer may be cached. A 304 leaves the client's headers as they are
/// (RFC 9111, section 4.3.4), except for those that apply to each answer.
pub(super) fn add(response: &mut HttpResponse, web: &Web, route: Option<&Route>, area: Area) {
    let status = response.status();
    let headers = response.headers_mut();
    if let Some(route) = route
        && !headers.contains_key(header::CACHE_CONTROL)
    {
        headers.insert(header::CACHE_CONTROL, route.caching.header());
    }
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    if area == Area::Api {
        set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        set(header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Link, X-Log-Seq");
    }
    if status == StatusCode::NOT_MODIFIED {
        return;
    }
    if web.settings.site_url.starts_with("https://") {
        set(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    if area == Area::Api {
        set(header::CONTENT_SECURITY_POLICY, DATA_POLICY);
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        set(RESOURCE_POLICY, "cross-origin");
        return;
    }
    for (name, value) in COMMON_HEADERS {
        set(name, value);
    }
    let (referrer, resource) = match area {
        Area::Frame => ("strict-origin-when-cross-origin", "cross-origin"),
        Area::Private => ("no-referrer", "same-origin"),
        Area::Api | Area::Machine | Area::Page => {
            ("strict-origin-when-cross-origin", "same-origin")
        }
    };
    set(header::REFERRER_POLICY, referrer);
    set(RESOURCE_POLICY, resource);
    if area == Area::Frame {
        set(header::CONTENT_SECURITY_POLICY, FRAME_POLICY);
    }
    if area == Area::Private {
        set(header::CACHE_CONTROL, "no-store");
        set(HeaderName::from_static("x-robots-tag"), "noindex");
    }
    if area == Area::Frame {
        headers.remove(header::X_FRAME_OPTIONS);
    }
}

/// The `Accept-Language` header.
pub(crate) fn accepted_languages(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()
}

/// The error in the form and language that suit the client.
fn with_error_page(web: &Web, area: Area, asked: &Asked, response: HttpResponse) -> HttpResponse {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let known = response.extensions().get::<Problem>().cloned();
    let problem = match (known, response.error()) {
        (Some(problem), _) => problem,
        (None, Some(_)) => Problem::of_status(status),
        // An error page of our own, such as a form with errors.
        (None, None) => return response,
    };
    let style = asked.style(web);
    match area {
        Area::Api | Area::Machine => problem.document(style.language),
        Area::Private | Area::Frame | Area::Page => {
            view::problem::answer(&style, &problem, asked.better(web).as_deref())
        }
    }
}
