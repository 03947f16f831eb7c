//! What every request and answer goes through: the outermost middleware, headers, limits, bodies, queries, and
//! connections that stay open.

pub(crate) mod body;
pub(crate) mod client;
mod connection;
pub(crate) mod live;
pub(crate) mod middleware;
mod observe;
pub(crate) mod query;
pub(crate) mod security_headers;

pub(crate) use connection::ClientConnection;
