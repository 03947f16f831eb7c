//! Metrics of the leader's own jobs.

use std::time::Instant;

use candor_store::{Queue, StoreError};
use metrics::{counter, histogram};

/// The queue of the jobs that the leader does.
const QUEUE: &str = Queue::Default.as_str();

/// Does the job (`expand`, `schedule` or `retention`), and counts how it ends. It fails only if the database does.
pub(crate) async fn counted<T>(
    job: &'static str,
    work: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    counter!("candor_jobs_enqueued_total", "queue" => QUEUE, "job" => job).increment(1);
    counter!("candor_jobs_started_total", "queue" => QUEUE, "job" => job).increment(1);
    let begun = Instant::now();
    let result = work.await;
    histogram!("candor_job_duration_seconds", "queue" => QUEUE, "job" => job)
        .record(begun.elapsed());
    let status = if result.is_ok() { "success" } else { "error" };
    counter!("candor_job_runs_total", "queue" => QUEUE, "job" => job, "status" => status)
        .increment(1);
    if result.is_err() {
        let kind = "database";
        counter!("candor_job_errors_total", "queue" => QUEUE, "job" => job, "kind" => kind)
            .increment(1);
    }
    result
}
