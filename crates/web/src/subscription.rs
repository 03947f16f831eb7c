//! Subscribing with double opt-in, changing what one gets, and leaving with one click. A GET changes nothing: mail
//! scanners follow links.

mod link;
mod wish;

use actix_web::{
    HttpRequest, HttpResponse,
    error::UrlencodedError,
    http::{StatusCode, header},
    web::{Bytes, Data, Form, Query},
};
use candor_core::{Address, IncidentNumber, Status};
use candor_integrations::{language::Language, webhook::Targets};
use candor_store::{SubscriberRow, SubscriberState};

use crate::{
    client::Turn,
    headers,
    problem::Problem,
    server::Web,
    view::{
        Look,
        subscription::{self as view, Filled, Managed},
    },
};
use link::{ConfirmLink, ManageLink, UnsubscribeLink};
use wish::{Asked, Fields, Offer};

/// The longest form, in bytes.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

/// The form; for one incident, if it is asked for.
pub(crate) async fn form(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let look = look(&web, &request);
    // Whatever else stands there, the form is a form.
    let offer = Query::<Offer>::from_query(request.query_string()).ok();
    let incident = open_incident(&web, &look, offer.and_then(|offer| offer.number()));
    let filled = Filled::new(&look, incident);
    page(StatusCode::OK, view::form(&look, &filled))
}

/// Takes an address. Whoever is subscribed already gets the same answer as whoever isn't, after the same work.
pub(crate) async fn subscribe(
    web: Data<Web>,
    _turn: Turn,
    Form(fields): Form<Fields>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let look = look(&web, &request);
    let incident = open_incident(&web, &look, fields.number());
    let Asked { wish, filled } = fields.read(&look, &targets(&web), incident);
    let Some(wish) = wish else {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, view::form(&look, &filled)));
    };
    let by_mail = wish.address.mail().is_some();
    if fields.is_by_a_person() {
        let outcome = web.store.subscribe(wish).await?;
        tracing::info!(?outcome, "somebody wants to subscribe");
    }
    Ok(page(StatusCode::OK, view::sent(&look, by_mail)))
}

/// Asks whether the address should really be told.
pub(crate) async fn ask_to_confirm(
    web: Data<Web>,
    _link: ConfirmLink,
    request: HttpRequest,
) -> HttpResponse {
    page(StatusCode::OK, view::ask_to_confirm(&look(&web, &request)))
}

/// Confirms. A second time changes nothing.
pub(crate) async fn confirm(
    web: Data<Web>,
    link: ConfirmLink,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let known = web.store.confirm_subscriber(link.0).await?;
    let manage = web.settings.links.manage_path(link.0.0);
    let page_of = || page(StatusCode::OK, view::confirmed(&look(&web, &request), &manage));
    known.then(page_of).ok_or(Problem::DeadLink)
}

/// What a subscriber gets.
pub(crate) async fn manage(
    web: Data<Web>,
    link: ManageLink,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let subscriber = web.store.subscriber(link.0).await?.ok_or(Problem::DeadLink)?;
    let look = look_for(&web, &request, &subscriber);
    let incident = shown_incident(&web, &look, &subscriber);
    let filled = Filled::of(&look, &subscriber.wants, incident);
    Ok(page(StatusCode::OK, view::manage(&look, &filled, &managed(&web, &subscriber, false))))
}

/// Changes what a subscriber gets.
pub(crate) async fn change(
    web: Data<Web>,
    link: ManageLink,
    Form(fields): Form<Fields>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut subscriber = web.store.subscriber(link.0).await?.ok_or(Problem::DeadLink)?;
    let look = look_for(&web, &request, &subscriber);
    let incident = shown_incident(&web, &look, &subscriber);
    let (wants, filled) = fields.wants(&look, incident);
    let Some(wants) = wants else {
        let managed = managed(&web, &subscriber, false);
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, view::manage(&look, &filled, &managed)));
    };
    if !web.store.change_subscriber(link.0, &wants).await? {
        return Err(Problem::DeadLink);
    }
    subscriber.wants = wants;
    let look = look_for(&web, &request, &subscriber);
    let incident = shown_incident(&web, &look, &subscriber);
    let filled = Filled::of(&look, &subscriber.wants, incident);
    Ok(page(StatusCode::OK, view::manage(&look, &filled, &managed(&web, &subscriber, true))))
}

/// Asks whether to stop.
pub(crate) async fn ask_to_unsubscribe(
    web: Data<Web>,
    _link: UnsubscribeLink,
    request: HttpRequest,
) -> HttpResponse {
    page(StatusCode::OK, view::ask_to_unsubscribe(&look(&web, &request)))
}

/// Stops. Whoever has left already is told the same; a mail program (RFC 8058) is told it in plain text.
pub(crate) async fn unsubscribe(
    web: Data<Web>,
    link: UnsubscribeLink,
    request: HttpRequest,
    body: Bytes,
) -> Result<HttpResponse, Problem> {
    let erased = web.store.unsubscribe(link.0).await?;
    tracing::info!(erased, "somebody unsubscribed");
    if is_one_click(&request, &body) {
        return Ok(HttpResponse::Ok()
            .content_type("text/plain; charset=utf-8")
            .body("Unsubscribed.\n"));
    }
    Ok(page(StatusCode::OK, view::unsubscribed(&look(&web, &request))))
}

/// What is wrong with a form that can't be read at all.
pub(crate) fn unreadable(error: &UrlencodedError) -> Problem {
    if matches!(error, UrlencodedError::Overflow { .. }) {
        Problem::TooLarge { limit: BODY_LIMIT }
    } else if matches!(error, UrlencodedError::ContentType) {
        Problem::WrongContentType { wanted: "application/x-www-form-urlencoded" }
    } else {
        Problem::Malformed("The form can’t be read.")
    }
}

/// Which addresses may be called.
fn targets(web: &Web) -> Targets {
    Targets::new(&web.settings.site_url, web.settings.webhook_allow.clone())
}

/// How the page looks to whoever asks: in the language of the path, else the one that they like best.
fn look(web: &Web, request: &HttpRequest) -> Look {
    web.site().look_for(request.path(), headers::accepted(request.headers()))
}

/// The same in the language that the subscriber has chosen.
fn look_for(web: &Web, request: &HttpRequest, subscriber: &SubscriberRow) -> Look {
    let look = look(web, request);
    let chosen = subscriber.wants.language.as_deref().and_then(Language::matching);
    chosen.map_or(look.clone(), |chosen| look.in_language(chosen))
}

/// The incident of this number and its title, if there is one. One that only monitoring has reported has its number for
/// a title: who waits for news of it may subscribe.
fn open_incident(
    web: &Web,
    look: &Look,
    number: Option<IncidentNumber>,
) -> Option<(IncidentNumber, String)> {
    let site = web.site();
    let incident = site.source()?.board.incident(number?)?;
    let title = match incident.status {
        Status::Suspected | Status::Dismissed => format!("#{}", incident.number),
        Status::Planned | Status::Confirmed | Status::Watching | Status::Resolved => {
            look.language.of_title(&incident.title).0.to_owned()
        }
    };
    Some((incident.number, title))
}

/// The one incident that a subscriber wants to hear of, if it is one; by its number if the page can't name it.
fn shown_incident(
    web: &Web,
    look: &Look,
    subscriber: &SubscriberRow,
) -> Option<(IncidentNumber, String)> {
    let number = subscriber.wants.incident?;
    open_incident(web, look, Some(number)).or_else(|| Some((number, format!("#{number}"))))
}

fn managed(web: &Web, subscriber: &SubscriberRow, saved: bool) -> Managed {
    let links = &web.settings.links;
    let is_program = subscriber.address.channel() == "webhook";
    Managed {
        address: shortened(&subscriber.address),
        pending: subscriber.state == SubscriberState::Pending,
        secret: is_program.then(|| links.webhook_secret(subscriber.id.0)),
        leave: links.unsubscribe_path(subscriber.id.0),
        saved,
    }
}

/// As much of the address as its owner needs to know it again: the page may lie open where others look.
fn shortened(address: &Address) -> String {
    match address {
        Address::Mail(address) => {
            let (local, domain) = address.as_str().rsplit_once('@').unwrap_or_default();
            format!("{}…@{domain}", local.chars().take(1).collect::<String>())
        }
        Address::Hook(_, url) => format!("{url:?}"),
    }
}

/// Whether it is a mail program that asks: `List-Unsubscribe=One-Click`, as a form of either kind. Ours has no field.
fn is_one_click(request: &HttpRequest, body: &[u8]) -> bool {
    let content_type = request.headers().get(header::CONTENT_TYPE);
    let multipart = content_type
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.trim_start().to_ascii_lowercase().starts_with("multipart/"));
    multipart || body.split(|byte| *byte == b'&').any(|pair| pair == b"List-Unsubscribe=One-Click")
}

fn page(status: StatusCode, body: String) -> HttpResponse {
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(body)
}
