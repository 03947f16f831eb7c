//! Background tasks for a person whose request was answered.

use std::{future::Future, time::Duration};

use tokio::runtime::Handle;
use tokio_util::task::TaskTracker;

/// How long a task may take.
const TASK_TIMEOUT: Duration = Duration::from_secs(30);
/// How long tasks under way may take at shutdown.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(3);

/// Tasks under way. They run independently of requests: a client that disconnects ends none of them.
#[derive(Debug)]
pub(super) struct BackgroundTasks {
    tracker: TaskTracker,
    runtime: Handle,
}

impl BackgroundTasks {
    /// Runs tasks on the current runtime.
    pub(super) fn here() -> Self {
        Self { tracker: TaskTracker::new(), runtime: Handle::current() }
    }

    /// Starts a task at once.
    pub(super) fn start(&self, task: impl Future<Output = ()> + Send + 'static) {
        let task = async {
            if tokio::time::timeout(TASK_TIMEOUT, task).await.is_err() {
                tracing::warn!(source = super::SOURCE, "a background task timed out");
            }
        };
        self.tracker.spawn_on(task, &self.runtime);
    }

    /// Waits for the tasks under way.
    pub(super) async fn finish(&self) {
        self.tracker.close();
        if tokio::time::timeout(SHUTDOWN_TIMEOUT, self.tracker.wait()).await.is_err() {
            tracing::warn!(
                source = super::SOURCE,
                "some replies to Slack were dropped at shutdown"
            );
        }
    }
}
