//! What every answer carries, and what a browser sees of an error.

use std::{fmt, panic::AssertUnwindSafe, time::Duration};

use actix_web::{
    Error, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode, Uri,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use candor_content::language::Language;
use candor_core::{Incident, IncidentNumber};
use futures::FutureExt as _;

use crate::{
    live,
    problem::Problem,
    server::Web,
    view::{self, PageStyle, embed},
};

/// Nothing from elsewhere, no script but the one file that we serve.
macro_rules! page_policy {
    () => {
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
    };
}

/// And no frame.
const POLICY: &str = concat!(page_policy!(), "; frame-ancestors 'none'");

/// The same for the one page that other sites may show in a frame.
const FRAME_POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

/// What programs read runs nothing, wherever somebody opens it.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

const ALWAYS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
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
    let always = ALWAYS.into_iter().filter(move |(name, _)| !framing.contains(name));
    always.chain([
        (header::CONTENT_SECURITY_POLICY, page_policy!()),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    ])
}

/// How long anything may take, its body included.
const DEADLINE: Duration = Duration::from_secs(30);

/// The outermost layer: catches panics, turns errors into pages for browsers, and adds the security headers.
pub(crate) async fn rim<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(web) = request.app_data::<Data<Web>>().cloned() else {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    };
    let area = Area::of(request.path());
    let reader = ErrorReader::of(&request);
    let answer = AssertUnwindSafe(next.call(request)).catch_unwind();
    let problem = match tokio::time::timeout(DEADLINE, answer).await {
        Ok(Ok(outcome)) => {
            let (request, response) = outcome?.map_into_boxed_body().into_parts();
            let response = finish(&web, area, &reader, response);
            return Ok(live::take_over(ServiceResponse::new(request, response)).await);
        }
        Ok(Err(_panic)) => {
            tracing::error!("a handler panicked; the server goes on");
            Problem::Internal
        }
        Err(_elapsed) => Problem::TooSlow,
    };
    Err(ServerFault { web, area, reader, problem }.into())
}

/// Who is expected to ask here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    /// Public data for programs on any site: documents, feeds, calendars, pictures.
    Api,
    /// A page that any site may show in a frame.
    Frame,
    /// Other programs: hooks, health checks.
    Machine,
    /// Persons, by way of a secret link in a mail.
    Private,
    /// Persons.
    Page,
}

impl Area {
    pub(crate) fn of(path: &str) -> Self {
        const MACHINE: [&str; 7] = [
            "/integrations/",
            "/healthcheck",
            "/livez",
            "/readyz",
            "/metrics",
            "/robots.txt",
            "/.well-known/",
        ];
        const API: [&str; 2] = ["/events", "/log/head"];
        const WIDGETS: [&str; 5] = ["/widget.", "/badge", "/feed/", "/history.", "/calendar"];
        // The first segment, or the second one below a language.
        const PRIVATE: [&str; 3] = ["subscribe", "subscription", "unsubscribe"];
        let bare = without_language(path);
        match () {
            () if path.starts_with("/api/") || API.contains(&path) => Self::Api,
            () if WIDGETS.iter().any(|prefix| bare.starts_with(prefix)) => Self::Api,
            () if bare == embed::FRAME => Self::Frame,
            () if MACHINE.iter().any(|prefix| path.starts_with(prefix)) => Self::Machine,
            () if path.split('/').skip(1).take(2).any(|part| PRIVATE.contains(&part)) => {
                Self::Private
            }
            () => Self::Page,
        }
    }
}

/// The path without the language that it may begin with.
fn without_language(path: &str) -> &str {
    let tag = path.split('/').nth(1).unwrap_or_default();
    let rest = path.strip_prefix('/').and_then(|rest| rest.strip_prefix(tag)).unwrap_or(path);
    if Language::of_tag(tag).is_some() { rest } else { path }
}

/// What an error page has to know of who asked.
struct ErrorReader {
    uri: Uri,
    accepted: Option<HeaderValue>,
}

impl ErrorReader {
    fn of(request: &ServiceRequest) -> Self {
        let accepted = request.headers().get(header::ACCEPT_LANGUAGE).cloned();
        Self { uri: request.uri().clone(), accepted }
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

/// Gives a response its final form.
fn finish(web: &Web, area: Area, reader: &ErrorReader, response: HttpResponse) -> HttpResponse {
    let mut response = in_words(web, area, reader, response);
    let status = response.status();
    dress(response.headers_mut(), web, area, status);
    response
}

/// Adds the headers that every answer in this area carries. One that says that nothing has changed leaves the others
/// as the client has them (RFC 9111 section 4.3.4), but for those that each answer is judged by.
pub(crate) fn dress(headers: &mut HeaderMap, web: &Web, area: Area, status: StatusCode) {
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
    for (name, value) in ALWAYS {
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

/// The languages that somebody wishes for.
pub(crate) fn accepted(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()
}

/// Errors in the form that suits who asked.
fn in_words(web: &Web, area: Area, reader: &ErrorReader, response: HttpResponse) -> HttpResponse {
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
            let better = reader.better(web);
            view::problem::answer(&reader.look(web), &problem, better.as_deref())
        }
    }
}

/// The answer after a panic or in place of one that never came; an error, because the request that an answer would belong to is gone.
struct ServerFault {
    web: Data<Web>,
    area: Area,
    reader: ErrorReader,
    problem: Problem,
}

impl ResponseError for ServerFault {
    fn error_response(&self) -> HttpResponse {
        finish(&self.web, self.area, &self.reader, self.problem.error_response())
    }
}

impl fmt::Display for ServerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl fmt::Debug for ServerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{App, middleware::from_fn, test, web};

    use super::*;

    #[actix_web::test]
    async fn a_panic_is_an_answer_with_all_headers_and_no_word_of_its_cause() {
        async fn panics() -> &'static str {
            panic!("the secret is hunter2")
        }
        let web = Data::new(Web::for_test());
        let app = App::new()
            .app_data(web)
            .route("/", web::get().to(panics))
            .route("/api/x", web::get().to(panics))
            .route("/fine", web::get().to(async || "fine"))
            .wrap(from_fn(rim));
        let app = test::init_service(app).await;
        for (path, kind, policy) in [
            ("/", "text/html; charset=utf-8", POLICY),
            ("/api/x", "application/problem+json", DATA_POLICY),
        ] {
            let request = test::TestRequest::get().uri(path).to_request();
            let error = test::try_call_service(&app, request).await.err().unwrap();
            let answer = error.error_response();
            assert_eq!(answer.status(), 500);
            assert_eq!(answer.headers().get("content-type").unwrap(), kind);
            assert_eq!(answer.headers().get("content-security-policy").unwrap(), policy);
            let body = actix_web::body::to_bytes(answer.into_body()).await.unwrap();
            assert!(!String::from_utf8_lossy(&body).contains("hunter2"));
        }
        let request = test::TestRequest::get().uri("/fine").to_request();
        assert!(test::call_service(&app, request).await.status().is_success());
    }
}
