//! Tells a `WebSub` hub when the feeds say something new. Off the way of every request: a hub that is slow or away delays
//! nothing, and what it missed it learns with the next change.

use std::time::Duration;

use actix_web::web::Bytes;
use candor_integrations::websub::{HubUrl, Publisher};
use tokio::{sync::watch, task::JoinHandle};

use crate::view::{feed, history_feed};

/// The feeds that a hub is told of.
const FEEDS: [&str; 5] = [feed::ATOM, feed::RSS, feed::JSON, history_feed::ATOM, history_feed::RSS];
/// How long it waits before it tells: the hub asks at once, and maybe another process that isn't as far yet.
const HEAD_START: Duration = Duration::from_secs(2);
/// How long after a failure it tries again; after the last one it gives up until something new is said.
const PAUSES: [Duration; 3] =
    [Duration::from_secs(5), Duration::from_secs(30), Duration::from_secs(120)];

/// Tells the hub, in the background.
pub(crate) struct HubNotifier {
    said: watch::Sender<Bytes>,
    task: JoinHandle<()>,
}

impl HubNotifier {
    /// Gets ready. What the feed said until now is known to the hub.
    pub(crate) fn start(hub: HubUrl, site_url: &str, feed: Bytes) -> Option<Self> {
        let publisher = Publisher::new(hub)
            .inspect_err(|why| tracing::error!(why, "the WebSub hub can't be told of anything"))
            .ok()?;
        let site = site_url.trim_end_matches('/');
        let topics = FEEDS.iter().map(|path| format!("{site}{path}")).collect();
        let (said, heard) = watch::channel(feed);
        Some(Self { said, task: tokio::spawn(tell(publisher, topics, heard)) })
    }

    /// Notes what the feed says now.
    pub(crate) fn note(&self, feed: Bytes) {
        self.said.send_if_modified(|known| {
            let is_new = *known != feed;
            *known = feed;
            is_new
        });
    }

    /// Ends; what the hub hasn't heard yet it hears with the next change.
    pub(crate) fn stop(self) {
        self.task.abort();
    }
}

async fn tell(publisher: Publisher, topics: Vec<String>, mut said: watch::Receiver<Bytes>) {
    while said.changed().await.is_ok() {
        tokio::time::sleep(HEAD_START).await;
        said.mark_unchanged();
        let mut pauses = PAUSES.iter();
        loop {
            let Err(error) = publisher.publish(&topics).await else { break };
            let Some(pause) = pauses.next() else {
                tracing::warn!(%error, "the WebSub hub was not told; it will be, with the next change");
                break;
            };
            tokio::select! {
                () = tokio::time::sleep(*pause) => {}
                changed = said.changed() => if changed.is_err() { return },
            }
        }
    }
}
