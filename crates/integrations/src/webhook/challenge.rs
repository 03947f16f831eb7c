//! Whether whoever owns an address wants our messages: a program may answer by itself what a person would click.

use serde::Deserialize;
use uuid::Uuid;

use crate::link::Links;

/// What the owner of the subscriber's address sends back to confirm: the token of the link to confirm.
#[must_use]
pub fn challenge(links: &Links, subscriber: Uuid) -> String {
    let url = links.confirm_url(subscriber);
    url.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Whether the answer's body is `{"challenge": "…"}` with just this challenge.
#[must_use]
pub fn is_echoed(challenge: &str, body: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Echo {
        challenge: String,
    }
    serde_json::from_slice::<Echo>(body).is_ok_and(|echo| echo.challenge == challenge)
}
