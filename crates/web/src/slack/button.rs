//! Buttons. What one click can do is done at once; what needs more opens a form.

use std::sync::Arc;

use candor_core::{Command, IncidentAction, IncidentNumber, Notify};
use candor_integrations::slack::{action::Action, inbound::ClickedAction, words};
use candor_store::{AppendOutcome, StoreError};

use super::{
    SOURCE,
    command::QuotedMessage,
    form::ModalForm,
    handler::{SlackCaller, SlackHandler, SlackReply},
};

/// What a button asks for.
enum ButtonAction {
    /// At once.
    Order(Command),
    /// A form first.
    Open(ModalForm),
    /// An offer is turned down.
    Decline,
    /// Nothing from us.
    Nothing,
}

impl SlackHandler {
    /// Somebody pressed something.
    pub(super) async fn clicked(
        self: &Arc<Self>,
        caller: SlackCaller,
        key: String,
        actions: &[ClickedAction],
    ) -> Result<SlackReply, StoreError> {
        let read = |one: &ClickedAction| Action::read(&one.action_id, one.value.as_deref());
        let Some(action) = actions.iter().find_map(read) else {
            tracing::info!(source = SOURCE, "a button that isn't ours, or is from another time");
            return Ok(SlackReply::done());
        };
        match self.wish(action) {
            ButtonAction::Order(command) => self.click(caller, key, command).await,
            ButtonAction::Open(form) => self.open(caller, form).await,
            ButtonAction::Decline => {
                self.say(caller, self.language().say("slack-not-posted"));
                Ok(SlackReply::done())
            }
            ButtonAction::Nothing => Ok(SlackReply::done()),
        }
    }

    /// Does what a button says, if this person may.
    async fn click(
        self: &Arc<Self>,
        caller: SlackCaller,
        key: String,
        command: Command,
    ) -> Result<SlackReply, StoreError> {
        let Some(room) = self.admit(&caller).await? else { return Ok(SlackReply::refused()) };
        let actor = self.actor(&room.team, &caller.person).await?;
        Ok(match self.order(command, actor.clone(), key).await? {
            AppendOutcome::Appended(events) => {
                self.show(caller, events.last().map_or(0, |event| event.seq));
                SlackReply::done()
            }
            AppendOutcome::Duplicate { .. } | AppendOutcome::Conflict { .. } => {
                SlackReply::duplicate()
            }
            AppendOutcome::Refused(refusal) => {
                if caller.from_home {
                    // What they pressed was from another time.
                    self.publish_home(caller.person.id.clone(), 0);
                }
                self.explain(caller, refusal, actor);
                SlackReply::refused()
            }
        })
    }

    /// Shows what has changed to a person who doesn't look at the incident's own message.
    fn show(self: &Arc<Self>, caller: SlackCaller, seq: u64) {
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

    fn wish(&self, action: Action) -> ButtonAction {
        let (text, notify) = (None, Notify::Default);
        match action {
            Action::Confirm(incident) => ButtonAction::Order(self.confirm(incident)),
            Action::Dismiss(incident) => {
                ButtonAction::Order(IncidentAction::Dismiss { text }.on(incident))
            }
            Action::ItWasReal(incident) => {
                ButtonAction::Order(IncidentAction::ConfirmAfterwards { text, notify }.on(incident))
            }
            Action::Start(incident) => {
                ButtonAction::Order(IncidentAction::StartMaintenance { text, notify }.on(incident))
            }
            Action::End(incident) => {
                ButtonAction::Order(IncidentAction::EndMaintenance { text, notify }.on(incident))
            }
            Action::Cancel(incident) => {
                ButtonAction::Order(IncidentAction::CancelMaintenance { text, notify }.on(incident))
            }
            Action::ConfirmWithDetails(incident) => {
                ButtonAction::Open(ModalForm::Confirm(incident))
            }
            Action::Update(incident) => ButtonAction::Open(ModalForm::Update(incident)),
            Action::Resolve(incident) => ButtonAction::Open(ModalForm::Resolve(incident)),
            Action::Postpone(incident) => ButtonAction::Open(ModalForm::Postpone(incident)),
            Action::Declare => ButtonAction::Open(ModalForm::Declare(None)),
            Action::Plan => ButtonAction::Open(ModalForm::Plan),
            Action::Publish { incident, channel, ts, thread_ts } => ButtonAction::Open(
                ModalForm::Publish(incident, QuotedMessage { channel, ts, thread_ts }),
            ),
            Action::NotNow => ButtonAction::Decline,
            Action::Link | Action::Changed => ButtonAction::Nothing,
        }
    }

    /// The command that confirms, by one person or by two.
    pub(super) fn confirm(&self, incident: IncidentNumber) -> Command {
        let (severity, title, text, notify) = (None, None, None, Notify::Default);
        if self.settings.two_people {
            IncidentAction::ConfirmByTwo { severity, title, text, notify }.on(incident)
        } else {
            IncidentAction::Confirm { severity, title, text, notify }.on(incident)
        }
    }
}
