//! Socket Mode: the same requests over a connection that we open, for installations behind a firewall.

use std::sync::Arc;

use candor_integrations::slack::socket::{self, EnvelopeReply, SocketEnvelope};
use tokio_util::sync::CancellationToken;

use super::{SOURCE, handler::SlackHandler};

/// Keeps a connection to Slack until `stop`, if there is a token for one.
pub(crate) async fn run(handler: Arc<SlackHandler>, stop: CancellationToken) {
    let Some(app_token) = handler.settings.app_token.clone() else { return };
    let api = handler.api.clone();
    let handler = move |envelope: SocketEnvelope| {
        let handler = Arc::clone(&handler);
        async move {
            match handler.receive(envelope.inbound).await {
                Ok(reply) => EnvelopeReply::from(reply.body.filter(|_| envelope.accepts_payload)),
                Err(error) => {
                    tracing::error!(source = SOURCE, error = %error.chain(), "the store failed to execute a request");
                    EnvelopeReply::NotTaken
                }
            }
        }
    };
    socket::run(api, app_token, handler, stop).await;
}
