//! Records results: those that wait at the same time share one transaction, so that a mail costs less than a commit.

use candor_store::{AttemptOutcome, Claim, Store, StoreError};
use tokio::sync::{mpsc, oneshot};

/// The maximum number of results in one transaction.
const MAX_RESULTS: usize = 256;

type ResultReply = oneshot::Sender<Result<bool, StoreError>>;

/// The slots' side of the recorder.
pub(crate) struct Results(mpsc::UnboundedSender<(Claim, AttemptOutcome, ResultReply)>);

/// Records results until all slots are gone.
pub(crate) struct Recorder {
    store: Store,
    ended: mpsc::UnboundedReceiver<(Claim, AttemptOutcome, ResultReply)>,
}

impl Results {
    pub(crate) fn new(store: Store) -> (Self, Recorder) {
        let (give, ended) = mpsc::unbounded_channel();
        (Self(give), Recorder { store, ended })
    }

    /// Records the outcome of a delivery; false if the lease was lost.
    pub(crate) async fn record(
        &self,
        claim: Claim,
        outcome: AttemptOutcome,
    ) -> Result<bool, StoreError> {
        let (reply, answer) = oneshot::channel();
        let stopped = || StoreError::unavailable("this worker stops");
        self.0.send((claim, outcome, reply)).map_err(|_gone| stopped())?;
        answer.await.unwrap_or_else(|_gone| Err(stopped()))
    }
}

impl Recorder {
    /// Records results.
    pub(crate) async fn serve(mut self) {
        let mut ended = Vec::new();
        while self.ended.recv_many(&mut ended, MAX_RESULTS).await > 0 {
            let mut replies = Vec::with_capacity(ended.len());
            let mut batch = Vec::with_capacity(ended.len());
            for (claim, outcome, reply) in ended.drain(..) {
                batch.push((claim, outcome));
                replies.push(reply);
            }
            match self.store.finish_all(batch.clone()).await {
                Ok(recorded) => {
                    for (reply, recorded) in replies.into_iter().zip(recorded) {
                        // If the slot is gone, it needs no answer.
                        let _gone = reply.send(Ok(recorded));
                    }
                }
                // One result that the database rejects must not hold up the others.
                Err(_together) => {
                    for (one, reply) in batch.into_iter().zip(replies) {
                        let recorded = self.store.finish_all(vec![one]).await;
                        let recorded =
                            recorded.map(|recorded| recorded.into_iter().all(|done| done));
                        let _gone = reply.send(recorded);
                    }
                }
            }
        }
    }
}
