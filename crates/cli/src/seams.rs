//! What the other crates will bring.

use std::{fmt, path::PathBuf, str::FromStr, time::Duration};

/// A queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Queue {
    Chat,
    Mail,
    Hooks,
    Default,
}

impl Queue {
    pub(crate) const ALL: [Self; 4] = [Self::Chat, Self::Mail, Self::Hooks, Self::Default];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Mail => "mail",
            Self::Hooks => "hooks",
            Self::Default => "default",
        }
    }
}

impl fmt::Display for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Queue {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|queue| queue.as_str() == name).ok_or_else(|| {
            format!("there is no queue {name:?}; the queues are chat, mail, hooks and default")
        })
    }
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct RedisSettings {
    pub(crate) url: String,
    pub(crate) prefix: String,
    pub(crate) ca_file: Option<PathBuf>,
}

impl fmt::Debug for RedisSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedisSettings(…)")
    }
}

pub(crate) struct RedisReport {
    pub(crate) version: String,
    pub(crate) warnings: Vec<String>,
}

pub(crate) enum RedisProblem {
    Unreachable(String),
    Refused(String),
    Settings(String),
}

impl RedisSettings {
    #[expect(clippy::unused_async, reason = "the real one waits")]
    pub(crate) async fn probe(&self, _deadline: Duration) -> Result<RedisReport, RedisProblem> {
        Err(RedisProblem::Unreachable("not built yet".to_owned()))
    }
}

/// What this process is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Serve,
    Web,
    Worker,
}

impl Role {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Serve => "serve",
            Self::Web => "web",
            Self::Worker => "worker",
        }
    }
}
