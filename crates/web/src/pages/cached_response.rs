//! A rendered document in every encoding, with its validators, so that a request only has to choose.

use std::{
    io::{self, Write as _},
    sync::atomic::{AtomicU64, Ordering},
};

use actix_web::{
    HttpResponse,
    body::BoxBody,
    http::{
        StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    web::Bytes,
};
use data_encoding::HEXLOWER;
use flate2::{Compression, write::GzEncoder};
use jiff::{SignedDuration, Timestamp, fmt::rfc2822, tz::TimeZone};
use sha2::{Digest as _, Sha256};

use crate::route::DocumentKind;

/// The last event that the answer reflects.
const SEQ: HeaderName = HeaderName::from_static("x-log-seq");
const VARY: HeaderValue = HeaderValue::from_static("Accept-Encoding");
const VARY_BY_LANGUAGE: HeaderValue = HeaderValue::from_static("Accept-Encoding, Accept-Language");

/// A compromise of size and speed, since compression delays the page that shows an alert.
const BROTLI_QUALITY: i32 = 5;
/// The window, as its base-2 logarithm: 256 KiB, more than most pages.
const BROTLI_WINDOW: i32 = 18;

/// A document in every encoding.
#[derive(Debug)]
pub(crate) struct CachedResponse {
    kind: DocumentKind,
    /// The last event that it reflects; it grows while the content stays the same. None if it isn't rendered from the
    /// log.
    seq: Option<AtomicU64>,
    /// When it changed last, and the same as a header.
    modified: Option<(Timestamp, HeaderValue)>,
    identity: Variant,
    gzip: Option<Variant>,
    brotli: Option<Variant>,
}

#[derive(Debug)]
struct Variant {
    body: Bytes,
    etag: HeaderValue,
}

impl CachedResponse {
    /// Compresses `body` and derives its validators from the content, so that clients keep their copies until it changes.
    /// `seq` is the last event that it reflects.
    pub(crate) fn new(kind: DocumentKind, seq: Option<u64>, body: String) -> Self {
        Self::made(kind, seq, body, true)
    }

    /// The same without compression, for a document that is answered once.
    pub(crate) fn uncompressed(kind: DocumentKind, seq: Option<u64>, body: String) -> Self {
        Self::made(kind, seq, body, false)
    }

    fn made(kind: DocumentKind, seq: Option<u64>, body: String, is_kept: bool) -> Self {
        let digest = Sha256::digest(body.as_bytes());
        let hash = HEXLOWER.encode(digest.get(..16).unwrap_or_default());
        let identity = Bytes::from(body);
        let variant = |suffix: &str, body: Bytes| {
            let etag = HeaderValue::try_from(format!("\"{hash}{suffix}\"")).ok()?;
            Some(Variant { body, etag })
        };
        let smaller = |compressed: io::Result<Vec<u8>>, suffix: &str| {
            let body = compressed.ok().filter(|body| body.len() < identity.len())?;
            variant(suffix, body.into())
        };
        let (gzip, brotli) = if is_kept {
            (smaller(gzip(&identity), "-gz"), smaller(brotli(&identity), "-br"))
        } else {
            (None, None)
        };
        let plain = variant("", identity.clone());
        let identity =
            plain.unwrap_or(Variant { body: identity, etag: HeaderValue::from_static("\"\"") });
        Self { kind, seq: seq.map(AtomicU64::new), modified: None, identity, gzip, brotli }
    }

    /// Sets when it changed last.
    pub(crate) fn modified_at(self, at: Option<Timestamp>) -> Self {
        let dated = at.and_then(|at| {
            let header = at
                .to_zoned_datetime(TimeZone::UTC)
                .strftime("%a, %d %b %Y %H:%M:%S GMT")
                .to_string();
            Some((
                Timestamp::from_second(at.as_second()).ok()?,
                HeaderValue::try_from(header).ok()?,
            ))
        });
        Self { modified: dated, ..self }
    }

    /// Whether it has this body.
    pub(crate) fn has_body(&self, body: &str) -> bool {
        self.identity.body == body.as_bytes()
    }

    /// Records that the content is still the same after event `seq`.
    pub(crate) fn follow(&self, seq: u64) {
        if let Some(own) = &self.seq {
            own.store(seq, Ordering::Relaxed);
        }
    }

    /// Its approximate size in memory, in bytes.
    pub(crate) fn size(&self) -> usize {
        let variants = [Some(&self.identity), self.gzip.as_ref(), self.brotli.as_ref()];
        variants.into_iter().flatten().map(|variant| variant.body.len()).sum()
    }

    /// The answer to a GET or HEAD with these headers: the best encoding, or 304 if the client has that copy.
    /// `negotiated` tells that the language was chosen by the client's preference.
    pub(crate) fn answer(&self, asked: &HeaderMap, negotiated: bool) -> HttpResponse {
        let variant = self.negotiate(asked);
        let dated = self.dated(Timestamp::now());
        let known = if asked.contains_key(header::IF_NONE_MATCH) {
            is_not_modified(asked, &variant.etag)
        } else {
            dated.is_some_and(|(at, _)| is_since(asked, *at))
        };
        let mut answer = if known {
            HttpResponse::with_body(StatusCode::NOT_MODIFIED, BoxBody::new(()))
        } else {
            HttpResponse::with_body(StatusCode::OK, BoxBody::new(variant.body.clone()))
        };
        let headers = answer.headers_mut();
        headers.insert(header::ETAG, variant.etag.clone());
        headers.insert(header::VARY, if negotiated { VARY_BY_LANGUAGE } else { VARY });
        // A 304 leaves out what the client already has (RFC 9110, section 15.4.5).
        if !known {
            if let Some(seq) = &self.seq {
                headers.insert(SEQ, HeaderValue::from(seq.load(Ordering::Relaxed)));
            }
            if let Some((_, value)) = dated {
                headers.insert(header::LAST_MODIFIED, value.clone());
            }
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind.media_type()));
            if let Some(encoding) = self.encoding_of(variant) {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
        }
        answer
    }

    /// When it changed last, unless that was within this second: a second change within it could not be told apart (RFC
    /// 9110, section 8.8.2.2).
    fn dated(&self, now: Timestamp) -> Option<&(Timestamp, HeaderValue)> {
        let is_over = |at: Timestamp| now.duration_since(at) > SignedDuration::from_secs(1);
        self.modified.as_ref().filter(|(at, _)| is_over(*at))
    }

    fn encoding_of(&self, variant: &Variant) -> Option<&'static str> {
        let is = |other: &Option<Variant>| {
            other.as_ref().is_some_and(|other| std::ptr::eq(other, variant))
        };
        match () {
            () if is(&self.brotli) => Some("br"),
            () if is(&self.gzip) => Some("gzip"),
            () => None,
        }
    }

    /// The smallest encoding that the client accepts (RFC 9110, section 12.5.3), or no encoding. Parsed by hand: the
    /// typed header allocates for every request, and refuses the whole list for one weight that it can't read.
    fn negotiate(&self, headers: &HeaderMap) -> &Variant {
        let offers = headers
            .get_all(header::ACCEPT_ENCODING)
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','));
        let (mut takes_brotli, mut takes_gzip, mut takes_any) = (None, None, None);
        for offer in offers {
            let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
            let known = match name.trim() {
                name if name.eq_ignore_ascii_case("br") => &mut takes_brotli,
                name if name.eq_ignore_ascii_case("gzip") => &mut takes_gzip,
                name if name.eq_ignore_ascii_case("x-gzip") => &mut takes_gzip,
                "*" => &mut takes_any,
                _ => continue,
            };
            // The first mention counts.
            known.get_or_insert_with(|| is_wanted(weight));
        }
        let takes = |known: Option<bool>| known.or(takes_any).unwrap_or(false);
        match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if takes(takes_brotli) => brotli,
            (_, Some(gzip)) if takes(takes_gzip) => gzip,
            _ => &self.identity,
        }
    }
}

/// Whether the parameters of an encoding (`q=0.5`) leave it acceptable.
fn is_wanted(parameters: &str) -> bool {
    let weight = parameters
        .split(';')
        .map(str::trim)
        .find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    weight.is_none_or(|weight| weight.trim().parse().is_ok_and(|weight: f32| weight > 0.0))
}

/// Whether `If-None-Match` lists this variant, by weak comparison (RFC 9110, section 13.1.2).
fn is_not_modified(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim())
        .any(|tag| {
            tag == "*" || tag.strip_prefix("W/").unwrap_or(tag).as_bytes() == etag.as_bytes()
        })
}

/// Whether `If-Modified-Since` is not before `at`.
fn is_since(headers: &HeaderMap, at: Timestamp) -> bool {
    let asked = headers.get(header::IF_MODIFIED_SINCE).and_then(|value| value.to_str().ok());
    let asked = asked.and_then(|asked| rfc2822::parse(asked).ok());
    asked.is_some_and(|asked| asked.timestamp() >= at)
}

fn gzip(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::default());
    encoder.write_all(body)?;
    encoder.finish()
}

fn brotli(mut body: &[u8]) -> io::Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: body.len(),
        ..Default::default()
    };
    let mut compressed = Vec::with_capacity(body.len() / 3);
    brotli::BrotliCompress(&mut body, &mut compressed, &params)?;
    Ok(compressed)
}
