//! Telling one viewer, on a connection without buffers.

use std::{io, time::Duration};

use actix_web::{
    HttpResponse,
    body::BoxBody,
    dev::ServiceResponse,
    http::header::{self, HeaderValue},
    rt::net::TcpStream,
    web::Bytes,
};
use futures::future::OptionFuture;
use rustix::net::sockopt::set_socket_send_buffer_size;
use tokio::{io::AsyncWriteExt as _, time::timeout};

use super::Viewer;
use crate::http::ClientConnection;

/// What the system may keep for a viewer who doesn't read, in bytes: enough for some changes, and no more.
const UNREAD: usize = 8 * 1024;
/// How much a viewer may say after the request, in bytes.
const SAID: usize = 1024;
/// How long a viewer may take to make room.
const PATIENCE: Duration = Duration::from_secs(20);

/// Takes the connection of a viewer out of the HTTP server's hands, if `response` is for one. What the server still
/// does with it goes nowhere.
pub(crate) async fn take_over(mut response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let Some(viewer) = response.response_mut().extensions_mut().remove::<Viewer>() else {
        return response;
    };
    let line = response.request().conn_data::<ClientConnection>().cloned();
    // Who doesn't read what they asked for before gets nothing more.
    let taken =
        timeout(PATIENCE, OptionFuture::from(line.as_ref().map(ClientConnection::take_away))).await;
    let stream = taken.ok().flatten().flatten();
    let (request, answer) = response.into_parts();
    let head = head(&answer);
    if let Some(stream) = stream {
        actix_web::rt::spawn(tell(stream, head, viewer));
    }
    // Or the server would keep its buffers for as long as it keeps a connection that nobody uses.
    ServiceResponse::new(request, HttpResponse::build(answer.status()).force_close().finish())
}

/// The head of the answer, as the server would have written it. The answer ends when the connection does.
fn head(answer: &HttpResponse) -> Vec<u8> {
    let mut head = b"HTTP/1.1 200 OK\r\n".to_vec();
    let close = (&header::CONNECTION, &HeaderValue::from_static("close"));
    for (name, value) in answer.headers().iter().chain([close]) {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    head.extend(b"\r\n");
    head
}

/// Tells one viewer what there is to tell, until they leave, don't read, or are let go.
async fn tell(mut stream: TcpStream, head: Vec<u8>, mut viewer: Viewer) {
    // It is an economy; the connection is as good without.
    let _ = set_socket_send_buffer_size(&stream, UNREAD);
    let mut next = Some([head, viewer.greeting()].concat().into());
    let mut said = 0;
    while let Some(bytes) = next {
        if !write(&mut stream, &bytes).await {
            viewer.is_behind = true;
            return;
        }
        drop(bytes);
        next = tokio::select! {
            next = viewer.next() => next,
            () = leaves(&stream, &mut said) => return,
        };
    }
    let _ = timeout(PATIENCE, stream.shutdown()).await;
}

/// Whether the viewer has taken it, or at least the system for them.
async fn write(stream: &mut TcpStream, bytes: &Bytes) -> bool {
    match stream.try_write(bytes) {
        Ok(written) if written == bytes.len() => true,
        Ok(written) => rest(stream, bytes.slice(written..)).await,
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
            rest(stream, bytes.clone()).await
        }
        Err(_gone) => false,
    }
}

/// The rare case, in a place of its own: most viewers never need it.
async fn rest(stream: &mut TcpStream, bytes: Bytes) -> bool {
    let written = Box::pin(timeout(PATIENCE, stream.write_all(&bytes))).await;
    matches!(written, Ok(Ok(())))
}

/// Comes back when the viewer has closed the connection. What they say meanwhile is of no interest, and who doesn't stop
/// to say it is let go.
async fn leaves(stream: &TcpStream, said: &mut usize) {
    loop {
        if stream.readable().await.is_err() {
            return;
        }
        let mut buffer = [0; 64];
        match stream.try_read(&mut buffer) {
            Ok(0) => return,
            Ok(more) => {
                *said = said.saturating_add(more);
                if *said > SAID {
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(_gone) => return,
        }
    }
}
