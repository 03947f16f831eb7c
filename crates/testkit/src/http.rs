//! A blocking HTTP client that hides nothing: one connection per request, and the answer as it came.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::Value;

/// How long a server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|e| panic!("{e} in the answer {}: {}", self.head, self.text()))
    }

    /// The status line and all headers, as they came.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// Sends a request on its own connection, and reads the whole answer.
pub fn ask(
    server: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> io::Result<Answer> {
    let headers = [&[("Connection", "close")], headers].concat();
    Connection::open(server)?.ask(method, path, &headers, body)
}

/// Sends these bytes as they are, on their own connection, and reads the whole answer.
pub fn ask_raw(server: SocketAddr, request: &[u8]) -> io::Result<Answer> {
    let mut connection = Connection::open(server)?;
    connection.stream.write_all(request)?;
    let (raw, received) = receive(&mut connection.stream);
    let broken = || io::Error::new(io::ErrorKind::UnexpectedEof, "the answer broke off");
    read(&raw).ok_or_else(|| received.err().unwrap_or_else(broken))
}

/// A connection that may be used again, if neither side asks to close it.
pub struct Connection {
    server: SocketAddr,
    stream: TcpStream,
}

impl Connection {
    /// Connects.
    pub fn open(server: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(server)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self { server, stream })
    }

    /// Sends a request, and reads the whole answer.
    pub fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Answer> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.server);
        for (name, value) in headers {
            request.extend([name, ": ", value, "\r\n"]);
        }
        if !body.is_empty() || method == "POST" {
            request.extend(["Content-Length: ", &body.len().to_string(), "\r\n"]);
        }
        request.push_str("\r\n");
        let request = [request.as_bytes(), body].concat();
        // A server that refuses a body may answer, and close, before it has read all of it: then the answer counts.
        let sent = self.stream.write_all(&request);
        let (raw, received) = receive(&mut self.stream);
        match (read(&raw), received, sent) {
            (Some(answer), ..) => Ok(answer),
            (None, Err(e), _) | (None, _, Err(e)) => Err(e),
            _ => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the answer broke off")),
        }
    }
}

/// Reads until the answer is whole (a browser's driver keeps the connection open whatever we ask) or has ended.
fn receive(stream: &mut TcpStream) -> (Vec<u8>, io::Result<()>) {
    let (mut raw, mut chunk) = (Vec::new(), [0; 16 * 1024]);
    loop {
        match stream.read(&mut chunk) {
            Ok(0) => return (raw, Ok(())),
            Ok(n) => raw.extend_from_slice(&chunk[..n]),
            Err(e) => return (raw, Err(e)),
        }
        if read(&raw).is_some_and(|answer| answer.header("content-length").is_some()) {
            return (raw, Ok(()));
        }
    }
}

/// The answer in `raw`, if it is whole.
fn read(raw: &[u8]) -> Option<Answer> {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(raw.get(..end)?).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let mut answer = Answer { status, head, body: raw.get(end + 4..)?.to_vec() };
    if answer.header("transfer-encoding") == Some("chunked") {
        answer.body = dechunked(&answer.body)?;
    } else if let Some(length) = answer.header("content-length") {
        answer.body.get(length.parse().ok()?..)?;
    }
    Some(answer)
}

fn dechunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(rest.get(..end)?).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?, 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(rest.get(end + 2..end + 2 + size)?);
        rest = rest.get(end + 2 + size + 2..)?;
    }
}
