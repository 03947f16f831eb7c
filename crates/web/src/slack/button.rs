//! Buttons: some act at once, others open a form.

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

/// What a button does.
enum ButtonAction {
    /// Executes a command.
    Execute(Command),
    /// Opens a form.
    Open(ModalForm),
    /// Declines an offer.
    Decline,
    /// Does nothing on our side.
    Nothing,
}

impl SlackHandler {
    /// Handles the click of a button.
    pub(super) async fn on_action(
        self: &Arc<Self>,
        caller: SlackCaller,
        key: String,
        actions: &[ClickedAction],
    ) -> Result<SlackReply, StoreError> {
        let read = |one: &ClickedAction| Action::read(&one.action_id, one.value.as_deref());
        let Some(action) = actions.iter().find_map(read) else {
            tracing::info!(source = SOURCE, "unknown or outdated button");
            return Ok(SlackReply::done());
        };
        match self.button_action(action) {
            ButtonAction::Execute(command) => self.execute_button(caller, key, command).await,
            ButtonAction::Open(form) => self.open(caller, form).await,
            ButtonAction::Decline => {
                self.reply_later(caller, self.language().say("slack-not-posted"));
                Ok(SlackReply::done())
            }
            ButtonAction::Nothing => Ok(SlackReply::done()),
        }
    }

    /// Executes a button's command, if this person may act.
    async fn execute_button(
        self: &Arc<Self>,
        caller: SlackCaller,
        key: String,
        command: Command,
    ) -> Result<SlackReply, StoreError> {
        let Some(channel) = self.authorize_or_reply(&caller).await? else {
            return Ok(SlackReply::refused());
        };
        let actor = self.actor(&channel.team, &caller.person).await?;
        Ok(match self.execute(command, actor.clone(), key).await? {
            AppendOutcome::Appended(events) => {
                self.show(caller, events.last().map_or(0, |event| event.seq));
                SlackReply::done()
            }
            AppendOutcome::Duplicate { .. } | AppendOutcome::Conflict { .. } => {
                SlackReply::duplicate()
            }
            AppendOutcome::Refused(refusal) => {
                if caller.from_home {
                    // The button they pressed was outdated.
                    self.publish_home(caller.person.id.clone(), 0);
                }
                self.explain_refusal(caller, refusal, actor);
                SlackReply::refused()
            }
        })
    }

    /// Shows the change to a person who doesn't look at the incident's own message.
    fn show(self: &Arc<Self>, caller: SlackCaller, seq: u64) {
        if caller.from_home {
            self.publish_home(caller.person.id, seq);
        } else if caller.is_ephemeral {
            let handler = Arc::clone(self);
            self.tasks.start(async move {
                let Some(board) = handler.board_at(seq).await else { return };
                let names = handler.current_names(&board).await;
                let now =
                    handler.with_context(&board, &names, |context| words::status(&board, context));
                handler.reply_in_place(&caller, &now).await;
            });
        }
    }

    fn button_action(&self, action: Action) -> ButtonAction {
        let (text, notify) = (None, Notify::Default);
        match action {
            Action::Confirm(incident) => ButtonAction::Execute(self.confirm(incident)),
            Action::Dismiss(incident) => {
                ButtonAction::Execute(IncidentAction::Dismiss { text }.on(incident))
            }
            Action::ItWasReal(incident) => ButtonAction::Execute(
                IncidentAction::ConfirmAfterwards { text, notify }.on(incident),
            ),
            Action::Start(incident) => ButtonAction::Execute(
                IncidentAction::StartMaintenance { text, notify }.on(incident),
            ),
            Action::End(incident) => {
                ButtonAction::Execute(IncidentAction::EndMaintenance { text, notify }.on(incident))
            }
            Action::Cancel(incident) => ButtonAction::Execute(
                IncidentAction::CancelMaintenance { text, notify }.on(incident),
            ),
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
