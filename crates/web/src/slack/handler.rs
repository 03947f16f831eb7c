//! Handles every request from Slack, from HTTP or Socket Mode.

use std::{sync::Arc, time::Duration};

use candor_content::{language::Language, link::Links, notification_text::ReaderPreferences};
use candor_core::{ActorId, Board, Command, SiteName};
use candor_integrations::slack::{
    SlackSettings,
    api::{Api, InvalidApi},
    inbound::{Inbound, Interaction, InteractionKind, Person, SlashCommand},
};
use candor_store::{AppendOutcome, AppendRequest, Store, StoreError};
use serde_json::{Value, json};

use super::{
    SOURCE, access::ChannelAccess, background::BackgroundTasks, count, event::DedupeCache,
    people::People,
};
use crate::settings::WebSettings;

/// How long a request may wait for the database; Slack gives up after three seconds.
const STORE_TIMEOUT: Duration = Duration::from_millis(2_500);
/// How long to wait until the board includes a committed event.
const CATCH_UP_TIMEOUT: Duration = Duration::from_secs(2);

/// The handler of everything that Slack sends.
pub(crate) struct SlackHandler {
    pub(super) store: Store,
    pub(super) api: Api,
    pub(super) settings: SlackSettings,
    pub(super) links: Links,
    pub(super) site_name: SiteName,
    pub(super) access: ChannelAccess,
    pub(super) people: People,
    pub(super) handled: DedupeCache,
    pub(super) tasks: BackgroundTasks,
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SlackReply {
    /// The body of the answer, if any.
    pub(crate) body: Option<Value>,
    outcome: RequestOutcome,
}

/// The outcome of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RequestOutcome {
    Done,
    Duplicate,
    Refused,
}

impl SlackReply {
    /// It was done, or there was nothing to do.
    pub(super) fn done() -> Self {
        Self { body: None, outcome: RequestOutcome::Done }
    }

    /// It had been done before.
    pub(super) fn duplicate() -> Self {
        Self { body: None, outcome: RequestOutcome::Duplicate }
    }

    /// It was refused, and the person gets the reason.
    pub(super) fn refused() -> Self {
        Self { body: None, outcome: RequestOutcome::Refused }
    }

    pub(super) fn with(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }
}

impl RequestOutcome {
    fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Duplicate => "duplicate",
            Self::Refused => "refused",
        }
    }
}

/// A person who did something, and the ways to reply to them.
#[derive(Clone)]
pub(super) struct SlackCaller {
    pub(super) person: Person,
    pub(super) channel: Option<String>,
    pub(super) thread_ts: Option<String>,
    /// They acted on a message that only they see, which can't be updated later.
    pub(super) is_ephemeral: bool,
    pub(super) from_home: bool,
    pub(super) trigger_id: Option<String>,
    pub(super) response_url: Option<String>,
}

impl From<&Interaction> for SlackCaller {
    fn from(interaction: &Interaction) -> Self {
        let place = &interaction.place;
        Self {
            person: interaction.person.clone(),
            channel: place.channel.clone(),
            thread_ts: place.thread_ts.clone(),
            is_ephemeral: place.is_ephemeral,
            from_home: place.from_home,
            trigger_id: interaction.trigger_id.clone(),
            response_url: interaction.response_url.clone(),
        }
    }
}

impl From<&SlashCommand> for SlackCaller {
    fn from(command: &SlashCommand) -> Self {
        Self {
            person: command.person.clone(),
            channel: command.channel.clone(),
            thread_ts: None,
            is_ephemeral: false,
            from_home: false,
            trigger_id: command.trigger_id.clone(),
            response_url: command.response_url.clone(),
        }
    }
}

impl SlackHandler {
    /// Background tasks run on the current runtime.
    pub(crate) fn new(
        slack: SlackSettings,
        settings: &WebSettings,
        store: Store,
    ) -> Result<Arc<Self>, InvalidApi> {
        Ok(Arc::new(Self {
            store,
            api: Api::new(&slack)?,
            settings: slack,
            links: settings.links.clone(),
            site_name: settings.site_name.clone(),
            access: ChannelAccess::default(),
            people: People::default(),
            handled: DedupeCache::default(),
            tasks: BackgroundTasks::here(),
        }))
    }

    /// Handles one request. When it returns, the command is on disk, and the reply may be sent.
    ///
    /// # Errors
    /// The database failed or took too long: success isn't claimed, and Slack (or the person) may try again.
    pub(crate) async fn receive(
        self: &Arc<Self>,
        inbound: Inbound,
    ) -> Result<SlackReply, StoreError> {
        let kind = kind(&inbound);
        let reply = match tokio::time::timeout(STORE_TIMEOUT, self.dispatch(inbound)).await {
            Ok(reply) => reply,
            Err(_elapsed) => Err(StoreError::timeout(STORE_TIMEOUT)),
        };
        let outcome = reply.as_ref().map_or("unavailable", |reply| reply.outcome.as_str());
        count(kind, outcome);
        tracing::info!(source = SOURCE, kind, outcome, "from Slack");
        reply
    }

    async fn dispatch(self: &Arc<Self>, inbound: Inbound) -> Result<SlackReply, StoreError> {
        match inbound {
            Inbound::SslCheck => Ok(SlackReply::done()),
            Inbound::UrlVerification { challenge } => {
                Ok(SlackReply::done().with(json!({ "challenge": challenge })))
            }
            Inbound::Event(callback) => self.on_event(callback).await,
            Inbound::Interaction(interaction) => self.interaction(*interaction).await,
            Inbound::Command(command) => self.on_command(command).await,
            Inbound::RateLimited => {
                tracing::warn!(source = SOURCE, "Slack is rate limiting events");
                Ok(SlackReply::done())
            }
            Inbound::Unknown { kind } => {
                tracing::info!(source = SOURCE, ?kind, "unknown request");
                Ok(SlackReply::done())
            }
        }
    }

    async fn interaction(
        self: &Arc<Self>,
        interaction: Interaction,
    ) -> Result<SlackReply, StoreError> {
        let (caller, key) = (SlackCaller::from(&interaction), interaction.key());
        match interaction.kind {
            InteractionKind::Actions(actions) => self.on_action(caller, key, &actions).await,
            InteractionKind::Submission(view) => self.on_submission(caller, key, &view).await,
            InteractionKind::MessageShortcut {
                callback_id, channel, ts, thread_ts, text, ..
            } => {
                let place = super::command::QuotedMessage { channel, ts, thread_ts };
                self.on_message_shortcut(caller, &callback_id, place, &text).await
            }
            InteractionKind::Shortcut { callback_id } => {
                self.on_shortcut(caller, &callback_id).await
            }
            InteractionKind::Closed => Ok(SlackReply::done()),
            InteractionKind::Unknown(kind) => {
                tracing::info!(source = SOURCE, ?kind, "unknown request");
                Ok(SlackReply::done())
            }
        }
    }

    /// Executes a command, with the key of the Slack request.
    pub(super) async fn execute(
        &self,
        command: Command,
        actor: ActorId,
        key: String,
    ) -> Result<AppendOutcome, StoreError> {
        let request = AppendRequest {
            source_key: Some(key),
            traceparent: candor_telemetry::traceparent(),
            ..AppendRequest::new(command, Some(actor), SOURCE)
        };
        self.store.execute(request).await
    }

    /// The present board.
    pub(super) fn board(&self) -> Result<Arc<Board>, StoreError> {
        let board = self.store.snapshot().borrow().board.clone();
        board.ok_or_else(|| StoreError::unavailable("the log has not been read yet"))
    }

    /// The site's language; English until the log has been read.
    pub(super) fn language(&self) -> Language {
        let board = self.board().ok();
        board.map_or(Language::ENGLISH, |board| ReaderPreferences::of_site(&board.site).language)
    }

    /// The board once it includes event `seq`; the newest one if that takes too long.
    pub(super) async fn board_at(&self, seq: u64) -> Option<Arc<Board>> {
        let mut snapshots = self.store.snapshot();
        let caught_up = snapshots
            .wait_for(|snapshot| snapshot.board.as_ref().is_some_and(|board| board.seq >= seq));
        drop(tokio::time::timeout(CATCH_UP_TIMEOUT, caught_up).await);
        self.board().ok()
    }

    /// Waits for background tasks.
    pub(crate) async fn finish(&self) {
        self.tasks.finish().await;
    }
}

/// The kind of a request, for the metric.
fn kind(inbound: &Inbound) -> &'static str {
    match inbound {
        Inbound::Event(_) => "event",
        Inbound::Command(_) => "command",
        Inbound::Interaction(interaction) => match interaction.kind {
            InteractionKind::Actions(_) => "action",
            InteractionKind::Submission(_) => "submission",
            InteractionKind::MessageShortcut { .. } | InteractionKind::Shortcut { .. } => {
                "shortcut"
            }
            InteractionKind::Closed | InteractionKind::Unknown(_) => "other",
        },
        Inbound::SslCheck
        | Inbound::UrlVerification { .. }
        | Inbound::RateLimited
        | Inbound::Unknown { .. } => "other",
    }
}
