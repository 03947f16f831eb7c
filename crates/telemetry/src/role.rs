//! The role of a process.

/// The role of this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Everything in one process.
    Serve,
    /// HTTP only.
    Web,
    /// Queues only.
    Worker,
}

impl Role {
    /// The word for it, as on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Serve => "serve",
            Self::Web => "web",
            Self::Worker => "worker",
        }
    }
}
