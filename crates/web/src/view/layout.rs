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
    pub(super) look: &'a PageStyle,
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
    let PageContent { look, title, description, path, is_kept, here, main } = page;
    let current = |entry: NavigationEntry| (here == entry).then_some("page");
    // Forms, error pages and pages of the past don't reload.
    let is_live = look.is_live
        && is_kept
        && path.is_some()
        && look.as_of.is_none()
        && here != NavigationEntry::Subscribe;
    let live = is_live.then_some(look.seq);
    let titled = [("title", title.into()), ("name", (&look.name).into())];
    html! {
        (DOCTYPE)
        html lang=(look.language.tag()) dir=(look.language.direction()) data-seq=[live] data-zone=(look.zone_name()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (look.say_with("title-of-window", &titled)) }
                meta name="description" content=(description);
                meta name="color-scheme" content="light dark";
                meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf8f4";
                meta name="theme-color" media="(prefers-color-scheme: dark)" content="#131210";
                meta property="og:type" content="website";
                meta property="og:site_name" content=(look.name);
                meta property="og:title" content=(title);
                meta property="og:description" content=(description);
                @match path.filter(|_| is_kept && look.as_of.is_none()) {
                    Some(path) => (addresses(look, path)),
                    None => { meta name="robots" content="noindex"; }
                }
                (integrate::alternates(look))
                @match &look.theme.logo {
                    Some(logo) => { link rel="icon" href=(logo) type=(logo.media_type()); }
                    None => { link rel="icon" href=(*SIGN) type="image/svg+xml"; }
                }
                link rel="stylesheet" href=(look.theme.path);
                script src={ "/static/status." (script_hash()) ".js" } defer {}
            }
            body {
                a.skip href="#main" { (look.say("skip-to-content")) }
                header.top {
                    a.brand href=(look.href("/")) aria-current=[current(NavigationEntry::Now)] {
                        (look.say_markup("brand", &[], &[("name", html! { bdi { (look.name) } })]))
                    }
                    nav aria-label=(look.say("pages")) {
                        a href=(look.href("/history")) aria-current=[current(NavigationEntry::History)] { (look.say("history")) }
                        a.button href=(look.href_now("/subscribe")) aria-current=[current(NavigationEntry::Subscribe)] {
                            (look.say("get-updates"))
                        }
                    }
                }
                main #main tabindex="-1" { (as_of(look, path)) (main) }
                (foot(look, path))
            }
        }
    }
    .into_string()
}

/// The line above a page of the past: its time, and a link to the present page.
fn as_of(look: &PageStyle, path: Option<&str>) -> Markup {
    let Some(AsOf { at, until }) = look.as_of else { return html! {} };
    let reader = PageReader::on_any_day(look);
    let from = ("from", reader.time(at));
    html! {
        p.past role="note" {
            strong {
                @match until {
                    Some(until) if is_same_minute(at, until) => {
                        (look.say_markup("as-of-moment", &[], &[from]))
                    }
                    Some(until) => (look.say_markup("as-of-until", &[], &[from, ("until", reader.time(until))])),
                    None => (look.say_markup("as-of", &[], &[from])),
                }
            }
            " "
            a href=(look.href_now(path.unwrap_or("/"))) { (look.say("as-it-is-now")) }
        }
    }
}

/// The page's addresses in this language and in the others.
fn addresses(look: &PageStyle, path: &str) -> Markup {
    let address =
        |language: Language| format!("{}{}", look.site_url, look.in_language(language).href(path));
    html! {
        link rel="canonical" href=(address(look.language));
        meta property="og:url" content=(address(look.language));
        @if look.offered.len() > 1 {
            @for language in look.offered.iter() {
                link rel="alternate" hreflang=(language.tag()) href=(address(*language));
            }
            link rel="alternate" hreflang="x-default" href={ (look.site_url) (path) };
        }
    }
}

/// The footer: links, the time zone, and the other languages.
fn foot(look: &PageStyle, path: Option<&str>) -> Markup {
    html! {
        footer {
            ul {
                @for link in &look.links {
                    li { a href=(link.url) rel="noopener" { bdi { (link.label) } } }
                }
                @if let Some(url) = &look.contact { li { a href=(url) { (look.say("contact")) } } }
                li { a href=(look.href(integrate::PATH)) { (look.say("integrate")) } }
            }
            p { (look.say_markup("times-are-in", &[], &[("zone", html! { span #zone { (look.zone_name()) } })])) }
            @if let Some(path) = path { (languages(look, path)) }
        }
    }
}

/// Links to the page in the other languages, in their own names.
fn languages(look: &PageStyle, path: &str) -> Markup {
    let other = |language: &&Language| **language != look.language;
    html! {
        @if look.offered.len() > 1 {
            details.languages {
                summary { span.unseen { (look.say("language")) " " } (look.language.name()) }
                ul {
                    @for language in look.offered.iter().filter(other) {
                        li {
                            a href=(look.in_language(*language).href(path)) rel="alternate" hreflang=(language.tag())
                                lang=(language.tag()) dir=(language.direction()) { (language.name()) }
                        }
                    }
                }
            }
        }
    }
}
