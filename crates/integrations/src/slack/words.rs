//! What several messages share: names, times, and the status of an incident.
//!
//! Everything is said in the site's language, with the page's words for it (`locales/*/slack.ftl` and `words.ftl`).

mod refusal;
mod status;

use candor_content::{language::Value, link::Links, notification_text::ReaderPreferences, words};
use candor_core::{
    ActorId, Board, DismissReason, EntryKind, Headline, Incident, Severity, Status, Window,
};
use jiff::Timestamp;

use super::mrkdwn;

pub(super) use refusal::plainly;
pub use refusal::refusal;
pub(super) use status::{group, open_something};
pub use status::{help, propose, sentence, status, which};

/// What every message needs besides the incident.
#[derive(Clone, Copy)]
pub struct SlackContext<'a> {
    /// What the page calls itself.
    pub site_name: &'a str,
    /// Where its pages are.
    pub links: &'a Links,
    /// The site's language and time zone.
    pub reader: &'a ReaderPreferences,
    /// Whether a second person has to confirm.
    pub two_people: bool,
    /// An operator's display name; empty if it isn't known.
    pub names: &'a (dyn Fn(&ActorId) -> String + Sync),
}

impl std::fmt::Debug for SlackContext<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SlackContext")
            .field("site_name", &self.site_name)
            .field("reader", &self.reader)
            .field("two_people", &self.two_people)
            .finish_non_exhaustive()
    }
}

impl SlackContext<'_> {
    /// A message of the site's language.
    pub(super) fn say(&self, id: &str) -> String {
        self.reader.language.say(id)
    }

    /// A message with these values.
    pub(super) fn say_with(&self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        self.reader.language.say_with(id, values)
    }

    /// An operator's name without any markup of its own; "someone" if it isn't known.
    pub(super) fn name(&self, id: &ActorId) -> String {
        let name = mrkdwn::text(&(self.names)(id));
        if name.trim().is_empty() { self.say("who-someone") } else { name.trim().to_owned() }
    }

    /// Who did something to `incident`: an operator, the schedule, or someone unknown.
    pub(super) fn who(&self, actor: Option<&ActorId>, incident: &Incident) -> String {
        match actor {
            Some(id) => self.name(id),
            None if incident.window.is_some() => self.say("who-schedule"),
            None => self.say("who-someone"),
        }
    }

    /// A time in Slack's markup.
    pub(super) fn time(&self, at: Timestamp) -> String {
        mrkdwn::date(at, &self.plain_time(at))
    }

    /// A time without markup.
    pub(super) fn plain_time(&self, at: Timestamp) -> String {
        self.reader.time_with_year(at)
    }

    /// When planned maintenance takes place.
    pub(super) fn window(&self, window: Window) -> String {
        const HALF_A_DAY: i64 = 12 * 60 * 60;
        let is_short = window.ends_at.as_second() - window.starts_at.as_second() < HALF_A_DAY;
        let until = if is_short {
            mrkdwn::time_of_day(window.ends_at, &self.plain_time(window.ends_at))
        } else {
            self.time(window.ends_at)
        };
        self.reader.language.from_to(&self.time(window.starts_at), &until)
    }

    /// An incident's title.
    pub(super) fn title(&self, incident: &Incident) -> String {
        words::title(self.reader.language, incident).0
    }

    /// Its severity and status.
    pub(super) fn status(&self, incident: &Incident) -> String {
        words::status(self.reader.language, incident)
    }

    /// A severity.
    pub(super) fn severity(&self, severity: Severity) -> String {
        words::severity(self.reader.language, severity)
    }

    /// A number with its digits in groups.
    pub(super) fn number(&self, number: u64) -> String {
        self.reader.language.number(number)
    }

    /// The address of an incident's page.
    pub(super) fn page(&self, incident: &Incident) -> String {
        self.links.incident_url(&incident.path())
    }

    /// `<https://…|Checkout unavailable> (#7)`
    pub(super) fn linked(&self, incident: &Incident) -> String {
        let link = mrkdwn::link(&self.page(incident), &self.title(incident));
        format!("{link} (#{})", incident.number)
    }

    /// The line that says that a message holds only a part.
    pub(super) fn rest_on_page(&self, incident: &Incident) -> String {
        mrkdwn::link(&self.page(incident), &self.say("slack-rest"))
    }

    /// A link to the front page.
    pub(super) fn open_page(&self) -> String {
        mrkdwn::link(self.links.site(), &self.say("slack-open-page"))
    }
}

/// For the form of a plural.
pub(super) fn plural(count: u64) -> Value<'static> {
    Value::Count(usize::try_from(count).unwrap_or(usize::MAX))
}

/// An emoji for the eye that looks for one; the words beside it say the same.
pub(super) fn sign(incident: &Incident) -> &'static str {
    match (incident.status, incident.severity) {
        (Status::Planned, _) => "🗓️",
        (Status::Suspected, _) => "❔",
        (Status::Dismissed, _) => "⚪",
        (Status::Confirmed, Severity::Outage) => "🔴",
        (Status::Confirmed, Severity::Partial) => "🟠",
        (Status::Confirmed, Severity::Bug) => "🟡",
        (Status::Confirmed, Severity::Maintenance) => "🔧",
        (Status::Confirmed | Status::Watching, Severity::Notice) => "🔵",
        (Status::Watching, _) => "👀",
        (Status::Resolved, _) if incident.canceled => "⚪",
        (Status::Resolved, _) => "🟢",
    }
}

/// The page's headline, with an emoji.
pub(super) fn headline(board: &Board, context: &SlackContext<'_>) -> (&'static str, String) {
    let decisive = board.decisive();
    let sign = match decisive.map_or(Headline::AllGood, Headline::of_incident) {
        Headline::Outage => "🔴",
        Headline::Partial => "🟠",
        Headline::Suspected => "❔",
        Headline::Watching => "👀",
        Headline::Bug => "🟡",
        Headline::Maintenance if decisive.is_some_and(|one| one.status == Status::Watching) => "👀",
        Headline::Maintenance => "🔧",
        Headline::Notice => "🔵",
        Headline::AllGood => "🟢",
    };
    let headline = words::headline(context.reader.language, decisive, context.site_name);
    (sign, headline.sentence)
}

/// The last change of status and who made it: `Confirmed by Ada, <time>.` None for what monitoring opened.
pub(super) fn last_change(incident: &Incident, context: &SlackContext<'_>) -> Option<String> {
    let entry = incident.last_status_change()?;
    let is_first = incident.timeline.first().is_some_and(|first| first.seq == entry.seq);
    let work = incident.window.is_some();
    let id = match entry.kind {
        EntryKind::StatusChanged(Status::Planned) => "did-plan",
        EntryKind::StatusChanged(Status::Suspected)
        | EntryKind::Rescheduled
        | EntryKind::Update => return None,
        EntryKind::StatusChanged(Status::Confirmed | Status::Watching | Status::Resolved)
            if is_first =>
        {
            "did-declare"
        }
        EntryKind::StatusChanged(Status::Confirmed) if work => "did-start",
        EntryKind::StatusChanged(Status::Confirmed) => "did-confirm",
        EntryKind::StatusChanged(Status::Watching) => "did-watch",
        EntryKind::StatusChanged(Status::Resolved) if work => "did-end",
        EntryKind::StatusChanged(Status::Resolved) => "did-resolve",
        EntryKind::Dismissed(DismissReason::AllAlertsCleared) if entry.by.is_none() => {
            "did-dismiss-itself"
        }
        EntryKind::StatusChanged(Status::Dismissed) | EntryKind::Dismissed(_) => "did-dismiss",
        EntryKind::Reopened => "did-reopen",
        EntryKind::Canceled => "did-cancel",
    };
    let who = context.who(entry.by.as_ref(), incident);
    let did = context.say_with(id, &[("who", (&who).into())]);
    let time = context.time(entry.at);
    Some(context.say_with("slack-did-at", &[("did", (&did).into()), ("time", (&time).into())]))
}

/// How many alerts there are, and how many of them still fire.
pub(super) fn alerts(incident: &Incident, context: &SlackContext<'_>) -> Option<String> {
    let all = incident.alerts.len();
    let firing = incident.firing;
    let count = [("count", Value::Count(all))];
    match usize::try_from(firing).unwrap_or(usize::MAX) {
        _ if all == 0 => None,
        0 => Some(context.say_with("slack-alerts-cleared", &count)),
        some if some >= all => Some(context.say_with("slack-alerts-firing", &count)),
        _ => {
            let firing = context.number(firing.into());
            let values = [("count", Value::Count(all)), ("firing", (&firing).into())];
            Some(context.say_with("slack-alerts-some", &values))
        }
    }
}
