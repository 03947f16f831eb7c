//! The modals: what is filled in, and what comes of it.
//!
//! A form that others read (an update, a new incident) is submitted twice: the first time it comes back with what
//! will be seen above it, the second time it is published. If anything about the outcome changes in between, by
//! whoever fills it in or by somebody else, it comes back once more: what is published was seen.
//!
//! Slack keeps for us what a form was opened with, sealed ([`Links::seal`](candor_content::link::Links::seal)).

mod form;
mod metadata;
mod preview;
mod reach;
mod read;

use std::collections::BTreeMap;

use candor_core::{Command, Incident, Severity, Status};

use super::{
    block::{Block, InputElement, SlackView},
    words::{self, SlackContext},
};
use form::{AUTO, END, SEVERITY, START, TEXT, TITLE, severities};
use metadata::{ModalKind, ModalMetadata};

pub use reach::{Reach, Subscribers};
pub use read::read;

/// The most characters a title's field takes: room for any title, however Slack counts.
const TITLE_FIELD: usize = 2 * candor_core::Title::MAX_CHARS;

/// What comes of a submission.
#[derive(Debug, Clone, PartialEq)]
pub enum Submission {
    /// What is wrong, by the `block_id` of the input that it is about; the form stays open.
    Errors(BTreeMap<String, String>),
    /// The same form with a preview: the answer is `response_action: update`.
    Preview(Box<SlackView>),
    /// What to do.
    Command(Box<Command>),
    /// It can't be known what this was about; a sentence for the person.
    Lost(String),
}

/// Confirm, and say at once how bad it is and what is known.
#[must_use]
pub fn confirm(
    incident: &Incident,
    subscribers: impl Into<Reach>,
    context: &SlackContext<'_>,
) -> SlackView {
    let proposal = incident.proposal.as_ref();
    let severity = proposal.and_then(|one| one.severity).unwrap_or(incident.severity);
    let title = proposal.and_then(|one| one.title.as_ref()).unwrap_or(&incident.title);
    let text = proposal.and_then(|one| one.text.as_ref()).map(candor_core::Text::as_str);
    let tells = if context.two_people && proposal.is_none() {
        "A second person has to confirm it, too. Nobody is told before.".to_owned()
    } else {
        tells(incident.silent, subscribers)
    };
    let blocks = vec![
        about(incident, context),
        severity_input(severity),
        title_input(Some(title.as_str())),
        text_input("What is known", text).optional().hint(&tells),
    ];
    modal(
        ModalKind::Confirm,
        "Confirm",
        "Confirm",
        ModalMetadata::about(ModalKind::Confirm, incident),
        context,
        blocks,
    )
}

/// Post an update, and change what is said about the incident. `text`, in Markdown, stands in its field already.
#[must_use]
pub fn update(incident: &Incident, text: Option<&str>, context: &SlackContext<'_>) -> SlackView {
    let fields = form::UpdateFields {
        status: Some(incident.status),
        severity: incident.severity,
        title: incident.title.as_str().to_owned(),
        summary: incident.summary.as_ref().map(|text| text.as_str().to_owned()),
        text: text.map(str::to_owned),
    };
    let mut blocks = vec![about(incident, context)];
    blocks.extend(fields.inputs(incident));
    modal(
        ModalKind::Update,
        "Post an update",
        "Preview",
        ModalMetadata::about(ModalKind::Update, incident),
        context,
        blocks,
    )
}

/// It is over, perhaps with a word about why.
#[must_use]
pub fn resolve(
    incident: &Incident,
    subscribers: impl Into<Reach>,
    context: &SlackContext<'_>,
) -> SlackView {
    let mut blocks = vec![about(incident, context)];
    if incident.firing > 0 {
        let alerts = words::alerts(incident).unwrap_or_default();
        blocks.push(Block::context(&[&format!("⚠️ Monitoring still says otherwise: {alerts}.")]));
    }
    blocks.push(
        text_input("What happened", None).optional().hint(&tells(incident.silent, subscribers)),
    );
    modal(
        ModalKind::Resolve,
        "Resolve",
        "Resolve",
        ModalMetadata::about(ModalKind::Resolve, incident),
        context,
        blocks,
    )
}

/// Open an incident. `title` stands in its field already.
#[must_use]
pub fn declare(title: Option<&str>, context: &SlackContext<'_>) -> SlackView {
    let fields = form::Declare {
        title: title.map(str::to_owned),
        severity: Severity::Outage,
        status: Status::Confirmed,
        started_at: None,
        text: None,
        takes_alerts: false,
    };
    modal(
        ModalKind::Declare,
        "Declare an incident",
        "Preview",
        ModalMetadata::new(ModalKind::Declare),
        context,
        fields.inputs(),
    )
}

/// Plan a maintenance.
#[must_use]
pub fn plan(subscribers: impl Into<Reach>, context: &SlackContext<'_>) -> SlackView {
    let boxes =
        [(form::AUTO_START, "Start by itself", false), (form::AUTO_END, "End by itself", false)];
    let blocks = vec![
        title_input(None),
        Block::input(START, "Start", InputElement::time(None)),
        Block::input(END, "End", InputElement::time(None)),
        text_input("What to expect", None).optional().hint(&tells(false, subscribers)),
        Block::input(AUTO, "When the time comes", InputElement::boxes(&boxes))
            .optional()
            .hint("What does not happen by itself is asked for in the thread."),
    ];
    modal(
        ModalKind::Plan,
        "Plan maintenance",
        "Plan",
        ModalMetadata::new(ModalKind::Plan),
        context,
        blocks,
    )
}

/// Another time for planned work; for work that is under way, another end.
#[must_use]
pub fn postpone(
    incident: &Incident,
    subscribers: impl Into<Reach>,
    context: &SlackContext<'_>,
) -> SlackView {
    let window = incident.window;
    let mut blocks = vec![about(incident, context)];
    if incident.status == Status::Planned {
        let start = InputElement::time(window.map(|window| window.starts_at));
        blocks.push(Block::input(START, "New start", start));
    }
    let end = InputElement::time(window.map(|window| window.ends_at));
    blocks.push(Block::input(END, "New end", end));
    blocks.push(text_input("Why", None).optional().hint(&tells(incident.silent, subscribers)));
    modal(
        ModalKind::Postpone,
        "Postpone",
        "Postpone",
        ModalMetadata::about(ModalKind::Postpone, incident),
        context,
        blocks,
    )
}

/// A modal that only says something, in Slack's markup.
#[must_use]
pub fn sentence(title: &str, markup: &str) -> SlackView {
    SlackView::modal("sentence", title, None, None, Block::sections(markup))
}

fn modal(
    form: ModalKind,
    title: &str,
    submit: &str,
    memo: ModalMetadata,
    context: &SlackContext<'_>,
    blocks: Vec<Block>,
) -> SlackView {
    SlackView::modal(form.as_str(), title, Some(submit), Some(memo.seal(context)), blocks)
}

/// Which incident it is about.
fn about(incident: &Incident, context: &SlackContext<'_>) -> Block {
    let standing = words::standing(incident);
    Block::context(&[&format!("{} · {standing}", context.linked(incident))])
}

fn title_input(initial: Option<&str>) -> Block {
    Block::input(TITLE, "Title", InputElement::line(TITLE_FIELD, initial))
}

fn text_input(label: &str, initial: Option<&str>) -> Block {
    Block::input(TEXT, label, InputElement::lines(initial))
}

fn severity_input(severity: Severity) -> Block {
    let choices = severities(severity);
    Block::input(SEVERITY, "Severity", InputElement::select(&choices, Some(severity.as_str())))
}

/// `Tells 1,219 subscribers.`
fn tells(silent: bool, subscribers: impl Into<Reach>) -> String {
    match subscribers.into() {
        _ if silent => "The incident is silent: subscribers are not told.".to_owned(),
        nobody if nobody.is_nobody() => "Nobody is subscribed yet.".to_owned(),
        subscribers => format!("Tells {}.", subscribers.words()),
    }
}
