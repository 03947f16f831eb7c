//! The state that the handlers of page, API and webhooks share.

use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use arc_swap::{ArcSwap, Guard};
use candor_store::Store;
use candor_telemetry::{HttpMetrics, ServedPages};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::{
    pages::{CachedResponse, Site},
    route::RouteTable,
    settings::WebSettings,
};

/// How many subscription requests one address may make at once, and per minute after that.
const SUBSCRIBE_QUOTA: Quota = Quota::per_minute(NonZeroU32::MIN.saturating_add(9));

/// The state that handlers share.
pub(crate) struct Web {
    pub(crate) settings: WebSettings,
    pub(crate) store: Store,
    pub(crate) routes: &'static RouteTable,
    pub(crate) site: ArcSwap<Site>,
    /// Whether the last change could not be rendered.
    pub(crate) is_outdated: AtomicBool,
    pub(crate) subscribe_limit: DefaultKeyedRateLimiter<IpAddr>,
    pub(crate) http: HttpMetrics,
    /// The OpenAPI document, once it was requested.
    pub(crate) openapi: OnceLock<CachedResponse>,
}

impl Web {
    pub(crate) fn new(
        settings: WebSettings,
        store: Store,
        routes: &'static RouteTable,
        site: Site,
    ) -> Self {
        let metrics = settings.metrics.as_ref().map(|(metrics, _)| metrics.clone());
        Self {
            settings,
            store,
            routes,
            site: ArcSwap::from_pointee(site),
            is_outdated: AtomicBool::new(false),
            subscribe_limit: RateLimiter::keyed(SUBSCRIBE_QUOTA),
            http: HttpMetrics::new(metrics, &routes.labels()),
            openapi: OnceLock::new(),
        }
    }

    /// The current pages.
    pub(crate) fn site(&self) -> Guard<Arc<Site>> {
        self.site.load()
    }

    /// How current the pages are.
    pub(crate) fn pages(&self) -> ServedPages {
        if self.site().is_empty() {
            ServedPages::Missing
        } else if self.is_outdated.load(Ordering::Relaxed) {
            ServedPages::Outdated
        } else {
            ServedPages::Current
        }
    }
}

#[cfg(test)]
impl Web {
    /// Without a database.
    pub(crate) fn for_test() -> Self {
        use candor_content::link::Links;
        use candor_integrations::webhook::AllowedTargets;

        let site_url = "https://status.example.org".to_owned();
        let settings = WebSettings {
            links: Links::new(&site_url, &[7; 32]).unwrap(),
            site_url,
            site_name: "Acme Tickets".into(),
            data_dir: "/nonexistent".into(),
            alert_secrets: Vec::new(),
            alert_rules: candor_integrations::alert_source::AlertRules::default(),
            subscribe: candor_core::Address::CHANNELS.to_vec(),
            mailer: None,
            webhook_allow: AllowedTargets::default(),
            trusted_proxies: Vec::new(),
            security_contact: None,
            metrics: None,
            public_metrics: false,
            workers: 1,
            slack: None,
            live: crate::settings::LiveSettings::default(),
        };
        let store = Store::open("sqlite:/nonexistent/candor.sqlite3").unwrap();
        let routes = crate::routes::table();
        let site = crate::pages::first(routes, &settings, &store.snapshot().borrow());
        Self::new(settings, store, routes, site)
    }
}
