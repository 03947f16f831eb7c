//! The queue's transport. In process: an apalis backend that is woken by a doorbell.
//!
//! A ticket says "there is work", and SQL says which. So this backend is ephemeral, has no error that could end a
//! worker, and needs no acknowledgement. A transport between processes is a second [`Bell`], and a second backend to
//! [`register`].

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
use futures::task::AtomicWaker;

/// "There is work on this queue." Which, says SQL.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ticket;

/// What rings for a queue.
pub(crate) trait Bell: Send + Sync {
    /// Makes sure that this many tickets wait, or as many as there are handlers. Never blocks, never fails: what can't
    /// be rung now is rung by the relay's next pass.
    fn ring(&self, tickets: u32);
}

/// The doorbell and the backend of a queue in this process; clones share it.
#[derive(Clone)]
pub(crate) struct InProcess(Arc<Inner>);

struct Inner {
    /// At most so many tickets wait: more could not be handled at once, and the rest waits in SQL anyway.
    most: u32,
    waiting: AtomicU32,
    number: AtomicU64,
    waker: AtomicWaker,
}

impl InProcess {
    pub(crate) fn new(most: u32) -> Self {
        Self(Arc::new(Inner {
            most,
            waiting: AtomicU32::new(0),
            number: AtomicU64::new(0),
            waker: AtomicWaker::new(),
        }))
    }
}

impl Bell for InProcess {
    fn ring(&self, tickets: u32) {
        self.0.waiting.fetch_max(tickets.min(self.0.most), Ordering::AcqRel);
        self.0.waker.wake();
    }
}

impl Backend for InProcess {
    type Task = Task<Ticket>;
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
        let taken = self
            .0
            .waiting
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |waiting| waiting.checked_sub(1));
        if taken.is_err() {
            return Poll::Pending;
        }
        let number = self.0.number.fetch_add(1, Ordering::Relaxed);
        let ticket = TaskBuilder::new(Ticket).task_id(TaskId::from_int(number)).build();
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

impl BackendConfig for InProcess {
    type Args = Ticket;
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

/// Has the monitor run `handler` for the tickets of `queue`, up to `concurrency` at a time.
///
/// The handlers are polled by the monitor's own future: when that is dropped, nothing of them goes on.
pub(crate) fn register<H, F>(
    monitor: Monitor,
    queue: &'static str,
    backend: InProcess,
    concurrency: u32,
    handler: H,
) -> Monitor
where
    H: Fn() -> F + Clone + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    monitor.register(move |restart| {
        let handler = handler.clone();
        WorkerBuilder::new(format!("{queue}-{restart}"))
            .backend(backend.clone())
            .concurrency(usize::try_from(concurrency).unwrap_or(usize::MAX))
            .enable_tracing()
            .catch_panic()
            .build(move |_: Ticket| handler())
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::{sync::watch, time::timeout};
    use tokio_util::sync::CancellationToken;

    use super::*;

    /// Runs a handler that panics first and then waits to be let go; how many ran together, and how many ended.
    struct Bench {
        bell: InProcess,
        running: watch::Receiver<u32>,
        ended: watch::Receiver<u32>,
        go: watch::Sender<bool>,
        stop: CancellationToken,
        monitor: tokio::task::JoinHandle<()>,
    }

    fn bench(concurrency: u32) -> Bench {
        let bell = InProcess::new(concurrency);
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
        let monitor = register(Monitor::new(), "test", bell.clone(), concurrency, handler);
        let stopped = stop.clone();
        let monitor = tokio::spawn(async move {
            let signal = async {
                stopped.cancelled().await;
                Ok(())
            };
            monitor.run_with_signal(signal).await.unwrap();
        });
        let (running, ended) = (running.subscribe(), ended.subscribe());
        Bench { bell, running, ended, go, stop, monitor }
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
}
