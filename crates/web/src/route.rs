//! A route: one row of the table in [`mod@crate::routes`], which router, security headers, metrics, export,
//! `robots.txt` and the OpenAPI document all read.

use std::collections::BTreeSet;

use actix_web::{
    dev::ResourceDef,
    http::{
        Method,
        header::{HeaderMap, HeaderValue},
    },
    web::{self, ServiceConfig},
};
use candor_content::language::Language;
use candor_core::Board;
use jiff::Timestamp;

use crate::{
    problem::Problem,
    settings::WebSettings,
    view::{PageStyle, RenderContext, RenderSource},
};

/// The path segment that names a language.
const LANGUAGE: &str = "/{language:[a-z]{2}(-[A-Za-z]{2,4})?}";

/// One address of the site, or a family of addresses.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    /// The path, with parameters in braces; also the metrics label.
    pub(crate) pattern: &'static str,
    /// Handles GET and HEAD. A GET never changes anything, but at the webhooks of alert sources.
    pub(crate) get: Option<fn() -> actix_web::Route>,
    /// Handles POST.
    pub(crate) post: Option<fn() -> actix_web::Route>,
    /// Handles PUT, where there are GET and POST.
    pub(crate) put: Option<fn() -> actix_web::Route>,
    /// What kind of client the route is for, which decides the security headers and the form of errors.
    pub(crate) area: Area,
    /// How it is rendered from the board, if it is a page or document.
    pub(crate) content: Option<Content>,
    /// The languages in which it exists.
    pub(crate) languages: Languages,
    /// How long answers may be cached, unless the handler says otherwise.
    pub(crate) caching: Caching,
    /// How it is exported.
    pub(crate) export: Export,
    /// Whether `robots.txt` allows crawling it.
    pub(crate) is_crawled: bool,
    /// Whether to continue the trace of the sender's `traceparent`; none for never, since strangers must not decide
    /// what is traced.
    pub(crate) trusts_sender: Option<TrustsSender>,
    /// Its description in the OpenAPI document.
    pub(crate) operation: Option<&'static Operation>,
}

/// Whether a request with this path and these headers knows the secret.
pub(crate) type TrustsSender = fn(&WebSettings, &str, &HeaderMap) -> bool;

/// How a page or document is rendered.
#[derive(Clone, Copy)]
pub(crate) struct Content {
    pub(crate) kind: DocumentKind,
    /// Returns none if there is nothing at this path.
    pub(crate) render: fn(&RenderContext<'_>) -> Option<String>,
    /// Rendered whenever the log grows; otherwise at the first request.
    pub(crate) is_prerendered: bool,
}

/// What kind of client a route is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    /// Programs on any site: documents, feeds, calendars, images.
    Api,
    /// Any site, which may show the page in a frame.
    Frame,
    /// Other machines: webhooks, health checks, crawlers.
    Machine,
    /// People who follow a secret link in a mail.
    Private,
    /// People.
    Page,
}

/// The languages in which an address exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Languages {
    /// The same for everybody.
    One,
    /// The site's own language at the path itself, others below `/de/` and the like.
    ByPath,
    /// The reader's preferred language at the path itself, a fixed one below `/de/` and the like.
    Negotiated,
}

/// How long an answer may be cached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caching {
    Never,
    /// Revalidated each time.
    Revalidate,
    /// Briefly in the browser, longer in a shared cache that can't reach us: a stale page is better than none.
    Briefly,
    Hour,
    Day,
    /// The name holds the content's hash, so the content never changes.
    Forever,
}

/// How a route is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Export {
    /// Rendered from the board; found by following links.
    Rendered,
    /// A file that isn't rendered from the board (`export::assets`).
    Asset,
    /// Not at all: only a server can answer, so links lead to the site itself.
    Nothing,
}

/// The kind of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DocumentKind {
    Html,
    Json,
    Atom,
    Rss,
    JsonFeed,
    Calendar,
    Svg,
    Sitemap,
    Css,
    Script,
}

/// The description of a route in the OpenAPI document.
pub(crate) struct Operation {
    pub(crate) id: &'static str,
    pub(crate) group: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) description: &'static str,
    pub(crate) parameters: &'static [ApiParameter],
    pub(crate) response: ResponseShape,
    /// When it answers 503.
    pub(crate) unavailable: &'static str,
}

/// The body of an answer in the OpenAPI document.
pub(crate) enum ResponseShape {
    /// JSON of one of our schemas.
    Schema(&'static str),
    /// JSON in a format that someone else documents.
    Object,
    /// Server-sent events.
    Stream,
    /// A file of the route's document kind.
    File,
}

/// A parameter of an operation.
pub(crate) struct ApiParameter {
    pub(crate) name: &'static str,
    pub(crate) kind: ParameterKind,
    pub(crate) description: &'static str,
    pub(crate) example: &'static str,
}

/// The type of a parameter.
pub(crate) enum ParameterKind {
    /// An integer: the minimum, and the maximum if there is one.
    Number(f64, Option<f64>),
    Time,
    /// A comma-separated list of values of this schema.
    Words(&'static str),
}

impl Route {
    /// A page for people with a handler of its own, not exported.
    pub(crate) const fn new(pattern: &'static str) -> Self {
        Self {
            pattern,
            get: None,
            post: None,
            put: None,
            area: Area::Page,
            content: None,
            languages: Languages::One,
            caching: Caching::Never,
            export: Export::Nothing,
            is_crawled: true,
            trusts_sender: None,
            operation: None,
        }
    }

    pub(crate) const fn get(self, handler: fn() -> actix_web::Route) -> Self {
        Self { get: Some(handler), ..self }
    }

    pub(crate) const fn post(self, handler: fn() -> actix_web::Route) -> Self {
        Self { post: Some(handler), ..self }
    }

    pub(crate) const fn put(self, handler: fn() -> actix_web::Route) -> Self {
        Self { put: Some(handler), ..self }
    }

    /// Rendered from the board, and exported.
    pub(crate) const fn rendered(
        self,
        kind: DocumentKind,
        render: fn(&RenderContext<'_>) -> Option<String>,
    ) -> Self {
        let content = Some(Content { kind, render, is_prerendered: false });
        Self { content, caching: Caching::Briefly, export: Export::Rendered, ..self }
    }

    /// Rendered whenever the log grows, before anybody asks.
    pub(crate) const fn prerendered(self) -> Self {
        match self.content {
            Some(content) => {
                Self { content: Some(Content { is_prerendered: true, ..content }), ..self }
            }
            None => self,
        }
    }

    pub(crate) const fn area(self, area: Area) -> Self {
        Self { area, ..self }
    }

    pub(crate) const fn languages(self, languages: Languages) -> Self {
        Self { languages, ..self }
    }

    pub(crate) const fn cached(self, caching: Caching) -> Self {
        Self { caching, ..self }
    }

    /// Exported as a file that isn't rendered from the board.
    pub(crate) const fn asset(self) -> Self {
        Self { export: Export::Asset, ..self }
    }

    pub(crate) const fn not_crawled(self) -> Self {
        Self { is_crawled: false, ..self }
    }

    pub(crate) const fn trusting(self, trusts_sender: TrustsSender) -> Self {
        Self { trusts_sender: Some(trusts_sender), ..self }
    }

    pub(crate) const fn described(self, operation: &'static Operation) -> Self {
        Self { operation: Some(operation), ..self }
    }

    /// The methods that it answers.
    pub(crate) const fn methods(&self) -> &'static [&'static str] {
        match (self.get, self.post, self.put) {
            (Some(_), Some(_), Some(_)) => &["GET", "HEAD", "POST", "PUT"],
            (Some(_), Some(_), None) => &["GET", "HEAD", "POST"],
            (Some(_), None, _) => &["GET", "HEAD"],
            (None, Some(_), _) => &["POST"],
            (None, None, _) => &[],
        }
    }

    /// The same as an `Allow` header.
    fn allow(&self) -> &'static str {
        match self.methods() {
            [_, _, _, _] => "GET, HEAD, POST, PUT",
            [_, _, _] => "GET, HEAD, POST",
            [_, _] => "GET, HEAD",
            [_] => "POST",
            _ => "",
        }
    }

    fn is_localized(&self) -> bool {
        self.languages != Languages::One
    }

    /// The first segment of its path.
    fn first_segment(&self) -> &'static str {
        self.pattern.split('/').nth(1).unwrap_or_default()
    }
}

impl Caching {
    pub(crate) fn header(self) -> HeaderValue {
        HeaderValue::from_static(self.as_str())
    }

    /// The value of `Cache-Control`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Never => "no-store",
            Self::Revalidate => "no-cache",
            Self::Briefly => {
                "public, max-age=5, s-maxage=10, stale-while-revalidate=15, stale-if-error=86400"
            }
            Self::Hour => "public, max-age=3600",
            Self::Day => "public, max-age=86400",
            Self::Forever => "public, max-age=31536000, immutable",
        }
    }
}

impl DocumentKind {
    /// When a document of this kind changed last; none for pages, which change with the clock, too.
    pub(crate) fn changed_at(self, board: &Board) -> Option<Timestamp> {
        board.public_at.filter(|_| self != Self::Html)
    }

    /// The media type for `Content-Type`.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Json => "application/json",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::JsonFeed => "application/feed+json",
            Self::Calendar => "text/calendar; charset=utf-8",
            Self::Svg => "image/svg+xml",
            Self::Sitemap => "application/xml",
            Self::Css => "text/css; charset=utf-8",
            Self::Script => "text/javascript; charset=utf-8",
        }
    }
}

impl DocumentKind {
    /// The media type without its parameters.
    pub(crate) fn essence(self) -> &'static str {
        self.media_type().split(';').next().unwrap_or_default()
    }
}

/// A row of the table, and its index, by which metrics identify it.
#[derive(Clone, Copy)]
pub(crate) struct MatchedRoute {
    pub(crate) index: usize,
    pub(crate) route: &'static Route,
}

/// Rendered content, and its route.
pub(crate) struct RenderedContent {
    pub(crate) route: MatchedRoute,
    pub(crate) kind: DocumentKind,
    pub(crate) body: String,
}

/// All routes, indexed for lookup.
pub(crate) struct RouteTable {
    routes: &'static [Route],
    patterns: Vec<ResourceDef>,
}

impl RouteTable {
    pub(crate) fn new(routes: &'static [Route]) -> Self {
        let patterns = routes.iter().map(|route| ResourceDef::new(route.pattern)).collect();
        Self { routes, patterns }
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = MatchedRoute> {
        self.routes.iter().enumerate().map(|(index, route)| MatchedRoute { index, route })
    }

    /// The routes that are prerendered.
    pub(crate) fn prerendered(&self) -> impl Iterator<Item = (MatchedRoute, Content)> {
        let content = self.all().filter_map(|row| Some((row, row.route.content?)));
        content.filter(|(_, content)| content.is_prerendered)
    }

    /// The patterns with their methods, as metrics labels.
    pub(crate) fn labels(&self) -> Vec<(&'static str, &'static [&'static str])> {
        self.routes.iter().map(|route| (route.pattern, route.methods())).collect()
    }

    /// The route of `path`, with or without a language.
    pub(crate) fn find(&self, path: &str) -> Option<MatchedRoute> {
        let (is_named, rest) = without_language(path);
        let row = self.all().zip(&self.patterns).find(|(_, pattern)| pattern.is_match(rest))?.0;
        (row.route.is_localized() || !is_named).then_some(row)
    }

    /// The area of `path`. An unknown path belongs to the area of its folder.
    pub(crate) fn area(&self, path: &str) -> Area {
        let (_, rest) = without_language(path);
        let folder = rest.split('/').nth(1).unwrap_or_default();
        let begins_alike = |route: &&Route| {
            route.first_segment() == folder && route.pattern.matches('/').count() > 1
        };
        let unknown = || self.routes.iter().find(begins_alike).map(|route| route.area);
        self.find(path).map(|row| row.route.area).or_else(unknown).unwrap_or(Area::Page)
    }

    /// Renders `path` (without a language); none if there is nothing there. A path has one spelling.
    pub(crate) fn render(
        &self,
        source: &RenderSource,
        style: &PageStyle,
        path: &str,
    ) -> Option<RenderedContent> {
        let mut rows = self.all().zip(&self.patterns);
        let (route, pattern) = rows.find(|(_, pattern)| pattern.is_match(path))?;
        let Content { kind, render, .. } = route.route.content?;
        let mut page = source.context(style, path);
        pattern.capture_match_info(&mut page.path);
        Some(RenderedContent { route, kind, body: render(&page)? })
    }

    /// Registers all routes.
    pub(crate) fn configure(&self, app: &mut ServiceConfig) {
        for row in self.all() {
            let route = row.route;
            let localized = route.is_localized().then(|| format!("{LANGUAGE}{}", route.pattern));
            let patterns: Vec<_> =
                [route.pattern.to_owned()].into_iter().chain(localized).collect();
            let mut resource = web::resource(patterns).app_data(row);
            if let Some(get) = route.get {
                resource = resource.route(get().method(Method::GET));
                resource = resource.route(get().method(Method::HEAD));
            }
            if let Some(post) = route.post {
                resource = resource.route(post().method(Method::POST));
            }
            if let Some(put) = route.put {
                resource = resource.route(put().method(Method::PUT));
            }
            app.service(resource.default_service(web::to(async || {
                Err::<&str, _>(Problem::MethodNotAllowed { allow: route.allow() })
            })));
        }
    }

    /// The text of `robots.txt`: disallowed paths, and the sitemap.
    pub(crate) fn robots_txt(&self, sitemap: &str) -> String {
        let mut rules = BTreeSet::new();
        for route in self.routes.iter().filter(|route| !route.is_crawled) {
            let segment = route.first_segment();
            rules.insert(format!("Disallow: /{segment}/\n"));
            if route.is_localized() {
                rules.insert(format!("Disallow: /*/{segment}/\n"));
            }
        }
        let rules: String = rules.into_iter().collect();
        format!("User-agent: *\n{rules}Sitemap: {sitemap}\n")
    }

    /// The exported files that pages of any origin may read, as rules for file servers: a folder if it holds several.
    pub(crate) fn files_for_all_origins(&self) -> BTreeSet<String> {
        let files = self
            .routes
            .iter()
            .filter(|route| route.area == Area::Api && route.export == Export::Rendered);
        let rule = |route: &Route| match route.pattern.matches('/').count() {
            1 => route.pattern.to_owned(),
            _ => format!("/{}/*", route.first_segment()),
        };
        files.map(rule).collect()
    }
}

/// Splits off the language of a path; returns whether there was one.
fn without_language(path: &str) -> (bool, &str) {
    let tag = path.split('/').nth(1).unwrap_or_default();
    let rest = path.strip_prefix('/').and_then(|rest| rest.strip_prefix(tag));
    match rest.filter(|rest| rest.starts_with('/') && Language::of_tag(tag).is_some()) {
        Some(rest) => (true, rest),
        None => (false, path),
    }
}
