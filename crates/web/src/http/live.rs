//! `/events`: open pages learn that the page has changed (server-sent events, WHATWG HTML, section 9.2).
//!
//! Only the latest state matters, so nothing is queued: all viewers wait for one shared value, and slow readers skip
//! intermediate ones. The bytes are made once.

mod snapshot;
mod viewer_limit;
mod viewer_stream;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, header},
    web::{Bytes, Data},
};
use candor_core::Board;
use metrics::{Counter, counter};
use tokio::{sync::watch, time::MissedTickBehavior};

use super::{
    client,
    query::{HIGHEST, Parameters},
};
use crate::{
    problem::Problem,
    settings::{LiveSettings, Network},
    state::Web,
};
use snapshot::LiveSnapshot;
use viewer_limit::{LimitMet, ViewerLimit, ViewerSlot};
pub(crate) use viewer_stream::hijack;

/// How soon a browser reconnects, in milliseconds.
const RECONNECT: &str = "retry: 3000\n\n";
/// An event and not a comment, since browsers don't pass comments to the page.
const HEARTBEAT: Bytes = Bytes::from_static(b"event: heartbeat\ndata:\n\n");
/// How many groups the viewers are divided into. The groups are woken one after another, so that pages are served in
/// between.
const GROUPS: usize = 16;
/// How long to serve pages between two groups.
const GROUP_INTERVAL: Duration = Duration::from_millis(2);
/// How long viewers may take to disconnect at shutdown.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(2);
/// When a viewer beyond the limit may try again.
const RETRY_AFTER: Duration = Duration::from_secs(60);

/// All viewers.
pub(crate) struct LiveViewers {
    latest: watch::Sender<Option<Arc<Board>>>,
    groups: Vec<watch::Sender<ViewerState>>,
    next: AtomicUsize,
    limit: Arc<ViewerLimit>,
    heartbeat: Duration,
    counts: ViewerCounts,
}

struct ViewerCounts {
    states: Counter,
    beats: Counter,
    refused_address: Counter,
    refused_all: Counter,
    left: Counter,
    behind: Counter,
}

/// What a group of viewers is sent.
#[derive(Clone, Default)]
struct ViewerState {
    snapshot: Option<Arc<LiveSnapshot>>,
    beats: u64,
    is_over: bool,
}

/// One viewer.
struct Viewer {
    live: Arc<LiveViewers>,
    now: watch::Receiver<ViewerState>,
    /// The last event that the viewer has got.
    seen: u64,
    beats: u64,
    /// The viewer doesn't read what was sent.
    is_behind: bool,
    _slot: ViewerSlot,
}

/// `/events`.
pub(crate) async fn events(
    web: Data<Web>,
    live: Data<LiveViewers>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let seen = last_seen(&request)?;
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, "text/event-stream"))
        .insert_header(("x-accel-buffering", "no"));
    if request.method() == Method::HEAD {
        return Ok(answer.finish());
    }
    let viewer = live.into_inner().connect(&web.settings.trusted_proxies, &request, seen)?;
    let mut answer = answer.finish();
    answer.extensions_mut().insert(viewer);
    Ok(answer)
}

impl LiveViewers {
    pub(crate) fn new(settings: LiveSettings) -> Arc<Self> {
        let LiveSettings { per_address, max, heartbeat } = settings;
        Arc::new(Self {
            latest: watch::Sender::default(),
            groups: (0..GROUPS).map(|_| watch::Sender::default()).collect(),
            next: AtomicUsize::new(0),
            limit: Arc::new(ViewerLimit::new(per_address, max)),
            heartbeat,
            counts: ViewerCounts::new(),
        })
    }

    /// Reserves a slot for a new viewer.
    fn connect(
        self: &Arc<Self>,
        trusted: &[Network],
        request: &HttpRequest,
        seen: u64,
    ) -> Result<Viewer, Problem> {
        let address = client::address(request, trusted).map(client::limit_key);
        let slot = self.limit.take(address).map_err(|full| {
            match full {
                LimitMet::Address => &self.counts.refused_address,
                LimitMet::All => &self.counts.refused_all,
            }
            .increment(1);
            Problem::TooManyViewers { wait: RETRY_AFTER }
        })?;
        let group = self.next.fetch_add(1, Ordering::Relaxed) % self.groups.len().max(1);
        let now = self.groups.get(group).ok_or(Problem::Internal)?.subscribe();
        let beats = now.borrow().beats;
        Ok(Viewer { live: Arc::clone(self), now, seen, beats, is_behind: false, _slot: slot })
    }

    /// Sends `board` to all viewers soon. The pages should already show it.
    pub(crate) fn note(&self, board: &Arc<Board>) {
        self.latest.send_replace(Some(Arc::clone(board)));
    }

    /// Disconnects all viewers and waits briefly until they are gone.
    pub(crate) async fn end(&self) {
        for group in &self.groups {
            group.send_modify(|now| now.is_over = true);
        }
        let gone = async {
            for group in &self.groups {
                group.closed().await;
            }
        };
        if tokio::time::timeout(SHUTDOWN_TIMEOUT, gone).await.is_err() {
            tracing::debug!("some viewers didn't disconnect in time");
        }
    }

    /// Sends changes and heartbeats until it is dropped.
    pub(crate) async fn run(&self) {
        let mut boards = self.latest.subscribe();
        let mut beats = tokio::time::interval(self.heartbeat / u32::try_from(GROUPS).unwrap_or(1));
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut groups = self.groups.iter().cycle();
        loop {
            tokio::select! {
                changed = boards.changed() => if changed.is_err() { break },
                _ = beats.tick() => {
                    if let Some(group) = groups.next() {
                        group.send_modify(|now| now.beats = now.beats.wrapping_add(1));
                    }
                    continue;
                }
            }
            let board = boards.borrow_and_update().clone();
            if let Some(board) = board {
                self.tell(&board).await;
            }
        }
    }

    /// Sends `board` to all viewers if its public state has changed.
    async fn tell(&self, board: &Arc<Board>) {
        let before = self.groups.first().and_then(|group| group.borrow().snapshot.clone());
        let Some(snapshot) = LiveSnapshot::after(before.as_deref(), board) else { return };
        let snapshot = Arc::new(snapshot);
        for group in &self.groups {
            group.send_modify(|now| now.snapshot = Some(Arc::clone(&snapshot)));
            if group.receiver_count() > 0 {
                tokio::time::sleep(GROUP_INTERVAL).await;
            }
        }
    }
}

impl Viewer {
    /// The first bytes for a viewer.
    fn greeting(&mut self) -> Vec<u8> {
        [RECONNECT.as_bytes(), &self.present_state().unwrap_or_default()].concat()
    }

    /// The next bytes for a viewer, when there are any; none when the viewer is disconnected.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            self.now.changed().await.ok()?;
            let (is_over, beats) = {
                let now = self.now.borrow();
                (now.is_over, now.beats)
            };
            if is_over {
                return None;
            }
            let is_beat = std::mem::replace(&mut self.beats, beats) != beats;
            if let Some(bytes) = self.present_state() {
                return Some(bytes);
            }
            if is_beat {
                self.live.counts.beats.increment(1);
                return Some(HEARTBEAT);
            }
        }
    }

    /// The present state, unless the viewer has it. A number ahead of the log comes from before a restore.
    fn present_state(&mut self) -> Option<Bytes> {
        let snapshot = self.now.borrow_and_update().snapshot.clone();
        let snapshot = snapshot.filter(|snapshot| snapshot.seq != self.seen)?;
        self.seen = snapshot.seq;
        self.live.counts.states.increment(1);
        Some(snapshot.bytes.clone())
    }
}

impl Drop for Viewer {
    fn drop(&mut self) {
        if self.is_behind { &self.live.counts.behind } else { &self.live.counts.left }.increment(1);
    }
}

impl ViewerCounts {
    fn new() -> Self {
        let messages = |kind| counter!("candor_event_messages_total", "kind" => kind);
        let refused = |cause| counter!("candor_event_viewers_refused_total", "cause" => cause);
        let ended = |how| counter!("candor_event_viewers_ended_total", "how" => how);
        Self {
            states: messages("state"),
            beats: messages("heartbeat"),
            refused_address: refused("address"),
            refused_all: refused("all"),
            left: ended("left"),
            behind: ended("behind"),
        }
    }
}

/// The last event that the viewer has: `Last-Event-ID` when a browser reconnects, `after` when a page connects for the
/// first time; 0 if neither is given.
fn last_seen(request: &HttpRequest) -> Result<u64, Problem> {
    let mut parameters = Parameters::of(request);
    let after = parameters.number("after", 0, HIGHEST)?;
    parameters.done("after")?;
    let header = request.headers().get("last-event-id");
    let by_header = header.and_then(|id| id.to_str().ok()?.trim().parse().ok());
    Ok(by_header.or(after).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use std::future::Future as _;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use actix_web::test::TestRequest;

    use super::*;

    fn board(seq: u64) -> Arc<Board> {
        // The contact is public.
        let mut board = Board::default();
        board.public_seq = seq;
        board.site.contact = Some(format!("ops-{seq}@example.org"));
        Arc::new(board)
    }

    fn watch(live: &Arc<LiveViewers>) -> Viewer {
        let request = TestRequest::get().peer_addr("192.0.2.1:1".parse().unwrap());
        live.connect(&[], &request.to_http_request(), 0).unwrap()
    }

    async fn receive(viewer: &mut Viewer) -> String {
        String::from_utf8(viewer.next().await.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn slow_viewer_skips_states_and_delays_nobody_else() {
        let live = LiveViewers::new(LiveSettings::default());
        let (mut slow, mut quick) = (watch(&live), watch(&live));
        assert_eq!(slow.greeting(), RECONNECT.as_bytes());
        quick.greeting();
        for seq in 1..=50 {
            live.tell(&board(seq)).await;
            let received = receive(&mut quick).await;
            assert!(received.contains(&format!("\nid: {seq}\n")), "{received}");
        }
        let received = receive(&mut slow).await;
        assert!(
            received.contains("\nid: 50\n") && received.matches("id:").count() == 1,
            "{received}"
        );
        let mut next = pin!(slow.next());
        let mut context = Context::from_waker(Waker::noop());
        assert!(matches!(next.as_mut().poll(&mut context), Poll::Pending), "there is nothing else");
    }
}
