//! Limits log lines that strangers can cause: one at once, then at most one a minute with the count. What
//! they are about is counted in a metric as well, so nothing is lost.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The time between two lines.
const INTERVAL: Duration = Duration::from_secs(60);

/// Decides when a line is due; each kind of line has its own.
#[derive(Debug)]
pub struct Throttle(Mutex<ThrottleState>);

#[derive(Debug)]
struct ThrottleState {
    last: Option<Instant>,
    /// How many occurred since then.
    unsaid: u64,
}

impl Default for Throttle {
    fn default() -> Self {
        Self::new()
    }
}

impl Throttle {
    /// With a line due at once.
    #[must_use]
    pub const fn new() -> Self {
        Self(Mutex::new(ThrottleState { last: None, unsaid: 0 }))
    }

    /// Counts an occurrence. Returns how many there were since the last line, if a line is due.
    pub fn due(&self) -> Option<u64> {
        self.due_at(Instant::now())
    }

    fn due_at(&self, now: Instant) -> Option<u64> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.unsaid = state.unsaid.saturating_add(1);
        let is_due = state.last.is_none_or(|last| now.saturating_duration_since(last) >= INTERVAL);
        is_due.then(|| {
            state.last = Some(now);
            std::mem::take(&mut state.unsaid)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_often_it_happens_a_line_is_due_once_a_minute_and_says_how_often() {
        let (throttle, begin) = (Throttle::new(), Instant::now());
        assert_eq!(throttle.due_at(begin), Some(1));
        for _ in 0..1_000 {
            assert_eq!(throttle.due_at(begin + INTERVAL / 2), None);
        }
        assert_eq!(throttle.due_at(begin + INTERVAL), Some(1_001));
        assert_eq!(throttle.due_at(begin + INTERVAL), None);
        assert_eq!(throttle.due_at(begin + 3 * INTERVAL), Some(2));
    }
}
