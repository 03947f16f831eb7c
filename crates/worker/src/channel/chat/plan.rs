//! What a thread lacks, in the order of posting. Pure, so that posting may stop anywhere.
//!
//! The root message comes first, because people look there; then the notes in the order of the log; then the question.
//!
//! A root message that is posted for the first time says how the incident began; whatever else has happened by then is
//! one note. Later, up to five events get a note each, and more of them share one: whoever comes back after an hour
//! wants to read, not to scroll.

use candor_core::{Incident, Question, RecordedEvent, Status};
use candor_integrations::slack::{SlackContext, block::Message, mrkdwn, thread};
use candor_store::Thread;
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::facts::IncidentTrail;

/// The key of the root message.
pub(super) const ROOT: &str = "root";
/// The prefix of the keys of notes.
pub(super) const NOTE: &str = "note/";
/// The prefix of the keys of questions.
pub(super) const QUESTION: &str = "question/";
/// More events than this share one note.
const MAX_SEPARATE_NOTES: usize = 5;

/// One step: a message to post or change.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ChatStep {
    /// Post a message: the root message, or a reply to it.
    Post(NewMessage),
    /// Change a message.
    Change(MessageChange),
    /// Record that the events up to this one need no message.
    Noted(u64),
}

/// A message to post.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NewMessage {
    /// `root`, `note/<seq>` or `question/<what>/<since>`.
    pub(super) key: String,
    pub(super) content: MessageContent,
    /// Whether a reply is shown outside its thread, too.
    pub(super) broadcast: bool,
    /// The last event that this message covers.
    pub(super) noted: Option<u64>,
}

/// A message to change, since it isn't true any more.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MessageChange {
    pub(super) key: String,
    pub(super) slack_channel: String,
    pub(super) ts: String,
    pub(super) content: MessageContent,
    /// It is a question that was answered: this is its last change.
    pub(super) closes: bool,
}

/// The content of a message.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MessageContent {
    pub(super) message: Message,
    /// The same without blocks, in case Slack rejects them.
    pub(super) plain: Message,
}

impl MessageContent {
    fn new(message: Message) -> Self {
        let plain = Message { text: message.text.clone(), blocks: Vec::new() };
        Self { message, plain }
    }

    /// SHA-256, in hexadecimal, of the intended content, even if it had to be posted without blocks.
    pub(super) fn digest(&self) -> String {
        let json = serde_json::to_vec(&self.message).unwrap_or_default();
        HEXLOWER.encode(&Sha256::digest(json))
    }
}

/// The steps that bring `thread` up to date with `trail`. No message of the thread may have an unknown outcome.
pub(super) fn plan(
    incident: &Incident,
    trail: &IncidentTrail,
    thread: &Thread,
    now: Timestamp,
    context: &SlackContext<'_>,
) -> Vec<ChatStep> {
    let mut steps: Vec<_> = root(incident, trail, thread, context).into_iter().collect();
    let first_time = thread.root.is_none() && thread.noted == 0;
    let from = if first_time { trail.first } else { thread.noted };
    let max_separate = if first_time { 1 } else { MAX_SEPARATE_NOTES };
    steps.extend(notes(incident, trail, from, max_separate, context));
    steps.extend(question_steps(incident, thread, now, context));
    steps
}

/// The posts to a chat channel that can't be read or changed: first the incident's state, then each event. Each names
/// the incident, since nothing else does.
pub(super) fn announce(
    incident: &Incident,
    trail: &IncidentTrail,
    thread: &Thread,
    now: Timestamp,
    context: &SlackContext<'_>,
) -> Vec<ChatStep> {
    let mut steps = if thread.noted == 0 {
        let mut message = thread::plain(incident, context);
        if let (Status::Suspected, Some(alert)) = (incident.status, &trail.alert) {
            message.text.push('\n');
            message.text.push_str(&mrkdwn::text(alert));
        }
        let (key, noted) = (format!("{NOTE}{}", trail.last), Some(trail.last));
        vec![ChatStep::Post(NewMessage {
            key,
            content: MessageContent::new(message),
            broadcast: false,
            noted,
        })]
    } else {
        notes(incident, trail, thread.noted, MAX_SEPARATE_NOTES, context)
    };
    let page = context.links.incident_url(&incident.path());
    let link = mrkdwn::link(&page, incident.title.as_str());
    for step in &mut steps {
        if let ChatStep::Post(NewMessage { content, .. }) = step
            && !content.plain.text.contains(&page)
        {
            let number = format!(" (#{})", incident.number);
            content.plain.text.extend(["\n", &link, &number]);
        }
    }
    steps.extend(question_steps(incident, thread, now, context));
    steps
}

/// The root message, if it has to be posted or changed.
fn root(
    incident: &Incident,
    trail: &IncidentTrail,
    thread: &Thread,
    context: &SlackContext<'_>,
) -> Option<ChatStep> {
    let message = thread::root(incident, trail.alert.as_deref(), context);
    let content = MessageContent { message, plain: thread::plain(incident, context) };
    let key = ROOT.to_owned();
    match thread.root.as_ref().and_then(|root| Some((root, root.ts.clone()?))) {
        None => Some(ChatStep::Post(NewMessage {
            key,
            content,
            broadcast: false,
            noted: Some(trail.first),
        })),
        Some((root, _)) if root.digest.as_ref() == Some(&content.digest()) => None,
        Some((root, ts)) => {
            let slack_channel = root.slack_channel.clone();
            Some(ChatStep::Change(MessageChange { key, slack_channel, ts, content, closes: false }))
        }
    }
}

/// The notes of the events after `from`; a single one if there are more than `max_separate`.
fn notes(
    incident: &Incident,
    trail: &IncidentTrail,
    from: u64,
    max_separate: usize,
    context: &SlackContext<'_>,
) -> Vec<ChatStep> {
    let new_events = trail.new_events.iter().filter(|event| event.seq > from);
    let notes_due: Vec<(&RecordedEvent, thread::ThreadNote)> = new_events
        .filter_map(|event| Some((event, thread::note(event, incident, context)?)))
        .collect();
    let note = |seq: u64, note: thread::ThreadNote| {
        ChatStep::Post(NewMessage {
            key: format!("{NOTE}{seq}"),
            content: MessageContent::new(note.message),
            broadcast: note.broadcast,
            noted: Some(seq),
        })
    };
    let last_noted = notes_due.last().map_or(from, |(event, _)| event.seq);
    let mut steps: Vec<_> = if notes_due.len() > max_separate {
        let events: Vec<_> = notes_due.into_iter().map(|(event, _)| event.clone()).collect();
        vec![note(last_noted, thread::many_notes(&events, incident, context))]
    } else {
        notes_due.into_iter().map(|(event, note_message)| note(event.seq, note_message)).collect()
    };
    if trail.last > last_noted {
        steps.push(ChatStep::Noted(trail.last));
    }
    steps
}

/// The open question if it hasn't been asked yet, and the questions that were answered.
fn question_steps(
    incident: &Incident,
    thread: &Thread,
    now: Timestamp,
    context: &SlackContext<'_>,
) -> Vec<ChatStep> {
    let open = Question::of(incident, now);
    let open = open.map(|question| (format!("{QUESTION}{}", question.key()), question));
    let is_open = |key: &str| open.as_ref().is_some_and(|(open, _)| open == key);
    let answered = thread.questions.iter().filter(|asked| !is_open(&asked.key));
    let mut steps: Vec<_> = answered
        .filter_map(|asked| {
            let key = asked.key.strip_prefix(QUESTION)?;
            Some(ChatStep::Change(MessageChange {
                key: asked.key.clone(),
                slack_channel: asked.slack_channel.clone(),
                ts: asked.ts.clone()?,
                content: MessageContent::new(thread::answered(key, incident, context)),
                closes: true,
            }))
        })
        .collect();
    if let Some((key, question)) = open.as_ref()
        && thread.questions.iter().all(|asked| asked.key != *key)
    {
        let note = thread::question(question, incident, context);
        steps.push(ChatStep::Post(NewMessage {
            key: key.clone(),
            content: MessageContent::new(note.message),
            broadcast: note.broadcast,
            noted: None,
        }));
    }
    steps
}

#[cfg(test)]
mod tests;
