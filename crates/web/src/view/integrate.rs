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
pub(crate) fn page(style: &PageStyle) -> String {
    let title = style.say("integrate-title");
    let main = html! {
        article.manual {
            h1 { (title) }
            p { (style.say("integrate-what")) }
            (badges(style))
            (part(style, "integrate-frame", "integrate-frame-why", &[frame(style)]))
            (part(style, "integrate-banner", "integrate-banner-why", &[banner(style)]))
            (part(style, "integrate-error-page", "integrate-error-page-why", &[snippet(style)]))
            (addresses(style, "integrate-feeds", "integrate-feeds-why", &[feed::ATOM, feed::RSS, feed::JSON, calendar::ALL]))
            (addresses(style, "integrate-api", "integrate-api-why", &[
                "/api", "/api/v2/summary.json", "/api/v2/status.json", history_feed::ATOM, history_feed::RSS, "/api/v1/board.json",
            ]))
        }
        p.back { a href=(style.href("/")) { (style.say("current-status")) } }
    };
    layout::page(PageContent {
        style,
        title: &title,
        description: &style.say("integrate-what"),
        path: Some(PATH),
        is_kept: true,
        here: NavigationEntry::Elsewhere,
        main,
    })
}

fn badges(style: &PageStyle) -> Markup {
    let code = |badge: BadgeStyle| {
        let alt = style.say_with("brand", &[("name", (&style.name).into())]);
        let (site, home) = (&style.site_url, style.href("/"));
        format!("[![{alt}]({site}{})]({site}{home})", style.href(badge.path()))
    };
    html! {
        section aria-labelledby="badge" {
            h2 #badge { (style.say("integrate-badge")) }
            p { (style.say("integrate-badge-why")) }
            @for badge in BadgeStyle::ALL {
                p { img src=(style.href(badge.path())) alt={ (style.say("integrate-badge")) " " (badge.name()) }; }
                (block(&code(badge)))
            }
        }
    }
}

fn frame(style: &PageStyle) -> String {
    let alt = style.say_with("brand", &[("name", (&style.name).into())]);
    let address = format!("{}{}", style.site_url, style.href(embed::FRAME));
    let tag = html! {
        iframe src=(address) title=(alt) width="100%" height=(FRAME_HEIGHT) style="border:0" loading="lazy" {}
    };
    tag.into_string()
}

fn banner(style: &PageStyle) -> String {
    html! { script src={ (style.site_url) "/widget.js" } async {} }.into_string()
}

fn snippet(style: &PageStyle) -> String {
    let address = format!("{}{}", style.site_url, style.href(embed::DATA));
    SNIPPET.trim_end().replace("{data}", &html! { (address) }.into_string())
}

/// A heading, why one would want it, and code to copy.
fn part(style: &PageStyle, id: &'static str, why: &'static str, code: &[String]) -> Markup {
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (style.say(id)) }
            p { (style.say(why)) }
            @for code in code { (block(code)) }
        }
    }
}

fn addresses(style: &PageStyle, id: &'static str, why: &'static str, paths: &[&str]) -> Markup {
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (style.say(id)) }
            p { (style.say(why)) }
            ul { @for path in paths { li { a href=(path) { (style.site_url) (path) } } } }
        }
    }
}

/// A block of code, written from left to right in any language and scrollable by keyboard.
fn block(code: &str) -> Markup {
    html! { div.text { pre dir="ltr" tabindex="0" { code { (code) } } } }
}

/// The `link` elements for the feeds, for the head of every page.
pub(super) fn alternates(style: &PageStyle) -> Markup {
    let title = style.say_with("feed-title", &[("name", (&style.name).into())]);
    let kinds = [
        ("application/atom+xml", feed::ATOM),
        ("application/rss+xml", feed::RSS),
        ("application/feed+json", feed::JSON),
    ];
    let link = |(kind, path): (&str, &str)| {
        html! { link rel="alternate" type=(kind) title=(title) href=(feed::path_of(style, path)); }
    };
    PreEscaped(kinds.into_iter().map(|kind| link(kind).into_string()).collect())
}
