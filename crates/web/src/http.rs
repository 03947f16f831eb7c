//! What all requests share: the outermost middleware, headers, limits, bodies, queries, and long-lived connections.

pub(crate) mod body;
pub(crate) mod client;
mod connection;
pub(crate) mod live;
pub(crate) mod middleware;
mod observe;
pub(crate) mod query;
pub(crate) mod security_headers;

pub(crate) use connection::ClientConnection;
