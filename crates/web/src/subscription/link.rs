//! The links of our messages: a token names one subscriber, and only we can have made it.

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use candor_store::SubscriberId;
use futures::future::{Ready, ready};

use crate::{problem::Problem, server::Web};

/// Makes a link of a message.
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
    /// The link that confirms.
    ConfirmLink, read_confirm
}
link! {
    /// The link that shows and changes what one gets.
    ManageLink, read_manage
}
link! {
    /// The link that ends it.
    UnsubscribeLink, read_unsubscribe
}
