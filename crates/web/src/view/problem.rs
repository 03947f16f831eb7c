//! Errors as persons see them.

use actix_web::{HttpResponse, ResponseError as _, http::header};
use maud::html;

use super::layout::{self, Here, Page};
use crate::problem::Problem;

/// The answer that says `problem`.
pub(crate) fn answer(name: &str, problem: &Problem) -> HttpResponse {
    let page = page(name, problem);
    problem.answer().insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8")).body(page)
}

/// The page for `problem`.
pub(crate) fn page(name: &str, problem: &Problem) -> String {
    let sentence = problem.to_string();
    let main = html! {
        section.plain {
            p.code { (problem.status_code().as_u16()) }
            h1 { (problem.title()) }
            p { (sentence) }
            p { a href="/" { "How things are now" } }
        }
    };
    layout::page(Page {
        name,
        title: problem.title(),
        description: &sentence,
        canonical: None,
        here: Here::Elsewhere,
        main,
        foot: html! {},
    })
}
