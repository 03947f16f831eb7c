//! The unique name of this process.

use std::sync::atomic::{AtomicU32, Ordering};

use jiff::Timestamp;

/// How many names this process has given.
static GIVEN: AtomicU32 = AtomicU32::new(0);

/// A unique name: `host-pid-microseconds-n`. The time is needed because process ids are reused; in a container the id
/// is always the same.
pub(crate) fn name() -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname")
        .ok()
        .or_else(|| std::env::var("HOSTNAME").ok())
        .map(|host| host.trim().to_owned())
        .filter(|host| !host.is_empty())
        .unwrap_or_else(|| "host".to_owned());
    let number = GIVEN.fetch_add(1, Ordering::Relaxed);
    format!("{host}-{}-{}-{number}", std::process::id(), Timestamp::now().as_microsecond())
}
