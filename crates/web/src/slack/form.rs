//! Forms (Slack's modals): opens them, and handles their submission.

use std::sync::Arc;

use candor_core::{
    Board, Command, CommandContext, Incident, IncidentAction, IncidentNumber, Notify, Severity,
    Text, decide,
};
use candor_integrations::slack::{
    block::SlackView,
    inbound::SubmittedView,
    modal::{self, Submission, Subscribers},
    mrkdwn,
};
use candor_store::{AppendOutcome, StoreError};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    access::AccessError,
    command::QuotedMessage,
    handler::{SlackCaller, SlackHandler, SlackReply},
};

/// A form to open.
pub(super) enum ModalForm {
    Confirm(IncidentNumber),
    Update(IncidentNumber),
    /// An update with this text, in Markdown.
    Tell(IncidentNumber, String),
    /// An update with the text of this message.
    Publish(IncidentNumber, QuotedMessage),
    Resolve(IncidentNumber),
    Postpone(IncidentNumber),
    Declare(Option<String>),
    Plan,
}

impl SlackHandler {
    /// Opens a form for this person, after their request was answered, if they may act.
    pub(super) async fn open(
        self: &Arc<Self>,
        caller: SlackCaller,
        form: ModalForm,
    ) -> Result<SlackReply, StoreError> {
        let Some(channel) = self.authorize_or_reply(&caller).await? else {
            return Ok(SlackReply::refused());
        };
        // A submitted form names no channel, so its sender's membership should be known by then.
        self.prefetch_members(&channel);
        let handler = Arc::clone(self);
        self.tasks.start(async move {
            let Some(trigger) = caller.trigger_id.clone() else {
                let sentence = handler.language().say("slack-no-trigger");
                return handler.reply(&caller, &sentence).await;
            };
            let view = match handler.build_view(&channel.team, &caller, form).await {
                Ok(view) => view,
                // Replies where they clicked; in the home tab, as a modal.
                Err(why) => return handler.reply(&caller, &why).await,
            };
            if let Err(error) = handler.api.open_view(&trigger, &view).await {
                let late = SlackCaller { trigger_id: None, ..caller };
                let error = error.to_string();
                let values = [("error", (&error).into())];
                let sentence = handler.language().say_with("slack-form-failed", &values);
                handler.reply(&late, &sentence).await;
            }
        });
        Ok(SlackReply::done())
    }

    /// Fills a form with the present values, or says why there is none.
    async fn build_view(
        self: &Arc<Self>,
        team: &str,
        caller: &SlackCaller,
        form: ModalForm,
    ) -> Result<SlackView, String> {
        let unknown = |_: StoreError| self.language().say("slack-log-unreadable");
        let board = self.board().map_err(unknown)?;
        if let Some(command) = self.probe_command(&form) {
            let actor = self.actor(team, &caller.person).await.map_err(unknown)?;
            let context = CommandContext {
                now: Timestamp::now(),
                actor: Some(actor.clone()),
                refire: CommandContext::DEFAULT_REFIRE,
            };
            if let Err(refusal) = decide(&board, command, &context) {
                return Err(self.refusal_text(&refusal, &actor).await);
            }
        }
        let text = match &form {
            ModalForm::Tell(_, text) => Some(text.clone()),
            ModalForm::Publish(_, quoted) => Some(self.quote(quoted).await?),
            ModalForm::Confirm(_)
            | ModalForm::Update(_)
            | ModalForm::Resolve(_)
            | ModalForm::Postpone(_)
            | ModalForm::Declare(_)
            | ModalForm::Plan => None,
        };
        let (subscribers, names) = futures::join!(self.subscribers(), self.current_names(&board));
        let subscribers = subscribers.map_err(unknown)?;
        let incident = |number: &IncidentNumber| {
            board.incident(*number).ok_or_else(|| {
                let number = number.to_string();
                let values = [("number", (&number).into())];
                self.language().say_with("refused-no-incident", &values)
            })
        };
        let reached =
            |incident: &Incident| subscribers.reaches(Some(incident.number), incident.severity);
        self.with_context(&board, &names, |context| {
            Ok(match &form {
                ModalForm::Confirm(number) => {
                    modal::confirm(incident(number)?, reached(incident(number)?), context)
                }
                ModalForm::Update(number)
                | ModalForm::Tell(number, _)
                | ModalForm::Publish(number, _) => {
                    modal::update(incident(number)?, text.as_deref(), context)
                }
                ModalForm::Resolve(number) => {
                    modal::resolve(incident(number)?, reached(incident(number)?), context)
                }
                ModalForm::Postpone(number) => {
                    modal::postpone(incident(number)?, reached(incident(number)?), context)
                }
                ModalForm::Declare(title) => modal::declare(title.as_deref(), context),
                ModalForm::Plan => {
                    modal::plan(subscribers.reaches(None, Severity::Maintenance), context)
                }
            })
        })
    }

    /// A command that would be refused for the same reason as any content of the form, so that nobody fills in a form
    /// in vain.
    fn probe_command(&self, form: &ModalForm) -> Option<Command> {
        let notify = Notify::No;
        match form {
            ModalForm::Confirm(incident) => Some(self.confirm(*incident)),
            ModalForm::Resolve(incident) => {
                Some(IncidentAction::Resolve { ended_at: None, text: None, notify }.on(*incident))
            }
            ModalForm::Update(incident)
            | ModalForm::Tell(incident, _)
            | ModalForm::Publish(incident, _) => {
                let text = Text::parse("…").ok()?;
                Some(IncidentAction::PostUpdate { text, status: None, notify }.on(*incident))
            }
            ModalForm::Postpone(_) | ModalForm::Declare(_) | ModalForm::Plan => None,
        }
    }

    /// The text of a message, in Markdown.
    async fn quote(&self, quoted: &QuotedMessage) -> Result<String, String> {
        let QuotedMessage { channel, ts, thread_ts } = quoted;
        match self.api.message(channel, ts, thread_ts.as_deref()).await {
            Ok(Some(message)) => Ok(mrkdwn::to_markdown(&message.text)),
            Ok(None) => Err(self.language().say("slack-message-gone")),
            Err(error) => {
                let error = error.to_string();
                let values = [("error", (&error).into())];
                Err(self.language().say_with("slack-message-unreadable", &values))
            }
        }
    }

    /// Handles a submitted form. Its errors are in the answer itself.
    pub(super) async fn on_submission(
        self: &Arc<Self>,
        caller: SlackCaller,
        key: String,
        view: &SubmittedView,
    ) -> Result<SlackReply, StoreError> {
        let channel = match self.authorize(&caller).await {
            Ok(channel) => channel,
            Err(AccessError::Denied(why)) => {
                return Ok(self.not_done(&self.language().say(why)));
            }
            Err(AccessError::Store(error)) => return Err(error),
        };
        let done = json!({ "response_action": "clear" });
        if self.handled.contains(&key) {
            // The present board might lead to another answer.
            return Ok(SlackReply::duplicate().with(done));
        }
        let board = self.board()?;
        let command = match self.read(&board, view).await? {
            Submission::Command(command) => *command,
            Submission::Errors(errors) => {
                let errors = json!({ "response_action": "errors", "errors": errors });
                return Ok(SlackReply::refused().with(errors));
            }
            Submission::Preview(view) => return Ok(SlackReply::done().with(replace_view(&view))),
            Submission::Lost(why) => return Ok(self.not_done(&why)),
        };
        let actor = self.actor(&channel.team, &caller.person).await?;
        Ok(match self.execute(command, actor.clone(), key.clone()).await? {
            AppendOutcome::Appended(_) => {
                self.handled.insert(key);
                SlackReply::done().with(done)
            }
            AppendOutcome::Duplicate { .. } | AppendOutcome::Conflict { .. } => {
                SlackReply::duplicate().with(done)
            }
            AppendOutcome::Refused(refusal) => {
                self.not_done(&self.refusal_text(&refusal, &actor).await)
            }
        })
    }

    /// Replaces the form by the reason why nothing was done.
    fn not_done(&self, why: &str) -> SlackReply {
        SlackReply::refused().with(replace_view(&self.why_not_done(why)))
    }

    async fn subscribers(&self) -> Result<Subscribers, StoreError> {
        let (all, now) = futures::join!(self.store.audience(), self.store.audience_now());
        Ok(Subscribers { all: all?, now: now? })
    }

    async fn read(&self, board: &Board, view: &SubmittedView) -> Result<Submission, StoreError> {
        let (subscribers, names) = futures::join!(self.subscribers(), self.current_names(board));
        let subscribers = subscribers?;
        Ok(self.with_context(board, &names, |context| {
            modal::read(view, board, &subscribers, Timestamp::now(), context)
        }))
    }
}

/// An answer that replaces the form.
fn replace_view(view: &SlackView) -> Value {
    json!({ "response_action": "update", "view": view })
}
