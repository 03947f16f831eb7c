//! Buttons. What one click can do is done at once; what needs more opens a form.

use std::sync::Arc;

use candor_core::{Command, IncidentNumber, Notify};
use candor_integrations::slack::{action::Action, inbound::ClickedAction, words};
use candor_store::{Answer, StoreError};

use super::{
    SOURCE,
    command::Cited,
    desk::{Caller, Desk, Reply},
    form::Form,
};

const NOT_NOW: &str = "All right: nothing was posted.";

/// What a button asks for.
enum Wish {
    /// At once.
    Order(Command),
    /// A form first.
    Open(Form),
    /// An offer is turned down.
    Decline,
    /// Nothing from us.
    Nothing,
}

impl Desk {
    /// Somebody pressed something.
    pub(super) async fn clicked(
        self: &Arc<Self>,
        caller: Caller,
        key: String,
        actions: &[ClickedAction],
    ) -> Result<Reply, StoreError> {
        let read = |one: &ClickedAction| Action::read(&one.action_id, one.value.as_deref());
        let Some(action) = actions.iter().find_map(read) else {
            tracing::info!(source = SOURCE, "a button that isn't ours, or is from another time");
            return Ok(Reply::done());
        };
        match self.wish(action) {
            Wish::Order(command) => self.click(caller, key, command).await,
            Wish::Open(form) => self.open(caller, form).await,
            Wish::Decline => {
                self.say(caller, NOT_NOW);
                Ok(Reply::done())
            }
            Wish::Nothing => Ok(Reply::done()),
        }
    }

    /// Does what a button says, if this person may.
    async fn click(
        self: &Arc<Self>,
        caller: Caller,
        key: String,
        command: Command,
    ) -> Result<Reply, StoreError> {
        let Some(room) = self.admit(&caller).await? else { return Ok(Reply::refused()) };
        let actor = self.actor(&room.team, &caller.person).await?;
        Ok(match self.order(command, actor.clone(), key).await? {
            Answer::Appended(events) => {
                self.show(caller, events.last().map_or(0, |event| event.seq));
                Reply::done()
            }
            Answer::Duplicate { .. } | Answer::Conflict { .. } => Reply::duplicate(),
            Answer::Refused(refusal) => {
                if caller.from_home {
                    // What they pressed was from another time.
                    self.publish_home(caller.person.id.clone(), 0);
                }
                self.explain(caller, refusal, actor);
                Reply::refused()
            }
        })
    }

    /// Shows what has changed to a person who doesn't look at the incident's own message.
    fn show(self: &Arc<Self>, caller: Caller, seq: u64) {
        if caller.from_home {
            self.publish_home(caller.person.id, seq);
        } else if caller.is_ephemeral {
            let desk = Arc::clone(self);
            self.errands.start(async move {
                let Some(board) = desk.board_at(seq).await else { return };
                let names = desk.names_now(&board).await;
                let now = desk.worded(&board, &names, |context| words::status(&board, context));
                desk.tell_here(&caller, &now).await;
            });
        }
    }

    fn wish(&self, action: Action) -> Wish {
        let (text, notify) = (None, Notify::Usual);
        match action {
            Action::Confirm(incident) => Wish::Order(self.confirm(incident)),
            Action::Dismiss(incident) => Wish::Order(Command::Dismiss { incident, text }),
            Action::ItWasReal(incident) => {
                Wish::Order(Command::ConfirmAfterwards { incident, text, notify })
            }
            Action::Start(incident) => {
                Wish::Order(Command::StartMaintenance { incident, text, notify })
            }
            Action::End(incident) => {
                Wish::Order(Command::EndMaintenance { incident, text, notify })
            }
            Action::Cancel(incident) => {
                Wish::Order(Command::CancelMaintenance { incident, text, notify })
            }
            Action::ConfirmWithDetails(incident) => Wish::Open(Form::Confirm(incident)),
            Action::Update(incident) => Wish::Open(Form::Update(incident)),
            Action::Resolve(incident) => Wish::Open(Form::Resolve(incident)),
            Action::Postpone(incident) => Wish::Open(Form::Postpone(incident)),
            Action::Declare => Wish::Open(Form::Declare(None)),
            Action::Plan => Wish::Open(Form::Plan),
            Action::Publish { incident, channel, ts, thread_ts } => {
                Wish::Open(Form::Publish(incident, Cited { channel, ts, thread_ts }))
            }
            Action::NotNow => Wish::Decline,
            Action::Link | Action::Changed => Wish::Nothing,
        }
    }

    /// The command that confirms, by one person or by two.
    pub(super) fn confirm(&self, incident: IncidentNumber) -> Command {
        let (severity, title, text, notify) = (None, None, None, Notify::Usual);
        if self.settings.two_people {
            Command::ConfirmByTwo { incident, severity, title, text, notify }
        } else {
            Command::Confirm { incident, severity, title, text, notify }
        }
    }
}
