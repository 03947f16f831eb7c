//! Statuspage: the documents of its public API v2 (<https://www.githubstatus.com/api/v2>), and those of the same
//! shape, as a page's own log.
//!
//! A page that has to be read odd is taken odd: what isn't needed may be missing or of any shape, and one incident
//! that can't be read refuses itself alone.

mod shape;

use std::collections::BTreeMap;

use candor_core::{
    Severity, Status, Text, Title, Window,
    replay::{History, ImportedChange, ImportedUpdate},
};
use jiff::{SignedDuration, Timestamp};
use reqwest::{StatusCode, Url};

use super::{ImportDocument, ImportedPage, RefusedIncident, html};
use crate::{
    http::{self, HttpSetupError},
    json,
};
use shape::{StatuspageIncident, StatuspageUpdate};

/// The documents of a page that tell its history.
const DOCUMENTS: [&str; 2] = ["api/v2/incidents.json", "api/v2/scheduled-maintenances.json"];
/// How long planned work takes whose end isn't said.
const ONE_HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Why a page's documents can't be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address can't be parsed.
    #[error("{address:?} is not a URL")]
    NotUrl {
        /// The address.
        address: String,
        /// What is wrong with it.
        source: url::ParseError,
    },
    /// Others could change the documents on their way.
    #[error("{address:?} must begin with https://")]
    Insecure {
        /// The address.
        address: String,
    },
    /// The HTTP client can't be set up.
    #[error(transparent)]
    Setup(#[from] HttpSetupError),
    /// There was no answer, or it broke off.
    #[error("{url}")]
    Unanswered {
        /// The document.
        url: Url,
        /// What happened.
        source: reqwest::Error,
    },
    /// The answer is something else than the document.
    #[error("{url}: it answered {status}")]
    Status {
        /// The document.
        url: Url,
        /// The answer's status.
        status: StatusCode,
    },
}

/// Why documents can't be read as one page's history.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// They are documents of different pages.
    #[error("{first} and {second} are documents of different pages")]
    DifferentPages {
        /// The document that named a page first.
        first: String,
        /// The document that named another one.
        second: String,
    },
    /// None of them is a document of a status page: a line for each.
    #[error("{}", .0.join("\n"))]
    NotStatuspage(Vec<String>),
}

/// Reads a page's documents from its address, such as `https://status.example.com`.
///
/// # Errors
/// The address isn't `https` (or this machine's own), or the answer isn't such a page.
pub async fn fetch(address: &str) -> Result<Vec<ImportDocument>, FetchError> {
    let mut base = Url::parse(address)
        .map_err(|source| FetchError::NotUrl { address: address.to_owned(), source })?;
    if !http::is_safe(&base) {
        return Err(FetchError::Insecure { address: address.to_owned() });
    }
    if let Some((page, _)) = base.clone().path().split_once("/api/v2") {
        base.set_path(page);
    }
    base.set_query(None);
    let client = http::client(&base)?;
    let mut documents = Vec::new();
    for document in DOCUMENTS {
        let mut url = base.clone();
        url.set_path(&format!("{}/{document}", base.path().trim_end_matches('/')));
        let failed = |error: reqwest::Error| FetchError::Unanswered {
            url: url.clone(),
            source: error.without_url(),
        };
        let response = client.get(url.clone()).send().await.map_err(failed)?;
        if response.status() != StatusCode::OK {
            return Err(FetchError::Status { status: response.status(), url });
        }
        let body = http::body(response).await.map_err(failed)?;
        documents.push(ImportDocument { name: url.to_string(), body, named: true });
    }
    Ok(documents)
}

/// Reads documents of one page, in any order.
///
/// They are `incidents.json`, `scheduled-maintenances.json`, `summary.json` or a bare list of incidents. What stands in
/// several of them is taken once, with all that they say. One that is none of these is refused, or noted if nobody named
/// it.
///
/// # Errors
/// None of them is such a document, or they are of different pages.
pub fn read(documents: &[ImportDocument]) -> Result<ImportedPage, ReadError> {
    // The page, and the document that named it.
    let mut page: Option<(String, &str)> = None;
    let mut found: BTreeMap<String, StatuspageIncident> = BTreeMap::new();
    let mut dump = ImportedPage::default();
    let mut read = 0;
    for ImportDocument { name: file, body, named: is_named } in documents {
        let document = match json::value(body) {
            Ok(document) => document,
            Err(why) => {
                let why = format!("this is no JSON: {why}");
                dump.refused.push(RefusedIncident { what: file.clone(), why });
                continue;
            }
        };
        let Some((named, incidents)) = shape::incidents(document) else {
            let why = "this is no list of incidents as Statuspage gives it";
            if *is_named {
                dump.refused.push(RefusedIncident { what: file.clone(), why: why.to_owned() });
            } else {
                dump.notes.push(format!("{file}: {why}; it was left out"));
            }
            continue;
        };
        read += 1;
        let mut of_page = |named: Option<String>| match (&page, named) {
            (Some((page, first)), Some(named)) if *page != named => {
                Err(ReadError::DifferentPages { first: (*first).to_owned(), second: file.clone() })
            }
            (None, Some(named)) => {
                page = Some((named, file));
                Ok(())
            }
            _ => Ok(()),
        };
        of_page(named)?;
        for incident in incidents {
            match StatuspageIncident::read(incident, file) {
                Ok(incident) => {
                    of_page(incident.page_id.clone())?;
                    match found.get_mut(&incident.id) {
                        Some(known) => known.take(incident),
                        None => {
                            found.insert(incident.id.clone(), incident);
                        }
                    }
                }
                Err((what, why)) => dump.refused.push(refused(&what, file, why)),
            }
        }
    }
    if read == 0 {
        let refused =
            dump.refused.into_iter().map(|RefusedIncident { what, why }| format!("{what}: {why}"));
        return Err(ReadError::NotStatuspage(refused.chain(dump.notes).collect()));
    }
    let page = page.map(|(page, _)| page).unwrap_or_default();
    for (_, incident) in found {
        let (name, file) = (incident.name.clone(), incident.file.clone());
        match history(&page, incident, &mut dump.notes) {
            Ok(history) => dump.histories.push(history),
            Err(why) => dump.refused.push(refused(&name, &file, why)),
        }
    }
    dump.histories.sort_by(|a, b| (begin(a), &a.key).cmp(&(begin(b), &b.key)));
    Ok(dump)
}

fn refused(name: &str, file: &str, why: String) -> RefusedIncident {
    RefusedIncident { what: format!("{name} ({file})"), why }
}

/// When it takes its place among the others.
fn begin(history: &History) -> Timestamp {
    history.window.map_or(history.started_at, |window| window.starts_at)
}

fn history(
    page: &str,
    incident: StatuspageIncident,
    notes: &mut Vec<String>,
) -> Result<History, String> {
    let StatuspageIncident { id, name, impact, mut updates, .. } = incident;
    let key = format!("{page}:{id}");
    let (title, cut) = Title::truncated(&name).map_err(|why| why.to_string())?;
    if cut {
        notes.push(format!(
            "\"{}\": the title was cut at {} characters",
            title.as_str(),
            Title::MAX_CHARS
        ));
    }
    // Newest first, as they come; of two with the same time the order says which was first.
    updates.reverse();
    updates.sort_by_key(|update| update.at);
    let first = updates.first().map(|update| update.at);
    let started_at = incident
        .started_at
        .or(incident.created_at)
        .or(first)
        .ok_or("it says nowhere when it began")?;
    let window = incident.scheduled_for.map(|starts_at| Window {
        starts_at,
        ends_at: incident
            .scheduled_until
            .filter(|end| *end > starts_at)
            .or_else(|| starts_at.checked_add(ONE_HOUR).ok())
            .unwrap_or(starts_at),
    });
    let severity = match (impact.as_str(), window) {
        (_, Some(_)) | ("maintenance", _) => Severity::Maintenance,
        ("none", _) => Severity::Notice,
        ("minor", _) => Severity::Bug,
        ("major", _) => Severity::Partial,
        ("critical", _) => Severity::Outage,
        (other, _) => return Err(format!("its impact {other:?} is unknown")),
    };
    let mut chapters = Vec::new();
    let mut before = String::new();
    for update in updates {
        let word = word(&update.status);
        chapters.push(chapter(page, update, word == "identified" && before != word, &name, notes)?);
        before = word;
    }
    let last = chapters.last().map(|chapter| chapter.at);
    // Of an unknown word for the whole, the updates say what it is.
    let status = match turn(&incident.status) {
        Ok(turn) => status_after(turn),
        Err(why) if chapters.is_empty() => return Err(why),
        Err(_) => None,
    };
    let is_over = status.map_or(incident.resolved_at.is_some(), Status::is_over);
    let ended_at = incident.resolved_at.filter(|_| is_over);
    if is_over {
        let is_past = |end: &Timestamp| incident.updated_at.is_none_or(|known| *end <= known);
        let planned = window.map(|window| window.ends_at).filter(is_past);
        end(&mut chapters, &key, ended_at.or(last.max(planned)).unwrap_or(started_at));
    } else if let Some(status) = status.filter(|status| stands_at(&chapters) != Some(*status)) {
        let at = last.max(incident.updated_at).unwrap_or(started_at);
        chapters.push(ImportedUpdate {
            key: key.clone(),
            at,
            change: ImportedChange::To(status),
            text: None,
        });
    }
    Ok(History {
        key,
        title,
        severity,
        started_at,
        ended_at,
        window,
        by_schedule: incident.by_schedule,
        summary: None,
        updates: chapters,
    })
}

/// The status that a turn brings, if it brings one.
fn status_after(turn: ImportedChange) -> Option<Status> {
    match turn {
        ImportedChange::None => None,
        ImportedChange::To(status) => Some(status),
        ImportedChange::Postmortem | ImportedChange::Canceled => Some(Status::Resolved),
    }
}

/// The incident's status after these updates.
fn stands_at(chapters: &[ImportedUpdate]) -> Option<Status> {
    chapters.iter().rev().find_map(|chapter| status_after(chapter.change))
}

/// Lets an incident that its document calls over be over at `at`, whatever its updates say: what was said later
/// is only words.
fn end(chapters: &mut Vec<ImportedUpdate>, key: &str, at: Timestamp) {
    if stands_at(chapters).is_some_and(Status::is_over) {
        return;
    }
    let until = chapters.partition_point(|chapter| chapter.at <= at);
    let (before, later) = chapters.split_at_mut(until);
    for chapter in later {
        if matches!(chapter.change, ImportedChange::To(_)) {
            chapter.change = ImportedChange::None;
        }
    }
    if !stands_at(before).is_some_and(Status::is_over) {
        let turn = ImportedChange::To(Status::Resolved);
        chapters
            .insert(until, ImportedUpdate { key: key.to_owned(), at, change: turn, text: None });
    }
}

/// One update. That the cause was identified isn't a status here, so its words say it.
fn chapter(
    page: &str,
    update: StatuspageUpdate,
    identifies: bool,
    name: &str,
    notes: &mut Vec<String>,
) -> Result<ImportedUpdate, String> {
    let body = html::to_markdown(update.body.trim()).replace("\r\n", "\n");
    let words = match (identifies, body.trim()) {
        (false, "") => None,
        (false, body) => Some(body.to_owned()),
        (true, "") => Some("**Identified**".to_owned()),
        (true, body) => Some(format!("**Identified** - {body}")),
    };
    let text = words.as_deref().map(Text::parse).transpose().map_err(|why| why.to_string())?;
    if text.as_ref().map(Text::as_str) != words.as_deref() {
        notes.push(format!("{name:?}: control characters were left out of update {}", update.id));
    }
    let turn = turn(&update.status)?;
    Ok(ImportedUpdate { key: format!("{page}:{}", update.id), at: update.at, change: turn, text })
}

/// A status as documents write it (`in_progress`), also if it is given as pages do (`In progress`).
fn word(status: &str) -> String {
    status.trim().to_lowercase().replace(' ', "_")
}

/// What each of its words for a status does here.
fn turn(status: &str) -> Result<ImportedChange, String> {
    Ok(match word(status).as_str() {
        "investigating" | "identified" | "in_progress" => ImportedChange::To(Status::Confirmed),
        "monitoring" | "verifying" => ImportedChange::To(Status::Watching),
        "resolved" | "completed" => ImportedChange::To(Status::Resolved),
        "scheduled" => ImportedChange::To(Status::Planned),
        "postmortem" => ImportedChange::Postmortem,
        "canceled" | "cancelled" => ImportedChange::Canceled,
        // Some pages of the same shape have it: words alone.
        "update" | "" => ImportedChange::None,
        _ => return Err(format!("the status {status:?} of an update is unknown")),
    })
}
