//! Replies that only one person sees, wherever they are in Slack.

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

/// The maximum number of attempts, if Slack certainly didn't accept the reply.
const MAX_ATTEMPTS: u32 = 3;
/// The delay before the next attempt, unless Slack names one.
const RETRY_DELAY: Duration = Duration::from_secs(1);
/// After a longer delay a reply would be outdated.
const MAX_RETRY_DELAY: Duration = Duration::from_secs(10);

/// Calls Slack, and retries if the call certainly had no effect and may succeed later.
async fn retry<T, F>(call: impl Fn() -> F) -> Result<T, ApiError>
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
            ErrorClass::NotSent | ErrorClass::RateLimited => {
                error.retry_after.unwrap_or(RETRY_DELAY)
            }
            ErrorClass::Unknown
            | ErrorClass::Credentials
            | ErrorClass::Configuration
            | ErrorClass::OurFault
            | ErrorClass::State => return Err(error),
        };
        if tries == MAX_ATTEMPTS || pause > MAX_RETRY_DELAY {
            return Err(error);
        }
        tries += 1;
        tokio::time::sleep(pause).await;
    }
}

impl SlackHandler {
    /// Sends a reply (in Slack's markup) in the background.
    pub(super) fn reply_later(self: &Arc<Self>, caller: SlackCaller, markup: impl Into<String>) {
        let (handler, markup) = (Arc::clone(self), markup.into());
        self.tasks.start(async move { handler.reply(&caller, &markup).await });
    }

    /// Replies with the reason of a refusal, in the background.
    pub(super) fn explain_refusal(
        self: &Arc<Self>,
        caller: SlackCaller,
        refusal: Refusal,
        me: ActorId,
    ) {
        let handler = Arc::clone(self);
        self.tasks.start(async move {
            let sentence = handler.refusal_text(&refusal, &me).await;
            handler.reply(&caller, &sentence).await;
        });
    }

    /// The reason of a refusal, in Slack's markup.
    pub(super) async fn refusal_text(&self, refusal: &Refusal, me: &ActorId) -> String {
        let Ok(board) = self.board() else {
            return self.language().say("slack-log-unreadable");
        };
        let names = self.names_in(&board, refusal).await;
        self.with_context(&board, &names, |context| words::refusal(refusal, &board, context, me))
    }

    /// A modal with the reason why nothing was done.
    pub(super) fn why_not_done(&self, markup: &str) -> SlackView {
        let language = self.language();
        modal::sentence(&language.say("slack-not-done"), markup, language)
    }

    /// Sends a reply (in Slack's markup) to this person, in the first way that works.
    pub(super) async fn reply(&self, caller: &SlackCaller, markup: &str) {
        if self.reply_in_place(caller, &words::sentence(markup)).await {
            return;
        }
        // In the home tab, only a modal can show text.
        if let Some(trigger) = &caller.trigger_id
            && self.api.open_view(trigger, &self.why_not_done(markup)).await.is_ok()
        {
            return;
        }
        let channel = self.channel().await.ok().flatten().map(|channel| channel.id);
        let Some(channel) = channel.filter(|channel| caller.channel.as_ref() != Some(channel))
        else {
            return;
        };
        let message = words::sentence(markup);
        if let Err(error) =
            self.api.post_ephemeral(&channel, &caller.person.id, None, &message).await
        {
            tracing::warn!(source = SOURCE, %error, "a reply couldn't be delivered");
        }
    }

    /// Shows a message to this person where they acted; false if that failed.
    pub(super) async fn reply_in_place(&self, caller: &SlackCaller, message: &Message) -> bool {
        if let Some(url) = &caller.response_url {
            match retry(|| self.api.respond(url, message)).await {
                Ok(()) => return true,
                Err(error) => tracing::info!(source = SOURCE, %error, "a reply didn't arrive"),
            }
        }
        let Some(channel) = &caller.channel else { return false };
        let thread = caller.thread_ts.as_deref();
        let (api, user) = (&self.api, &caller.person.id);
        let sent = retry(|| api.post_ephemeral(channel, user, thread, message));
        match sent.await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(source = SOURCE, %error, "a reply couldn't be delivered");
                false
            }
        }
    }

    /// Publishes this person's home tab, as of event `seq` or later.
    pub(super) fn publish_home(self: &Arc<Self>, user: String, seq: u64) {
        let handler = Arc::clone(self);
        self.tasks.start(async move {
            let Some(board) = handler.board_at(seq).await else { return };
            let names = handler.current_names(&board).await;
            let view = handler.with_context(&board, &names, |context| home::view(&board, context));
            if let Err(error) = retry(|| handler.api.publish_home(&user, &view)).await {
                tracing::warn!(source = SOURCE, %error, "the home tab couldn't be published");
            }
        });
    }
}
