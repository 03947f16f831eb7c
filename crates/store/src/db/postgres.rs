//! PostgreSQL: the URL as libpq takes it, TLS by rustls, limits on how long a statement may wait.

mod tls;

use std::{path::PathBuf, sync::Arc, time::Duration};

use candor_core::ErrorChain;
use diesel::{ConnectionError, ConnectionResult};
use diesel_async::{
    AsyncPgConnection, SimpleAsyncConnection,
    pooled_connection::{
        AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool::Pool,
    },
};
use futures::FutureExt;
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{STATEMENT_TIMEOUT, with_timeout};
use crate::error::StoreError;

/// Every connection waits for locks for 2 s and runs a statement for 5 s at most, and a commit is on disk when it is
/// answered, whatever the server's default. A process that is frozen in the middle of a transaction loses it, and its
/// locks, after 5 s: otherwise everybody would wait until it thaws.
const SETUP: &str = "SET lock_timeout = '2s'; SET statement_timeout = '5s'; \
     SET idle_in_transaction_session_timeout = '5s'; \
     SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

/// The URL parameters that tokio-postgres understands; libpq's own are left out.
const UNDERSTOOD: &[&str] = &[
    "user",
    "password",
    "dbname",
    "options",
    "application_name",
    "host",
    "hostaddr",
    "port",
    "connect_timeout",
    "tcp_user_timeout",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_retries",
    "target_session_attrs",
    "channel_binding",
    "load_balance_hosts",
    "sslnegotiation",
];

/// How the server's identity is checked: libpq's `sslmode` above `prefer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CertificateCheck {
    /// Encrypted; the server's identity isn't checked.
    Nothing,
    /// The certificate comes from a trusted authority.
    Authority,
    /// And it is this host's.
    Host,
}

/// A server, and how to connect to it.
#[derive(Clone)]
pub(crate) struct Postgres {
    config: Arc<tokio_postgres::Config>,
    /// None: no TLS at all.
    tls: Option<MakeRustlsConnect>,
}

impl Postgres {
    /// Reads `postgres://user@host/name?sslmode=…&sslrootcert=…`.
    pub(super) fn parse(url: &str) -> Result<Self, StoreError> {
        let wrong =
            |why: String| StoreError::config(format!("the database's URL can't be used: {why}"));
        let (base, parameters) = url.split_once('?').unwrap_or((url, ""));
        let mut mode = "prefer".to_owned();
        let mut authority = None;
        let mut kept = Vec::new();
        for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match name {
                "sslmode" => value.clone_into(&mut mode),
                "sslrootcert" => authority = Some(unescape(value)),
                "sslcert" | "sslkey" => {
                    return Err(wrong(format!("{name}: client certificates aren't supported")));
                }
                _ if UNDERSTOOD.contains(&name) => kept.push(parameter),
                _ => tracing::debug!(name, "a parameter of the database's URL is ignored"),
            }
        }
        let base =
            if kept.is_empty() { base.to_owned() } else { format!("{base}?{}", kept.join("&")) };
        let mut config: tokio_postgres::Config =
            base.parse().map_err(|error: tokio_postgres::Error| wrong(error.to_string()))?;
        let (ssl_mode, verify) = match (mode.as_str(), &authority) {
            ("disable", _) => (SslMode::Disable, CertificateCheck::Nothing),
            ("allow" | "prefer", _) => (SslMode::Prefer, CertificateCheck::Nothing),
            // As libpq: an authority that is named is also asked.
            ("require", None) => (SslMode::Require, CertificateCheck::Nothing),
            ("require" | "verify-ca", _) => (SslMode::Require, CertificateCheck::Authority),
            ("verify-full", _) => (SslMode::Require, CertificateCheck::Host),
            (other, _) => {
                return Err(wrong(format!(
                    "sslmode={other}; it can be disable, prefer, require, verify-ca or verify-full"
                )));
            }
        };
        config.ssl_mode(ssl_mode);
        config.connect_timeout(
            config.get_connect_timeout().copied().unwrap_or(Duration::from_secs(3)),
        );
        // A server that vanished without a word is noticed; the kernel's own patience is a quarter of an hour.
        config.tcp_user_timeout(
            config.get_tcp_user_timeout().copied().unwrap_or(Duration::from_secs(10)),
        );
        if config.get_application_name().is_none() {
            config.application_name("candor");
        }
        let tls = if ssl_mode == SslMode::Disable {
            None
        } else {
            let authority = authority.filter(|file| file != "system").map(PathBuf::from);
            Some(MakeRustlsConnect::new(tls::client(verify, authority.as_deref())?))
        };
        Ok(Self { config: Arc::new(config), tls })
    }

    pub(super) fn pool(&self, size: usize) -> Result<Pool<AsyncPgConnection>, StoreError> {
        let server = self.clone();
        let mut config = ManagerConfig::default();
        // A closed connection is noticed without asking the server.
        config.recycling_method = RecyclingMethod::Fast;
        config.custom_setup = Box::new(move |_| {
            let server = server.clone();
            async move { server.connect().await }.boxed()
        });
        Pool::builder(AsyncDieselConnectionManager::new_with_config("", config))
            .max_size(size)
            .build()
            .map_err(|error| StoreError::config("no connection pool").caused_by(error))
    }

    /// The server's version, such as `15.4`, once it is sure that a connection stays with its server.
    ///
    /// A pooler that hands out connections by the transaction (`PgBouncer`'s `pool_mode = transaction`) mixes up prepared
    /// statements and loses notifications, sometimes. It is known by what it does: a second client in a transaction gets
    /// the server process that the first one had, or pushes it to another one.
    pub(crate) async fn version(&self) -> Result<String, StoreError> {
        let (one, other) = (self.bare().await?, self.bare().await?);
        let asked = ask(&one, "SELECT current_setting('server_version'), pg_backend_pid()").await?;
        let [version, before] = asked.as_slice() else { return Err(mute()) };
        let inside =
            ask(&other, "BEGIN; SELECT pg_backend_pid()").await.map_err(in_statement_mode)?;
        let shared = inside.first() == Some(before)
            || ask(&one, "SELECT pg_backend_pid()").await?.first() != Some(before);
        ask(&other, "ROLLBACK").await?;
        if shared { Err(pooled("transaction")) } else { Ok(version.clone()) }
    }

    /// A connection on which nothing was set, and nothing is prepared.
    async fn bare(&self) -> Result<tokio_postgres::Client, StoreError> {
        let failed = |error: tokio_postgres::Error| {
            StoreError::unavailable("no connection").caused_by(error)
        };
        Ok(match &self.tls {
            Some(tls) => {
                let (client, connection) =
                    self.config.connect(tls.clone()).await.map_err(failed)?;
                tokio::spawn(connection);
                client
            }
            None => {
                let connect = self.config.connect(tokio_postgres::NoTls);
                let (client, connection) = connect.await.map_err(failed)?;
                tokio::spawn(connection);
                client
            }
        })
    }

    /// A connection outside the pools.
    pub(crate) async fn connect(&self) -> ConnectionResult<AsyncPgConnection> {
        let mut conn = match &self.tls {
            Some(tls) => {
                let (client, connection) =
                    self.config.connect(tls.clone()).await.map_err(explain)?;
                AsyncPgConnection::try_from_client_and_connection(client, connection).await?
            }
            None => {
                let (client, connection) =
                    self.config.connect(tokio_postgres::NoTls).await.map_err(explain)?;
                AsyncPgConnection::try_from_client_and_connection(client, connection).await?
            }
        };
        conn.batch_execute(SETUP).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
        Ok(conn)
    }
}

/// The values of the one row that `sql` gives, as text; none if it gives no row.
async fn ask(client: &tokio_postgres::Client, sql: &str) -> Result<Vec<String>, StoreError> {
    let asked = async {
        let said = client.simple_query(sql).await;
        let said = said.map_err(|error| StoreError::unavailable("no answer").caused_by(error))?;
        let row = said.iter().find_map(|said| {
            if let tokio_postgres::SimpleQueryMessage::Row(row) = said { Some(row) } else { None }
        });
        let values =
            row.map(|row| (0..row.len()).map(|n| row.get(n).unwrap_or_default().to_owned()));
        Ok(values.map(Iterator::collect).unwrap_or_default())
    };
    with_timeout(STATEMENT_TIMEOUT, asked).await
}

fn mute() -> StoreError {
    StoreError::unavailable("the server doesn't say which version it is")
}

/// What a pooler says to `BEGIN` that hands out connections by the statement.
fn in_statement_mode(error: StoreError) -> StoreError {
    if error.detail().contains("statement pooling") { pooled("statement") } else { error }
}

fn pooled(mode: &str) -> StoreError {
    StoreError::config(format!(
        "the database is behind a connection pooler in {mode} mode, in which Candor can't work: set pool_mode = session \
         for it (PgBouncer), or name the server itself in CANDOR_DATABASE_URL"
    ))
}

/// With all causes, since "error performing TLS handshake" alone doesn't help, and diesel keeps a sentence only.
fn explain(error: tokio_postgres::Error) -> ConnectionError {
    ConnectionError::BadConnection(ErrorChain(&error).to_string())
}

/// Undoes percent-encoding (RFC 3986 §2.1); what isn't well-formed stays as it is.
fn unescape(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = (*first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
