//! Waiting for something to hold, and finding a free port.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    thread,
    time::{Duration, Instant},
};

/// How long a test waits before it fails.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// Repeats a question until there is an answer; panics after [`DEADLINE`].
pub fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let mut answer = None;
    within(what, DEADLINE, || {
        answer = ask();
        answer.is_some()
    });
    answer.unwrap()
}

/// Waits until the condition holds and returns how long that took. Panics after this time.
pub fn within(what: &str, limit: Duration, mut holds: impl FnMut() -> bool) -> Duration {
    let begin = Instant::now();
    while !holds() {
        assert!(begin.elapsed() < limit, "waited {limit:?} in vain for: {what}");
        thread::sleep(Duration::from_millis(5));
    }
    begin.elapsed()
}

/// A free port of the loopback address.
pub fn free_address() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap()
}
