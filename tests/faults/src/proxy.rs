//! A TCP proxy that can stall, slow down, drip, reset or redirect connections.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    runtime::Handle,
    select,
    sync::watch,
    time::sleep,
};

/// What the proxy does with bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Traffic {
    /// All bytes pass.
    Flowing,
    /// Nothing passes, in either direction; the connections stay.
    Stalled,
    /// One byte per second passes.
    Dripping,
    /// All bytes are delayed by 200 ms.
    Slow,
}

/// The delay.
const SLOWNESS: Duration = Duration::from_millis(200);

/// The proxy; it ends with the harness.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    traffic: watch::Sender<Traffic>,
    /// Each new number resets all present connections.
    resets: watch::Sender<u64>,
    cut: Arc<Cut>,
    server: watch::Sender<SocketAddr>,
}

/// This many requests that contain the text pass without their answers: the connection is closed instead.
struct Cut {
    words: &'static [u8],
    wanted: AtomicUsize,
    done: AtomicUsize,
}

impl Proxy {
    /// Forwards to `server`. [`Self::cut_answers`] looks for this text.
    pub(crate) fn start(runtime: &Handle, server: SocketAddr, words: &'static str) -> Self {
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let cut = Arc::new(Cut { words: words.as_bytes(), wanted: 0.into(), done: 0.into() });
        let proxy = Self {
            address: listener.local_addr().unwrap(),
            traffic: watch::Sender::new(Traffic::Flowing),
            resets: watch::Sender::new(0),
            cut: cut.clone(),
            server: watch::Sender::new(server),
        };
        let server = proxy.server.subscribe();
        let (traffic, resets) = (proxy.traffic.subscribe(), proxy.resets.subscribe());
        runtime.spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let wire = Wire { traffic: traffic.clone(), cut: cut.clone() };
                let mut resets = resets.clone();
                resets.mark_unchanged();
                let server = *server.borrow();
                tokio::spawn(async move {
                    let Ok(server) = TcpStream::connect(server).await else {
                        // The server is down; the client sees what it would have seen without a proxy.
                        let _ = client.set_zero_linger();
                        return;
                    };
                    let _ = wire.hold(client, server, resets).await;
                });
            }
        });
        proxy
    }

    pub(crate) fn set_traffic(&self, traffic: Traffic) {
        self.traffic.send_replace(traffic);
    }

    /// Forwards to another server from now on, and resets present connections.
    pub(crate) fn lead_to(&self, server: SocketAddr) {
        self.server.send_replace(server);
        self.reset();
    }

    /// Resets every present connection (RST, not FIN).
    pub(crate) fn reset(&self) {
        self.resets.send_modify(|number| *number += 1);
    }

    /// Drops the next answers to requests with the text, and closes their connections.
    pub(crate) fn cut_answers(&self, times: usize) {
        self.cut.wanted.fetch_add(times, Ordering::AcqRel);
    }

    /// How many answers were dropped.
    pub(crate) fn answers_cut(&self) -> usize {
        self.cut.done.load(Ordering::Acquire)
    }
}

struct Wire {
    traffic: watch::Receiver<Traffic>,
    cut: Arc<Cut>,
}

impl Wire {
    async fn hold(
        self,
        client: TcpStream,
        server: TcpStream,
        mut resets: watch::Receiver<u64>,
    ) -> io::Result<()> {
        client.set_nodelay(true)?;
        server.set_nodelay(true)?;
        // Set at the end, when the halves are dropped: a close becomes a reset.
        let cut_here = watch::Sender::new(false);
        let (mut from_client, mut to_client) = client.into_split();
        let (mut from_server, mut to_server) = server.into_split();
        let up = self.carry(&mut from_client, &mut to_server, Some(&cut_here), None);
        let down = self.carry(&mut from_server, &mut to_client, None, Some(&cut_here));
        let is_reset = select! {
            _ = up => false,
            _ = down => false,
            _ = resets.changed() => true,
        };
        if is_reset {
            let client = from_client.reunite(to_client).map_err(io::Error::other)?;
            let server = from_server.reunite(to_server).map_err(io::Error::other)?;
            client.set_zero_linger()?;
            server.set_zero_linger()?;
        }
        Ok(())
    }

    async fn carry(
        &self,
        from: &mut OwnedReadHalf,
        to: &mut OwnedWriteHalf,
        looks: Option<&watch::Sender<bool>>,
        swallows: Option<&watch::Sender<bool>>,
    ) -> io::Result<()> {
        let mut traffic = self.traffic.clone();
        let mut chunk = vec![0; 64 * 1024];
        loop {
            let length = from.read(&mut chunk).await?;
            let chunk = chunk.get(..length).unwrap_or_default();
            if chunk.is_empty() {
                return Ok(());
            }
            if let Some(cut_here) = looks
                && chunk.windows(self.cut.words.len()).any(|words| words == self.cut.words)
            {
                let one_less = |wanted: usize| wanted.checked_sub(1);
                if self
                    .cut
                    .wanted
                    .fetch_update(Ordering::AcqRel, Ordering::Acquire, one_less)
                    .is_ok()
                {
                    cut_here.send_replace(true);
                }
            }
            // The server has answered, so the request was carried out, but the client won't know.
            if swallows.is_some_and(|cut_here| *cut_here.borrow()) {
                self.cut.done.fetch_add(1, Ordering::AcqRel);
                return Ok(());
            }
            let mut rest = chunk;
            while !rest.is_empty() {
                let now = *traffic.borrow_and_update();
                match now {
                    Traffic::Flowing => {
                        to.write_all(rest).await?;
                        rest = &[];
                    }
                    Traffic::Slow => {
                        sleep(SLOWNESS).await;
                        to.write_all(rest).await?;
                        rest = &[];
                    }
                    Traffic::Stalled => drop(traffic.changed().await),
                    Traffic::Dripping => {
                        let (byte, others) = rest.split_at(1);
                        to.write_all(byte).await?;
                        rest = others;
                        select! {
                            () = sleep(Duration::from_secs(1)) => {}
                            _ = traffic.changed() => {}
                        }
                    }
                }
            }
        }
    }
}
