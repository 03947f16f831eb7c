//! An icon for each tone, so that nobody needs color to tell them apart.

use maud::{Markup, html};

/// The tone of a status, which decides color and icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IconTone {
    Good,
    Suspected,
    Watching,
    Outage,
    Partial,
    Bug,
    Maintenance,
    Notice,
    Over,
}

impl IconTone {
    /// The CSS class that sets its colors.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Suspected => "suspected",
            Self::Watching => "watching",
            Self::Outage => "outage",
            Self::Partial => "partial",
            Self::Bug => "bug",
            Self::Maintenance => "maintenance",
            Self::Notice => "notice",
            Self::Over => "over",
        }
    }

    /// The icon. It is decoration: the text beside it says the same.
    pub(super) fn icon(self) -> Markup {
        let path = match self {
            Self::Good | Self::Over => "M8 12.4l2.7 2.7L16 9.6",
            Self::Suspected => "M9.6 9.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.2.9-1.2 1.7M12 16.5v.01",
            Self::Watching => "M12 7.2V12l3 1.9",
            Self::Outage => "M9 9l6 6M15 9l-6 6",
            Self::Partial => "M12 7.4v5.4M12 16.4v.01",
            Self::Bug => "M8 12h8",
            Self::Maintenance => "M9.7 8.8v6.4M14.3 8.8v6.4",
            Self::Notice => "M12 11.2v5M12 7.7v.01",
        };
        html! {
            svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"
                stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" {
                circle cx="12" cy="12" r="9.5" {}
                path d=(path) {}
            }
        }
    }
}
