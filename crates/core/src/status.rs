//! Statuses, severities, headlines, and reasons of a dismissal.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Defines an enum whose names are the same in the log, on the command line and in JSON.
macro_rules! named_enum {
    ($(#[$meta:meta])* $name:ident, $what:literal { $($(#[$variant_meta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$variant_meta])* $variant),+ }

        impl $name {
            /// All of them, in the order of declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name in the log and in JSON.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(raw: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|one| one.as_str() == raw).ok_or_else(|| {
                    let names: Vec<_> = Self::ALL.iter().map(|one| one.as_str()).collect();
                    format!(concat!("{:?} is not a ", $what, "; it is one of {}"), raw, names.join(", "))
                })
            }
        }
    };
}

named_enum! {
    /// Where an incident is in its life.
    Status, "status" {
        /// Maintenance that has not started.
        Planned = "planned",
        /// Monitoring says so; no person has confirmed it.
        Suspected = "suspected",
        /// It was found to be a false alarm.
        Dismissed = "dismissed",
        /// A person has confirmed it.
        Confirmed = "confirmed",
        /// A fix is in place and is being watched.
        Watching = "watching",
        /// It is over.
        Resolved = "resolved",
    }
}

named_enum! {
    /// How bad an incident is, the mildest first.
    Severity, "severity" {
        /// Maintenance.
        Maintenance = "maintenance",
        /// Something to know; nothing is broken.
        Notice = "notice",
        /// Something small is broken.
        Bug = "bug",
        /// Part of the service is down.
        Partial = "partial",
        /// The service is down.
        Outage = "outage",
    }
}

named_enum! {
    /// The headline of the page, the worst first. "All good" is never said while an outage is open.
    Headline, "headline" {
        /// A person has confirmed that the service is down.
        Outage = "outage",
        /// A person has confirmed that part of it is down.
        Partial = "partial",
        /// Monitoring says so; a person is checking.
        Suspected = "suspected",
        /// A fix for an outage is in place and is being watched.
        Watching = "watching",
        /// A person has confirmed a small fault.
        Bug = "bug",
        /// Maintenance is going on.
        Maintenance = "maintenance",
        /// There is something to know.
        Notice = "notice",
        /// Nothing is known to be wrong.
        AllGood = "all-good",
    }
}

named_enum! {
    /// Why an incident was dismissed.
    DismissReason, "reason" {
        /// A person looked and found nothing.
        FalseAlarm = "false-alarm",
        /// Every alert was cleared before anybody confirmed.
        AllAlertsCleared = "all-alerts-cleared",
    }
}

impl Status {
    /// Whether the incident is open: suspected, confirmed or watching.
    #[must_use]
    pub fn is_current(self) -> bool {
        matches!(self, Self::Suspected | Self::Confirmed | Self::Watching)
    }

    /// Whether the incident is over: resolved or dismissed.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Resolved | Self::Dismissed)
    }
}

impl Severity {
    /// Whether an alert joins a confirmed incident of this severity instead of opening one.
    #[must_use]
    pub fn takes_alerts(self) -> bool {
        matches!(self, Self::Partial | Self::Outage)
    }
}
