//! Subscribing with double opt-in, and leaving with one click. A GET changes nothing: mail scanners follow links.

use std::time::Duration;

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    error::UrlencodedError,
    http::{StatusCode, header},
    web::{Bytes, Data, Form},
};
use candor_core::EmailAddress;
use candor_store::SubscriberId;
use futures::future::{Ready, ready};
use governor::clock::{Clock as _, DefaultClock};
use serde::Deserialize;

use crate::{client, problem::Problem, server::Web, view::subscription as view};

/// The longest form, in bytes.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

/// What somebody filled in.
#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    email: String,
    /// A field that persons don't see; what fills it in is no person.
    #[serde(default)]
    website: String,
}

/// The form.
pub(crate) async fn form(web: Data<Web>) -> HttpResponse {
    page(StatusCode::OK, view::form(&web.site().look, "", None))
}

/// Takes an address. Whoever is subscribed already gets the same answer as whoever isn't.
pub(crate) async fn subscribe(
    web: Data<Web>,
    _turn: Turn,
    Form(wish): Form<Wish>,
) -> Result<HttpResponse, Problem> {
    let address = match EmailAddress::parse(&wish.email) {
        Ok(address) => address,
        Err(invalid) => {
            let form = view::form(&web.site().look, &wish.email, Some(&invalid.to_string()));
            return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, form));
        }
    };
    if wish.website.is_empty() {
        let outcome = web.store.subscribe(&address).await?;
        tracing::info!(?outcome, "somebody wants to subscribe");
    }
    Ok(page(StatusCode::OK, view::check_your_mail(&web.site().look)))
}

/// Asks whether the address should really be told.
pub(crate) async fn ask_to_confirm(web: Data<Web>, _link: ConfirmLink) -> HttpResponse {
    page(StatusCode::OK, view::ask_to_confirm(&web.site().look))
}

/// Confirms. A second time changes nothing.
pub(crate) async fn confirm(web: Data<Web>, link: ConfirmLink) -> Result<HttpResponse, Problem> {
    let known = web.store.confirm_subscriber(link.0).await?;
    let page_of = || page(StatusCode::OK, view::confirmed(&web.site().look));
    known.then(page_of).ok_or(Problem::DeadLink)
}

/// Asks whether to stop.
pub(crate) async fn ask_to_unsubscribe(web: Data<Web>, _link: UnsubscribeLink) -> HttpResponse {
    page(StatusCode::OK, view::ask_to_unsubscribe(&web.site().look))
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
    Ok(page(StatusCode::OK, view::unsubscribed(&web.site().look)))
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

/// This visitor's turn: not more often than a person would.
pub(crate) struct Turn;

impl FromRequest for Turn {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::take(request))
    }
}

impl Turn {
    fn take(request: &HttpRequest) -> Result<Self, Problem> {
        let web = request.app_data::<Data<Web>>().ok_or(Problem::Internal)?;
        let Some(address) = client::address(request, &web.settings.trusted_proxies) else {
            return Ok(Self);
        };
        match web.subscribe_limit.check_key(&client::bucket(address)) {
            Ok(()) => Ok(Self),
            Err(not_until) => {
                let wait = not_until.wait_time_from(DefaultClock::default().now());
                Err(Problem::TooMany { wait: wait + Duration::from_millis(999) })
            }
        }
    }
}

/// Makes a link of a mail: its token names one subscriber, and only we can have made it.
macro_rules! link {
    ($(#[$meta:meta])* $name:ident, $read:ident) => {
        $(#[$meta])*
        pub(crate) struct $name(SubscriberId);

        impl FromRequest for $name {
            type Error = Problem;
            type Future = Ready<Result<Self, Problem>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let id = request.match_info().get("token").and_then(|token| {
                    request.app_data::<Data<Web>>()?.settings.links.$read(token)
                });
                ready(id.map(|id| Self(SubscriberId(id))).ok_or(Problem::DeadLink))
            }
        }
    };
}

link! {
    /// The link that confirms.
    ConfirmLink, read_confirm
}
link! {
    /// The link that ends it.
    UnsubscribeLink, read_unsubscribe
}
