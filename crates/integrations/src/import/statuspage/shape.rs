//! The shape of the documents, as far as it is needed.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// An incident or a scheduled maintenance.
#[derive(Debug, Deserialize)]
pub(super) struct StatuspageIncident {
    pub(super) id: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) status: String,
    #[serde(default = "none")]
    pub(super) impact: String,
    #[serde(default)]
    pub(super) page_id: Option<String>,
    #[serde(default)]
    pub(super) created_at: Option<Timestamp>,
    #[serde(default)]
    pub(super) updated_at: Option<Timestamp>,
    #[serde(default)]
    pub(super) started_at: Option<Timestamp>,
    #[serde(default)]
    pub(super) resolved_at: Option<Timestamp>,
    #[serde(default)]
    pub(super) scheduled_for: Option<Timestamp>,
    #[serde(default)]
    pub(super) scheduled_until: Option<Timestamp>,
    #[serde(default, rename = "scheduled_auto_in_progress")]
    pub(super) by_schedule: bool,
    /// Newest first.
    #[serde(default, rename = "incident_updates")]
    pub(super) updates: Vec<StatuspageUpdate>,
    /// The document that it was read from.
    #[serde(skip)]
    pub(super) file: String,
}

/// One entry of its timeline.
#[derive(Debug, Deserialize)]
#[serde(from = "RawUpdate")]
pub(super) struct StatuspageUpdate {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) body: String,
    /// When it shows as written.
    pub(super) at: Timestamp,
}

#[derive(Deserialize)]
struct RawUpdate {
    id: String,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    body: Option<String>,
    created_at: Timestamp,
    #[serde(default)]
    display_at: Option<Timestamp>,
}

impl From<RawUpdate> for StatuspageUpdate {
    fn from(raw: RawUpdate) -> Self {
        Self {
            id: raw.id,
            status: raw.status.unwrap_or_default(),
            body: raw.body.unwrap_or_default(),
            at: raw.display_at.unwrap_or(raw.created_at),
        }
    }
}

fn none() -> String {
    "none".to_owned()
}

impl StatuspageIncident {
    /// Reads it; or its name, and why it can't be read.
    pub(super) fn read(value: Value, file: &str) -> Result<Self, (String, String)> {
        let name = ["name", "id"].iter().find_map(|key| value.get(key)?.as_str());
        let name = name.unwrap_or("an incident without a name").to_owned();
        let incident = serde_json::from_value(value).map_err(|why| (name, why.to_string()))?;
        Ok(Self { file: file.to_owned(), ..incident })
    }

    /// Takes what another document says of it, too. The document that knows the later state wins.
    pub(super) fn take(&mut self, mut other: Self) {
        if self.known_until() < other.known_until() {
            std::mem::swap(self, &mut other);
        }
        let is_new =
            |update: &StatuspageUpdate| self.updates.iter().all(|known| known.id != update.id);
        let new: Vec<_> = other.updates.into_iter().filter(is_new).collect();
        self.updates.extend(new);
        self.resolved_at = self.resolved_at.or(other.resolved_at);
    }

    /// When it changed last, as far as the document says.
    fn known_until(&self) -> Option<Timestamp> {
        self.updates.iter().map(|update| update.at).chain(self.updated_at).max()
    }
}

/// The page's id and its incidents, of whichever document it is.
pub(super) fn incidents(document: Value) -> Option<(Option<String>, Vec<Value>)> {
    match document {
        Value::Array(incidents) => Some((None, incidents)),
        Value::Object(mut fields) => {
            let page = fields.get("page").and_then(|page| page.get("id")?.as_str());
            let page = page.map(str::to_owned);
            let lists: Vec<_> = ["incidents", "scheduled_maintenances"]
                .iter()
                .filter_map(|name| Some(fields.get_mut(*name)?.as_array_mut()?.split_off(0)))
                .collect();
            (!lists.is_empty()).then(|| (page, lists.into_iter().flatten().collect()))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}
