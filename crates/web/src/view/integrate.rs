//! `/integrate`: how other sites and programs can show the status, with code to copy.

use maud::{Markup, PreEscaped, html};

use super::{
    PageStyle,
    badge::BadgeStyle,
    calendar, embed, feed, history_feed,
    layout::{self, NavigationEntry, PageContent},
};

pub(crate) const PATH: &str = "/integrate";

/// The height of the frame in CSS pixels with three incidents and "and more", in a column of 320 pixels.
const FRAME_HEIGHT: u16 = 320;
/// The code for an error page; `{data}` is replaced by the address of `/widget.json`.
const SNIPPET: &str = include_str!("../../static/error-page.html");

/// The page at `/integrate`.
pub(crate) fn page(look: &PageStyle) -> String {
    let title = look.say("integrate-title");
    let main = html! {
        article.manual {
            h1 { (title) }
            p { (look.say("integrate-what")) }
            (badges(look))
            (part(look, "integrate-frame", "integrate-frame-why", &[frame(look)]))
            (part(look, "integrate-banner", "integrate-banner-why", &[banner(look)]))
            (part(look, "integrate-error-page", "integrate-error-page-why", &[snippet(look)]))
            (addresses(look, "integrate-feeds", "integrate-feeds-why", &[feed::ATOM, feed::RSS, feed::JSON, calendar::ALL]))
            (addresses(look, "integrate-api", "integrate-api-why", &[
                "/api", "/api/v2/summary.json", "/api/v2/status.json", history_feed::ATOM, history_feed::RSS, "/api/v1/board.json",
            ]))
        }
        p.back { a href=(look.href("/")) { (look.say("how-things-are-now")) } }
    };
    layout::page(PageContent {
        look,
        title: &title,
        description: &look.say("integrate-what"),
        path: Some(PATH),
        is_kept: true,
        here: NavigationEntry::Elsewhere,
        main,
    })
}

fn badges(look: &PageStyle) -> Markup {
    let code = |style: BadgeStyle| {
        let said = look.say_with("brand", &[("name", (&look.name).into())]);
        let (site, home) = (&look.site_url, look.href("/"));
        format!("[![{said}]({site}{})]({site}{home})", look.href(style.path()))
    };
    html! {
        section aria-labelledby="badge" {
            h2 #badge { (look.say("integrate-badge")) }
            p { (look.say("integrate-badge-why")) }
            @for style in BadgeStyle::ALL {
                p { img src=(look.href(style.path())) alt={ (look.say("integrate-badge")) " " (style.name()) }; }
                (block(&code(style)))
            }
        }
    }
}

fn frame(look: &PageStyle) -> String {
    let said = look.say_with("brand", &[("name", (&look.name).into())]);
    let address = format!("{}{}", look.site_url, look.href(embed::FRAME));
    let tag = html! {
        iframe src=(address) title=(said) width="100%" height=(FRAME_HEIGHT) style="border:0" loading="lazy" {}
    };
    tag.into_string()
}

fn banner(look: &PageStyle) -> String {
    html! { script src={ (look.site_url) "/widget.js" } async {} }.into_string()
}

fn snippet(look: &PageStyle) -> String {
    let address = format!("{}{}", look.site_url, look.href(embed::DATA));
    SNIPPET.trim_end().replace("{data}", &html! { (address) }.into_string())
}

/// A heading, why one would want it, and code to copy.
fn part(look: &PageStyle, id: &'static str, why: &'static str, code: &[String]) -> Markup {
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (look.say(id)) }
            p { (look.say(why)) }
            @for code in code { (block(code)) }
        }
    }
}

fn addresses(look: &PageStyle, id: &'static str, why: &'static str, paths: &[&str]) -> Markup {
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (look.say(id)) }
            p { (look.say(why)) }
            ul { @for path in paths { li { a href=(path) { (look.site_url) (path) } } } }
        }
    }
}

/// A block of code, written from left to right in any language and scrollable by keyboard.
fn block(code: &str) -> Markup {
    html! { div.text { pre dir="ltr" tabindex="0" { code { (code) } } } }
}

/// The `link` elements for the feeds, for the head of every page.
pub(super) fn alternates(look: &PageStyle) -> Markup {
    let title = look.say_with("feed-title", &[("name", (&look.name).into())]);
    let kinds = [
        ("application/atom+xml", feed::ATOM),
        ("application/rss+xml", feed::RSS),
        ("application/feed+json", feed::JSON),
    ];
    let link = |(kind, path): (&str, &str)| {
        html! { link rel="alternate" type=(kind) title=(title) href=(feed::path_of(look, path)); }
    };
    PreEscaped(kinds.into_iter().map(|kind| link(kind).into_string()).collect())
}
