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
        .insert_header((header::VARY, "Accept-Language"))
        .body(page(style, problem, better))
}

/// The page for `problem`; `better` is the path of the incident that was probably meant.
pub(crate) fn page(style: &PageStyle, problem: &Problem, better: Option<&str>) -> String {
    let (title, sentence) = title_and_sentence(style, problem);
    let main = html! {
        section.plain {
            p.code { (problem.status_code().as_u16()) }
            h1 { (title) }
            p { (sentence) }
            @if let (Problem::NotFound, Some(path)) = (problem, better) {
                p { a href=(style.href(path)) { (did_you_mean(style, path)) } }
            }
            ul.ways {
                li { a href=(style.href("/")) { (style.say("how-things-are-now")) } }
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
    style.say_with("incident-with-this-number", &[("number", number.into())])
}

/// Errors that people see are in their language; errors that only programs cause are in English.
fn title_and_sentence(style: &PageStyle, problem: &Problem) -> (String, String) {
    let (title, sentence) = match problem {
        Problem::NotFound => ("problem-not-found", "problem-not-found-why"),
        Problem::DeadLink => ("problem-dead-link", "problem-dead-link-why"),
        Problem::NotReady => ("problem-not-ready", "problem-not-ready-why"),
        Problem::Unavailable(_) => ("problem-unavailable", "problem-unavailable-why"),
        Problem::Busy => ("problem-busy", "problem-busy-why"),
        Problem::Internal => ("problem-internal", "problem-internal-why"),
        Problem::TooMany { wait } => {
            let seconds = usize::try_from(wait.as_secs().max(1)).unwrap_or(usize::MAX);
            let sentence = style.say_with("problem-too-many-why", &[("seconds", seconds.into())]);
            return (style.say("problem-too-many"), sentence);
        }
        Problem::MethodNotAllowed { .. }
        | Problem::CrossSite
        | Problem::Unauthorized
        | Problem::BadSignature
        | Problem::WrongContentType { .. }
        | Problem::TooLarge { .. }
        | Problem::TooSlow
        | Problem::Malformed(_)
        | Problem::BadParameter(_)
        | Problem::Unreadable(_)
        | Problem::TooManyViewers { .. }
        | Problem::Refused(_)
        | Problem::UnknownEncoding(_)
        | Problem::Conflict => return (problem.title().to_owned(), problem.to_string()),
    };
    (style.say(title), style.say(sentence))
}
