//! The wake-ups of one queue: a counter, and the apalis backend that hands them to the slots.
//!
//! apalis runs the handlers: as many at a time as the queue has slots. The backend is ephemeral: it repeats nothing and
//! has no errors.

use std::{
    convert::Infallible,
    future::Future,
    sync::{
        Arc,
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
use tokio::sync::Notify;

/// One wake-up that is being handled. It occupies a slot until it is dropped.
pub(crate) struct WakeUp(WakeUps);

impl Drop for WakeUp {
    fn drop(&mut self) {
        self.0.0.handled.fetch_sub(1, Ordering::AcqRel);
        self.0.0.freed.notify_one();
    }
}

/// The wake-ups of a queue; clones share them.
#[derive(Clone)]
pub(crate) struct WakeUps(Arc<WakeUpsInner>);

struct WakeUpsInner {
    /// The maximum number of wake-ups handled at the same time.
    slots: u32,
    /// How many wait: at most as many as there are slots, since more could not be handled at once, and the work waits
    /// in SQL anyway.
    waiting: AtomicU32,
    handled: AtomicU32,
    freed: Notify,
    number: AtomicU64,
    waker: AtomicWaker,
}

impl WakeUps {
    pub(crate) fn new(slots: u32) -> Self {
        Self(Arc::new(WakeUpsInner {
            slots,
            waiting: AtomicU32::new(0),
            handled: AtomicU32::new(0),
            freed: Notify::new(),
            number: AtomicU64::new(0),
            waker: AtomicWaker::new(),
        }))
    }

    /// Makes sure that this many wait, or as many as there are slots.
    pub(crate) fn add(&self, wake_ups: u32) {
        self.0.waiting.fetch_max(wake_ups.min(self.0.slots), Ordering::AcqRel);
        self.0.waker.wake();
    }

    /// Adds one more, up to the number of slots.
    pub(crate) fn add_one(&self) {
        let one_more = |waiting: u32| (waiting < self.0.slots).then_some(waiting + 1);
        let _full = self.0.waiting.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more);
        self.0.waker.wake();
    }

    /// Waits until a slot is free for one more.
    pub(crate) async fn slot_is_free(&self) {
        let busy = || {
            let waiting = self.0.waiting.load(Ordering::Acquire);
            waiting.saturating_add(self.0.handled.load(Ordering::Acquire))
        };
        while busy() >= self.0.slots {
            self.0.freed.notified().await;
        }
    }

    /// Whether no wake-up is being handled.
    pub(crate) fn is_idle(&self) -> bool {
        self.0.handled.load(Ordering::Acquire) == 0
    }

    fn take(&self) -> Option<WakeUp> {
        let one_less = |waiting: u32| waiting.checked_sub(1);
        self.0.waiting.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_less).ok()?;
        self.0.handled.fetch_add(1, Ordering::AcqRel);
        Some(WakeUp(self.clone()))
    }
}

impl Backend for WakeUps {
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
        // Registered before checking, so that no wake-up in between is missed.
        self.0.waker.register(context.waker());
        let Some(wake_up) = self.take() else { return Poll::Pending };
        let number = self.0.number.fetch_add(1, Ordering::Relaxed);
        let task = TaskBuilder::new(wake_up).task_id(TaskId::from_int(number)).build();
        Poll::Ready(Some(Ok(task)))
    }

    fn poll_close(
        &mut self,
        _: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }
}

impl BackendConfig for WakeUps {
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

/// Makes the monitor run `handler` for each wake-up, as many at a time as there are slots.
///
/// The handlers are polled by the monitor's own future: when that is dropped, all of them end.
pub(crate) fn register<H, F>(
    monitor: Monitor,
    queue: Queue,
    wake_ups: WakeUps,
    handler: H,
) -> Monitor
where
    H: Fn() -> F + Clone + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    monitor.register(move |restart| {
        let handler = handler.clone();
        let slots = wake_ups.0.slots;
        WorkerBuilder::new(format!("{queue}-{restart}"))
            .backend(wake_ups.clone())
            .concurrency(usize::try_from(slots).unwrap_or(usize::MAX))
            .enable_tracing()
            .catch_panic()
            .build(move |wake_up: WakeUp| {
                let handled = handler();
                async move {
                    handled.await;
                    drop(wake_up);
                }
            })
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::{sync::watch, time::timeout};
    use tokio_util::sync::CancellationToken;

    use super::*;

    /// A handler that panics first and then waits until it is released; counts how many ran together, and how many
    /// ended.
    struct SlotProbe {
        wake_ups: WakeUps,
        running: watch::Receiver<u32>,
        ended: watch::Receiver<u32>,
        go: watch::Sender<bool>,
        stop: CancellationToken,
        monitor: tokio::task::JoinHandle<()>,
    }

    fn probe(slots: u32) -> SlotProbe {
        let wake_ups = WakeUps::new(slots);
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
                }
            }
        };
        let monitor = register(Monitor::new(), Queue::Mail, wake_ups.clone(), handler);
        let stopped = stop.clone();
        let monitor = tokio::spawn(async move {
            let signal = async {
                stopped.cancelled().await;
                Ok(())
            };
            monitor.run_with_signal(signal).await.unwrap();
        });
        let (running, ended) = (running.subscribe(), ended.subscribe());
        SlotProbe { wake_ups, running, ended, go, stop, monitor }
    }

    async fn reaches(count: &mut watch::Receiver<u32>, wanted: u32) {
        let reached =
            timeout(Duration::from_secs(10), count.wait_for(|count| *count == wanted)).await;
        assert!(reached.is_ok(), "wanted {wanted}");
    }

    #[tokio::test]
    async fn wake_ups_handled_and_waiting_are_limited_by_slots() {
        let mut probe = probe(3);
        probe.wake_ups.add(1_000);
        reaches(&mut probe.running, 3).await;
        for _ in 0..1_000 {
            probe.wake_ups.add_one();
        }
        probe.go.send_replace(true);
        reaches(&mut probe.ended, 6).await;
        probe.stop.cancel();
        probe.monitor.await.unwrap();
        println!("2,000 added: {} handled", *probe.ended.borrow());
        assert_eq!(*probe.ended.borrow(), 6);
    }

    #[tokio::test]
    async fn panicking_handler_ends_neither_worker_nor_queue_and_frees_its_slot() {
        let mut probe = probe(1);
        probe.go.send_replace(true);
        for number in 1..=20 {
            probe.wake_ups.add(1);
            reaches(&mut probe.ended, number).await;
        }
        println!("1 panic, then 19 wake-ups handled");
        probe.wake_ups.slot_is_free().await;
        probe.stop.cancel();
        probe.monitor.await.unwrap();
        assert!(probe.wake_ups.is_idle());
    }

    #[tokio::test]
    async fn stopping_waits_for_running_handlers_and_starts_no_other() {
        let mut probe = probe(2);
        probe.wake_ups.add(2);
        reaches(&mut probe.running, 2).await;
        assert!(!probe.wake_ups.is_idle());
        probe.wake_ups.add(2);
        probe.stop.cancel();
        probe.go.send_replace(true);
        probe.monitor.await.unwrap();
        println!("{} of 4 wake-ups handled", *probe.ended.borrow());
        assert_eq!(*probe.ended.borrow(), 2);
    }
}
