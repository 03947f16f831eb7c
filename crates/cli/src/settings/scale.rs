//! Settings for several processes: the queues and their transport, and the admin listener.

use std::{
    net::{Ipv4Addr, SocketAddr},
    num::NonZeroUsize,
    path::PathBuf,
    str::FromStr,
    time::Duration,
};

use candor_store::{Queue, UnknownQueue};
use candor_worker::RedisSettings;
use jiff::SignedDuration;

use super::SettingsReader;

/// Where the admin listener is, unless it is set.
pub(crate) const USUAL_ADMIN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 9180);

/// How many threads may answer requests.
const MOST_WORKERS: u32 = 256;

/// Where metrics and health are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AdminListen {
    /// Nowhere.
    Off,
    /// At [`USUAL_ADMIN`]; at any free port of this machine if that is taken.
    Usual,
    /// Here, or not at all.
    At(SocketAddr),
}

impl AdminListen {
    /// Where the listener should be; nowhere if it is off.
    pub(crate) fn address(self) -> Option<SocketAddr> {
        match self {
            Self::Off => None,
            Self::Usual => Some(USUAL_ADMIN),
            Self::At(address) => Some(address),
        }
    }
}

/// What a worker works on: a list of queues, separated by commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueueList(pub(crate) Vec<Queue>);

impl FromStr for QueueList {
    type Err = String;

    fn from_str(list: &str) -> Result<Self, String> {
        let mut queues = Vec::new();
        for name in list.split(',').map(str::trim) {
            let queue =
                name.parse::<Queue>().map_err(|unknown: UnknownQueue| unknown.to_string())?;
            if queues.contains(&queue) {
                return Err(format!("the queue {queue} is named twice"));
            }
            queues.push(queue);
        }
        Ok(Self(queues))
    }
}

impl SettingsReader<'_> {
    pub(super) fn queues(&mut self) -> Vec<Queue> {
        match self.text("QUEUES").as_deref().map(QueueList::from_str) {
            None => Queue::ALL.to_vec(),
            Some(Ok(queues)) => queues.0,
            Some(Err(why)) => {
                self.wrong("QUEUES", &format!("can't be used: {why}"));
                Queue::ALL.to_vec()
            }
        }
    }

    pub(super) fn concurrency(&mut self) -> u32 {
        self.number("CONCURRENCY", 20, 1, 200)
    }

    pub(super) fn lease(&mut self) -> Duration {
        Duration::from_secs(self.number("LEASE", 60, 2, 600).into())
    }

    pub(super) fn database_connections(&mut self) -> u32 {
        self.number("DATABASE_CONNECTIONS", 10, 3, 500)
    }

    pub(super) fn workers(&mut self) -> usize {
        let cores = std::thread::available_parallelism().map_or(2, NonZeroUsize::get);
        let cores = u32::try_from(cores).unwrap_or(u32::MAX).clamp(1, MOST_WORKERS);
        usize::try_from(self.number("WORKERS", cores, 1, MOST_WORKERS)).unwrap_or(1)
    }

    /// How long after its dismissal a suspicion is taken up again.
    pub(super) fn refire(&mut self) -> SignedDuration {
        SignedDuration::from_mins(self.number("REFIRE_MINUTES", 15, 0, 1_440).into())
    }

    /// Redis, if it carries wake-ups; none where SQL is polled instead.
    pub(super) fn redis(&mut self) -> Option<RedisSettings> {
        let url = self.text("REDIS_URL");
        let prefix = self.text("REDIS_PREFIX").unwrap_or_else(|| "candor".to_owned());
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
        if prefix.len() > 64 || !prefix.chars().all(plain) {
            self.wrong(
                "REDIS_PREFIX",
                "has more than 64 characters, or others than A-Z a-z 0-9 - _ . :",
            );
        }
        if let Some(Err(why)) = url.as_deref().map(looks_like_redis) {
            self.wrong("REDIS_URL", why);
        }
        let ca_file = self.text("REDIS_CA_FILE").map(PathBuf::from);
        if ca_file.is_some() && url.as_ref().is_some_and(|url| !url.starts_with("rediss://")) {
            self.wrong(
                "REDIS_CA_FILE",
                "is for TLS, but CANDOR_REDIS_URL doesn't begin with rediss://",
            );
        }
        match (self.text("QUEUE").as_deref(), url) {
            (None | Some("redis"), Some(url)) => {
                let redis = RedisSettings { url, prefix, ca_file };
                match redis.check() {
                    Err(why) if self.problems.is_empty() => {
                        self.wrong("REDIS_URL", &why.to_string());
                    }
                    // Said already, in words of its own.
                    Err(_) | Ok(()) => {}
                }
                Some(redis)
            }
            (None | Some("sql"), _) => None,
            (Some("redis"), None) => {
                self.wrong(
                    "QUEUE",
                    "is redis, but CANDOR_REDIS_URL is not set; set it, or set CANDOR_QUEUE=sql",
                );
                None
            }
            (Some(_), _) => {
                self.wrong("QUEUE", "is neither redis nor sql");
                None
            }
        }
    }

    pub(super) fn admin_listen(&mut self, has_passphrase: bool) -> AdminListen {
        let Some(raw) = self.text("ADMIN_LISTEN") else { return AdminListen::Usual };
        if raw == "off" {
            return AdminListen::Off;
        }
        let Ok(address) = raw.parse::<SocketAddr>() else {
            self.wrong(
                "ADMIN_LISTEN",
                "is neither an address and a port, such as 127.0.0.1:9180, nor off",
            );
            return AdminListen::Usual;
        };
        if !address.ip().to_canonical().is_loopback() && !has_passphrase {
            self.wrong(
                "ADMIN_LISTEN",
                "can be reached from other machines: set CANDOR_METRICS_PASSPHRASE, or listen on 127.0.0.1",
            );
        }
        AdminListen::At(address)
    }

    /// Whether metrics may be read where the page is, too.
    pub(super) fn public_metrics(&mut self, has_passphrase: bool) -> bool {
        let is_public = !self.either("PUBLIC_METRICS", "false", "true");
        if is_public && !has_passphrase {
            self.wrong(
                "PUBLIC_METRICS",
                "shows metrics to everybody who sees the page: set CANDOR_METRICS_PASSPHRASE as well",
            );
        }
        is_public
    }

    /// Who may read the metrics: a user's name and what they have to know.
    pub(super) fn metrics(&mut self) -> (String, Option<String>) {
        let user = self.text("METRICS_USER").unwrap_or_else(|| "metrics".to_owned());
        if user.contains(':') {
            self.wrong(
                "METRICS_USER",
                "has a colon, which HTTP's basic authentication can't carry",
            );
        }
        let passphrase = self.text("METRICS_PASSPHRASE");
        if passphrase.is_none() && self.given.is_empty("METRICS_PASSPHRASE") {
            self.wrong("METRICS_PASSPHRASE", "is empty; give one, or leave the setting out");
        }
        (user, passphrase)
    }
}

/// Whether the URL has the form `redis[s]://[[user]:password@]host[:port][/db]`. Whether it works, says Redis.
fn looks_like_redis(url: &str) -> Result<(), &'static str> {
    const FORM: &str =
        "is not of the form redis://[[user]:password@]host[:port][/db], or rediss:// for TLS";
    let rest =
        url.strip_prefix("redis://").or_else(|| url.strip_prefix("rediss://")).ok_or(FORM)?;
    let rest = rest.split_once('?').map_or(rest, |(rest, _)| rest);
    let (authority, database) = rest.split_once('/').unwrap_or((rest, ""));
    let server = authority.rsplit_once('@').map_or(authority, |(_, server)| server);
    let (host, port) = match server.rsplit_once(':') {
        // The colons inside an IPv6 address in brackets don't begin a port.
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (server, "6379"),
    };
    if host.is_empty() || port.parse::<u16>().is_err() {
        return Err(FORM);
    }
    if !database.is_empty() && database.parse::<u32>().is_err() {
        return Err("names a database that is not a number: redis://host:port/0");
    }
    Ok(())
}
