//! All routes, on one page. A GET never changes anything; where there is a GET there is a HEAD.

use actix_web::web::{self, ServiceConfig};

use crate::{
    alert_hook, api, health, live, observe, problem::Problem, public, slack, subscription,
};

/// Makes of one list both the table and the routes, so that neither can lack what the other has.
macro_rules! routes {
    (@methods GET $get:path) => { ("GET, HEAD", &["GET", "HEAD"]) };
    (@methods POST $post:path) => { ("POST", &["POST"]) };
    (@methods GET $get:path, POST $post:path) => { ("GET, HEAD, POST", &["GET", "HEAD", "POST"]) };
    (@route $resource:ident GET $handler:path) => {
        $resource.route(web::get().to($handler)).route(web::head().to($handler))
    };
    (@route $resource:ident POST $handler:path) => { $resource.route(web::post().to($handler)) };
    ($($path:literal { $($method:ident $handler:path),+ })+) => {
        /// Every path that is answered, as a pattern, with the methods that it takes.
        pub const TABLE: &[(&str, &[&str])] = &[$({
            const METHODS: (&str, &[&str]) = routes!(@methods $($method $handler),+);
            ($path, METHODS.1)
        }),+];

        /// Puts every route in its place.
        pub(crate) fn configure(app: &mut ServiceConfig) {
            let mut indexes = 0..;
            $({
                const METHODS: (&str, &[&str]) = routes!(@methods $($method $handler),+);
                let index = indexes.next().unwrap_or_default();
                let resource = web::resource($path).app_data(observe::Route(index));
                $(let resource = routes!(@route resource $method $handler);)+
                app.service(resource.default_service(web::to(async || {
                    Err::<&str, _>(Problem::MethodNotAllowed { allow: METHODS.0 })
                })));
            })+
            app.default_service(web::to(public::elsewhere));
        }
    };
}

routes! {
    "/" { GET public::page }
    "/history" { GET public::page }
    "/history/{year:\\d{4}}" { GET public::page }
    "/history/{month:\\d{4}-\\d{2}}" { GET public::page }
    "/{day:\\d{4}-\\d{2}-\\d{2}}" { GET public::page }
    "/{day:\\d{4}-\\d{2}-\\d{2}}/{number:\\d+}" { GET public::page }
    "/{day:\\d{4}-\\d{2}-\\d{2}}/{number:\\d+}/postmortem" { GET public::page }

    "/api" { GET api::page }
    "/api/v1/board" { GET public::page }
    "/api/v1/board.json" { GET public::page }
    "/api/v1/incidents" { GET api::incidents }
    "/api/v1/incidents/{number}" { GET api::incident }
    "/api/v1/events" { GET api::events }
    "/api/v1/head" { GET public::page }
    "/api/v1/openapi.json" { GET api::document }
    "/log/head" { GET public::page }
    "/api/v2/summary.json" { GET public::page }
    "/api/v2/status.json" { GET public::page }
    "/api/v2/components.json" { GET public::page }
    "/api/v2/incidents.json" { GET public::page }
    "/api/v2/incidents/unresolved.json" { GET public::page }
    "/api/v2/scheduled-maintenances.json" { GET public::page }
    "/api/v2/scheduled-maintenances/upcoming.json" { GET public::page }
    "/api/v2/scheduled-maintenances/active.json" { GET public::page }

    "/feed/atom" { GET public::page }
    "/feed/rss" { GET public::page }
    "/feed/json" { GET public::page }
    "/history.atom" { GET public::page }
    "/history.rss" { GET public::page }
    "/calendar.ics" { GET public::page }
    "/calendar/{number}.ics" { GET public::page }

    "/badge.svg" { GET public::badge }
    "/badge/{style}.svg" { GET public::page }
    "/embed" { GET public::page }
    "/widget.json" { GET public::page }
    "/widget.js" { GET public::widget }
    "/integrate" { GET public::page }

    "/events" { GET live::events }

    "/subscribe" { GET subscription::form, POST subscription::subscribe }
    "/subscribe/sent" { GET subscription::sent }
    "/subscribe/{token}" { GET subscription::ask_to_confirm, POST subscription::confirm }
    "/subscription/{token}" { GET subscription::manage, POST subscription::change }
    "/unsubscribe/done" { GET subscription::unsubscribed }
    "/unsubscribe/{token}" { GET subscription::ask_to_unsubscribe, POST subscription::unsubscribe }

    "/integrations/opsgenie/hook" { POST alert_hook::from_opsgenie }
    "/integrations/opsgenie/hook/{secret:.*}" { POST alert_hook::from_opsgenie }
    "/integrations/slack/events" { POST slack::receive }

    "/healthcheck" { GET health::healthcheck }
    "/healthcheck/" { GET health::healthcheck }
    "/livez" { GET health::live }
    "/readyz" { GET health::ready }
    "/metrics" { GET observe::metrics }

    "/static/status.{hash:[0-9a-f]+}.css" { GET public::style }
    "/static/embed.{hash:[0-9a-f]+}.css" { GET public::embed_style }
    "/static/status.{hash:[0-9a-f]+}.js" { GET public::script }
    "/favicon.svg" { GET public::icon }
    "/favicon.png" { GET public::icon }
    "/favicon.ico" { GET public::icon }
    "/apple-touch-icon.png" { GET public::icon }
    "/robots.txt" { GET public::robots }
    "/sitemap.xml" { GET public::page }
    "/.well-known/security.txt" { GET public::security }

    "/{language:[a-z]{2}(-[A-Za-z]{2,4})?}/subscribe" { GET subscription::form, POST subscription::subscribe }
    "/{language:[a-z]{2}(-[A-Za-z]{2,4})?}/subscribe/sent" { GET subscription::sent }
    "/{language:[a-z]{2}(-[A-Za-z]{2,4})?}/unsubscribe/done" { GET subscription::unsubscribed }
    "/as-of/{page:.*}" { GET public::past }
    "/{language:[a-z]{2}(-[A-Za-z]{2,4})?}/as-of/{page:.*}" { GET public::past }

    "/{language:[a-z]{2}(-[A-Za-z]{2,4})?}/{page:.*}" { GET public::page }
}
