//! The results of the last refresh.

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
    /// Deliveries that wait for their next attempt.
    pub delayed: u64,
    /// Deliveries that a worker is sending.
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

/// The state from which the admin listener answers.
#[derive(Debug, Default)]
pub(crate) struct AdminState {
    pub(crate) queues: Vec<QueueReading>,
    /// When the numbers were last read from SQL.
    pub(crate) read_at: Option<Instant>,
    pub(crate) checks: Vec<(&'static str, Result<(), String>)>,
    pub(crate) pages: ServedPages,
    /// What is wrong besides store and pages, in our words.
    pub(crate) troubles: Vec<&'static str>,
    /// The answer to probes.
    pub(crate) readiness: Readiness,
}
