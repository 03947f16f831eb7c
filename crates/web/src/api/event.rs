//! Which events `/api/v1/events` lists.

use candor_api::{EventOrder, PublicEvents};
use candor_core::Board;

use crate::{
    http::query::{HIGHEST, Parameters},
    problem::Problem,
};

/// How many events one answer holds by default, and at most.
const DEFAULT_LIMIT: usize = 100;
const MAX_LIMIT: usize = 500;

/// The query of a request for events.
pub(super) struct EventFilter {
    after: u64,
    limit: usize,
}

impl EventFilter {
    pub(super) fn read(mut parameters: Parameters) -> Result<Self, Problem> {
        let wanted = Self {
            after: parameters.number("after", 0, HIGHEST)?.unwrap_or(0),
            limit: parameters.number("limit", 1, MAX_LIMIT)?.unwrap_or(DEFAULT_LIMIT),
        };
        parameters.done("after, limit")?;
        Ok(wanted)
    }

    pub(super) fn of<'a>(&self, board: &'a Board, order: &EventOrder) -> PublicEvents<'a> {
        PublicEvents::of(board, order, self.after, self.limit)
    }

    /// The URL of the next page.
    pub(super) fn url(&self, site: &str, after: u64) -> String {
        let limit = self.limit;
        format!("{}/api/v1/events?after={after}&limit={limit}", site.trim_end_matches('/'))
    }
}
