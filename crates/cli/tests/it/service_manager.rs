//! What systemd is told, over a socket of the test's own.

use std::{os::unix::net::UnixDatagram, time::Duration};

use candor_integrations::mail::catcher::Policy;
use candor_testkit::{DEADLINE, site::Installation};
use tempfile::TempDir;

use crate::fleet::Fleet;

struct Manager {
    socket: UnixDatagram,
    folder: TempDir,
}

impl Manager {
    fn new() -> Self {
        let folder = TempDir::with_prefix("candor-manager-").unwrap();
        let socket = UnixDatagram::bind(folder.path().join("notify")).unwrap();
        socket.set_read_timeout(Some(DEADLINE)).unwrap();
        Self { socket, folder }
    }

    /// The same site, managed, with a watchdog of 0.4 s.
    fn manage(&self, site: Installation) -> Installation {
        site.with_variable("NOTIFY_SOCKET", self.folder.path().join("notify").display())
            .with_variable("WATCHDOG_USEC", 400_000)
    }

    fn heard(&self) -> String {
        let mut message = [0; 1_024];
        let length = self.socket.recv(&mut message).expect("the process says something in time");
        String::from_utf8_lossy(&message[..length]).into_owned()
    }

    /// What is heard up to the first message that begins like this.
    fn hear(&self, begin: &str) -> Vec<String> {
        let mut all = Vec::new();
        loop {
            all.push(self.heard());
            if all.last().is_some_and(|last| last.starts_with(begin)) {
                return all;
            }
        }
    }
}

fn is_told(
    manager: &Manager,
    mut site: Installation,
    role: &str,
    when_ready: impl FnOnce(&Installation),
) {
    site.spawn();
    assert_eq!(manager.hear("READY=1").len(), 1, "that it works is the first thing it says");
    when_ready(&site);
    for _ in 0..3 {
        assert_eq!(manager.heard(), "WATCHDOG=1\n");
    }
    // Frozen, it says nothing: what has been said before is heard first.
    site.signal("-STOP");
    manager.socket.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    let mut message = [0; 1_024];
    while manager.socket.recv(&mut message).is_ok() {}
    manager.socket.set_read_timeout(Some(DEADLINE)).unwrap();
    site.signal("-CONT");
    manager.hear("WATCHDOG=1");
    site.signal("-TERM");
    manager.hear("STOPPING=1");
    assert!(site.ended().success());
    println!("{role}: READY=1, WATCHDOG=1 at half of its time, STOPPING=1");
}

#[test]
fn systemd_learns_when_the_page_is_served() {
    let manager = Manager::new();
    is_told(&manager, manager.manage(Installation::new()), "serve", |site| {
        assert_eq!(site.get("/").status, 200);
    });
}

#[test]
fn systemd_learns_when_web_and_worker_are_ready() {
    let fleet = Fleet::new(None, Policy::obliging());
    let manager = Manager::new();
    is_told(&manager, manager.manage(fleet.another_web()), "web", |site| {
        assert_eq!(site.get("/").status, 200);
    });
    is_told(&manager, manager.manage(fleet.worker()), "worker", |site| {
        assert_eq!(site.ask_admin("/livez").status, 200);
    });
}
