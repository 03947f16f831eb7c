//! Asking a process of this machine, or of the same network, over plain HTTP.

use std::{
    io::{self, ErrorKind},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// The longest answer that is read, in bytes.
const LONGEST: u64 = 4 * 1024 * 1024;

/// Where a listener is reached from this machine.
pub(crate) fn from_here(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        IpAddr::V4(_) | IpAddr::V6(_) => listen.ip(),
    };
    SocketAddr::new(ip, listen.port())
}

/// Splits `http://host[:port]/path` into server and path.
pub(crate) fn split(url: &str) -> Option<(String, &str)> {
    let rest = url.strip_prefix("http://")?;
    let (server, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let has_port = server.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    let server = if has_port { server.to_owned() } else { format!("{server}:80") };
    let path = if path.is_empty() { "/" } else { path };
    (!server.starts_with(':') && !path.contains(char::is_whitespace)).then_some((server, path))
}

/// The status of the answer to a GET.
///
/// # Errors
/// There is no answer, or none in time, or it isn't HTTP.
pub(crate) async fn get(server: &str, path: &str) -> io::Result<u16> {
    // "HTTP/1.1 200"
    Ok(ask(server, path, "", 12).await?.0)
}

/// Status and text of the answer to a GET with more header lines, each of which ends in CRLF.
///
/// # Errors
/// As [`get`].
pub(crate) async fn read(server: &str, path: &str, headers: &str) -> io::Result<(u16, String)> {
    ask(server, path, headers, LONGEST).await
}

async fn ask(server: &str, path: &str, headers: &str, most: u64) -> io::Result<(u16, String)> {
    let ask = async {
        let mut stream = TcpStream::connect(server).await?;
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.take(most).read_to_end(&mut answer).await?;
        let status = answer.get(9..12).and_then(|code| std::str::from_utf8(code).ok());
        let status = status.filter(|_| answer.starts_with(b"HTTP/1."));
        let status = status
            .and_then(|code| code.parse().ok())
            .ok_or_else(|| io::Error::new(ErrorKind::InvalidData, "the answer is not HTTP"))?;
        Ok((status, String::from_utf8_lossy(&answer).into_owned()))
    };
    timeout(PATIENCE, ask).await.unwrap_or_else(|_elapsed| {
        Err(io::Error::new(
            ErrorKind::TimedOut,
            format!("no answer within {} s", PATIENCE.as_secs()),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_split_into_server_and_path() {
        for (url, server, path) in [
            ("http://127.0.0.1:9180/healthcheck/", "127.0.0.1:9180", "/healthcheck/"),
            ("http://web", "web:80", "/"),
            ("http://[::1]:9180", "[::1]:9180", "/"),
        ] {
            assert_eq!(split(url), Some((server.to_owned(), path)));
        }
        for wrong in ["https://web/", "web:80", "", "http:///x", "http://web/a b"] {
            assert_eq!(split(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_listener_on_all_addresses_is_reached_on_this_machines_own() {
        for (listen, here) in [
            ("0.0.0.0:80", "127.0.0.1:80"),
            ("[::]:80", "[::1]:80"),
            ("10.1.2.3:80", "10.1.2.3:80"),
        ] {
            assert_eq!(from_here(listen.parse().unwrap()).to_string(), here);
        }
    }
}
