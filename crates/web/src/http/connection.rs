//! A connection that can be taken over from the HTTP server, whose buffers cost 16 KiB per connection: 10,000 viewers
//! of `/events` would take 160 MB with them, and take 32 MB without.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    io::{self, IoSlice},
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use actix_web::rt::net::TcpStream;
use rustix::net::sockopt::set_tcp_user_timeout;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How long a client may leave sent data unacknowledged, in milliseconds.
const USER_TIMEOUT_MS: u32 = 30_000;

/// The connection as the HTTP server sees it. Once it was taken over, reads find nothing, writes are discarded, and the
/// server closes its side.
#[derive(Clone)]
pub(crate) struct ClientConnection(Rc<SharedStream>);

struct SharedStream {
    stream: RefCell<Option<TcpStream>>,
    /// How often the server has flushed all its output.
    flushes: Cell<u64>,
    /// The task that waits for the next flush.
    waiting: Cell<Option<Waker>>,
}

impl ClientConnection {
    pub(crate) fn new(stream: TcpStream) -> Self {
        set_user_timeout(&stream);
        let stream = RefCell::new(Some(stream));
        Self(Rc::new(SharedStream { stream, flushes: Cell::new(0), waiting: Cell::new(None) }))
    }

    /// Takes the connection from the server, after it has flushed earlier answers: requests may be pipelined, and the
    /// server keeps answers in a buffer until it has to wait for a handler.
    pub(crate) async fn take_away(&self) -> Option<TcpStream> {
        let before = self.0.flushes.get();
        poll_fn(|context| {
            if self.0.flushes.get() != before {
                return Poll::Ready(());
            }
            self.0.waiting.set(Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
        self.0.stream.borrow_mut().take()
    }

    /// Runs `work` on the connection; returns `gone` if it was taken over.
    fn with<T>(
        &self,
        gone: T,
        work: impl FnOnce(Pin<&mut TcpStream>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        match self.0.stream.borrow_mut().as_mut() {
            Some(stream) => work(Pin::new(stream)),
            None => Poll::Ready(Ok(gone)),
        }
    }
}

impl AsyncRead for ClientConnection {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.with((), |stream| stream.poll_read(context, buffer))
    }
}

impl AsyncWrite for ClientConnection {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.with(bytes.len(), |stream| stream.poll_write(context, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = self.with((), |stream| stream.poll_flush(context));
        if flushed.is_ready() {
            self.0.flushes.set(self.0.flushes.get().wrapping_add(1));
            if let Some(waiting) = self.0.waiting.take() {
                waiting.wake();
            }
        }
        flushed
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.with((), |stream| stream.poll_shutdown(context))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let all = parts.iter().map(|part| part.len()).sum();
        self.with(all, |stream| stream.poll_write_vectored(context, parts))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }
}

/// Lets the system close connections whose other side vanished or doesn't read (`TCP_USER_TIMEOUT`, RFC 5482).
fn set_user_timeout(stream: &TcpStream) {
    if let Err(error) = set_tcp_user_timeout(stream, USER_TIMEOUT_MS) {
        tracing::debug!(%error, "TCP_USER_TIMEOUT can't be set");
    }
}

#[cfg(test)]
mod tests {
    use rustix::net::sockopt::tcp_user_timeout;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
    };

    use super::*;

    #[tokio::test]
    async fn connection_taken_over_is_no_longer_the_servers() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (client, accepted) = tokio::join!(TcpStream::connect(address), listener.accept());
        let (mut client, (connection, _)) = (client.unwrap(), accepted.unwrap());
        let mut line = ClientConnection::new(connection);
        line.write_all(b"one").await.unwrap();
        let same = line.clone();
        let (taken, flushed) = tokio::join!(same.take_away(), line.flush());
        flushed.unwrap();
        let mut taken = taken.unwrap();
        assert_eq!(
            tcp_user_timeout(&taken).unwrap(),
            USER_TIMEOUT_MS,
            "the system knows when to give up"
        );
        line.write_all(b"lost").await.unwrap();
        line.shutdown().await.unwrap();
        assert_eq!(line.read(&mut [0; 8]).await.unwrap(), 0);
        taken.write_all(b"two").await.unwrap();
        drop((taken, line));
        let mut received = String::new();
        client.read_to_string(&mut received).await.unwrap();
        assert_eq!(received, "onetwo");
    }
}
