//! What is said to one person alone, wherever they are in Slack.

use std::{sync::Arc, time::Duration};

use candor_core::{ActorId, Refusal};
use candor_integrations::slack::{
    api::{ApiError, ErrorClass},
    block::{Message, SlackView},
    home, modal, words,
};

use super::{
    SOURCE,
    handler::{SlackCaller, SlackHandler},
};

/// How often something is said at most, if Slack certainly didn't take it.
const TRIES: u32 = 3;
/// How long to wait before that, unless Slack says how long.
const PAUSE: Duration = Duration::from_secs(1);
/// A longer wait makes what was to be said old.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Calls Slack, and again if it certainly did nothing and may do so another time.
async fn insist<T, F>(call: impl Fn() -> F) -> Result<T, ApiError>
where
    F: Future<Output = Result<T, ApiError>>,
{
    let mut tries = 1;
    loop {
        let error = match call().await {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        let pause = match error.class {
            ErrorClass::NotSent | ErrorClass::RateLimited => error.retry_after.unwrap_or(PAUSE),
            ErrorClass::Unknown
            | ErrorClass::Credentials
            | ErrorClass::Configuration
            | ErrorClass::OurFault
            | ErrorClass::State => return Err(error),
        };
        if tries == TRIES || pause > LONGEST_PAUSE {
            return Err(error);
        }
        tries += 1;
        tokio::time::sleep(pause).await;
    }
}

impl SlackHandler {
    /// Says a sentence (in Slack's markup) to whoever acted, after their answer.
    pub(super) fn say(self: &Arc<Self>, caller: SlackCaller, markup: impl Into<String>) {
        let (desk, markup) = (Arc::clone(self), markup.into());
        self.errands.start(async move { desk.tell(&caller, &markup).await });
    }

    /// Says why something was refused, after the answer.
    pub(super) fn explain(self: &Arc<Self>, caller: SlackCaller, refusal: Refusal, me: ActorId) {
        let desk = Arc::clone(self);
        self.errands.start(async move {
            let sentence = desk.reason(&refusal, &me).await;
            desk.tell(&caller, &sentence).await;
        });
    }

    /// Why something was refused, in Slack's markup.
    pub(super) async fn reason(&self, refusal: &Refusal, me: &ActorId) -> String {
        let Ok(board) = self.board() else {
            return self.language().say("slack-log-unreadable");
        };
        let names = self.names_of(&board, refusal).await;
        self.worded(&board, &names, |context| words::refusal(refusal, &board, context, me))
    }

    /// A modal that says why nothing was done.
    pub(super) fn not_done(&self, markup: &str) -> SlackView {
        let language = self.language();
        modal::sentence(&language.say("slack-not-done"), markup, language)
    }

    /// Says a sentence (in Slack's markup) to whoever acted, by the nearest way that works.
    pub(super) async fn tell(&self, caller: &SlackCaller, markup: &str) {
        if self.tell_here(caller, &words::sentence(markup)).await {
            return;
        }
        // In the home tab there is no place for a sentence but a modal.
        if let Some(trigger) = &caller.trigger_id
            && self.api.open_view(trigger, &self.not_done(markup)).await.is_ok()
        {
            return;
        }
        let room = self.room().await.ok().flatten().map(|room| room.id);
        let Some(room) = room.filter(|room| caller.channel.as_ref() != Some(room)) else { return };
        let message = words::sentence(markup);
        if let Err(error) = self.api.post_ephemeral(&room, &caller.person.id, None, &message).await
        {
            tracing::warn!(source = SOURCE, %error, "somebody couldn't be told");
        }
    }

    /// Shows a message to whoever acted, where they acted; whether that worked.
    pub(super) async fn tell_here(&self, caller: &SlackCaller, message: &Message) -> bool {
        if let Some(url) = &caller.response_url {
            match insist(|| self.api.respond(url, message)).await {
                Ok(()) => return true,
                Err(error) => tracing::info!(source = SOURCE, %error, "an answer didn't arrive"),
            }
        }
        let Some(channel) = &caller.channel else { return false };
        let thread = caller.thread_ts.as_deref();
        let (api, user) = (&self.api, &caller.person.id);
        let said = insist(|| api.post_ephemeral(channel, user, thread, message));
        match said.await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(source = SOURCE, %error, "somebody couldn't be told");
                false
            }
        }
    }

    /// Shows this person the home tab as of event `seq` or later.
    pub(super) fn publish_home(self: &Arc<Self>, user: String, seq: u64) {
        let desk = Arc::clone(self);
        self.errands.start(async move {
            let Some(board) = desk.board_at(seq).await else { return };
            let names = desk.names_now(&board).await;
            let view = desk.worded(&board, &names, |context| home::view(&board, context));
            if let Err(error) = insist(|| desk.api.publish_home(&user, &view)).await {
                tracing::warn!(source = SOURCE, %error, "a home tab couldn't be shown");
            }
        });
    }
}
