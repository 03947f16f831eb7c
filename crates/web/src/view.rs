//! Pages and documents, as functions of the board and the time. Nothing here does I/O.

pub(crate) mod badge;
pub(crate) mod calendar;
mod confirmed;
pub(crate) mod embed;
pub(crate) mod feed;
pub(crate) mod front;
pub(crate) mod history;
pub(crate) mod history_feed;
mod icon;
pub(crate) mod incident;
pub(crate) mod integrate;
pub(crate) mod layout;
pub(crate) mod live;
pub(crate) mod problem;
pub(crate) mod reference;
pub(crate) mod sitemap;
pub(crate) mod statuspage;
pub(crate) mod subscription;
pub(crate) mod theme;
mod time;
mod timeline;
mod wording;
mod written_text;

#[cfg(test)]
mod contrast;
#[cfg(test)]
mod samples;

use std::sync::Arc;

use actix_web::dev::Path;
use candor_content::language::Language;
use candor_core::{Board, EmailAddress, Link};
use candor_store::Freshness;
use jiff::{RoundMode, Timestamp, TimestampRound, Unit, tz::TimeZone};

use crate::settings::WebSettings;
use theme::Theme;

/// Whether a page shows the present state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageFreshness {
    /// The log has just been read.
    Current,
    /// The log can't be read; this is its state at that time.
    LastKnown(Timestamp),
}

impl From<&Freshness> for PageFreshness {
    fn from(freshness: &Freshness) -> Self {
        match freshness {
            Freshness::Fresh => Self::Current,
            Freshness::Unread { since }
            | Freshness::Unreachable { since, .. }
            | Freshness::Halted { since, .. }
            | Freshness::Forked { since, .. } => Self::LastKnown(*since),
        }
    }
}

/// The state from which all pages and documents are rendered.
#[derive(Clone)]
pub(crate) struct RenderSource {
    pub(crate) board: Arc<Board>,
    /// The style in the site's own language.
    pub(crate) style: PageStyle,
    pub(crate) freshness: PageFreshness,
    /// The time of rendering; the last 24 hours end here.
    pub(crate) now: Timestamp,
    /// The signed head of the log, as JSON.
    pub(crate) head: Option<String>,
}

impl RenderSource {
    /// The context of the page at `path`, in the language of `look`.
    pub(crate) fn context<'a>(&'a self, style: &'a PageStyle, path: &'a str) -> RenderContext<'a> {
        let Self { board, freshness, now, head, .. } = self;
        let path = Path::new(path);
        RenderContext {
            style,
            board,
            freshness: *freshness,
            now: *now,
            head: head.as_deref(),
            path,
        }
    }
}

/// What one page or document is rendered from.
pub(crate) struct RenderContext<'a> {
    pub(crate) style: &'a PageStyle,
    pub(crate) board: &'a Board,
    pub(crate) freshness: PageFreshness,
    pub(crate) now: Timestamp,
    /// The signed head of the log, as JSON.
    pub(crate) head: Option<&'a str>,
    /// The path without a language, and the parameters in it.
    pub(crate) path: Path<&'a str>,
}

/// The period between two events in which a page of the past was the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AsOf {
    /// When the last event was recorded, rounded up to the second, as in the address.
    pub(crate) at: Timestamp,
    /// When the next event was recorded.
    pub(crate) until: Option<Timestamp>,
}

impl AsOf {
    /// The time as addresses write it.
    pub(crate) fn name(self) -> String {
        time::machine(self.at)
    }

    /// Rounds up to a whole second, by which an event of this time is recorded.
    pub(crate) fn rounded(at: Timestamp) -> Timestamp {
        at.round(TimestampRound::new().smallest(Unit::Second).mode(RoundMode::Ceil)).unwrap_or(at)
    }
}

/// What all pages share: name, language, time zone and footer.
#[derive(Debug, Clone)]
pub(crate) struct PageStyle {
    pub(crate) name: String,
    pub(crate) site_url: String,
    pub(crate) seq: u64,
    /// The language of the page.
    pub(crate) language: Language,
    /// The languages of the site, its own first.
    pub(crate) offered: Arc<[Language]>,
    /// The time zone of all times.
    pub(crate) zone: TimeZone,
    /// Identifies the installation in ids that others store.
    pub(crate) installation: String,
    /// Whether open pages reload on changes; exported files don't.
    pub(crate) is_live: bool,
    /// The site's own color and logo.
    pub(crate) theme: Arc<Theme>,
    /// The time, on a page of the past.
    pub(crate) as_of: Option<AsOf>,
    links: Vec<Link>,
    contact: Option<String>,
}

impl PageStyle {
    /// The style for `board`; `log_id` is the id of its log, if known.
    pub(crate) fn new(settings: &WebSettings, board: &Board, log_id: Option<&str>) -> Self {
        let site = &board.site;
        let offered = offered(site.languages.as_deref().unwrap_or_default());
        Self {
            name: settings.site_name.of(Some(site)).to_owned(),
            site_url: settings.site_url.trim_end_matches('/').to_owned(),
            seq: board.public_seq,
            language: offered.first().copied().unwrap_or(Language::ENGLISH),
            offered,
            zone: zone(site.time_zone.as_deref()),
            // The id survives a new address, a new key and a restored backup. As a DNS name, nobody can own it (RFC
            // 2606).
            installation: format!("{}.candor.invalid", log_id.unwrap_or("unknown")),
            is_live: true,
            theme: Theme::of(site),
            as_of: None,
            links: site.links.iter().flatten().filter(|link| is_safe(&link.url)).cloned().collect(),
            contact: site.contact.as_deref().and_then(contact_url),
        }
    }

    /// The style before the log has been read.
    pub(crate) fn unknown(settings: &WebSettings, offered: Arc<[Language]>) -> Self {
        let style = Self::new(settings, &Board::default(), None);
        match offered.first() {
            Some(own) => Self { language: *own, offered, ..style },
            None => style,
        }
    }

    /// The name of the time zone, such as `Europe/Berlin`.
    pub(crate) fn zone_name(&self) -> String {
        self.zone.iana_name().unwrap_or("UTC").to_owned()
    }

    /// The same style in another language.
    pub(crate) fn in_language(&self, language: Language) -> Self {
        Self { language, ..self.clone() }
    }

    /// The same style for a page of the past.
    pub(crate) fn as_it_stood(&self, as_of: AsOf, seq: u64) -> Self {
        Self { as_of: Some(as_of), seq, ..self.clone() }
    }

    /// The path of a page in this language and of the same time.
    pub(crate) fn href(&self, path: &str) -> String {
        match self.as_of {
            Some(as_of) => self.href_now(&format!("/as-of/{}{path}", as_of.name())),
            None => self.href_now(path),
        }
    }

    /// The path of the present page in this language.
    pub(crate) fn href_now(&self, path: &str) -> String {
        if self.offered.len() > 1 {
            format!("/{}{path}", self.language.tag())
        } else {
            path.to_owned()
        }
    }
}

/// The languages with these tags, or all if none of the tags is known.
fn offered(tags: &[String]) -> Arc<[Language]> {
    let named: Arc<[Language]> = tags.iter().filter_map(|tag| Language::matching(tag)).collect();
    if named.is_empty() { Language::all().collect() } else { named }
}

fn zone(name: Option<&str>) -> TimeZone {
    name.and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC)
}

/// The URL of a contact; an e-mail address becomes a `mailto:` link.
fn contact_url(contact: &str) -> Option<String> {
    match EmailAddress::parse(contact) {
        Ok(address) => Some(format!("mailto:{address}")),
        Err(_) => is_safe(contact).then(|| contact.to_owned()),
    }
}

/// Whether a URL is safe as a link: it leads to a site or a mailbox and runs no script.
fn is_safe(url: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// Logs the error of a document that can't be written as JSON.
pub(crate) fn json(document: Result<String, serde_json::Error>) -> Option<String> {
    document
        .inspect_err(|error| tracing::error!(%error, "a document can't be written as JSON"))
        .ok()
}
