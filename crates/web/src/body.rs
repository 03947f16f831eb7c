//! Bodies, read whole and kept byte for byte.

use actix_web::dev::Payload;
use futures::StreamExt as _;

use crate::problem::Problem;

/// How many times the limit is still read of a longer body, so that its sender gets to read the answer.
const DRAIN: usize = 8;

/// Reads a body of at most `limit` bytes, however it is framed.
pub(crate) async fn read(mut payload: Payload, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut body = Vec::new();
    let mut length = 0_usize;
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_broken| Problem::Malformed("The body broke off."))?;
        length = length.saturating_add(chunk.len());
        if length <= limit {
            body.extend_from_slice(&chunk);
        } else if length > limit.saturating_mul(DRAIN) {
            break;
        }
    }
    if length > limit { Err(Problem::TooLarge { limit }) } else { Ok(body) }
}
