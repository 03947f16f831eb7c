//! A cached page, and nginx serving the very same compressed bytes from a file, in turns on the same machine.

use std::{
    fs,
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

use crate::{
    http,
    site::{Site, free_address, opsgenie, until},
    table::{Table, Target, percentile},
};

const ROUNDS: usize = 5;
const SECONDS: &str = "3";
const GZIP: (&str, &str) = ("Accept-Encoding", "gzip");

pub(crate) fn measure(table: &mut Table) {
    let site = Site::new().started();
    let seq = site.acknowledged(&opsgenie("Create", "one", 1_700_000_000_000_000_000));
    site.board_at(seq);
    let page = until("the compressed page", || {
        let page = http::ask(site.address, "GET", "/", &[GZIP], b"").unwrap();
        (page.header("Content-Encoding") == Some("gzip")).then_some(page)
    });
    let nginx = Nginx::serving(&site, &page.body);
    let served = http::ask(nginx.address, "GET", "/", &[GZIP], b"").unwrap();
    assert_eq!(
        (served.header("Content-Encoding"), &served.body),
        (Some("gzip"), &page.body),
        "the same bytes"
    );

    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (candor, nginx) = (wrk(site.address), wrk(nginx.address));
        ours.push(candor);
        theirs.push(nginx);
        ratios.push(candor / nginx);
    }
    table.add(
        "a cached page, compared with nginx serving the same compressed file",
        percentile(&mut ratios, 50),
        "×",
        Target::AtLeast(1.0),
    );
    table.note("the same in requests, 64 connections", percentile(&mut ours, 50), "/s");
    table.note("nginx in the same run", percentile(&mut theirs, 50), "/s");
}

/// Requests a second over 64 connections, by wrk; each answer has to be a good one.
fn wrk(server: SocketAddr) -> f64 {
    let output = Command::new("wrk")
        .args([
            "-t1",
            "-c64",
            &format!("-d{SECONDS}s"),
            "-H",
            "Accept-Encoding: gzip",
            &format!("http://{server}/"),
        ])
        .output()
        .expect("wrk is missing: apt-get install wrk");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!said.contains("Non-2xx") && !said.contains("Socket errors"), "{said}");
    let rate = said.lines().find_map(|line| line.trim().strip_prefix("Requests/sec:"));
    rate.unwrap_or_else(|| panic!("wrk said {said}")).trim().parse().unwrap()
}

/// An nginx of our own, in the foreground, ended with the measurement.
struct Nginx {
    child: Child,
    address: SocketAddr,
}

impl Nginx {
    fn serving(site: &Site, compressed: &[u8]) -> Self {
        let (folder, address) = (site.folder().join("nginx"), free_address());
        fs::create_dir_all(folder.join("www")).unwrap();
        fs::write(folder.join("www/index.html"), "the compressed one is served").unwrap();
        fs::write(folder.join("www/index.html.gz"), compressed).unwrap();
        // As fast as it can: a process a core, no log, files kept open, and no end to a connection.
        let config = format!(
            "daemon off; pid {0}/pid; worker_processes auto; error_log {0}/errors;\n\
             events {{ worker_connections 1024; }}\n\
             http {{ access_log off; keepalive_requests 100000000; sendfile on; tcp_nopush on; open_file_cache max=10;\n\
             types {{ text/html html; }} gzip_static on;\n\
             client_body_temp_path {0}/a; proxy_temp_path {0}/b; fastcgi_temp_path {0}/c; uwsgi_temp_path {0}/d;\n\
             scgi_temp_path {0}/e; server {{ listen {1}; root {0}/www; }} }}\n",
            folder.display(),
            address,
        );
        fs::write(folder.join("nginx.conf"), config).unwrap();
        open_to_all(&site.folder());
        let child = Command::new("nginx")
            .arg("-c")
            .arg(folder.join("nginx.conf"))
            .args(["-e", "stderr", "-p"])
            .arg(&folder)
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx is missing: apt-get install nginx-light");
        until("nginx to serve", || http::ask(address, "GET", "/", &[], b"").is_ok().then_some(()));
        Self { child, address }
    }
}

impl Drop for Nginx {
    /// SIGTERM, so that its workers end with it.
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// nginx's workers aren't root, even where its first process is.
fn open_to_all(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
}
