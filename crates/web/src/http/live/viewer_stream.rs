//! The stream to one viewer, on a connection without the HTTP server's buffers.

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

/// The send buffer for a viewer who doesn't read, in bytes: enough for a few changes.
const SEND_BUFFER_BYTES: usize = 8 * 1024;
/// How much a viewer may send after the request, in bytes.
const MAX_READ_BYTES: usize = 1024;
/// How long a viewer may take to read what was sent.
const WRITE_TIMEOUT: Duration = Duration::from_secs(20);

/// Takes the connection from the HTTP server if `response` is for a viewer. What the server still writes to it is
/// discarded.
pub(crate) async fn hijack(mut response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let Some(viewer) = response.response_mut().extensions_mut().remove::<Viewer>() else {
        return response;
    };
    let connection = response.request().conn_data::<ClientConnection>().cloned();
    // A client that doesn't read its earlier answers gets no stream.
    let stream = timeout(
        WRITE_TIMEOUT,
        OptionFuture::from(connection.as_ref().map(ClientConnection::take_away)),
    )
    .await;
    let stream = stream.ok().flatten().flatten();
    let (request, answer) = response.into_parts();
    let head = head(&answer);
    if let Some(stream) = stream {
        actix_web::rt::spawn(stream_updates(stream, head, viewer));
    }
    // Otherwise the server would keep its buffers for an idle connection.
    ServiceResponse::new(request, HttpResponse::build(answer.status()).force_close().finish())
}

/// The head of the answer, as the server would have written it. The answer ends with the connection.
fn head(answer: &HttpResponse) -> Vec<u8> {
    let mut head = b"HTTP/1.1 200 OK\r\n".to_vec();
    let close = (&header::CONNECTION, &HeaderValue::from_static("close"));
    for (name, value) in answer.headers().iter().chain([close]) {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    head.extend(b"\r\n");
    head
}

/// Sends updates to one viewer until they leave, stop reading, or the server stops.
async fn stream_updates(mut stream: TcpStream, head: Vec<u8>, mut viewer: Viewer) {
    // This only saves memory; the connection works without it.
    let _ = set_socket_send_buffer_size(&stream, SEND_BUFFER_BYTES);
    let mut next = Some([head, viewer.greeting()].concat().into());
    let mut read = 0;
    while let Some(bytes) = next {
        if !write(&mut stream, &bytes).await {
            viewer.is_behind = true;
            return;
        }
        drop(bytes);
        next = tokio::select! {
            next = viewer.next() => next,
            () = disconnected(&stream, &mut read) => return,
        };
    }
    let _ = timeout(WRITE_TIMEOUT, stream.shutdown()).await;
}

/// Writes to the viewer's connection; false if that failed or took too long.
async fn write(stream: &mut TcpStream, bytes: &Bytes) -> bool {
    match stream.try_write(bytes) {
        Ok(written) if written == bytes.len() => true,
        Ok(written) => write_rest(stream, bytes.slice(written..)).await,
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
            write_rest(stream, bytes.clone()).await
        }
        Err(_gone) => false,
    }
}

/// Writes what didn't fit at once. Boxed, because most viewers never need it and its state would cost all of them.
async fn write_rest(stream: &mut TcpStream, bytes: Bytes) -> bool {
    let written = Box::pin(timeout(WRITE_TIMEOUT, stream.write_all(&bytes))).await;
    matches!(written, Ok(Ok(())))
}

/// Returns when the viewer has closed the connection or sends too much; what they send is ignored.
async fn disconnected(stream: &TcpStream, read: &mut usize) {
    loop {
        if stream.readable().await.is_err() {
            return;
        }
        let mut buffer = [0; 64];
        match stream.try_read(&mut buffer) {
            Ok(0) => return,
            Ok(more) => {
                *read = read.saturating_add(more);
                if *read > MAX_READ_BYTES {
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(_gone) => return,
        }
    }
}
