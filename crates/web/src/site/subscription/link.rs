//! The signed tokens in the links of our mails, each for one subscriber.

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use candor_content::link::ManageToken;
use candor_store::SubscriberId;
use futures::future::{Ready, ready};
use jiff::Timestamp;

use crate::{problem::Problem, state::Web};

/// Defines the extractor of a link.
macro_rules! link {
    ($(#[$meta:meta])* $name:ident, $read:ident) => {
        $(#[$meta])*
        pub(crate) struct $name(pub(super) SubscriberId);

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
    /// The link that confirms a subscription.
    ConfirmLink, read_confirm
}
link! {
    /// The link that ends a subscription.
    UnsubscribeLink, read_unsubscribe
}

/// The link to the preferences, which may have expired.
pub(crate) struct ManageLink {
    pub(super) id: SubscriberId,
    pub(super) expired: bool,
}

impl FromRequest for ManageLink {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = request.match_info().get("token").and_then(|token| {
            request.app_data::<Data<Web>>()?.settings.links.read_manage(token, Timestamp::now())
        });
        let link = read.map(|read| match read {
            ManageToken::Good(id) => Self { id: SubscriberId(id), expired: false },
            ManageToken::Expired(id) => Self { id: SubscriberId(id), expired: true },
        });
        ready(link.ok_or(Problem::DeadLink))
    }
}
