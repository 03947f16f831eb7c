//! Subscribing with double opt-in, changing preferences, and unsubscribing with one click. A GET changes nothing, because
//! mail scanners follow links.

mod form;
mod link;

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    error::UrlencodedError,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
    web::{Bytes, Data, Form, Query},
};
use candor_content::language::Language;
use candor_core::{Address, EmailAddress, IncidentNumber, Status, SubscriptionRequest};
use candor_integrations::webhook::Targets;
use candor_store::{ConfirmOutcome, SubscribeOutcome, SubscriberRow, SubscriberState};
use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::{
    http::{
        client::{OurForm, RateLimitTurn},
        security_headers::accepted_languages,
    },
    problem::Problem,
    state::Web,
    view::{
        PageStyle,
        subscription::{self as view, FilledForm, ManagedSubscription},
    },
};
use form::{FormOutcome, SubscribeFields, SubscribeOffer};
use link::{ConfirmLink, ManageLink, UnsubscribeLink};

/// How long the mail server may take to say whether it accepts addresses outside ASCII.
const UTF8_TIMEOUT: Duration = Duration::from_secs(5);
/// The answer to a mail program whose subscription has already ended.
const ALREADY_ENDED: &str = "This subscription ended before. If messages still arrive, there is another one since: each \
                            message has a link to end it.\n";
/// The largest form, in bytes.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

/// The form; for one incident if the query names one.
pub(crate) async fn form(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let style = style(&web, &request);
    // Other parameters are ignored.
    let offer = Query::<SubscribeOffer>::from_query(request.query_string()).ok();
    let incident = open_incident(&web, &style, offer.and_then(|offer| offer.number()));
    let filled =
        FilledForm { offered: web.settings.subscribe.clone(), ..FilledForm::new(&style, incident) };
    page(StatusCode::OK, view::form(&style, &filled))
}

/// Requests a subscription. An address that is already subscribed gets the same answer after the same work, so that
/// nobody learns who is subscribed.
pub(crate) async fn subscribe(
    web: Data<Web>,
    _ours: OurForm,
    _turn: RateLimitTurn,
    Form(fields): Form<SubscribeFields>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let style = style(&web, &request);
    let incident = open_incident(&web, &style, fields.number());
    let FormOutcome { subscription, mut filled } =
        fields.read(&style, &targets(&web), &web.settings.subscribe, incident);
    let Some(subscription) = subscription else {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, view::form(&style, &filled)));
    };
    if subscription.address.mail().is_some_and(EmailAddress::needs_utf8) {
        let refused = match takes_utf8(&web).await {
            Some(true) => None,
            Some(false) => Some((StatusCode::UNPROCESSABLE_ENTITY, "email-wrong-letters")),
            None => Some((StatusCode::SERVICE_UNAVAILABLE, "email-wrong-unasked")),
        };
        if let Some((status, why)) = refused {
            filled.email_wrong = Some(style.language.say(why));
            return Ok(page(status, view::form(&style, &filled)));
        }
    }
    let by_mail = subscription.address.mail().is_some();
    let to = shortened(&subscription.address);
    let outcome = web.store.subscribe(subscription).await?;
    tracing::info!(outcome = outcome.as_str(), "a subscription was requested");
    if outcome == SubscribeOutcome::Busy {
        filled.busy = true;
        let mut answer = page(StatusCode::TOO_MANY_REQUESTS, view::form(&style, &filled));
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("3600"));
        return Ok(answer);
    }
    Ok(see_sent(&web, &style, by_mail, &to))
}

/// Says where a message was sent. A visitor without a request is redirected to the form.
pub(crate) async fn sent(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let style = style(&web, &request);
    let sent = Query::<SentQuery>::from_query(request.query_string()).ok();
    let to = sent.and_then(|sent| Some((sent.by_mail, web.settings.links.open(&sent.to)?)));
    match to {
        Some((by_mail, to)) => page(StatusCode::OK, view::sent(&style, by_mail, &to)),
        None => see(&style.href("/subscribe")),
    }
}

/// Asks for the click that confirms.
pub(crate) async fn ask_to_confirm(
    web: Data<Web>,
    _link: ConfirmLink,
    request: HttpRequest,
) -> HttpResponse {
    page(StatusCode::OK, view::ask_to_confirm(&style(&web, &request)))
}

/// Confirms, and shows the subscription: once, since whoever finds the link later need not be its owner. After that it
/// only offers to send another link to the subscriber. A webhook's secret is shown when it is confirmed, and only then.
pub(crate) async fn confirm(
    web: Data<Web>,
    _ours: OurForm,
    link: ConfirmLink,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let links = &web.settings.links;
    let confirmed = web.store.confirm_subscriber(link.0).await?;
    if confirmed == ConfirmOutcome::Gone {
        return Err(Problem::DeadLink);
    }
    let subscriber = web.store.subscriber(link.0).await?.ok_or(Problem::DeadLink)?;
    let style = style_for(&web, &request, &subscriber);
    if confirmed == ConfirmOutcome::Known {
        // An expired link only lets its reader request a new one.
        let expired = links.manage_path(link.0.0, Timestamp::UNIX_EPOCH);
        let to = shortened(&subscriber.address);
        return Ok(page(StatusCode::OK, view::already_confirmed(&style, &to, &expired)));
    }
    let manage = links.manage_path(link.0.0, Timestamp::now());
    if subscriber.address.channel() == "webhook" {
        let secret = links.webhook_secret(link.0.0);
        return Ok(page(StatusCode::OK, view::confirmed_program(&style, &secret, &manage)));
    }
    Ok(see(&format!("{manage}?done=confirmed")))
}

/// The subscriber's preferences.
pub(crate) async fn manage(
    web: Data<Web>,
    link: ManageLink,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let subscriber = web.store.subscriber(link.id).await?.ok_or(Problem::DeadLink)?;
    let style = style_for(&web, &request, &subscriber);
    if link.expired {
        return Ok(page(StatusCode::GONE, view::expired(&style, &shortened(&subscriber.address))));
    }
    let incident = shown_incident(&web, &style, &subscriber);
    let filled = FilledForm::of(&style, &subscriber.preferences, incident);
    let done = Query::<DoneQuery>::from_query(request.query_string()).ok();
    let managed = managed(&web, &subscriber, done.and_then(|done| done.word()));
    Ok(page(StatusCode::OK, view::manage(&style, &filled, &managed)))
}

/// Changes the subscriber's preferences; with an expired link, sends a new one instead.
pub(crate) async fn change(
    web: Data<Web>,
    _ours: OurForm,
    link: ManageLink,
    Form(fields): Form<SubscribeFields>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let subscriber = web.store.subscriber(link.id).await?.ok_or(Problem::DeadLink)?;
    let style = style_for(&web, &request, &subscriber);
    if link.expired {
        let SubscriberRow { address, preferences, .. } = subscriber;
        let (by_mail, to) = (address.mail().is_some(), shortened(&address));
        let outcome = web.store.subscribe(SubscriptionRequest { address, preferences }).await?;
        tracing::info!(outcome = outcome.as_str(), "a subscriber asked for a new link");
        return Ok(see_sent(&web, &style, by_mail, &to));
    }
    let incident = shown_incident(&web, &style, &subscriber);
    let (preferences, filled) = fields.preferences(&style, incident);
    let Some(preferences) = preferences else {
        let managed = managed(&web, &subscriber, None);
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, view::manage(&style, &filled, &managed)));
    };
    if !web.store.change_subscriber(link.id, &preferences).await? {
        return Err(Problem::DeadLink);
    }
    Ok(see(&format!("{}?done=saved", request.path())))
}

/// Asks for the click that unsubscribes.
pub(crate) async fn ask_to_unsubscribe(
    web: Data<Web>,
    _link: UnsubscribeLink,
    request: HttpRequest,
) -> HttpResponse {
    page(StatusCode::OK, view::ask_to_unsubscribe(&style(&web, &request)))
}

/// Unsubscribes. If the subscription has already ended, the page says so: the person may have subscribed again, which
/// this link doesn't end. A mail program (RFC 8058) gets plain text at once; it succeeds either way.
pub(crate) async fn unsubscribe(
    web: Data<Web>,
    link: UnsubscribeLink,
    request: HttpRequest,
    body: Bytes,
) -> Result<HttpResponse, Problem> {
    let erased = web.store.unsubscribe(link.0).await?;
    tracing::info!(erased, "a subscriber unsubscribed");
    if is_one_click(&request, &body) {
        let answer = if erased { "Unsubscribed.\n" } else { ALREADY_ENDED };
        return Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(answer));
    }
    let done = style(&web, &request).href("/unsubscribe/done");
    Ok(see(&if erased { done } else { format!("{done}?ended=before") }))
}

/// Confirms that nothing more is sent, or says that the subscription had already ended.
pub(crate) async fn unsubscribed(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let style = style(&web, &request);
    page(
        StatusCode::OK,
        match request.query_string() {
            "ended=before" => view::unsubscribed_before(&style),
            _ => view::unsubscribed(&style),
        },
    )
}

/// The query of the page that says where a message was sent. It holds the shortened address, since queries end up in
/// logs.
#[derive(Deserialize)]
struct SentQuery {
    by_mail: bool,
    /// Signed, so that nobody can put other text on the page.
    to: String,
}

/// The query of the page that acknowledges a change.
#[derive(Deserialize)]
struct DoneQuery {
    #[serde(default)]
    done: String,
}

impl DoneQuery {
    fn word(&self) -> Option<view::SubscriptionChange> {
        match self.done.as_str() {
            "confirmed" => Some(view::SubscriptionChange::Confirmed),
            "saved" => Some(view::SubscriptionChange::Saved),
            _ => None,
        }
    }
}

/// Whether mail can be sent to addresses outside ASCII; none if the mail server doesn't answer. Asked each time, since
/// few people have such an address.
async fn takes_utf8(web: &Web) -> Option<bool> {
    let mailer = web.settings.mailer.as_ref()?;
    let reached = tokio::time::timeout(UTF8_TIMEOUT, mailer.reachable()).await;
    Some(reached.ok()?.ok()?.utf8)
}

/// Redirects to the page that says where a message was sent.
fn see_sent(web: &Web, style: &PageStyle, by_mail: bool, to: &str) -> HttpResponse {
    let sealed = web.settings.links.seal(to);
    let sealed = utf8_percent_encode(&sealed, NON_ALPHANUMERIC);
    see(&format!("{}?by_mail={by_mail}&to={sealed}", style.href("/subscribe/sent")))
}

/// Redirects after a form, so that going back and reloading send nothing again.
fn see(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, path)).finish()
}

/// The problem of a form that can't be read at all.
pub(crate) fn unreadable(error: &UrlencodedError) -> Problem {
    if matches!(error, UrlencodedError::Overflow { .. }) {
        Problem::TooLarge { limit: BODY_LIMIT }
    } else if matches!(error, UrlencodedError::ContentType) {
        Problem::WrongContentType { wanted: "application/x-www-form-urlencoded" }
    } else {
        Problem::Malformed("problem-form-unreadable")
    }
}

/// The addresses that webhooks may use.
fn targets(web: &Web) -> Targets {
    Targets::new(&web.settings.site_url, web.settings.webhook_allow.clone())
}

/// The style for this visitor: in the language of the path, or else in the preferred one.
fn style(web: &Web, request: &HttpRequest) -> PageStyle {
    web.site().style_for(request.path(), accepted_languages(request.headers()))
}

/// The style in the language that the subscriber has chosen.
fn style_for(web: &Web, request: &HttpRequest, subscriber: &SubscriberRow) -> PageStyle {
    let style = style(web, request);
    let chosen = subscriber.preferences.language.as_deref().and_then(Language::matching);
    chosen.map_or(style.clone(), |chosen| style.in_language(chosen))
}

/// The open incident with this number, and its title. A suspected incident has its number as a title: people waiting
/// for news of it may subscribe.
fn open_incident(
    web: &Web,
    style: &PageStyle,
    number: Option<IncidentNumber>,
) -> Option<(IncidentNumber, String)> {
    let site = web.site();
    let incident = site.source()?.board.incident(number?)?;
    let title = match incident.status {
        Status::Suspected | Status::Dismissed => format!("#{}", incident.number),
        Status::Planned | Status::Confirmed | Status::Watching | Status::Resolved => {
            style.language.of_title(&incident.title).0.to_owned()
        }
    };
    Some((incident.number, title))
}

/// The incident that a subscription is limited to, if any; by its number if the page can't show its title.
fn shown_incident(
    web: &Web,
    style: &PageStyle,
    subscriber: &SubscriberRow,
) -> Option<(IncidentNumber, String)> {
    let number = subscriber.preferences.incident?;
    open_incident(web, style, Some(number)).or_else(|| Some((number, format!("#{number}"))))
}

fn managed(
    web: &Web,
    subscriber: &SubscriberRow,
    done: Option<view::SubscriptionChange>,
) -> ManagedSubscription {
    let links = &web.settings.links;
    ManagedSubscription {
        address: shortened(&subscriber.address),
        pending: subscriber.state == SubscriberState::Pending,
        leave: links.unsubscribe_path(subscriber.id.0),
        done,
    }
}

/// The address, shortened so that its owner recognizes it and others can't read it off the screen.
fn shortened(address: &Address) -> String {
    match address {
        Address::Mail(address) => {
            let (local, domain) = address.as_str().rsplit_once('@').unwrap_or_default();
            format!("{}…@{domain}", local.chars().take(1).collect::<String>())
        }
        Address::Hook(_, url) => format!("{url:?}"),
    }
}

/// Whether a mail program sent this: `List-Unsubscribe=One-Click`, in either encoding. Our own form has no fields.
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
