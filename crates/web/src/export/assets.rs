//! Exported files that aren't rendered from the board, and the headers that a file server should send.

use jiff::Timestamp;

use crate::{
    http::security_headers,
    route::Caching,
    routes,
    settings::WebSettings,
    site::assets::{ICONS, icon_at, robots_txt, security_txt},
    view::{embed, layout, theme::Theme},
};

/// A file that isn't rendered from the log.
pub(super) struct Asset {
    pub(super) path: String,
    pub(super) body: Vec<u8>,
}

/// All of these files.
pub(super) fn assets(settings: &WebSettings, theme: &Theme, now: Timestamp) -> Vec<Asset> {
    let asset = |path: &str, body: &str| Asset { path: path.to_owned(), body: body.into() };
    let mut assets = vec![
        asset(&theme.path, &theme.sheet),
        asset(&format!("/static/embed.{}.css", embed::style_hash()), embed::STYLE),
        asset("/widget.js", embed::SCRIPT),
        asset(&format!("/static/status.{}.js", layout::script_hash()), layout::SCRIPT),
        asset("/robots.txt", &robots_txt(routes::table(), &settings.site_url)),
    ];
    assets.extend(ICONS.map(|path| {
        let (_, bytes) = icon_at(path, theme.logo.as_ref());
        Asset { path: path.to_owned(), body: bytes.into_owned() }
    }));
    if let Ok(text) = security_txt(settings, now) {
        assets.push(asset("/.well-known/security.txt", &text));
    }
    assets
}

/// The headers that the site's own server sends, in the format of Netlify and Cloudflare Pages
/// (<https://developers.cloudflare.com/pages/configuration/headers/>). `types` are the files whose extension doesn't
/// tell their type. Caching and HSTS are left to the host, which knows when it has new files.
pub(super) fn headers(types: &[(String, &'static str)]) -> String {
    let mut out = String::from("/*\n");
    for (name, value) in security_headers::of_files() {
        for part in ["  ", name.as_str(), ": ", value, "\n"] {
            out.push_str(part);
        }
    }
    let mut rule = |path: &str, name: &str, value: &str| {
        for part in [path, "\n  ", name, ": ", value, "\n"] {
            out.push_str(part);
        }
    };
    rule("/static/*", "Cache-Control", Caching::Forever.as_str());
    for path in routes::table().files_for_all_origins() {
        rule(&path, "Access-Control-Allow-Origin", "*");
        rule(&format!("/:language{path}"), "Access-Control-Allow-Origin", "*");
    }
    for (path, kind) in types {
        rule(path, "Content-Type", kind);
    }
    out
}
