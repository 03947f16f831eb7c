//! Statuspage: the documents of its public API v2 (<https://www.githubstatus.com/api/v2>), and those of the same
//! shape, as a page's own log.
//!
//! A page that has to be read odd is taken odd: what isn't needed may be missing or of any shape, and one incident
//! that can't be read refuses itself alone.

mod shape;

use std::collections::BTreeMap;

use candor_core::{
    Severity, Status, Text, Title, Window,
    history::{Chapter, History, Turn},
};
use jiff::{SignedDuration, Timestamp};
use reqwest::{StatusCode, Url};
use serde_json::Value;

use super::{Dump, Refused};
use crate::slack::http;
use shape::{Incident, Update};

/// The documents of a page that tell its history.
const DOCUMENTS: [&str; 2] = ["api/v2/incidents.json", "api/v2/scheduled-maintenances.json"];
/// How long planned work takes whose end isn't said.
const ONE_HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Reads a page's documents from its address, such as `https://status.example.com`.
///
/// # Errors
/// The address isn't `https` (or this machine's own), or what answers is no such page; a sentence.
pub async fn fetch(address: &str) -> Result<Vec<Vec<u8>>, String> {
    let mut base = Url::parse(address).map_err(|why| format!("{address:?}: {why}"))?;
    if !http::is_safe(&base) {
        return Err(format!("{address:?} must begin with https://"));
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
        let failed = |why: &str| format!("{url}: {why}");
        let response =
            client.get(url.clone()).send().await.map_err(|error| failed(&cause(error)))?;
        match response.status() {
            StatusCode::OK => {}
            status => return Err(failed(&format!("it answered {status}"))),
        }
        documents.push(http::body(response).await.map_err(|error| failed(&cause(error)))?);
    }
    Ok(documents)
}

fn cause(error: reqwest::Error) -> String {
    let error = error.without_url();
    std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string)
}

/// Reads documents of one page, in any order.
///
/// They are `incidents.json`, `scheduled-maintenances.json`, `summary.json` or a bare list of incidents. What stands in
/// several of them is taken once, with all that they say.
///
/// # Errors
/// One of them is no such document, or they are of different pages; a sentence.
pub fn read(documents: &[Vec<u8>]) -> Result<Dump, String> {
    let mut page = None;
    let mut found: BTreeMap<String, Incident> = BTreeMap::new();
    let mut dump = Dump::default();
    for document in documents {
        let document: Value =
            serde_json::from_slice(document).map_err(|why| format!("this is no JSON: {why}"))?;
        let (named, incidents) = shape::incidents(document)
            .ok_or("this is no list of incidents as Statuspage gives it")?;
        for incident in incidents {
            match Incident::read(incident) {
                Ok(incident) => {
                    let named = named.clone().or_else(|| incident.page_id.clone());
                    if page.is_some() && named.is_some() && page != named {
                        return Err("these are documents of different pages".to_owned());
                    }
                    page = page.or(named);
                    match found.get_mut(&incident.id) {
                        Some(known) => known.take(incident),
                        None => {
                            found.insert(incident.id.clone(), incident);
                        }
                    }
                }
                Err((what, why)) => dump.refused.push(Refused { what, why }),
            }
        }
        if page.is_none() {
            page = named;
        }
    }
    let page = page.unwrap_or_default();
    for (_, incident) in found {
        let what = incident.name.clone();
        match history(&page, incident, &mut dump.notes) {
            Ok(history) => dump.histories.push(history),
            Err(why) => dump.refused.push(Refused { what, why }),
        }
    }
    dump.histories.sort_by(|a, b| (begin(a), &a.key).cmp(&(begin(b), &b.key)));
    Ok(dump)
}

/// When it takes its place among the others.
fn begin(history: &History) -> Timestamp {
    history.window.map_or(history.started_at, |window| window.starts_at)
}

fn history(page: &str, incident: Incident, notes: &mut Vec<String>) -> Result<History, String> {
    let Incident { id, name, impact, mut updates, .. } = incident;
    let (title, cut) = Title::cut(&name).map_err(|why| why.to_string())?;
    if cut {
        notes.push(format!("{title:?}: the title was cut at {} characters", Title::MAX_CHARS));
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
    let chapters = updates.into_iter().map(|update| chapter(page, update, &name, notes));
    let mut chapters = chapters.collect::<Result<Vec<_>, _>>()?;
    if chapters.is_empty() {
        let turn = turn(&incident.status)?;
        let at = incident.resolved_at.unwrap_or(started_at);
        chapters.push(Chapter { key: format!("{page}:{id}"), at, turn, text: None });
    }
    Ok(History {
        key: format!("{page}:{id}"),
        title,
        severity,
        started_at,
        ended_at: incident.resolved_at,
        window,
        by_schedule: incident.by_schedule,
        summary: None,
        chapters,
    })
}

fn chapter(
    page: &str,
    update: Update,
    name: &str,
    notes: &mut Vec<String>,
) -> Result<Chapter, String> {
    let text = match update.body.trim() {
        "" => None,
        body => Some(Text::parse(body).map_err(|why| why.to_string())?),
    };
    if text.as_ref().is_some_and(|text| text.as_str() != update.body.trim().replace("\r\n", "\n")) {
        notes.push(format!("{name:?}: control characters were left out of update {}", update.id));
    }
    let turn = turn(&update.status)?;
    Ok(Chapter { key: format!("{page}:{}", update.id), at: update.at, turn, text })
}

/// What each of its words for a status does here, as its documents write it (`in_progress`) or its pages (`In progress`).
fn turn(status: &str) -> Result<Turn, String> {
    Ok(match status.trim().to_lowercase().replace(' ', "_").as_str() {
        "investigating" | "identified" | "in_progress" => Turn::To(Status::Confirmed),
        "monitoring" | "verifying" => Turn::To(Status::Watching),
        "resolved" | "completed" => Turn::To(Status::Resolved),
        "scheduled" => Turn::To(Status::Planned),
        "postmortem" => Turn::Postmortem,
        // Some pages of the same shape have it: words alone.
        "update" | "" => Turn::None,
        _ => return Err(format!("the status {status:?} of an update is unknown")),
    })
}
