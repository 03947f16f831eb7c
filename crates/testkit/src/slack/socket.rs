//! The workspace's side of Socket Mode.

use std::{collections::BTreeMap, sync::Mutex, time::Duration};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, protocol::Role},
};

use super::{lock, state::APP};
use crate::server::RawConnection;

/// How long an envelope may stay without an answer.
const ACK: Duration = Duration::from_secs(3);

/// The connections that are open, and the envelopes that wait for an answer.
#[derive(Debug, Default)]
pub(super) struct Sockets {
    open: Mutex<BTreeMap<u64, mpsc::UnboundedSender<SocketOrder>>>,
    waiting: Mutex<BTreeMap<String, oneshot::Sender<Value>>>,
    count: watch::Sender<usize>,
    opened: watch::Sender<u64>,
}

#[derive(Debug, Clone)]
enum SocketOrder {
    Says(String),
    Pings,
    Freezes,
    Cuts,
}

impl Sockets {
    /// How many are open.
    pub(super) fn count(&self) -> usize {
        *self.count.borrow()
    }

    /// How many were ever opened.
    pub(super) fn opened(&self) -> u64 {
        *self.opened.borrow()
    }

    /// Sends an envelope over the newest connection, once there is one: its answer, or none within three seconds.
    pub(super) async fn send(&self, kind: &str, payload: &Value, attempt: u32) -> Option<Value> {
        let id = uuid::Uuid::now_v7().to_string();
        let mut envelope = json!({
            "envelope_id": id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        });
        if let (true, Some(fields)) = (attempt > 0, envelope.as_object_mut()) {
            fields.insert("retry_attempt".to_owned(), json!(attempt));
            fields.insert("retry_reason".to_owned(), json!("timeout"));
        }
        let (answers, answer) = oneshot::channel();
        lock(&self.waiting).insert(id.clone(), answers);
        let mut count = self.count.subscribe();
        let exchange = async {
            drop(count.wait_for(|count| *count > 0).await);
            let newest = lock(&self.open).values().next_back().cloned();
            newest?.send(SocketOrder::Says(envelope.to_string())).ok()?;
            answer.await.ok()
        };
        let answer = tokio::time::timeout(ACK, exchange).await.ok().flatten();
        lock(&self.waiting).remove(&id);
        answer
    }

    /// Tells every connection that it will be closed.
    pub(super) fn announce_end(&self, reason: &str) {
        let notice = json!({ "type": "disconnect", "reason": reason, "debug_info": {} });
        self.order(&SocketOrder::Says(notice.to_string()));
    }

    /// Pings every connection.
    pub(super) fn ping(&self) {
        self.order(&SocketOrder::Pings);
    }

    /// All connections stay open, but nothing answers on them.
    pub(super) fn freeze(&self) {
        self.order(&SocketOrder::Freezes);
    }

    /// Cuts every connection.
    pub(super) fn cut(&self) {
        self.order(&SocketOrder::Cuts);
    }

    fn order(&self, order: &SocketOrder) {
        for connection in lock(&self.open).values() {
            drop(connection.send(order.clone()));
        }
    }

    fn enter(&self) -> (u64, mpsc::UnboundedReceiver<SocketOrder>) {
        let (sender, orders) = mpsc::unbounded_channel();
        self.opened.send_modify(|opened| *opened += 1);
        let number = self.opened();
        lock(&self.open).insert(number, sender);
        self.recount();
        (number, orders)
    }

    fn recount(&self) {
        let open = lock(&self.open).len();
        self.count.send_modify(|count| *count = open);
    }

    /// Serves a connection until either side ends it.
    pub(super) async fn hold(&self, connection: RawConnection) {
        let mut socket = WebSocketStream::from_raw_socket(connection, Role::Server, None).await;
        let hello = json!({
            "type": "hello",
            "num_connections": self.count() + 1,
            "connection_info": { "app_id": APP },
            "debug_info": { "host": "applink", "approximate_connection_time": 18_060 },
        });
        if socket.send(Message::text(hello.to_string())).await.is_err() {
            return;
        }
        let (number, mut orders) = self.enter();
        loop {
            let order = tokio::select! {
                order = orders.recv() => order,
                message = socket.next() => match message {
                    Some(Ok(message)) => {
                        self.hear(&message);
                        continue;
                    }
                    Some(Err(_)) | None => None,
                },
            };
            let sent = match order {
                Some(SocketOrder::Says(text)) => socket.send(Message::text(text)).await,
                Some(SocketOrder::Pings) => {
                    socket.send(Message::Ping("Ping from applink".into())).await
                }
                Some(SocketOrder::Freezes) => std::future::pending().await,
                Some(SocketOrder::Cuts) | None => break,
            };
            if sent.is_err() {
                break;
            }
        }
        lock(&self.open).remove(&number);
        self.recount();
    }

    fn hear(&self, message: &Message) {
        let Ok(text) = message.to_text() else { return };
        let answer: Value = serde_json::from_str(text).unwrap_or_default();
        let id = answer.get("envelope_id").and_then(Value::as_str).unwrap_or_default();
        if let Some(waiting) = lock(&self.waiting).remove(id) {
            drop(waiting.send(answer.get("payload").cloned().unwrap_or_default()));
        }
    }
}
