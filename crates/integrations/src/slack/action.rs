//! What a button does: its id and its value, written and read in one place.

use candor_core::IncidentNumber;

use super::block::FIELD;

/// A click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// It is real.
    Confirm(IncidentNumber),
    /// It is real, and here is more: opens a modal.
    ConfirmWithDetails(IncidentNumber),
    /// It is a false alarm; Slack has asked already.
    Dismiss(IncidentNumber),
    /// What was dismissed was real after all.
    ItWasReal(IncidentNumber),
    /// Post an update: opens a modal.
    Update(IncidentNumber),
    /// It is over: opens a modal.
    Resolve(IncidentNumber),
    /// The planned work begins.
    Start(IncidentNumber),
    /// The planned work is done.
    End(IncidentNumber),
    /// The planned work gets another time: opens a modal.
    Postpone(IncidentNumber),
    /// The planned work won't take place; Slack has asked already.
    Cancel(IncidentNumber),
    /// Open an incident: opens a modal.
    Declare,
    /// Plan a maintenance: opens a modal.
    Plan,
    /// Make an update of a message: opens a modal.
    Publish {
        /// Of which incident.
        incident: IncidentNumber,
        /// Where the message stands.
        channel: String,
        /// Which one it is.
        ts: String,
        /// The message under which it stands, if it is a reply.
        thread_ts: Option<String>,
    },
    /// Don't.
    NotNow,
    /// A link: Slack opens it and reports it.
    Link,
    /// A user fills in a modal.
    Changed,
}

impl Action {
    /// What the button is known by.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::Confirm(_) => "confirm",
            Self::ConfirmWithDetails(_) => "confirm-with-details",
            Self::Dismiss(_) => "dismiss",
            Self::ItWasReal(_) => "it-was-real",
            Self::Update(_) => "update",
            Self::Resolve(_) => "resolve",
            Self::Start(_) => "start",
            Self::End(_) => "end",
            Self::Postpone(_) => "postpone",
            Self::Cancel(_) => "cancel",
            Self::Declare => "declare",
            Self::Plan => "plan",
            Self::Publish { .. } => "publish",
            Self::NotNow => "not-now",
            Self::Link => "link",
            Self::Changed => FIELD,
        }
    }

    /// What the button carries.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::Confirm(incident)
            | Self::ConfirmWithDetails(incident)
            | Self::Dismiss(incident)
            | Self::ItWasReal(incident)
            | Self::Update(incident)
            | Self::Resolve(incident)
            | Self::Start(incident)
            | Self::End(incident)
            | Self::Postpone(incident)
            | Self::Cancel(incident) => incident.to_string(),
            Self::Publish { incident, channel, ts, thread_ts } => {
                let thread = thread_ts.as_deref().unwrap_or_default();
                format!("{incident} {channel} {ts} {thread}").trim_end().to_owned()
            }
            Self::Declare | Self::Plan | Self::NotNow | Self::Link | Self::Changed => String::new(),
        }
    }

    /// Reads a click; none if it isn't one of ours, or says nothing about an incident where it has to.
    #[must_use]
    pub fn read(id: &str, value: Option<&str>) -> Option<Self> {
        let mut words = value.unwrap_or_default().split_whitespace();
        let incident = words.next().and_then(|number| IncidentNumber::parse(number).ok());
        match id {
            "confirm" => incident.map(Self::Confirm),
            "confirm-with-details" => incident.map(Self::ConfirmWithDetails),
            "dismiss" => incident.map(Self::Dismiss),
            "it-was-real" => incident.map(Self::ItWasReal),
            "update" => incident.map(Self::Update),
            "resolve" => incident.map(Self::Resolve),
            "start" => incident.map(Self::Start),
            "end" => incident.map(Self::End),
            "postpone" => incident.map(Self::Postpone),
            "cancel" => incident.map(Self::Cancel),
            "declare" => Some(Self::Declare),
            "plan" => Some(Self::Plan),
            "publish" => Some(Self::Publish {
                incident: incident?,
                channel: words.next()?.to_owned(),
                ts: words.next()?.to_owned(),
                thread_ts: words.next().map(str::to_owned),
            }),
            "not-now" => Some(Self::NotNow),
            "link" => Some(Self::Link),
            id if id == FIELD => Some(Self::Changed),
            _ => None,
        }
    }
}
