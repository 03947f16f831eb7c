//! The forms (modals), and what a submission means.
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

use candor_content::language::Language;
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
    /// The form can't be read; a sentence for the user.
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
    let hint = if context.two_people && proposal.is_none() {
        context.say("slack-second-person")
    } else {
        notifies(incident.silent, subscribers, context)
    };
    let blocks = vec![
        about(incident, context),
        severity_input(severity, context),
        title_input(Some(title.as_str()), context),
        text_input("slack-field-known", text, context).optional().hint(&hint),
    ];
    modal(
        ModalKind::Confirm,
        ["slack-form-confirm", "slack-form-confirm"],
        ModalMetadata::about(ModalKind::Confirm, incident),
        context,
        blocks,
    )
}

/// Post an update and change the incident. `text`, in Markdown, prefills its field.
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
    blocks.extend(fields.inputs(incident, context));
    modal(
        ModalKind::Update,
        ["slack-button-update", "slack-form-preview"],
        ModalMetadata::about(ModalKind::Update, incident),
        context,
        blocks,
    )
}

/// Resolve it, perhaps with a word about why.
#[must_use]
pub fn resolve(
    incident: &Incident,
    subscribers: impl Into<Reach>,
    context: &SlackContext<'_>,
) -> SlackView {
    let mut blocks = vec![about(incident, context)];
    if incident.firing > 0 {
        let alerts = words::alerts(incident, context).unwrap_or_default();
        let warning = context.say_with("slack-still-firing", &[("alerts", (&alerts).into())]);
        blocks.push(Block::context(&[&warning]));
    }
    let hint = notifies(incident.silent, subscribers, context);
    blocks.push(text_input("slack-field-happened", None, context).optional().hint(&hint));
    modal(
        ModalKind::Resolve,
        ["slack-button-resolve", "slack-button-resolve"],
        ModalMetadata::about(ModalKind::Resolve, incident),
        context,
        blocks,
    )
}

/// Open an incident. `title` prefills its field.
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
        ["slack-button-declare", "slack-form-preview"],
        ModalMetadata::new(ModalKind::Declare),
        context,
        fields.inputs(context),
    )
}

/// Plan a maintenance.
#[must_use]
pub fn plan(subscribers: impl Into<Reach>, context: &SlackContext<'_>) -> SlackView {
    let (start, end) = (context.say("slack-box-start"), context.say("slack-box-end"));
    let boxes = [(form::AUTO_START, start.as_str(), false), (form::AUTO_END, &end, false)];
    let hint = notifies(false, subscribers, context);
    let blocks = vec![
        title_input(None, context),
        Block::input(START, &context.say("slack-field-start"), InputElement::time(None)),
        Block::input(END, &context.say("slack-field-end"), InputElement::time(None)),
        text_input("slack-field-expect", None, context).optional().hint(&hint),
        Block::input(AUTO, &context.say("slack-field-auto"), InputElement::boxes(&boxes))
            .optional()
            .hint(&context.say("slack-hint-auto")),
    ];
    modal(
        ModalKind::Plan,
        ["slack-button-plan", "slack-form-plan"],
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
        blocks.push(Block::input(START, &context.say("slack-field-new-start"), start));
    }
    let end = InputElement::time(window.map(|window| window.ends_at));
    blocks.push(Block::input(END, &context.say("slack-field-new-end"), end));
    let hint = notifies(incident.silent, subscribers, context);
    blocks.push(text_input("slack-field-why", None, context).optional().hint(&hint));
    modal(
        ModalKind::Postpone,
        ["slack-button-postpone", "slack-button-postpone"],
        ModalMetadata::about(ModalKind::Postpone, incident),
        context,
        blocks,
    )
}

/// A modal that only says something, in Slack's markup.
#[must_use]
pub fn sentence(title: &str, markup: &str, language: Language) -> SlackView {
    let close = language.say("slack-form-close");
    SlackView::modal("sentence", title, &close, None, None, Block::sections(markup))
}

/// A form; its title and the words of the button that submits it are named by their messages.
fn modal(
    form: ModalKind,
    [title, submit]: [&str; 2],
    memo: ModalMetadata,
    context: &SlackContext<'_>,
    blocks: Vec<Block>,
) -> SlackView {
    let [title, submit, close] = [title, submit, "slack-form-cancel"].map(|id| context.say(id));
    let memo = memo.seal(context);
    SlackView::modal(form.as_str(), &title, &close, Some(&submit), Some(memo), blocks)
}

/// Which incident it is about.
fn about(incident: &Incident, context: &SlackContext<'_>) -> Block {
    let standing = context.status(incident);
    Block::context(&[&format!("{} · {standing}", context.linked(incident))])
}

fn title_input(initial: Option<&str>, context: &SlackContext<'_>) -> Block {
    Block::input(TITLE, &context.say("slack-field-title"), InputElement::line(TITLE_FIELD, initial))
}

/// `label` names a message.
fn text_input(label: &str, initial: Option<&str>, context: &SlackContext<'_>) -> Block {
    Block::input(TEXT, &context.say(label), InputElement::lines(initial))
}

fn severity_input(severity: Severity, context: &SlackContext<'_>) -> Block {
    let choices = form::in_words(&severities(severity), context);
    let select = InputElement::select(&choices, Some(severity.as_str()));
    Block::input(SEVERITY, &context.say("slack-field-severity"), select)
}

/// `Notifies 1,219 subscribers.`
fn notifies(silent: bool, subscribers: impl Into<Reach>, context: &SlackContext<'_>) -> String {
    let subscribers = subscribers.into();
    if silent {
        return context.say("slack-why-silent");
    }
    if subscribers.is_nobody() {
        return context.say("slack-no-subscribers");
    }
    let notifies = subscribers.say("slack-notifies", context);
    match subscribers.waiting(context) {
        Some(waiting) => format!("{notifies} {waiting}"),
        None => notifies,
    }
}
