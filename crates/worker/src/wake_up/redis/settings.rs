//! The URL of Redis, and its certificates.

use std::{fmt, path::PathBuf, time::Duration};

use candor_integrations::file::{LONGEST_CERTIFICATES, read};
use redis::{Client, ConnectionInfo, IntoConnectionInfo as _, RedisError, TlsCertificates};

use super::probe;

/// How to reach Redis.
#[derive(Clone, PartialEq, Eq)]
pub struct RedisSettings {
    /// `redis://` or, with TLS, `rediss://`, then `[user[:password]@]host[:port][/db]`.
    pub url: String,
    /// The prefix of the keys, so that several pages can share a Redis: `{prefix}:queue:{queue}`.
    pub prefix: String,
    /// The certificate authorities (PEM) for a `rediss://` server, in place of the system's.
    pub ca_file: Option<PathBuf>,
}

/// The result of probing a usable Redis server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedisReport {
    /// Its version, such as `7.0.15`.
    pub version: String,
    /// What should be changed although it works, one sentence each.
    pub warnings: Vec<String>,
}

/// Why a Redis server can't be used. Each is a sentence for an operator, without credentials.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedisProblem {
    /// It doesn't answer, and may do so later.
    #[error("Redis can't be reached: {0}")]
    Unreachable(String),
    /// It rejects us: a wrong password, a missing permission, an untrusted certificate, too old a version, or another
    /// kind of server.
    #[error("Redis can't be used: {0}")]
    Refused(String),
    /// The settings are unusable.
    #[error("the settings of Redis can't be used: {0}")]
    Settings(String),
}

impl RedisSettings {
    /// The Redis at this URL, with the default prefix, `candor`.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), prefix: "candor".to_owned(), ca_file: None }
    }

    /// Checks whether this server can carry wake-ups: connects, and does once what workers do, on the list of the queue
    /// `default`, which nobody reads.
    ///
    /// # Errors
    /// It can't be used, or doesn't answer within `deadline`.
    pub async fn probe(&self, deadline: Duration) -> Result<RedisReport, RedisProblem> {
        probe::run(self, deadline).await
    }

    /// The address without user and password: `host:port/db`.
    #[must_use]
    pub fn address(&self) -> String {
        match self.url.as_str().into_connection_info() {
            Ok(info) => address(&info),
            Err(_form) => "a URL that can't be read".to_owned(),
        }
    }

    /// Checks these settings without connecting.
    ///
    /// # Errors
    /// [`RedisProblem::Settings`]: the URL or the CA file is unusable.
    pub fn check(&self) -> Result<(), RedisProblem> {
        self.client().map(drop)
    }

    pub(super) fn client(&self) -> Result<Client, RedisProblem> {
        // Neither the URL nor what the parser quotes of it is repeated: it may hold a password.
        let form = |_: RedisError| {
            RedisProblem::Settings(
                "the URL must have the form redis://[user[:password]@]host[:port][/db], or rediss:// for TLS"
                    .to_owned(),
            )
        };
        // A provider that the process has installed before stays.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let Some(file) = &self.ca_file else {
            return Client::open(self.url.as_str()).map_err(form);
        };
        let wrong = |why: String| {
            RedisProblem::Settings(format!("the CA file {} can't be used: {why}", file.display()))
        };
        if !self.url.starts_with("rediss://") {
            return Err(wrong("the URL does not begin with rediss://".to_owned()));
        }
        let info = self.url.as_str().into_connection_info().map_err(form)?;
        let pem = read(file, LONGEST_CERTIFICATES).map_err(|error| wrong(error.to_string()))?;
        if !pem.windows(PEM.len()).any(|window| window == PEM) {
            return Err(wrong("it contains no certificate in PEM form".to_owned()));
        }
        let certificates = TlsCertificates { client_tls: None, root_cert: Some(pem) };
        Client::build_with_tls(info, certificates).map_err(|error| wrong(error.to_string()))
    }
}

/// The beginning of a certificate in PEM form (RFC 7468).
const PEM: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// The address without user and password.
pub(super) fn address(info: &ConnectionInfo) -> String {
    format!("{}/{}", info.addr(), info.redis_settings().db())
}

impl fmt::Debug for RedisSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisSettings")
            .field("address", &self.address())
            .field("prefix", &self.prefix)
            .field("ca_file", &self.ca_file)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn password_is_in_neither_debug_output_nor_errors() {
        let settings = RedisSettings::new("redis://worker:hunter2@redis.example.org:6380/3");
        let shown = format!("{settings:?}");
        assert!(shown.contains("redis.example.org:6380/3"), "{shown}");
        assert!(!shown.contains("hunter2") && !shown.contains("worker"), "{shown}");
        for url in ["redis://worker:hunter2@host:port", "hunter2", "http://u:hunter2@host"] {
            let settings = RedisSettings::new(url);
            let error = settings.client().unwrap_err();
            assert!(matches!(error, RedisProblem::Settings(_)), "{error}");
            assert!(!format!("{error} {error:?} {settings:?}").contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn unusable_ca_file_is_named() {
        let mut settings = RedisSettings::new("rediss://localhost");
        settings.ca_file = Some("/nowhere/ca.pem".into());
        let error = settings.client().unwrap_err().to_string();
        assert!(error.contains("/nowhere/ca.pem"), "{error}");
        settings.ca_file = Some("/dev/null".into());
        let error = settings.client().unwrap_err().to_string();
        assert!(error.contains("no certificate"), "{error}");
        settings.url = "redis://localhost".to_owned();
        let error = settings.client().unwrap_err().to_string();
        assert!(error.contains("rediss://"), "{error}");
    }
}
