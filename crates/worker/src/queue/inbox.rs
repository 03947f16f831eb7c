//! The inbox of a queue: the apalis backend that hands its tickets to the handlers.
//!
//! Tickets that are rung in this process are only counted. Tickets that came from elsewhere carry a [`TicketReceipt`], through
//! which whoever delivered them learns how they ended. The backend is ephemeral: it repeats nothing and has no error.

use std::{
    collections::VecDeque,
    convert::Infallible,
    future::Future,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    task::{Context, Poll},
};

use apalis::prelude::{Monitor, WorkerBuilder, WorkerBuilderExt as _};
use apalis_core::{
    backend::{Backend, BackendConfig, finalize::Ephemeral},
    layers::Identity,
    task::{Task, builder::TaskBuilder, task_id::TaskId},
    worker::context::WorkerContext,
};
use candor_store::Queue;
use futures::task::AtomicWaker;
use tokio::sync::{Notify, mpsc};

use super::WakeSignal;

/// How the handling of a ticket ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WakeUpOutcome {
    /// Nothing is left to do.
    Done,
    /// Something may be left: somebody else should look.
    CutShort,
}

/// "There is work on this queue." Which, says SQL. One that is dropped unhandled counts as cut short.
pub(crate) struct WakeUp {
    receipt: Option<TicketReceipt>,
    inbox: Inbox,
}

/// By which a ticket that came from elsewhere is known there.
pub(crate) struct TicketReceipt {
    pub(crate) id: String,
    pub(crate) ended: mpsc::UnboundedSender<(String, WakeUpOutcome)>,
}

impl WakeUp {
    fn new(inbox: &Inbox, receipt: Option<TicketReceipt>) -> Self {
        inbox.0.held.fetch_add(1, Ordering::AcqRel);
        Self { receipt, inbox: inbox.clone() }
    }

    fn end(mut self, handled: WakeUpOutcome) {
        self.tell(handled);
    }

    fn tell(&mut self, handled: WakeUpOutcome) {
        if let Some(TicketReceipt { id, ended }) = self.receipt.take() {
            // Nobody listens any more when the process ends: then the ticket is found unfinished by others.
            let _ = ended.send((id, handled));
        }
    }
}

impl Drop for WakeUp {
    fn drop(&mut self) {
        // A handler that panicked is not asked again at once, nor is anybody else.
        let panicked = std::thread::panicking();
        self.tell(if panicked { WakeUpOutcome::Done } else { WakeUpOutcome::CutShort });
        self.inbox.0.held.fetch_sub(1, Ordering::AcqRel);
        self.inbox.0.freed.notify_one();
    }
}

/// The inbox of a queue; clones share it.
#[derive(Clone)]
pub(crate) struct Inbox(Arc<InboxInner>);

struct InboxInner {
    /// So many tickets are handled at the same time.
    slots: u32,
    /// Tickets rung here that wait. At most as many as slots: more could not be handled at once, and the rest waits in
    /// SQL anyway.
    rung: AtomicU32,
    /// Tickets from elsewhere that wait.
    arrived: Mutex<VecDeque<WakeUp>>,
    /// Tickets that are handled, or have arrived.
    held: AtomicU32,
    freed: Notify,
    number: AtomicU64,
    waker: AtomicWaker,
}

impl Inbox {
    pub(crate) fn new(slots: u32) -> Self {
        Self(Arc::new(InboxInner {
            slots,
            rung: AtomicU32::new(0),
            arrived: Mutex::default(),
            held: AtomicU32::new(0),
            freed: Notify::new(),
            number: AtomicU64::new(0),
            waker: AtomicWaker::new(),
        }))
    }

    /// Takes a ticket that came from elsewhere.
    pub(crate) fn deliver(&self, receipt: TicketReceipt) {
        let ticket = WakeUp::new(self, Some(receipt));
        self.arrived().push_back(ticket);
        self.0.waker.wake();
    }

    /// Lets go of the tickets that arrived and were not begun.
    pub(crate) fn let_go(&self) {
        let tickets = std::mem::take(&mut *self.arrived());
        drop(tickets);
    }

    /// How many tickets could be begun now; waits until that is at least one.
    pub(crate) async fn room(&self) -> u32 {
        loop {
            let free = self.0.slots.saturating_sub(self.0.held.load(Ordering::Acquire));
            if free > 0 {
                return free;
            }
            self.0.freed.notified().await;
        }
    }

    /// Whether no ticket is handled, nor has arrived.
    pub(crate) fn is_idle(&self) -> bool {
        self.0.held.load(Ordering::Acquire) == 0
    }

    fn arrived(&self) -> MutexGuard<'_, VecDeque<WakeUp>> {
        self.0.arrived.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<WakeUp> {
        if let Some(ticket) = self.arrived().pop_front() {
            return Some(ticket);
        }
        let one_less = |rung: u32| rung.checked_sub(1);
        self.0.rung.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_less).ok()?;
        Some(WakeUp::new(self, None))
    }
}

impl WakeSignal for Inbox {
    fn ring(&self, tickets: u32) {
        self.0.rung.fetch_max(tickets.min(self.0.slots), Ordering::AcqRel);
        self.0.waker.wake();
    }
}

impl Backend for Inbox {
    type Task = Task<WakeUp>;
    type Error = Infallible;

    fn poll_ready(
        &mut self,
        _: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn poll_next(
        &mut self,
        context: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Option<Result<Self::Task, Self::Error>>> {
        // Registered before looking, so that a ring in between is not missed.
        self.0.waker.register(context.waker());
        let Some(ticket) = self.take() else { return Poll::Pending };
        let number = self.0.number.fetch_add(1, Ordering::Relaxed);
        let ticket = TaskBuilder::new(ticket).task_id(TaskId::from_int(number)).build();
        Poll::Ready(Some(Ok(ticket)))
    }

    fn poll_close(
        &mut self,
        _: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }
}

impl BackendConfig for Inbox {
    type Args = WakeUp;
    type Id = u64;
    type Kind = Ephemeral;
    type Config = ();
    type Layer = Identity;

    fn config(&self) -> &Self::Config {
        &()
    }

    fn middleware(&mut self, _: &mut WorkerContext) -> Self::Layer {
        Identity::new()
    }
}

/// Has the monitor run `handler` for the tickets of `inbox`, as many at a time as that has slots.
///
/// The handlers are polled by the monitor's own future: when that is dropped, nothing of them goes on.
pub(crate) fn register<H, F>(monitor: Monitor, queue: Queue, inbox: Inbox, handler: H) -> Monitor
where
    H: Fn() -> F + Clone + Send + Sync + 'static,
    F: Future<Output = WakeUpOutcome> + Send + 'static,
{
    monitor.register(move |restart| {
        let handler = handler.clone();
        let slots = inbox.0.slots;
        WorkerBuilder::new(format!("{queue}-{restart}"))
            .backend(inbox.clone())
            .concurrency(usize::try_from(slots).unwrap_or(usize::MAX))
            .enable_tracing()
            .catch_panic()
            .build(move |ticket: WakeUp| {
                let handled = handler();
                async move { ticket.end(handled.await) }
            })
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::{sync::watch, time::timeout};
    use tokio_util::sync::CancellationToken;

    use super::*;

    /// Runs a handler that panics first and then waits to be let go; how many ran together, and how many ended.
    struct SlotProbe {
        bell: Inbox,
        running: watch::Receiver<u32>,
        ended: watch::Receiver<u32>,
        go: watch::Sender<bool>,
        stop: CancellationToken,
        monitor: tokio::task::JoinHandle<()>,
    }

    fn bench(concurrency: u32) -> SlotProbe {
        let bell = Inbox::new(concurrency);
        let (running, ended, go) =
            (watch::Sender::new(0), watch::Sender::new(0), watch::Sender::new(false));
        let stop = CancellationToken::new();
        let handler = {
            let (running, ended, go) = (running.clone(), ended.clone(), go.clone());
            move || {
                let (running, ended, mut go) = (running.clone(), ended.clone(), go.subscribe());
                async move {
                    running.send_modify(|count| *count += 1);
                    go.wait_for(|go| *go).await.unwrap();
                    running.send_modify(|count| *count -= 1);
                    ended.send_modify(|count| *count += 1);
                    assert!(*ended.borrow() > 1, "the first one panics");
                    WakeUpOutcome::Done
                }
            }
        };
        let monitor = register(Monitor::new(), Queue::Mail, bell.clone(), handler);
        let stopped = stop.clone();
        let monitor = tokio::spawn(async move {
            let signal = async {
                stopped.cancelled().await;
                Ok(())
            };
            monitor.run_with_signal(signal).await.unwrap();
        });
        let (running, ended) = (running.subscribe(), ended.subscribe());
        SlotProbe { bell, running, ended, go, stop, monitor }
    }

    async fn reaches(count: &mut watch::Receiver<u32>, wanted: u32) {
        let reached =
            timeout(Duration::from_secs(10), count.wait_for(|count| *count == wanted)).await;
        assert!(reached.is_ok(), "wanted {wanted}");
    }

    #[tokio::test]
    async fn as_many_tickets_run_as_there_are_handlers_and_as_many_wait() {
        let mut bench = bench(3);
        bench.bell.ring(1_000);
        reaches(&mut bench.running, 3).await;
        bench.bell.ring(1_000);
        bench.go.send_replace(true);
        reaches(&mut bench.ended, 6).await;
        bench.stop.cancel();
        bench.monitor.await.unwrap();
        println!("rung 2,000 times: {} tickets handled", *bench.ended.borrow());
        assert_eq!(*bench.ended.borrow(), 6);
    }

    #[tokio::test]
    async fn a_panic_ends_neither_the_worker_nor_the_queue() {
        let mut bench = bench(1);
        bench.go.send_replace(true);
        for ticket in 1..=20 {
            bench.bell.ring(1);
            reaches(&mut bench.ended, ticket).await;
        }
        println!("1 panic, then 19 tickets handled");
        bench.stop.cancel();
        bench.monitor.await.unwrap();
    }

    #[tokio::test]
    async fn a_stop_lets_running_tickets_end_and_begins_no_other() {
        let mut bench = bench(2);
        bench.bell.ring(2);
        reaches(&mut bench.running, 2).await;
        bench.bell.ring(2);
        bench.stop.cancel();
        bench.go.send_replace(true);
        bench.monitor.await.unwrap();
        println!("{} of 4 tickets handled", *bench.ended.borrow());
        assert_eq!(*bench.ended.borrow(), 2);
    }

    #[tokio::test]
    async fn whoever_delivered_a_ticket_learns_how_it_ended() {
        let mut bench = bench(2);
        let (ended, mut endings) = mpsc::unbounded_channel();
        for id in ["panics", "done", "waits"] {
            bench.bell.deliver(TicketReceipt { id: id.to_owned(), ended: ended.clone() });
        }
        reaches(&mut bench.running, 2).await;
        bench.bell.let_go();
        assert_eq!(endings.recv().await, Some(("waits".to_owned(), WakeUpOutcome::CutShort)));
        assert!(!bench.bell.is_idle());
        bench.go.send_replace(true);
        let mut ids = [endings.recv().await.unwrap(), endings.recv().await.unwrap()];
        ids.sort_by(|one, other| one.0.cmp(&other.0));
        let done = |id: &str| (id.to_owned(), WakeUpOutcome::Done);
        assert_eq!(ids, [done("done"), done("panics")]);
        assert_eq!(bench.bell.room().await, 2);
        bench.stop.cancel();
        bench.monitor.await.unwrap();
    }
}
