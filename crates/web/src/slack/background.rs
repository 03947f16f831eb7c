//! What is done for a person after they have their answer.

use std::{future::Future, time::Duration};

use tokio::runtime::Handle;
use tokio_util::task::TaskTracker;

/// How long an errand may take.
const DEADLINE: Duration = Duration::from_secs(30);
/// How long errands under way may take after the stop.
const STOP_TIMEOUT: Duration = Duration::from_secs(3);

/// Errands under way. They run beside the requests: a client that leaves ends none of them.
#[derive(Debug)]
pub(super) struct BackgroundTasks {
    tracker: TaskTracker,
    runtime: Handle,
}

impl BackgroundTasks {
    /// Runs errands on the runtime of whoever asks this.
    pub(super) fn here() -> Self {
        Self { tracker: TaskTracker::new(), runtime: Handle::current() }
    }

    /// Starts one, at once.
    pub(super) fn start(&self, errand: impl Future<Output = ()> + Send + 'static) {
        let errand = async {
            if tokio::time::timeout(DEADLINE, errand).await.is_err() {
                tracing::warn!(source = super::SOURCE, "an errand took too long and was given up");
            }
        };
        self.tracker.spawn_on(errand, &self.runtime);
    }

    /// Lets those under way end.
    pub(super) async fn finish(&self) {
        self.tracker.close();
        if tokio::time::timeout(STOP_TIMEOUT, self.tracker.wait()).await.is_err() {
            tracing::warn!(
                source = super::SOURCE,
                "not everybody in Slack was told before the end"
            );
        }
    }
}
