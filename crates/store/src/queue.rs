//! The queues: classes of deliveries that are scaled by themselves. Store, worker, metrics and settings all use this list.

use std::{fmt, str::FromStr};

use crate::text_enum::text_enum;

text_enum! {
    /// A queue.
    pub enum Queue {
        /// Chat messages to the team.
        Chat = "chat",
        /// Mails.
        Mail = "mail",
        /// Webhooks that subscribers gave.
        Hooks = "hooks",
        /// The leader's own jobs: expansion, schedule, retention.
        Default = "default",
    }
}

/// No queue has that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no queue {0:?}; the queues are chat, mail, hooks and default")]
pub struct UnknownQueue(String);

impl Queue {
    /// Their names, in the same order, as label values.
    pub const NAMES: [&str; 4] =
        [Self::Chat.as_str(), Self::Mail.as_str(), Self::Hooks.as_str(), Self::Default.as_str()];

    /// The queue of messages to a subscriber of this channel: `mail`, or the format of a webhook.
    pub(crate) fn of_channel(channel: &str) -> Self {
        if channel == candor_core::Address::MAIL { Self::Mail } else { Self::Hooks }
    }
}

impl fmt::Display for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Queue {
    type Err = UnknownQueue;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::parse(name).ok_or_else(|| UnknownQueue(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_is_read_by_its_name_and_no_other() {
        for queue in Queue::ALL {
            assert_eq!(queue.to_string().parse(), Ok(queue));
        }
        let error = "Mail".parse::<Queue>().unwrap_err().to_string();
        assert_eq!(
            error,
            "there is no queue \"Mail\"; the queues are chat, mail, hooks and default"
        );
    }
}
