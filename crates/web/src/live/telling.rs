//! The body of an answer to somebody who watches.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::web::Bytes;
use futures::Stream;

use super::BEAT;

/// What somebody is told, and a word to the connection whenever that stirs by itself.
///
/// A viewer who leaves closes their side. The server reads that, looks here for more to send, and would wait on for as
/// long as there is none, because half a connection is good enough to answer on. A heartbeat at that moment finds out
/// whether anybody still listens: if nobody does, the next attempt to write fails, and the place is free.
pub(super) struct Telling<S> {
    heard: Pin<Box<S>>,
    /// Nothing was there when this was looked at last.
    waits: bool,
}

impl<S> Telling<S> {
    pub(super) fn new(heard: S) -> Self {
        Self { heard: Box::pin(heard), waits: false }
    }
}

impl<S: Stream<Item = Result<Bytes, Infallible>>> Stream for Telling<S> {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.heard.as_mut().poll_next(context);
        let stirred = next.is_pending() && self.waits;
        self.waits = next.is_pending() && !self.waits;
        if stirred { Poll::Ready(Some(Ok(BEAT))) } else { next }
    }
}
