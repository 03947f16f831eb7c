//! How the catcher behaves: a function from the moment to what it does.

use std::{fmt, sync::Arc, time::Duration};

/// What the client has just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClientStage {
    /// It connected and waits for the greeting.
    Connect,
    /// `EHLO` or `HELO`.
    Hello,
    /// `MAIL FROM`
    Sender,
    /// `RCPT TO`
    Recipient,
    /// `DATA`
    Data,
    /// The dot that ends the message.
    Message,
    /// Any other command.
    Other,
}

/// When the policy is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyMoment<'a> {
    /// Which connection since the start, from 1.
    pub connection: u64,
    /// What the client has just done.
    pub stage: ClientStage,
    /// The sender's address, from `MAIL FROM` on.
    pub sender: &'a str,
    /// The last recipient's address, from `RCPT TO` on.
    pub recipient: &'a str,
}

/// What the catcher does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reaction {
    /// What a mail server does on a good day.
    Obliges,
    /// Gives this answer, such as `451 4.7.1 later`, instead of the usual one.
    Says(String),
    /// Waits, then obliges.
    ObligesAfter(Duration),
    /// Waits, then gives this answer.
    SaysAfter(Duration, String),
    /// Closes the connection without an answer; the mail is lost.
    HangsUp,
    /// Keeps the mail, but closes the connection without an answer: the client can't know.
    KeepsAndHangsUp,
    /// Gives the usual answer, then closes the connection.
    ObligesAndHangsUp,
    /// Never answers again, but keeps the connection.
    Stalls,
}

/// How the catcher behaves.
#[derive(Clone)]
pub struct Policy(Arc<dyn Fn(PolicyMoment<'_>) -> Reaction + Send + Sync>);

impl Policy {
    /// Behaves as `reaction` says, at each moment.
    pub fn new(reaction: impl Fn(PolicyMoment<'_>) -> Reaction + Send + Sync + 'static) -> Self {
        Self(Arc::new(reaction))
    }

    /// Takes everything at once.
    #[must_use]
    pub fn obliging() -> Self {
        Self::new(|_| Reaction::Obliges)
    }

    /// Takes everything, and lets the client wait for each answer.
    #[must_use]
    pub fn slow(delay: Duration) -> Self {
        Self::new(move |_| Reaction::ObligesAfter(delay))
    }

    pub(super) fn at(&self, moment: PolicyMoment<'_>) -> Reaction {
        (self.0)(moment)
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Policy(…)")
    }
}
