//! `PgBouncer` before a private PostgreSQL, on a free port of the loopback address.

use std::{
    fs,
    net::TcpStream,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::cluster::{Cluster, as_server, free_port, own, program, with_port};

/// How long it may take to start on a busy machine.
const START_TIMEOUT: Duration = Duration::from_secs(20);

/// A pooler; ends with the value.
#[derive(Debug)]
pub struct Pooler {
    port: u16,
    child: Child,
    _folder: TempDir,
}

impl Pooler {
    /// Starts one before `cluster` with this `pool_mode`.
    ///
    /// # Panics
    /// `PgBouncer` isn't installed, or doesn't start.
    #[must_use]
    pub fn start(cluster: &Cluster, pool_mode: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = free_port();
        let (settings, users) = (folder.path().join("pgbouncer.ini"), folder.path().join("users"));
        let text = format!(
            "[databases]\n* = host=127.0.0.1 port={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
             unix_socket_dir =\nauth_type = trust\nauth_file = {}\npool_mode = {pool_mode}\ndefault_pool_size = 20\n",
            cluster.port(),
            users.display()
        );
        fs::write(&settings, text).expect("a temporary folder");
        fs::write(&users, "\"postgres\" \"\"\n").expect("a temporary folder");
        for file in [folder.path(), &settings, &users] {
            own(file);
        }
        let child = as_server(&program("pgbouncer", "pgbouncer"))
            .arg("-q")
            .arg(&settings)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("PgBouncer");
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < START_TIMEOUT, "PgBouncer does not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { port, child, _folder: folder }
    }

    /// The database of this URL, through the pooler.
    #[must_use]
    pub fn same_database(&self, url: &str) -> String {
        with_port(url, self.port)
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
