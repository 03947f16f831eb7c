//! One connection, from its opening to its end.

use std::{future::Future, sync::Arc, time::Duration};

use futures::{SinkExt, StreamExt};
use rustls::ClientConfig;
use serde_json::Value;
use tokio::{
    net::TcpStream,
    sync::mpsc,
    time::{Instant, MissedTickBehavior, interval, sleep_until, timeout},
};
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, connect_async_tls_with_config,
    tungstenite::{Message, protocol::WebSocketConfig},
};
use tokio_util::sync::CancellationToken;

use super::{EnvelopeReply, LAST_WORDS, SocketEnvelope};
use crate::{json, slack::inbound};

/// How long opening it may take.
const OPENING: Duration = Duration::from_secs(10);
/// A peer that is silent for this long is gone.
const SILENCE: Duration = Duration::from_secs(60);
/// How often we ask whether anybody is there.
const PING: Duration = Duration::from_secs(20);
/// The longest message, in bytes: a view has at most 250 KB.
const MAX_MESSAGE: usize = 4 * 1024 * 1024;

/// What the other tasks know of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConnectionEvent {
    /// It works.
    Hello,
    /// It will be closed soon: time for another one.
    Ending,
    /// It is gone.
    Lost,
}

/// A connection.
pub(super) struct SocketConnection {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl SocketConnection {
    pub(super) async fn open(url: &str, tls: ClientConfig) -> Option<Self> {
        let in_clear = url.starts_with("ws://");
        let connector = if in_clear { Connector::Plain } else { Connector::Rustls(Arc::new(tls)) };
        let limits = WebSocketConfig::default().max_message_size(Some(MAX_MESSAGE));
        let opening = connect_async_tls_with_config(url, Some(limits), true, Some(connector));
        let (socket, _response) = timeout(OPENING, opening).await.ok()?.ok()?;
        Some(Self { socket })
    }

    /// Reads envelopes and sends their answers, until the connection ends or `stop`. After `stop`, what is under way
    /// is still answered.
    pub(super) async fn hold<H, F>(
        mut self,
        handler: Arc<H>,
        stop: CancellationToken,
        news: mpsc::Sender<ConnectionEvent>,
        under_way: mpsc::Sender<()>,
    ) where
        H: Fn(SocketEnvelope) -> F + Send + Sync + 'static,
        F: Future<Output: Into<EnvelopeReply>> + Send + 'static,
    {
        let (answers, mut answered) = mpsc::unbounded_channel::<String>();
        let mut heard = Instant::now();
        let mut ping = interval(PING);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let stopped = loop {
            let said = tokio::select! {
                () = stop.cancelled() => break true,
                () = sleep_until(heard + SILENCE) => break false,
                Some(answer) = answered.recv() => {
                    if self.socket.send(Message::text(answer)).await.is_err() {
                        break false;
                    }
                    continue;
                }
                _ = ping.tick() => {
                    if self.socket.send(Message::Ping("candor".into())).await.is_err() {
                        break false;
                    }
                    continue;
                }
                said = self.socket.next() => said,
            };
            let Some(Ok(said)) = said else { break false };
            heard = Instant::now();
            // A ping was answered by the library; that answer is on its way only when it is flushed.
            if said.is_ping() && self.socket.flush().await.is_err() {
                break false;
            }
            let Ok(text) = said.to_text() else { continue };
            let envelope: Value = json::value(text.as_bytes()).unwrap_or_default();
            match envelope.get("type").and_then(Value::as_str) {
                Some("hello") => drop(news.try_send(ConnectionEvent::Hello)),
                Some("disconnect") => drop(news.try_send(ConnectionEvent::Ending)),
                Some(_) => {
                    let (answers, handler) = (answers.clone(), Arc::clone(&handler));
                    let under_way = under_way.clone();
                    // Its own task: it continues when this connection is lost, and one that panics answers
                    // nothing, so that Slack sends it again.
                    tokio::spawn(async move {
                        take(&envelope, handler.as_ref(), &answers).await;
                        drop(under_way);
                    });
                }
                None => {}
            }
        };
        let _nobody_may_listen = news.try_send(ConnectionEvent::Lost);
        if stopped {
            drop(answers);
            let last_words = async {
                while let Some(answer) = answered.recv().await {
                    drop(self.socket.send(Message::text(answer)).await);
                }
                drop(self.socket.close(None).await);
            };
            drop(timeout(LAST_WORDS, last_words).await);
        }
    }
}

async fn take<H, F>(envelope: &Value, handler: &H, answers: &mpsc::UnboundedSender<String>)
where
    H: Fn(SocketEnvelope) -> F,
    F: Future<Output: Into<EnvelopeReply>>,
{
    let Some(id) = envelope.get("envelope_id").and_then(Value::as_str) else { return };
    let accepts = envelope.get("accepts_response_payload").and_then(Value::as_bool);
    let accepts_payload = accepts.unwrap_or_default();
    let retry = envelope.get("retry_attempt").and_then(Value::as_u64).unwrap_or_default();
    let inbound = inbound::of_envelope(envelope);
    let answer = match handler(SocketEnvelope { inbound, accepts_payload, retry }).await.into() {
        EnvelopeReply::Taken => serde_json::json!({ "envelope_id": id }),
        EnvelopeReply::With(payload) if accepts_payload => {
            serde_json::json!({ "envelope_id": id, "payload": payload })
        }
        EnvelopeReply::With(_) => serde_json::json!({ "envelope_id": id }),
        EnvelopeReply::NotTaken => return,
    };
    // If the connection is lost, Slack sends it again over the next one.
    drop(answers.send(answer.to_string()));
}
