//! Lists of incidents, and one incident with its events.

use candor_core::{Board, Incident, IncidentNumber};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{PublicEvent, PublicIncident};

/// A page of incidents.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Incidents)]
pub struct IncidentList<'a> {
    /// The newest first.
    pub incidents: Vec<PublicIncident<'a>>,
    /// The `before` of the next page; none on the last one. A page that isn't full may have a next one.
    pub next: Option<u32>,
}

/// An incident with all its public details.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Story)]
pub struct IncidentWithTimeline<'a> {
    /// The incident as it is now.
    pub incident: PublicIncident<'a>,
    /// The post-mortem, once it is published.
    pub postmortem: Option<PublicPostmortem<'a>>,
    /// Its events, oldest first: with texts as they were first written, and their corrections.
    pub trail: Vec<PublicEvent<'a>>,
}

/// A post-mortem.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Postmortem)]
pub struct PublicPostmortem<'a> {
    /// When it was published.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Markdown.
    pub text: &'a str,
}

impl<'a> IncidentWithTimeline<'a> {
    /// The incident with this number, if there is one.
    #[must_use]
    pub fn of(board: &'a Board, number: IncidentNumber) -> Option<Self> {
        let incident: &Incident = board.incident(number)?;
        let postmortem = incident.postmortem.as_ref();
        Some(Self {
            incident: PublicIncident::of(incident),
            postmortem: postmortem
                .map(|learned| PublicPostmortem { at: learned.at, text: learned.text.as_str() }),
            trail: PublicEvent::all_of(incident).collect(),
        })
    }
}
