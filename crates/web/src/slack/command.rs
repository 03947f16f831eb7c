//! The slash command `/candor`, and shortcuts.

use std::sync::Arc;

use candor_core::{Board, IncidentNumber};
use candor_integrations::slack::{
    SlackContext,
    block::Message,
    inbound::SlashCommand,
    mrkdwn,
    slash::{self, Slash},
    words,
};
use candor_store::StoreError;
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    SOURCE,
    access::AccessError,
    form::ModalForm,
    handler::{SlackCaller, SlackHandler, SlackReply},
};

/// A message that a shortcut was used on.
#[derive(Debug, Clone)]
pub(super) struct QuotedMessage {
    pub(super) channel: String,
    pub(super) ts: String,
    pub(super) thread_ts: Option<String>,
}

impl QuotedMessage {
    pub(super) fn place(&self) -> (&str, &str, Option<&str>) {
        (&self.channel, &self.ts, self.thread_ts.as_deref())
    }
}

impl SlackHandler {
    /// Handles a slash command.
    pub(super) async fn on_command(
        self: &Arc<Self>,
        typed: SlashCommand,
    ) -> Result<SlackReply, StoreError> {
        let caller = SlackCaller::from(&typed);
        match self.authorize_viewer(&caller.person).await {
            Ok(_) => {}
            Err(AccessError::Denied(why)) => {
                let sentence = words::sentence(&self.language().say(why));
                return Ok(SlackReply::refused().with(ephemeral(&sentence)));
            }
            Err(AccessError::Store(error)) => return Err(error),
        }
        let board = self.board()?;
        match slash::read(&typed.text) {
            Slash::Status => {
                let names = self.current_names(&board).await;
                let now =
                    self.with_context(&board, &names, |context| words::status(&board, context));
                Ok(SlackReply::done().with(ephemeral(&now)))
            }
            Slash::Help | Slash::Unknown(_) => {
                let help = self.with_context(&board, &super::people::Names::new(), |context| {
                    words::help(&typed.command, context)
                });
                Ok(SlackReply::done().with(ephemeral(&help)))
            }
            Slash::Declare(title) => self.open(caller, ModalForm::Declare(title)).await,
            Slash::Update(number) => {
                self.open_about(caller, &board, number, ModalForm::Update).await
            }
            Slash::Resolve(number) => {
                self.open_about(caller, &board, number, ModalForm::Resolve).await
            }
        }
    }

    /// Opens a form for the named incident, or for the only open one; otherwise asks which one.
    async fn open_about(
        self: &Arc<Self>,
        caller: SlackCaller,
        board: &Board,
        number: Option<IncidentNumber>,
        form: fn(IncidentNumber) -> ModalForm,
    ) -> Result<SlackReply, StoreError> {
        match number.or_else(|| only_one(board)) {
            Some(number) => self.open(caller, form(number)).await,
            None => {
                let names = self.current_names(board).await;
                let which = |context: &SlackContext<'_>| words::which(board, None, context);
                Ok(SlackReply::done().with(ephemeral(&self.with_context(board, &names, which))))
            }
        }
    }

    /// Handles a global shortcut.
    pub(super) async fn on_shortcut(
        self: &Arc<Self>,
        caller: SlackCaller,
        callback_id: &str,
    ) -> Result<SlackReply, StoreError> {
        match callback_id {
            "declare" => self.open(caller, ModalForm::Declare(None)).await,
            "plan" => self.open(caller, ModalForm::Plan).await,
            _ => Ok(unknown_shortcut()),
        }
    }

    /// Handles a message shortcut.
    pub(super) async fn on_message_shortcut(
        self: &Arc<Self>,
        caller: SlackCaller,
        callback_id: &str,
        quoted: QuotedMessage,
        text: &str,
    ) -> Result<SlackReply, StoreError> {
        if callback_id != "post-as-update" {
            return Ok(unknown_shortcut());
        }
        let board = self.board()?;
        let thread = quoted.thread_ts.as_ref().unwrap_or(&quoted.ts);
        let its = self.store.incident_of_thread(SOURCE, &quoted.channel, thread).await?;
        if let Some(number) = its.or_else(|| only_one(&board)) {
            return self.open(caller, ModalForm::Tell(number, mrkdwn::to_markdown(text))).await;
        }
        if self.authorize_or_reply(&caller).await?.is_none() {
            return Ok(SlackReply::refused());
        }
        let handler = Arc::clone(self);
        self.tasks.start(async move {
            let names = handler.current_names(&board).await;
            let which =
                |context: &SlackContext<'_>| words::which(&board, Some(quoted.place()), context);
            let which = handler.with_context(&board, &names, which);
            handler.reply_in_place(&caller, &which).await;
        });
        Ok(SlackReply::done())
    }
}

/// The open incident, if it is the only one.
fn only_one(board: &Board) -> Option<IncidentNumber> {
    match board.current().as_slice() {
        [only] => Some(only.number),
        _ => None,
    }
}

fn unknown_shortcut() -> SlackReply {
    tracing::info!(source = SOURCE, "unknown or outdated shortcut");
    SlackReply::done()
}

/// An answer that only the sender of the command sees.
fn ephemeral(message: &Message) -> Value {
    #[derive(Serialize)]
    struct EphemeralReply<'a> {
        response_type: &'static str,
        #[serde(flatten)]
        message: &'a Message,
    }
    json!(EphemeralReply { response_type: "ephemeral", message })
}
