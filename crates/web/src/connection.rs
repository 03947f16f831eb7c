//! What is set on a connection before anything is read of it.

use std::any::Any;

use actix_web::rt::net::TcpStream;
use rustix::net::sockopt::set_tcp_user_timeout;

/// How long a client may leave unread what it was sent, in milliseconds.
const UNREAD: u32 = 30_000;

/// Has the system end a connection whose other side has gone without a word, or doesn't read (`TCP_USER_TIMEOUT`, RFC
/// 5482). No timer of ours could: who isn't read from isn't heard of.
pub(crate) fn let_go_of_the_dead(connection: &dyn Any) {
    if let Some(stream) = connection.downcast_ref::<TcpStream>()
        && let Err(error) = set_tcp_user_timeout(stream, UNREAD)
    {
        tracing::debug!(%error, "a connection can't be told when to give up");
    }
}

#[cfg(test)]
mod tests {
    use rustix::net::sockopt::tcp_user_timeout;
    use tokio::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn the_system_knows_when_to_give_a_connection_up() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (client, accepted) = tokio::join!(TcpStream::connect(address), listener.accept());
        let (connection, _) = accepted.unwrap();
        let_go_of_the_dead(&connection);
        assert_eq!(tcp_user_timeout(&connection).unwrap(), UNREAD);
        drop(client);
    }
}
