//! The frame around every page.

use std::sync::LazyLock;

use maud::{DOCTYPE, Markup, html};
use sha2::{Digest as _, Sha256};

use super::Look;

/// The style sheet.
pub(crate) const STYLE: &str = include_str!("../../static/status.css");

static STYLE_HASH: LazyLock<String> = LazyLock::new(|| {
    Sha256::digest(STYLE.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
});

/// Names the style sheet's content.
pub(crate) fn style_hash() -> &'static str {
    &STYLE_HASH
}

/// A page before it gets its frame.
pub(super) struct Page<'a> {
    /// What the site is about.
    pub(super) name: &'a str,
    /// For the title of the window.
    pub(super) title: &'a str,
    /// One sentence for search engines and previews.
    pub(super) description: &'a str,
    /// Where it lives for good; none for pages that no search engine should keep.
    pub(super) canonical: Option<String>,
    /// Which entry of the navigation it is.
    pub(super) here: Here,
    pub(super) main: Markup,
    pub(super) foot: Markup,
}

/// The entries of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    Now,
    Subscribe,
    Elsewhere,
}

/// The whole document.
pub(super) fn page(page: Page<'_>) -> String {
    let Page { name, title, description, canonical, here, main, foot } = page;
    let current = |entry: Here| (here == entry).then_some("page");
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · " (name) " status" }
                meta name="description" content=(description);
                meta name="color-scheme" content="light dark";
                @match canonical {
                    Some(url) => { link rel="canonical" href=(url); }
                    None => { meta name="robots" content="noindex"; }
                }
                link rel="icon" href="/favicon.svg" type="image/svg+xml";
                link rel="stylesheet" href={ "/static/status." (style_hash()) ".css" };
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header.top {
                    a.brand href="/" aria-current=[current(Here::Now)] { bdi { (name) } " " span { "status" } }
                    nav aria-label="Pages" {
                        a.button href="/subscribe" aria-current=[current(Here::Subscribe)] { "Get updates" }
                    }
                }
                main #main tabindex="-1" { (main) }
                footer { (foot) }
            }
        }
    }
    .into_string()
}

/// The foot of a page that was made from the log.
pub(super) fn foot(look: &Look) -> Markup {
    html! {
        ul {
            @for link in &look.links {
                li { a href=(link.url) rel="noopener" { bdi { (link.label) } } }
            }
            @if let Some(url) = &look.contact { li { a href=(url) { "Contact" } } }
            li { a href="/api/v2/summary.json" { "API" } }
        }
        p { "Times are in UTC." }
    }
}
