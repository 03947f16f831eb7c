//! The layout of every page: head, navigation and footer.

use std::sync::LazyLock;

use candor_content::language::Language;
use data_encoding::HEXLOWER;
use maud::{DOCTYPE, Markup, html};
use sha2::{Digest as _, Sha256};

use super::{
    AsOf, PageStyle, integrate,
    time::{PageReader, is_same_minute},
};

/// Candor's own icon, for sites without a logo.
pub(crate) const ICON: &str = include_str!("../../static/icon.svg");

/// The style sheet, in one file.
pub(crate) const STYLE: &str = concat!(
    include_str!("../../static/status.css"),
    "\n",
    include_str!("../../static/history.css"),
    "\n",
    include_str!("../../static/forms.css"),
    "\n",
    include_str!("../../static/devices.css"),
);

/// The script. Every page is complete without it.
pub(crate) const SCRIPT: &str = include_str!("../../static/status.js");

static SCRIPT_HASH: LazyLock<String> = LazyLock::new(|| hash_of(SCRIPT));

/// The first 12 hexadecimal digits of the content's hash, for file names.
pub(crate) fn hash_of(content: &str) -> String {
    HEXLOWER.encode(Sha256::digest(content.as_bytes()).get(..6).unwrap_or_default())
}

/// The favicon as a data URL, so that a first visit makes three requests only.
static SIGN: LazyLock<String> = LazyLock::new(|| {
    let escaped = ICON.trim().replace('"', "'").replace('#', "%23").replace('<', "%3C");
    format!("data:image/svg+xml,{}", escaped.replace('>', "%3E").replace(' ', "%20"))
});

/// The hash of the script, for its file name.
pub(crate) fn script_hash() -> &'static str {
    &SCRIPT_HASH
}

/// The content of a page, without its layout.
pub(super) struct PageContent<'a> {
    pub(super) style: &'a PageStyle,
    /// For the window's title.
    pub(super) title: &'a str,
    /// One sentence for search engines and previews.
    pub(super) description: &'a str,
    /// The path without a language, if the page has an address of its own.
    pub(super) path: Option<&'a str>,
    /// Whether search engines may index it.
    pub(super) is_kept: bool,
    /// The page's entry in the navigation.
    pub(super) here: NavigationEntry,
    pub(super) main: Markup,
}

/// The entries of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NavigationEntry {
    Now,
    History,
    Subscribe,
    Elsewhere,
}

/// The whole HTML document.
pub(super) fn page(page: PageContent<'_>) -> String {
    let PageContent { style, title, description, path, is_kept, here, main } = page;
    let current = |entry: NavigationEntry| (here == entry).then_some("page");
    // Forms, error pages and pages of the past don't reload.
    let is_live = style.is_live
        && is_kept
        && path.is_some()
        && style.as_of.is_none()
        && here != NavigationEntry::Subscribe;
    let live = is_live.then_some(style.seq);
    let titled = [("title", title.into()), ("name", (&style.name).into())];
    html! {
        (DOCTYPE)
        html lang=(style.language.tag()) dir=(style.language.direction()) data-seq=[live] data-zone=(style.zone_name()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (style.say_with("title-of-window", &titled)) }
                meta name="description" content=(description);
                meta name="color-scheme" content="light dark";
                meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf8f4";
                meta name="theme-color" media="(prefers-color-scheme: dark)" content="#131210";
                meta property="og:type" content="website";
                meta property="og:site_name" content=(style.name);
                meta property="og:title" content=(title);
                meta property="og:description" content=(description);
                @match path.filter(|_| is_kept && style.as_of.is_none()) {
                    Some(path) => (addresses(style, path)),
                    None => { meta name="robots" content="noindex"; }
                }
                (integrate::alternates(style))
                @match &style.theme.logo {
                    Some(logo) => { link rel="icon" href=(logo) type=(logo.media_type()); }
                    None => { link rel="icon" href=(*SIGN) type="image/svg+xml"; }
                }
                link rel="stylesheet" href=(style.theme.path);
                script src={ "/static/status." (script_hash()) ".js" } defer {}
            }
            body {
                a.skip href="#main" { (style.say("skip-to-content")) }
                header.top {
                    a.brand href=(style.href("/")) aria-current=[current(NavigationEntry::Now)] {
                        (style.say_markup("brand", &[], &[("name", html! { bdi { (style.name) } })]))
                    }
                    nav aria-label=(style.say("pages")) {
                        a href=(style.href("/history")) aria-current=[current(NavigationEntry::History)] { (style.say("history")) }
                        a.button href=(style.href_now("/subscribe")) aria-current=[current(NavigationEntry::Subscribe)] {
                            (style.say("get-updates"))
                        }
                    }
                }
                main #main tabindex="-1" { (as_of(style, path)) (main) }
                (foot(style, path))
            }
        }
    }
    .into_string()
}

/// The line above a page of the past: its time, and a link to the present page.
fn as_of(style: &PageStyle, path: Option<&str>) -> Markup {
    let Some(AsOf { at, until }) = style.as_of else { return html! {} };
    let reader = PageReader::on_any_day(style);
    let from = ("from", reader.time(at));
    html! {
        p.past role="note" {
            strong {
                @match until {
                    Some(until) if is_same_minute(at, until) => {
                        (style.say_markup("as-of-moment", &[], &[from]))
                    }
                    Some(until) => (style.say_markup("as-of-until", &[], &[from, ("until", reader.time(until))])),
                    None => (style.say_markup("as-of", &[], &[from])),
                }
            }
            " "
            a href=(style.href_now(path.unwrap_or("/"))) { (style.say("go-to-current-page")) }
        }
    }
}

/// The page's addresses in this language and in the others.
fn addresses(style: &PageStyle, path: &str) -> Markup {
    let address = |language: Language| {
        format!("{}{}", style.site_url, style.in_language(language).href(path))
    };
    html! {
        link rel="canonical" href=(address(style.language));
        meta property="og:url" content=(address(style.language));
        @if style.offered.len() > 1 {
            @for language in style.offered.iter() {
                link rel="alternate" hreflang=(language.tag()) href=(address(*language));
            }
            link rel="alternate" hreflang="x-default" href={ (style.site_url) (path) };
        }
    }
}

/// The footer: links, the time zone, and the other languages.
fn foot(style: &PageStyle, path: Option<&str>) -> Markup {
    html! {
        footer {
            ul {
                @for link in &style.links {
                    li { a href=(link.url) rel="noopener" { bdi { (link.label) } } }
                }
                @if let Some(url) = &style.contact { li { a href=(url) { (style.say("contact")) } } }
                li { a href=(style.href(integrate::PATH)) { (style.say("integrate")) } }
            }
            p { (style.say_markup("times-are-in", &[], &[("zone", html! { span #zone { (style.zone_name()) } })])) }
            @if let Some(path) = path { (languages(style, path)) }
        }
    }
}

/// Links to the page in the other languages, in their own names.
fn languages(style: &PageStyle, path: &str) -> Markup {
    let other = |language: &&Language| **language != style.language;
    html! {
        @if style.offered.len() > 1 {
            details.languages {
                summary { span.unseen { (style.say("language")) " " } (style.language.name()) }
                ul {
                    @for language in style.offered.iter().filter(other) {
                        li {
                            a href=(style.in_language(*language).href(path)) rel="alternate" hreflang=(language.tag())
                                lang=(language.tag()) dir=(language.direction()) { (language.name()) }
                        }
                    }
                }
            }
        }
    }
}
