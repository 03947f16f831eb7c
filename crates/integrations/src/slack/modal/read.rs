//! Reads a submission: one command, or errors beside the fields that they are about.
//!
//! Everything is checked before Slack gets its answer, by the domain's own rules and on the board as it is now.

use candor_core::{
    Board, Command, Declaration, Incident, IncidentAction, IncidentNumber, MaintenancePlan, Notify,
    Refusal, Revision, Status, Summary, Window,
};
use jiff::Timestamp;

use super::{
    Submission, Subscribers, about,
    form::{self, END, ModalAnswers, START, STARTED, STATUS, SUMMARY, TEXT, TITLE},
    metadata::{FormerState, ModalKind, ModalMetadata, digest},
    preview::{self, ModalDraft},
};
use crate::slack::{
    block::Block,
    inbound::SubmittedView,
    words::{self, SlackContext},
};

/// Reads a submission, as of `now`; `subscribers` says how many would be notified.
#[must_use]
pub fn read(
    view: &SubmittedView,
    board: &Board,
    subscribers: &Subscribers,
    now: Timestamp,
    context: &SlackContext<'_>,
) -> Submission {
    let lost = || Submission::Lost(context.say("slack-form-outdated"));
    let Some(memo) = ModalMetadata::open(&view.private_metadata, &view.callback_id, context) else {
        return lost();
    };
    let reader = ModalReader { memo: &memo, board, subscribers, now, context };
    let answers = ModalAnswers::new(&view.values, context);
    match memo.form {
        ModalKind::Declare => reader.declare(answers),
        ModalKind::Plan => reader.plan(answers),
        ModalKind::Confirm | ModalKind::Update | ModalKind::Resolve | ModalKind::Postpone => {
            let Some((number, was)) = memo.incident.zip(memo.was.as_ref()) else { return lost() };
            let Some(incident) = board.incident(number) else {
                return Submission::Lost(words::plainly(
                    &Refusal::NoSuchIncident(number),
                    board,
                    context,
                ));
            };
            match memo.form {
                ModalKind::Confirm => reader.confirm(answers, number),
                ModalKind::Resolve => reader.resolve(answers, number),
                ModalKind::Postpone => reader.postpone(answers, incident, was),
                ModalKind::Update | ModalKind::Declare | ModalKind::Plan => {
                    reader.update(answers, incident, was)
                }
            }
        }
    }
}

struct ModalReader<'a> {
    memo: &'a ModalMetadata,
    board: &'a Board,
    subscribers: &'a Subscribers,
    now: Timestamp,
    context: &'a SlackContext<'a>,
}

impl ModalReader<'_> {
    fn confirm(&self, mut answers: ModalAnswers<'_>, incident: IncidentNumber) -> Submission {
        let severity = answers.severity();
        let title = answers.title();
        let text = answers.text(TEXT);
        let notify = Notify::Default;
        let command = if self.context.two_people {
            IncidentAction::ConfirmByTwo { severity, title, text, notify }.on(incident)
        } else {
            IncidentAction::Confirm { severity, title, text, notify }.on(incident)
        };
        self.at_once(answers, command)
    }

    fn resolve(&self, mut answers: ModalAnswers<'_>, incident: IncidentNumber) -> Submission {
        let text = answers.text(TEXT);
        let command =
            IncidentAction::Resolve { ended_at: None, text, notify: Notify::Default }.on(incident);
        self.at_once(answers, command)
    }

    fn plan(&self, mut answers: ModalAnswers<'_>) -> Submission {
        let title = answers.title();
        let starts_at = answers.time(START);
        let ends_at = answers.time(END);
        let text = answers.text(TEXT);
        let (Some(title), Some(starts_at), Some(ends_at)) = (title, starts_at, ends_at) else {
            return Submission::Errors(answers.errors);
        };
        let command = Command::PlanMaintenance(MaintenancePlan {
            title,
            window: Window { starts_at, ends_at },
            text,
            auto_start: answers.ticked(form::AUTO, form::AUTO_START),
            auto_end: answers.ticked(form::AUTO, form::AUTO_END),
            silent: false,
        });
        self.at_once(answers, command)
    }

    fn postpone(
        &self,
        mut answers: ModalAnswers<'_>,
        incident: &Incident,
        was: &FormerState,
    ) -> Submission {
        if was.status == Status::Planned && incident.status != Status::Planned {
            // It has started since, or was canceled: the chosen start has no effect.
            return self.refused(answers, &incident.already());
        }
        let starts_at = match incident.window {
            Some(window) if incident.status != Status::Planned => Some(window.starts_at),
            _ => answers.time(START),
        };
        let ends_at = answers.time(END);
        let text = answers.text(TEXT);
        let (Some(starts_at), Some(ends_at)) = (starts_at, ends_at) else {
            return Submission::Errors(answers.errors);
        };
        let command = IncidentAction::RescheduleMaintenance {
            window: Window { starts_at, ends_at },
            text,
            notify: Notify::Default,
        }
        .on(incident.number);
        self.at_once(answers, command)
    }

    fn declare(&self, mut answers: ModalAnswers<'_>) -> Submission {
        let title = answers.title();
        let severity = answers.severity();
        let status = answers.status();
        if severity.is_none() {
            answers.choose_one(form::SEVERITY);
        }
        if status.is_none() {
            answers.choose_one(STATUS);
        }
        let text = answers.text(TEXT);
        let started_at = answers.time_if_any(STARTED);
        let takes_alerts = answers.ticked(form::ALERTS, form::TAKES_ALERTS);
        let (Some(title), Some(severity), Some(status)) = (title, severity, status) else {
            return Submission::Errors(answers.errors);
        };
        let fields = form::Declare {
            title: Some(title.as_str().to_owned()),
            severity,
            status,
            started_at,
            text: answers.raw(TEXT),
            takes_alerts,
        };
        let declaration = Declaration {
            title,
            status,
            severity,
            started_at,
            ended_at: None,
            summary: None,
            text,
            silent: false,
            takes_alerts,
        };
        self.in_two_steps(
            answers,
            &ModalDraft::Declaration(declaration),
            fields.inputs(self.context),
        )
    }

    fn update(
        &self,
        mut answers: ModalAnswers<'_>,
        incident: &Incident,
        was: &FormerState,
    ) -> Submission {
        if incident.status.is_over() && !was.status.is_over() {
            return self.refused(answers, &incident.already());
        }
        let chosen = answers.status();
        let severity = answers.severity();
        if severity.is_some_and(|severity| !form::is_choosable(severity, incident.severity)) {
            answers.choose_one(form::SEVERITY);
        }
        let (title, summary) = (answers.raw(TITLE), answers.raw(SUMMARY));
        let is_as_it_was = |raw: Option<&str>, was: &str| digest(raw.unwrap_or("").trim()) == was;
        let new_title = match is_as_it_was(title.as_deref(), &was.title) {
            true => None,
            false => answers.title(),
        };
        let new_summary = match (&summary, is_as_it_was(summary.as_deref(), &was.summary)) {
            (_, true) => None,
            (None, false) => Some(Summary::Removed),
            (Some(_), false) => answers.text(SUMMARY).map(Summary::Set),
        };
        let text = answers.text(TEXT);
        // Somebody else has done it in the meantime.
        let status = chosen
            .filter(|chosen| *chosen != was.status && *chosen != incident.status)
            .filter(|_| form::can_turn(incident));
        let fields = form::UpdateFields {
            status: chosen.or(Some(incident.status)),
            severity: severity.unwrap_or(incident.severity),
            title: title.unwrap_or_default(),
            summary,
            text: answers.raw(TEXT),
        };
        let revision = Revision {
            severity: severity.filter(|severity| *severity != was.severity),
            title: new_title,
            summary: new_summary,
            text,
            status,
        };
        let draft = ModalDraft::Revision(incident.number, revision);
        self.in_two_steps(answers, &draft, fields.inputs(incident, self.context))
    }

    /// A form that does what it says when it is submitted.
    fn at_once(&self, answers: ModalAnswers<'_>, command: Command) -> Submission {
        if !answers.errors.is_empty() {
            return Submission::Errors(answers.errors);
        }
        match preview::check(self.board, command.clone(), self.now) {
            Ok(_) => Submission::Command(Box::new(command)),
            Err(refusal) => self.refused(answers, &refusal),
        }
    }

    /// A form that comes back with a preview until its outcome is the one that was seen.
    fn in_two_steps(
        &self,
        answers: ModalAnswers<'_>,
        draft: &ModalDraft,
        inputs: Vec<Block>,
    ) -> Submission {
        if !answers.errors.is_empty() {
            return Submission::Errors(answers.errors);
        }
        let outcome = match draft.outcome(self.board, self.now) {
            Ok(outcome) => outcome,
            Err(refusal) => return self.refused(answers, &refusal),
        };
        let (seen, told) = (outcome.digest(draft), outcome.notified);
        if self.memo.previewed.as_ref() == Some(&seen) {
            let ticked = told.block().is_some_and(|block| answers.ticked(block, preview::TICK));
            return Submission::Command(Box::new(draft.command(told.notify(ticked))));
        }
        let Some(after) = outcome.incident else {
            return Submission::Lost(self.context.say("slack-form-outdated"));
        };
        let mut blocks = Vec::new();
        if let Some(incident) = self.memo.incident.and_then(|number| self.board.incident(number)) {
            blocks.push(about(incident, self.context));
        }
        let reached = self.subscribers.reaches(Some(after.number), after.severity);
        blocks.extend(preview::blocks(&after, draft.text(), told, reached, self.context));
        blocks.extend(inputs);
        let memo = ModalMetadata { previewed: Some(seen), ..self.memo.clone() };
        let title = match self.memo.form {
            ModalKind::Declare => "slack-button-declare",
            ModalKind::Update
            | ModalKind::Confirm
            | ModalKind::Resolve
            | ModalKind::Plan
            | ModalKind::Postpone => "slack-button-update",
        };
        Submission::Preview(Box::new(super::modal(
            self.memo.form,
            [title, "slack-form-publish"],
            memo,
            self.context,
            blocks,
        )))
    }

    /// Says why not, beside the field that it is about.
    fn refused(&self, mut answers: ModalAnswers<'_>, refusal: &Refusal) -> Submission {
        let form = self.memo.form;
        let first = match form {
            ModalKind::Confirm | ModalKind::Update | ModalKind::Resolve => TEXT,
            ModalKind::Declare | ModalKind::Plan => TITLE,
            ModalKind::Postpone => END,
        };
        let is_about_times = matches!(
            refusal,
            Refusal::EndsBeforeItBegins | Refusal::WindowIsOver | Refusal::InTheFuture
        );
        let block = match form {
            ModalKind::Plan if is_about_times => END,
            ModalKind::Declare if is_about_times => STARTED,
            ModalKind::Declare
                if matches!(refusal, Refusal::NotDeclarable(_) | Refusal::HasNoEnd(_)) =>
            {
                STATUS
            }
            ModalKind::Confirm
            | ModalKind::Update
            | ModalKind::Resolve
            | ModalKind::Declare
            | ModalKind::Plan
            | ModalKind::Postpone => first,
        };
        let sentence = match (refusal, form) {
            (Refusal::NothingToChange, ModalKind::Update) => self.context.say("slack-no-change"),
            (Refusal::NothingToChange, ModalKind::Postpone) => self.context.say("slack-same-time"),
            (refusal, _) => words::plainly(refusal, self.board, self.context),
        };
        answers.wrong(block, sentence);
        Submission::Errors(answers.errors)
    }
}
