//! The security headers of every answer, and what a browser sees of an error.

use actix_web::{
    HttpResponse, ResponseError as _,
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

/// Nothing from elsewhere, no script but the one file that we serve.
macro_rules! page_policy {
    () => {
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
    };
}

/// And no frame.
const PAGE_POLICY: &str = concat!(page_policy!(), "; frame-ancestors 'none'");

/// The same for the one page that other sites may show in a frame.
const FRAME_POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

/// What programs read runs nothing, wherever somebody opens it.
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

/// Two years; only said where the page is reached by https.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// What every exported file carries. Any site may frame any of them: servers of files can't except `/embed` alone, and
/// there is nothing on an exported page that a stolen click could change.
pub(crate) fn of_files() -> impl Iterator<Item = (HeaderName, &'static str)> {
    let framing = [header::CONTENT_SECURITY_POLICY, header::X_FRAME_OPTIONS];
    let always = COMMON_HEADERS.into_iter().filter(move |(name, _)| !framing.contains(name));
    always.chain([
        (header::CONTENT_SECURITY_POLICY, page_policy!()),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    ])
}

/// What an error page needs to know about the request.
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

    /// Where the incident is that was looked for elsewhere: its number is enough to know.
    fn better(&self, web: &Web) -> Option<String> {
        let (_, number) = self.uri.path().rsplit_once('/')?;
        let number = number.parse().ok().and_then(IncidentNumber::new)?;
        web.site().source()?.board.incident(number).map(Incident::path)
    }

    fn look(&self, web: &Web) -> PageStyle {
        let accepted = self.accepted.as_ref().and_then(|value| value.to_str().ok());
        web.site().look_for(self.uri.path(), accepted)
    }
}

/// Gives an answer its final form: errors as they suit who asked, and the headers. `route` is none for an address that
/// doesn't exist.
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

/// Adds the headers that every answer in this area carries, and how long it may be kept. One that says that nothing has
/// changed leaves the others as the client has them (RFC 9111 section 4.3.4), but for those that each answer is judged by.
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

/// The languages that a reader prefers, as the browser says it.
pub(crate) fn accepted_languages(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()
}

/// Errors in the form that suits who asked.
fn with_error_page(web: &Web, area: Area, asked: &Asked, response: HttpResponse) -> HttpResponse {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let known = response.extensions().get::<Problem>().cloned();
    let problem = match (known, response.error()) {
        (Some(problem), _) => problem,
        (None, Some(_)) => Problem::of_status(status),
        // A page of our own that happens to be an error, such as a form that came back.
        (None, None) => return response,
    };
    match area {
        Area::Api | Area::Machine => problem.error_response(),
        Area::Private | Area::Frame | Area::Page => {
            let better = asked.better(web);
            view::problem::answer(&asked.look(web), &problem, better.as_deref())
        }
    }
}
