//! How calls of Slack fail, on demand.

/// How a call fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureMode {
    /// Rate limit: 429, with this many seconds to wait.
    RateLimited(u64),
    /// Answered with this status, without effect.
    Status(u16),
    /// Answered with this status, but takes effect.
    StatusAfterAccepting(u16),
    /// Refused with this error code: `"ok": false`.
    Error(&'static str),
    /// Never answered, without effect.
    Hangs,
    /// Never answered, but takes effect.
    HangsAfterAccepting,
    /// The connection is closed without an answer and without effect.
    HangsUp,
    /// Takes effect, but the connection is closed without an answer.
    HangsUpAfterAccepting,
}

impl FailureMode {
    /// Whether the call takes effect.
    pub(super) fn accepts(&self) -> bool {
        match self {
            Self::StatusAfterAccepting(_)
            | Self::HangsAfterAccepting
            | Self::HangsUpAfterAccepting => true,
            Self::RateLimited(_)
            | Self::Status(_)
            | Self::Error(_)
            | Self::Hangs
            | Self::HangsUp => false,
        }
    }
}

/// Which calls fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureCount {
    /// The next calls, this many.
    Next(usize),
    /// Every n-th call, from the first one on.
    OneIn(usize),
    /// Every call.
    Always,
}

/// The planned failures.
#[derive(Debug, Default)]
pub(super) struct FailureModes(Vec<PlannedFailure>);

#[derive(Debug)]
struct PlannedFailure {
    method: String,
    times: FailureCount,
    mode: FailureMode,
    seen: usize,
}

impl FailureModes {
    pub(super) fn plan(&mut self, method: &str, times: FailureCount, mode: FailureMode) {
        self.0.push(PlannedFailure { method: method.to_owned(), times, mode, seen: 0 });
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// How this call fails: the first plan that applies.
    pub(super) fn of(&mut self, method: &str) -> Option<FailureMode> {
        let mut chosen = None;
        let plans = self.0.iter_mut().filter(|plan| plan.method == "*" || plan.method == method);
        for plan in plans {
            let applies = match plan.times {
                FailureCount::Next(times) => plan.seen < times,
                FailureCount::OneIn(number) => plan.seen % number.max(1) == 0,
                FailureCount::Always => true,
            };
            // A plan for the next call waits until no other one takes it.
            let counts = chosen.is_none() || !matches!(plan.times, FailureCount::Next(_));
            if counts {
                plan.seen += 1;
            }
            if applies && chosen.is_none() {
                chosen = Some(plan.mode.clone());
            }
        }
        chosen
    }
}
