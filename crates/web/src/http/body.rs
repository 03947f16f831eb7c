//! Request bodies: read up to a limit, and decompressed if needed.

use std::io::{self, Read};

use actix_web::{
    dev::Payload,
    http::header::{self, HeaderMap},
};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use futures::StreamExt as _;

use crate::problem::Problem;

/// A longer body is read up to this multiple of the limit, so that its sender gets to read the answer.
const DRAIN_FACTOR: usize = 8;

/// Reads a body of at most `limit` bytes, with or without a `Content-Length`.
pub(crate) async fn read(mut payload: Payload, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut body = Vec::new();
    let mut length = 0_usize;
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_broken| Problem::Malformed("problem-body-incomplete"))?;
        length = length.saturating_add(chunk.len());
        if length <= limit {
            body.extend_from_slice(&chunk);
        } else if length > limit.saturating_mul(DRAIN_FACTOR) {
            break;
        }
    }
    if length > limit { Err(Problem::TooLarge { limit }) } else { Ok(body) }
}

/// The body, decompressed to at most `limit` bytes if these headers say that it is compressed.
pub(crate) fn decoded(
    headers: &HeaderMap,
    body: Vec<u8>,
    limit: usize,
) -> Result<Vec<u8>, Problem> {
    let mut named = Vec::new();
    for value in headers.get_all(header::CONTENT_ENCODING) {
        let names = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
        named.extend(names.split(',').map(|name| name.trim().to_owned()));
    }
    named.retain(|name| !name.is_empty() && name != "identity");
    let [name] = named.as_slice() else {
        let none = named.is_empty().then_some(body);
        return none.ok_or_else(|| Problem::UnknownEncoding(named.join(", ")));
    };
    match name.as_str() {
        "gzip" | "x-gzip" => decompressed(MultiGzDecoder::new(body.as_slice()), limit),
        // Deflate has a zlib header in RFC 9110, which many senders leave out.
        "deflate" if has_zlib_head(&body) => decompressed(ZlibDecoder::new(body.as_slice()), limit),
        "deflate" => decompressed(DeflateDecoder::new(body.as_slice()), limit),
        name => Err(Problem::UnknownEncoding(name.to_owned())),
    }
}

/// Decompresses just enough to detect a body that is too long.
fn decompressed(packed: impl Read, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut body = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let read: io::Result<_> = packed.take(most).read_to_end(&mut body);
    read.map_err(|_broken| Problem::Malformed("problem-body-not-compressed"))?;
    if body.len() > limit { Err(Problem::TooLarge { limit }) } else { Ok(body) }
}

/// The zlib header (RFC 1950, section 2.2): the method is deflate, and the two bytes are a multiple of 31.
fn has_zlib_head(body: &[u8]) -> bool {
    matches!(body, [method, flags, ..]
        if method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0)
}
