//! A small mail server that keeps what it gets: for `candor demo`, and for tests of failures.
//!
//! It speaks enough SMTP (RFC 5321) for a client on the same machine, delivers nothing, and asks a [`Policy`] before
//! each answer, so that it can refuse, hesitate or hang up on demand. It isn't a mail server for anything else.

mod caught;
mod dialogue;
mod policy;

use std::{
    collections::VecDeque,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    net::{TcpListener, ToSocketAddrs},
    sync::{mpsc, watch},
    task::{JoinHandle, JoinSet},
};

pub use caught::CaughtMail;
pub use policy::{ClientStage, Policy, PolicyMoment, Reaction};

/// How many mails are kept unless asked otherwise; older ones are forgotten.
pub const KEEP: usize = 1_000;

/// How many clients are served at a time.
const MAX_CLIENTS: usize = 256;

/// A mail server that keeps what it gets, until it is dropped.
#[derive(Debug)]
pub struct MailCatcher {
    addr: SocketAddr,
    basket: Arc<CaughtMails>,
    server: JoinHandle<()>,
}

/// What was caught.
#[derive(Debug)]
struct CaughtMails {
    keep: usize,
    mails: Mutex<VecDeque<Arc<CaughtMail>>>,
    listeners: Mutex<Vec<mpsc::UnboundedSender<Arc<CaughtMail>>>>,
    total: watch::Sender<usize>,
}

impl MailCatcher {
    /// Listens on `addr` (port 0: any free one) and keeps the last [`KEEP`] mails.
    ///
    /// # Errors
    /// The address can't be listened on.
    pub async fn start(addr: impl ToSocketAddrs, policy: Policy) -> io::Result<Self> {
        Self::start_keeping(addr, policy, KEEP).await
    }

    /// Listens on `addr` and keeps the last `keep` mails.
    ///
    /// # Errors
    /// The address can't be listened on.
    pub async fn start_keeping(
        addr: impl ToSocketAddrs,
        policy: Policy,
        keep: usize,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(addr).await?;
        let addr = listener.local_addr()?;
        let basket = Arc::new(CaughtMails {
            keep,
            mails: Mutex::default(),
            listeners: Mutex::default(),
            total: watch::Sender::new(0),
        });
        let server = tokio::spawn(serve(listener, policy, Arc::clone(&basket)));
        Ok(Self { addr, basket, server })
    }

    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// What it has kept, the oldest first.
    #[must_use]
    pub fn caught(&self) -> Vec<Arc<CaughtMail>> {
        lock(&self.basket.mails).iter().cloned().collect()
    }

    /// How many mails it got since it was started.
    #[must_use]
    pub fn total(&self) -> usize {
        *self.basket.total.borrow()
    }

    /// Every mail from now on, as it comes in.
    #[must_use]
    pub fn listen(&self) -> mpsc::UnboundedReceiver<Arc<CaughtMail>> {
        let (sender, receiver) = mpsc::unbounded_channel();
        lock(&self.basket.listeners).push(sender);
        receiver
    }

    /// Waits until `count` mails came in, but no longer than `deadline`; what was kept by then.
    pub async fn wait_for(&self, count: usize, deadline: Duration) -> Vec<Arc<CaughtMail>> {
        let mut total = self.basket.total.subscribe();
        let enough = total.wait_for(|total| *total >= count);
        drop(tokio::time::timeout(deadline, enough).await);
        self.caught()
    }
}

impl Drop for MailCatcher {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl CaughtMails {
    fn put(&self, mail: CaughtMail) {
        let mail = Arc::new(mail);
        let mut mails = lock(&self.mails);
        mails.push_back(Arc::clone(&mail));
        while mails.len() > self.keep {
            mails.pop_front();
        }
        lock(&self.listeners).retain(|listener| listener.send(Arc::clone(&mail)).is_ok());
        self.total.send_modify(|total| *total += 1);
    }
}

async fn serve(listener: TcpListener, policy: Policy, basket: Arc<CaughtMails>) {
    // Ends its clients with itself.
    let mut clients = JoinSet::new();
    let mut connection = 0;
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file descriptors, most likely: some will be free again soon.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        while clients.try_join_next().is_some() {}
        if clients.len() >= MAX_CLIENTS {
            continue;
        }
        connection += 1;
        clients.spawn(dialogue::hold(stream, connection, policy.clone(), Arc::clone(&basket)));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
