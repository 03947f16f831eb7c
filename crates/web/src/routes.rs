//! All routes. A new public page is one row here and one function in [`crate::view`].
//!
//! A route with GET also has HEAD, and a GET never changes anything but at the webhooks of alert sources. The columns are documented in [`crate::route`].

use std::sync::LazyLock;

use actix_web::web::{self, ServiceConfig};
use candor_api::PublicBoard;

use crate::{
    alerts,
    api::{self, operations},
    http::live,
    route::{
        Area::{Api, Frame, Machine, Private},
        Caching::{Briefly, Day, Forever, Hour},
        DocumentKind::{self, Atom, Calendar, Css, Html, Json, JsonFeed, Rss, Sitemap, Svg},
        Languages::{ByPath, Negotiated},
        Route, RouteTable,
    },
    site::{self, assets, health, subscription},
    slack,
    view::{self, RenderContext, json},
};

type Render = fn(&RenderContext<'_>) -> Option<String>;

/// A page for people, in every language, rendered at its first request.
const fn page(pattern: &'static str, render: Render) -> Route {
    in_every_language(pattern, Html, render)
}

/// The same for a document that isn't a page.
const fn in_every_language(pattern: &'static str, kind: DocumentKind, render: Render) -> Route {
    Route::new(pattern).get(|| web::to(site::page)).rendered(kind, render).languages(Negotiated)
}

/// A document for programs, the same for everybody, prerendered.
const fn document(pattern: &'static str, kind: DocumentKind, render: Render) -> Route {
    let route = Route::new(pattern).get(|| web::to(site::page)).rendered(kind, render);
    route.area(Api).prerendered()
}

/// A document of Statuspage's API.
const fn statuspage(pattern: &'static str) -> Route {
    document(pattern, Json, |at| {
        view::statuspage::at(at.style, at.board, at.path.as_str(), at.now).and_then(json)
    })
}

/// A feed of incidents, or of maintenances.
const fn feed(pattern: &'static str, kind: DocumentKind, render: Render) -> Route {
    document(pattern, kind, render).languages(ByPath)
}

/// A subscriber's page, reached by a link in a mail.
const fn private(pattern: &'static str) -> Route {
    Route::new(pattern).area(Private).not_crawled()
}

/// A route for other machines.
const fn machine(pattern: &'static str) -> Route {
    Route::new(pattern).area(Machine)
}

/// A webhook of alert sources. Some can do nothing but GET, which raises alerts here as well.
const fn alerts(pattern: &'static str) -> Route {
    let receive = || web::to(alerts::receive);
    machine(pattern)
        .get(receive)
        .post(receive)
        .put(receive)
        .trusting(alerts::is_authorized)
        .not_crawled()
}

const BOARD: Render = |at| json(serde_json::to_string(&PublicBoard::of(at.board)));
const HEAD: Render = |at| Some(at.head.unwrap_or("null").to_owned());
const FEED: Render = |at| view::feed::at(at.style, at.board, at.path.as_str(), at.now);
const HISTORY_FEED: Render = |at| view::history_feed::at(at.style, at.board, at.path.as_str());
const CALENDAR: Render = |at| view::calendar::at(at.style, at.board, at.path.as_str(), at.now);
const BADGE: Render = |at| view::badge::at(at.style, at.board, at.path.as_str());

/// The table. The first row whose pattern matches answers.
const ROUTES: &[Route] = &[
    page("/", |at| Some(view::front::page(at.style, at.board, at.freshness, at.now))).prerendered(),
    page("/history", |at| Some(view::history::page(at.style, at.board, at.freshness, at.now)))
        .prerendered(),
    page("/history/{year:\\d{4}}", view::history::year_at),
    page("/history/{month:\\d{4}-\\d{2}}", view::history::month::at),
    page("/{day:\\d{4}-\\d{2}-\\d{2}}", view::history::day::at),
    page("/{day:\\d{4}-\\d{2}-\\d{2}}/{number:\\d+}", view::incident::at),
    page("/{day:\\d{4}-\\d{2}-\\d{2}}/{number:\\d+}/postmortem", view::incident::postmortem_at),
    Route::new("/as-of/{page:.*}")
        .get(|| web::to(site::as_of))
        .languages(Negotiated)
        .cached(Briefly)
        .not_crawled(),
    page("/integrate", |at| Some(view::integrate::page(at.style))),
    //
    Route::new("/api").get(|| web::to(api::page)).cached(Briefly),
    document("/api/v1/board", Json, BOARD).described(&operations::BOARD),
    document("/api/v1/board.json", Json, BOARD).described(&operations::BOARD_JSON),
    Route::new("/api/v1/incidents")
        .get(|| web::to(api::incidents))
        .area(Api)
        .cached(Briefly)
        .described(&operations::INCIDENTS),
    Route::new("/api/v1/incidents/{number}")
        .get(|| web::to(api::incident))
        .area(Api)
        .cached(Briefly)
        .described(&operations::INCIDENT),
    Route::new("/api/v1/events")
        .get(|| web::to(api::events))
        .area(Api)
        .cached(Briefly)
        .described(&operations::EVENTS),
    document("/api/v1/head", Json, HEAD).described(&operations::HEAD),
    Route::new("/api/v1/openapi.json")
        .get(|| web::to(api::document))
        .area(Api)
        .cached(Briefly)
        .described(&operations::OPENAPI),
    document("/log/head", Json, HEAD),
    Route::new("/events").get(|| web::to(live::events)).area(Api).described(&operations::LIVE),
    statuspage("/api/v2/summary.json").described(&operations::SUMMARY),
    statuspage("/api/v2/status.json").described(&operations::STATUS),
    statuspage("/api/v2/components.json").described(&operations::COMPONENTS),
    statuspage("/api/v2/incidents.json").described(&operations::ALL_INCIDENTS),
    statuspage("/api/v2/incidents/unresolved.json").described(&operations::UNRESOLVED),
    statuspage("/api/v2/scheduled-maintenances.json").described(&operations::MAINTENANCES),
    statuspage("/api/v2/scheduled-maintenances/upcoming.json").described(&operations::UPCOMING),
    statuspage("/api/v2/scheduled-maintenances/active.json").described(&operations::ACTIVE),
    //
    feed("/feed/atom", Atom, FEED).described(&operations::FEED_ATOM),
    feed("/feed/rss", Rss, FEED).described(&operations::FEED_RSS),
    feed("/feed/json", JsonFeed, FEED).described(&operations::FEED_JSON),
    feed("/history.atom", Atom, HISTORY_FEED).described(&operations::HISTORY_ATOM),
    feed("/history.rss", Rss, HISTORY_FEED).described(&operations::HISTORY_RSS),
    feed("/calendar.ics", Calendar, CALENDAR).described(&operations::CALENDAR),
    in_every_language("/calendar/{number}.ics", Calendar, CALENDAR).area(Api),
    //
    in_every_language("/badge.svg", Svg, BADGE)
        .prerendered()
        .get(|| web::to(site::badge))
        .area(Api)
        .described(&operations::BADGE),
    in_every_language("/badge/{style}.svg", Svg, BADGE).area(Api),
    page("/embed", |at| Some(view::embed::frame(at.style, at.board, at.now)))
        .prerendered()
        .area(Frame),
    in_every_language("/widget.json", Json, |at| json(view::embed::data(at.style, at.board)))
        .prerendered()
        .area(Api),
    Route::new("/widget.js").get(|| web::to(assets::widget)).area(Api).cached(Hour).asset(),
    //
    Route::new("/subscribe")
        .get(|| web::to(subscription::form))
        .post(|| web::to(subscription::subscribe))
        .area(Private)
        .languages(Negotiated),
    private("/subscribe/sent").get(|| web::to(subscription::sent)).languages(Negotiated),
    private("/subscribe/{token}")
        .get(|| web::to(subscription::ask_to_confirm))
        .post(|| web::to(subscription::confirm)),
    private("/subscription/{token}")
        .get(|| web::to(subscription::manage))
        .post(|| web::to(subscription::change)),
    private("/unsubscribe/done").get(|| web::to(subscription::unsubscribed)).languages(Negotiated),
    private("/unsubscribe/{token}")
        .get(|| web::to(subscription::ask_to_unsubscribe))
        .post(|| web::to(subscription::unsubscribe)),
    //
    machine("/integrations/slack/events").post(|| web::to(slack::receive)).not_crawled(),
    alerts("/integrations/hook"),
    alerts("/integrations/hook/{secret:.*}"),
    alerts("/integrations/{source}/hook"),
    alerts("/integrations/{source}/hook/{secret:.*}"),
    //
    machine("/healthcheck").get(|| web::to(health::healthcheck)),
    machine("/healthcheck/").get(|| web::to(health::healthcheck)),
    machine("/livez").get(|| web::to(health::live)),
    machine("/readyz").get(|| web::to(health::ready)),
    machine("/metrics").get(|| web::to(health::metrics)),
    //
    Route::new("/static/status.{hash:[0-9a-f]+}.css")
        .get(|| web::to(assets::style))
        .rendered(Css, |at| Some(at.style.theme.sheet.clone()))
        .cached(Forever)
        .asset(),
    Route::new("/static/embed.{hash:[0-9a-f]+}.css")
        .get(|| web::to(assets::embed_style))
        .cached(Forever)
        .asset(),
    Route::new("/static/status.{hash:[0-9a-f]+}.js")
        .get(|| web::to(assets::script))
        .cached(Forever)
        .asset(),
    Route::new("/favicon.svg").get(|| web::to(assets::icon)).cached(Day).asset(),
    Route::new("/favicon.png").get(|| web::to(assets::icon)).cached(Day).asset(),
    Route::new("/favicon.ico").get(|| web::to(assets::icon)).cached(Day).asset(),
    Route::new("/apple-touch-icon.png").get(|| web::to(assets::icon)).cached(Day).asset(),
    machine("/robots.txt").get(|| web::to(assets::robots)).cached(Day).asset(),
    in_every_language("/sitemap.xml", Sitemap, |at| {
        view::sitemap::at(at.style, at.board, at.path.as_str())
    }),
    machine("/.well-known/security.txt").get(|| web::to(assets::security)).cached(Day).asset(),
    // Used by the test below.
    #[cfg(test)]
    page("/test-page", |at| Some(format!("<p>{}</p>", at.style.name)))
        .prerendered()
        .area(Api)
        .not_crawled()
        .described(&operations::TEST_PAGE),
];

/// The table, indexed for lookup.
pub(crate) fn table() -> &'static RouteTable {
    static TABLE: LazyLock<RouteTable> = LazyLock::new(|| RouteTable::new(ROUTES));
    &TABLE
}

/// The pattern of every route, with its methods.
#[must_use]
pub fn routes() -> Vec<(&'static str, &'static [&'static str])> {
    table().labels()
}

/// Registers all routes with the server.
pub(crate) fn configure(app: &mut ServiceConfig) {
    table().configure(app);
    app.default_service(web::to(site::elsewhere));
}

#[cfg(test)]
mod tests {
    use std::fs;

    use actix_web::{
        App,
        http::header,
        middleware::from_fn,
        test::{TestRequest, call_service, init_service, read_body},
        web::Data,
    };
    use candor_store::Store;
    use candor_telemetry::{Credentials, Metrics, Role};
    use jiff::Timestamp;

    use super::*;
    use crate::{SiteExporter, http::middleware::respond, route::Area::Page, state::Web};

    #[tokio::test(flavor = "multi_thread")]
    async fn one_row_adds_a_page_everywhere() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("candor.sqlite3");
        let store = Store::open(&format!("sqlite:{}", file.display())).unwrap();
        store.migrate().await.unwrap();
        store.follow();
        let mut snapshots = store.snapshot();
        let snapshot = snapshots.wait_for(|now| now.board.is_some()).await.unwrap().clone();
        let metrics = Metrics::new(Role::Web).unwrap();
        let mut settings = Web::for_test().settings;
        settings.metrics = Some((metrics.clone(), Credentials::new("metrics", None)));
        let site = crate::pages::first(table(), &settings, &snapshot);
        let web = Data::new(Web::new(settings.clone(), store, table(), site));

        let state = Data::clone(&web);
        let app = App::new().app_data(Data::clone(&web)).configure(configure);
        let app =
            app.wrap(from_fn(move |request, next| respond(Data::clone(&state), request, next)));
        let app = init_service(app).await;
        for path in ["/test-page", "/de/test-page"] {
            let answer = call_service(&app, TestRequest::get().uri(path).to_request()).await;
            assert_eq!(answer.status(), 200, "{path} is in the router");
            let headers = answer.headers();
            assert_eq!(headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN).unwrap(), "*");
            assert_eq!(
                headers.get(header::CACHE_CONTROL).unwrap().as_bytes(),
                Briefly.as_str().as_bytes()
            );
            assert_eq!(read_body(answer).await, "<p>Acme Tickets</p>");
        }
        let answer = call_service(&app, TestRequest::post().uri("/test-page").to_request()).await;
        assert_eq!(answer.status(), 405);
        assert_eq!(answer.headers().get(header::ALLOW).unwrap(), "GET, HEAD");
        let series =
            "candor_http_requests_total{route=\"/test-page\",method=\"GET\",status=\"200\"} 2";
        assert!(metrics.render().contains(series), "the metrics know both paths by one name");

        let export = folder.path().join("export");
        SiteExporter::new(settings, export.clone()).export(&snapshot, Timestamp::now()).unwrap();
        for path in ["test-page/index.html", "de/test-page/index.html"] {
            let exported = fs::read_to_string(export.join(path)).unwrap();
            assert_eq!(exported, "<p>Acme Tickets</p>", "{path} is exported");
        }
        let rules = fs::read_to_string(export.join("_headers")).unwrap();
        assert!(rules.contains("\n/test-page\n  Access-Control-Allow-Origin: *\n"), "{rules}");

        let robots = call_service(&app, TestRequest::get().uri("/robots.txt").to_request()).await;
        let robots = String::from_utf8(read_body(robots).await.to_vec()).unwrap();
        assert!(robots.contains("\nDisallow: /test-page/\n"), "{robots}");
        let document = TestRequest::get().uri("/api/v1/openapi.json").to_request();
        let document = read_body(call_service(&app, document).await).await;
        let document: serde_json::Value = serde_json::from_slice(&document).unwrap();
        assert_eq!(document["paths"]["/test-page"]["get"]["operationId"], "test-page");
    }

    #[test]
    fn unknown_path_belongs_to_the_area_of_its_folder() {
        for (path, area) in [
            ("/api/v1/nothing.json", Api),
            ("/api/nothing", Api),
            ("/de/feed/nothing", Api),
            ("/integrations/nothing/hook", Machine),
            ("/de/unsubscribe/nothing", Private),
            ("/events/nothing", Page),
            ("/nothing", Page),
            ("/", Page),
        ] {
            assert_eq!(table().area(path), area, "{path}");
        }
    }

    #[test]
    fn path_with_a_language_leads_to_the_same_row() {
        let found = |path| table().find(path).map(|row| row.route.pattern);
        for (path, pattern) in [
            ("/de/", Some("/")),
            ("/de/feed/atom", Some("/feed/atom")),
            ("/zh-Hans/subscribe", Some("/subscribe")),
            ("/api/v1/board", Some("/api/v1/board")),
            ("/de/api/v1/board", None),
            ("/xx/history", None),
            ("/de", None),
        ] {
            assert_eq!(found(path), pattern, "{path}");
        }
    }
}
