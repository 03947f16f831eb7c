//! How many deliveries a worker can take at this moment, and where to.

use std::collections::BTreeMap;

use crate::states::Lane;

/// What a worker can take at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerCapacity {
    /// The number of free slots.
    pub slots: u32,
    /// How many of them may be filled from the slow lane.
    pub slow: u32,
    /// How many of them are filled from the slow lane even if the fast lane could fill them all.
    pub slow_first: u32,
    /// The limit per web host.
    pub hosts: HostLimit,
    /// The limit per web host in the slow lane. It doesn't count for the fast one, since strangers can name any host.
    pub slow_hosts: HostLimit,
}

/// How many deliveries go to one web host at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostLimit {
    /// The maximum per host.
    pub max: u32,
    /// How many there are now, by host.
    pub in_flight: BTreeMap<String, u32>,
}

impl HostLimit {
    /// No limit.
    #[must_use]
    pub fn none() -> Self {
        Self { max: u32::MAX, in_flight: BTreeMap::new() }
    }

    pub(super) fn is_full(&self, host: &str) -> bool {
        self.in_flight.get(host).is_some_and(|in_flight| *in_flight >= self.max)
    }

    pub(super) fn full(&self) -> Vec<&String> {
        self.in_flight.keys().filter(|host| self.is_full(host)).collect()
    }

    pub(super) fn add(&mut self, host: &str) {
        *self.in_flight.entry(host.to_owned()).or_default() += 1;
    }
}

impl WorkerCapacity {
    /// This many deliveries of any lane, to any host.
    #[must_use]
    pub fn of(slots: u32) -> Self {
        let (hosts, slow_hosts) = (HostLimit::none(), HostLimit::none());
        Self { slots, slow: slots, slow_first: 0, hosts, slow_hosts }
    }

    /// The lanes in the order in which they are claimed from, each with its limit.
    pub(super) fn steps(&self, fast_due: bool, slow_due: bool) -> Vec<(Lane, u32)> {
        let mut steps = Vec::new();
        if slow_due && self.slow_first > 0 {
            steps.push((Lane::Slow, self.slow_first.min(self.slow)));
        }
        if fast_due {
            steps.push((Lane::Fast, self.slots));
        }
        if slow_due {
            steps.push((Lane::Slow, self.slow));
        }
        steps
    }
}
