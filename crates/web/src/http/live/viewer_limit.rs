//! The limits of concurrent viewers: per address, and in total.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use metrics::{Gauge, gauge};

/// The slots in use.
pub(super) struct ViewerLimit {
    taken: Mutex<TakenSlots>,
    per_address: u32,
    max: u32,
    viewers: Gauge,
}

#[derive(Default)]
struct TakenSlots {
    by: HashMap<IpAddr, u32>,
    in_all: u32,
}

/// The limit that was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LimitMet {
    Address,
    All,
}

/// A viewer's slot, until it is dropped.
pub(super) struct ViewerSlot {
    limit: Arc<ViewerLimit>,
    address: Option<IpAddr>,
}

impl ViewerLimit {
    pub(super) fn new(per_address: u32, max: u32) -> Self {
        let viewers = gauge!("candor_event_viewers");
        viewers.set(0.0);
        Self { taken: Mutex::default(), per_address, max, viewers }
    }

    /// Reserves a slot for a viewer from `address`.
    pub(super) fn take(self: &Arc<Self>, address: Option<IpAddr>) -> Result<ViewerSlot, LimitMet> {
        let mut taken = self.taken();
        if taken.in_all >= self.max {
            return Err(LimitMet::All);
        }
        if let Some(address) = address {
            let theirs = taken.by.entry(address).or_default();
            if *theirs >= self.per_address {
                return Err(LimitMet::Address);
            }
            *theirs = theirs.saturating_add(1);
        }
        taken.in_all = taken.in_all.saturating_add(1);
        self.viewers.set(f64::from(taken.in_all));
        Ok(ViewerSlot { limit: Arc::clone(self), address })
    }

    fn taken(&self) -> MutexGuard<'_, TakenSlots> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for ViewerSlot {
    fn drop(&mut self) {
        let mut taken = self.limit.taken();
        taken.in_all = taken.in_all.saturating_sub(1);
        self.limit.viewers.set(f64::from(taken.in_all));
        let Some(address) = self.address else { return };
        if let Some(theirs) = taken.by.get_mut(&address) {
            *theirs = theirs.saturating_sub(1);
            if *theirs == 0 {
                taken.by.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slot_is_released_when_its_viewer_leaves() {
        let limit = Arc::new(ViewerLimit::new(2, 3));
        let address = |last| Some(IpAddr::from([192, 0, 2, last]));
        let first = limit.take(address(1)).ok();
        let second = limit.take(address(1)).ok();
        assert!(first.is_some() && second.is_some());
        assert_eq!(limit.take(address(1)).err(), Some(LimitMet::Address));
        let third = limit.take(address(2)).ok();
        assert_eq!(limit.take(address(3)).err(), Some(LimitMet::All));
        drop(first);
        assert!(limit.take(address(1)).is_ok());
        drop((second, third));
        assert!(limit.taken().by.is_empty());
        assert_eq!(limit.taken().in_all, 0);
    }
}
