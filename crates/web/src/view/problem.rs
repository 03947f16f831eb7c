//! Error pages.

use actix_web::{HttpResponse, ResponseError as _, http::header};
use maud::html;

use super::{
    PageStyle,
    layout::{self, NavigationEntry, PageContent},
};
use crate::problem::Problem;

/// The response for `problem`; `better` is the path of the incident that was probably meant.
pub(crate) fn answer(style: &PageStyle, problem: &Problem, better: Option<&str>) -> HttpResponse {
    problem
        .answer()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .body(page(style, problem, better))
}

/// The page for `problem`; `better` is the path of the incident that was probably meant.
pub(crate) fn page(style: &PageStyle, problem: &Problem, better: Option<&str>) -> String {
    let (title, sentence) = if matches!(problem, Problem::Unavailable(_)) {
        // The reason is for operators.
        (style.say("problem-unavailable"), style.say("problem-unavailable-why"))
    } else {
        problem.words(style.language)
    };
    let main = html! {
        section.plain {
            p.code { (problem.status_code().as_u16()) }
            h1 { (title) }
            p { (sentence) }
            @if let (Problem::NotFound, Some(path)) = (problem, better) {
                p { a href=(style.href(path)) { (did_you_mean(style, path)) } }
            }
            ul.ways {
                li { a href=(style.href("/")) { (style.say("current-status")) } }
                li { a href=(style.href("/history")) { (style.say("history")) } }
            }
        }
    };
    layout::page(PageContent {
        style,
        title: &title,
        description: &sentence,
        path: None,
        is_kept: false,
        here: NavigationEntry::Elsewhere,
        main,
    })
}

/// The text of a link to the incident at `path`, whose last segment is the number.
fn did_you_mean(style: &PageStyle, path: &str) -> String {
    let number = path.rsplit('/').next().unwrap_or_default();
    style.say_with("problem-did-you-mean", &[("number", number.into())])
}
