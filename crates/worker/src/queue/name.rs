//! The queues' names.

use std::{fmt, str::FromStr};

/// A queue: what is scaled by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QueueName {
    /// Chat messages.
    Chat,
    /// Mails.
    Mail,
    /// Outgoing webhooks.
    Hooks,
    /// The leader's own jobs: expansion, schedule, retention.
    Default,
}

/// No queue has that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no queue {0:?}; the queues are chat, mail, hooks and default")]
pub struct UnknownQueue(String);

impl QueueName {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Chat, Self::Mail, Self::Hooks, Self::Default];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Mail => "mail",
            Self::Hooks => "hooks",
            Self::Default => "default",
        }
    }
}

impl fmt::Display for QueueName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for QueueName {
    type Err = UnknownQueue;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|queue| queue.as_str() == name);
        known.ok_or_else(|| UnknownQueue(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_is_read_by_its_name_and_no_other() {
        for queue in QueueName::ALL {
            assert_eq!(queue.to_string().parse(), Ok(queue));
        }
        let error = "Mail".parse::<QueueName>().unwrap_err().to_string();
        assert_eq!(
            error,
            "there is no queue \"Mail\"; the queues are chat, mail, hooks and default"
        );
    }
}
