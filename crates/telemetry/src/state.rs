//! What the last refresh saw.

use std::time::Instant;

use serde::Serialize;

use crate::{Readiness, ServedPages};

/// A queue's figures, read from SQL.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueueReading {
    /// Its name.
    #[serde(skip)]
    pub name: &'static str,
    /// Deliveries that may be sent now.
    pub due: u64,
    /// Deliveries that wait for their time.
    pub delayed: u64,
    /// Deliveries that a worker has.
    pub running: u64,
    /// Deliveries that were given up.
    pub dead: u64,
    /// How long the oldest due delivery has been due; 0 if none is.
    pub oldest_due_age_seconds: f64,
    /// Worker processes alive.
    pub workers: u64,
    /// Deliveries that they can send at the same time.
    pub slots: u64,
}

/// What the admin listener answers from.
#[derive(Debug, Default)]
pub(crate) struct AdminState {
    pub(crate) queues: Vec<QueueReading>,
    /// When the numbers from SQL were read last.
    pub(crate) read_at: Option<Instant>,
    pub(crate) checks: Vec<(&'static str, Result<(), String>)>,
    pub(crate) pages: ServedPages,
    /// What is wrong beside what the store and the pages say themselves, in our words.
    pub(crate) troubles: Vec<&'static str>,
    /// What probes are answered.
    pub(crate) readiness: Readiness,
}
