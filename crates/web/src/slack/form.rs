//! Forms (Slack's modals): opened, and read when they are submitted.

use std::sync::Arc;

use candor_core::{
    Board, Command, Context, Incident, IncidentNumber, Notify, Refusal, Severity, Text, decide,
};
use candor_integrations::slack::{
    block::View,
    inbound::SubmittedView,
    modal::{self, Submission, Subscribers},
    mrkdwn,
};
use candor_store::{Answer, StoreError};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    command::Cited,
    desk::{Caller, Desk, Reply},
    tell::NOT_DONE,
};

const NO_TRIGGER: &str = "Slack gave no way to open a form. Please try again.";
const NO_MESSAGE: &str = "That message isn’t there any more, or Candor can’t read it.";
const NOT_KNOWN: &str = "Candor can’t read its log at the moment. Please try again.";

/// A form to open.
pub(super) enum Form {
    Confirm(IncidentNumber),
    Update(IncidentNumber),
    /// An update with this text, in Markdown.
    Tell(IncidentNumber, String),
    /// An update with the text of this message.
    Publish(IncidentNumber, Cited),
    Resolve(IncidentNumber),
    Postpone(IncidentNumber),
    Declare(Option<String>),
    Plan,
}

impl Desk {
    /// Opens a form for whoever asked, after their answer, if they may.
    pub(super) async fn open(
        self: &Arc<Self>,
        caller: Caller,
        form: Form,
    ) -> Result<Reply, StoreError> {
        let Some(room) = self.admit(&caller).await? else { return Ok(Reply::refused()) };
        // The form comes back from nowhere: whether its sender is in the Slack channel should be known by then.
        self.foresee(&room);
        let desk = Arc::clone(self);
        self.errands.start(async move {
            let Some(trigger) = caller.trigger_id.clone() else {
                return desk.tell(&caller, NO_TRIGGER).await;
            };
            let view = match desk.furnish(&room.team, &caller, form).await {
                Ok(view) => view,
                // Said where they clicked; in the home tab, in a modal.
                Err(why) => return desk.tell(&caller, &why).await,
            };
            if let Err(error) = desk.api.open_view(&trigger, &view).await {
                let late = Caller { trigger_id: None, ..caller };
                desk.tell(&late, &format!("The form couldn’t be opened: {error}.")).await;
            }
        });
        Ok(Reply::done())
    }

    /// Fills a form with what is known, or says why there is none.
    async fn furnish(
        self: &Arc<Self>,
        team: &str,
        caller: &Caller,
        form: Form,
    ) -> Result<View, String> {
        let unknown = |_: StoreError| NOT_KNOWN.to_owned();
        let board = self.board().map_err(unknown)?;
        if let Some(command) = self.probe(&form) {
            let actor = self.actor(team, &caller.person).await.map_err(unknown)?;
            let context = Context {
                now: Timestamp::now(),
                actor: Some(actor.clone()),
                refire: Context::USUAL_REFIRE,
            };
            if let Err(refusal) = decide(&board, command, &context) {
                return Err(self.reason(&refusal, &actor).await);
            }
        }
        let text = match &form {
            Form::Tell(_, text) => Some(text.clone()),
            Form::Publish(_, cited) => Some(self.cite(cited).await?),
            Form::Confirm(_)
            | Form::Update(_)
            | Form::Resolve(_)
            | Form::Postpone(_)
            | Form::Declare(_)
            | Form::Plan => None,
        };
        let (subscribers, names) = futures::join!(self.subscribers(), self.names_now(&board));
        let subscribers = subscribers.map_err(unknown)?;
        let incident = |number: &IncidentNumber| {
            let gone = Refusal::NoSuchIncident(*number);
            board.incident(*number).ok_or_else(|| format!("That can’t be done: {gone}."))
        };
        let reached =
            |incident: &Incident| subscribers.reaches(Some(incident.number), incident.severity);
        self.worded(&board, &names, |context| {
            Ok(match &form {
                Form::Confirm(number) => {
                    modal::confirm(incident(number)?, reached(incident(number)?), context)
                }
                Form::Update(number) | Form::Tell(number, _) | Form::Publish(number, _) => {
                    modal::update(incident(number)?, text.as_deref(), context)
                }
                Form::Resolve(number) => {
                    modal::resolve(incident(number)?, reached(incident(number)?), context)
                }
                Form::Postpone(number) => {
                    modal::postpone(incident(number)?, reached(incident(number)?), context)
                }
                Form::Declare(title) => modal::declare(title.as_deref(), context),
                Form::Plan => {
                    modal::plan(subscribers.reaches(None, Severity::Maintenance), context)
                }
            })
        })
    }

    /// A command that would be refused for the same reason as whatever the form gives: nobody should fill in a form in
    /// vain.
    fn probe(&self, form: &Form) -> Option<Command> {
        let notify = Notify::No;
        match form {
            Form::Confirm(incident) => Some(self.confirm(*incident)),
            Form::Resolve(incident) => {
                Some(Command::Resolve { incident: *incident, ended_at: None, text: None, notify })
            }
            Form::Update(incident) | Form::Tell(incident, _) | Form::Publish(incident, _) => {
                let text = Text::parse("…").ok()?;
                Some(Command::PostUpdate { incident: *incident, text, status: None, notify })
            }
            Form::Postpone(_) | Form::Declare(_) | Form::Plan => None,
        }
    }

    /// What a message says, in Markdown.
    async fn cite(&self, cited: &Cited) -> Result<String, String> {
        let Cited { channel, ts, thread_ts } = cited;
        match self.api.message(channel, ts, thread_ts.as_deref()).await {
            Ok(Some(message)) => Ok(mrkdwn::to_markdown(&message.text)),
            Ok(None) => Err(NO_MESSAGE.to_owned()),
            Err(error) => Err(format!("The message can’t be read: {error}.")),
        }
    }

    /// Somebody submitted a form. What is wrong with it is said in the answer itself.
    pub(super) async fn submitted(
        self: &Arc<Self>,
        caller: Caller,
        key: String,
        view: &SubmittedView,
    ) -> Result<Reply, StoreError> {
        let room = match self.may_act(&caller).await? {
            Ok(room) => room,
            Err(why) => return Ok(Reply::refused().with(instead(&modal::sentence(NOT_DONE, why)))),
        };
        let done = json!({ "response_action": "clear" });
        if self.heard.knows(&key) {
            // On the board as it is now it might look like something else.
            return Ok(Reply::duplicate().with(done));
        }
        let board = self.board()?;
        let command = match self.read(&board, view).await? {
            Submission::Command(command) => *command,
            Submission::Errors(errors) => {
                let errors = json!({ "response_action": "errors", "errors": errors });
                return Ok(Reply::refused().with(errors));
            }
            Submission::Preview(view) => return Ok(Reply::done().with(instead(&view))),
            Submission::Lost(why) => {
                return Ok(Reply::refused().with(instead(&modal::sentence(NOT_DONE, &why))));
            }
        };
        let actor = self.actor(&room.team, &caller.person).await?;
        Ok(match self.order(command, actor.clone(), key.clone()).await? {
            Answer::Appended(_) => {
                self.heard.keep(key);
                Reply::done().with(done)
            }
            Answer::Duplicate { .. } | Answer::Conflict { .. } => Reply::duplicate().with(done),
            Answer::Refused(refusal) => {
                let why = self.reason(&refusal, &actor).await;
                Reply::refused().with(instead(&modal::sentence(NOT_DONE, &why)))
            }
        })
    }

    async fn subscribers(&self) -> Result<Subscribers, StoreError> {
        let (all, now) = futures::join!(self.store.audience(), self.store.audience_now());
        Ok(Subscribers { all: all?, now: now? })
    }

    async fn read(&self, board: &Board, view: &SubmittedView) -> Result<Submission, StoreError> {
        let (subscribers, names) = futures::join!(self.subscribers(), self.names_now(board));
        let subscribers = subscribers?;
        Ok(self.worded(board, &names, |context| {
            modal::read(view, board, &subscribers, Timestamp::now(), context)
        }))
    }
}

/// Shows this in place of the form.
fn instead(view: &View) -> Value {
    json!({ "response_action": "update", "view": view })
}
