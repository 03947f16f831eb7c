//! `PgBouncer` in front of a private PostgreSQL, on a free port of the loopback address.

use std::{
    fs,
    net::{SocketAddr, TcpStream},
    process::{Child, Stdio},
};

use tempfile::TempDir;

use crate::{
    free_address,
    postgres::{Cluster, as_server, at, own, program},
    until,
};

/// A pooler; ends when dropped.
#[derive(Debug)]
pub struct Pooler {
    address: SocketAddr,
    child: Child,
    _folder: TempDir,
}

impl Pooler {
    /// Starts one in front of `cluster` with this `pool_mode`.
    pub fn start(cluster: &Cluster, pool_mode: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let address = free_address();
        let (settings, users) = (folder.path().join("pgbouncer.ini"), folder.path().join("users"));
        let text = format!(
            "[databases]\n* = host=127.0.0.1 port={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {}\n\
             unix_socket_dir =\nauth_type = trust\nauth_file = {}\npool_mode = {pool_mode}\ndefault_pool_size = 20\n",
            cluster.address().port(),
            address.port(),
            users.display()
        );
        fs::write(&settings, text).expect("a temporary folder");
        fs::write(&users, "\"postgres\" \"\"\n").expect("a temporary folder");
        for file in [folder.path(), &settings, &users] {
            own(file);
        }
        let child = as_server(&program("pgbouncer", "pgbouncer"), Some("KILL"))
            .arg("-q")
            .arg(&settings)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("PgBouncer");
        until("PgBouncer to answer", || TcpStream::connect(address).ok());
        Self { address, child, _folder: folder }
    }

    /// The database of this URL, through the pooler.
    pub fn same_database(&self, url: &str) -> String {
        at(url, self.address)
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
