//! The page, and the overall status.

use candor_core::{Board, Headline, Status};
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::id;
use crate::view::{PageStyle, confirmed, time::millis};

#[derive(Serialize)]
pub(super) struct StatuspagePage {
    pub(super) id: String,
    name: String,
    url: String,
    time_zone: String,
    /// Some programs read this name.
    timezone: String,
    pub(super) updated_at: String,
}

impl StatuspagePage {
    pub(super) fn of(style: &PageStyle, board: &Board) -> Self {
        let digest = Sha256::digest(style.installation.as_bytes());
        let seed = digest.iter().take(8).fold(0_u64, |seed, byte| seed << 8 | u64::from(*byte));
        let zone = match style.zone_name() {
            utc if utc == "UTC" => "Etc/UTC".to_owned(),
            zone => zone,
        };
        Self {
            id: id("", seed % 36_u64.pow(12)),
            name: style.name.clone(),
            url: style.site_url.clone(),
            time_zone: zone.clone(),
            timezone: zone,
            updated_at: millis(
                confirmed::last_event(board)
                    .map_or(Timestamp::UNIX_EPOCH, |event| event.recorded_at),
            ),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Overall {
    indicator: &'static str,
    description: &'static str,
}

impl Overall {
    pub(super) fn of(board: &Board) -> Self {
        let suspicion = board.current().iter().any(|incident| incident.status == Status::Suspected);
        let (indicator, description) = match confirmed::headline(board) {
            Headline::Outage => ("critical", "Major Service Outage"),
            Headline::Partial => ("major", "Partial System Outage"),
            Headline::Watching => ("minor", "A fix is in place and being monitored"),
            Headline::Bug => ("minor", "Minor Service Outage"),
            Headline::Maintenance => ("none", "Service Under Maintenance"),
            // Not "operational", since monitoring says otherwise; and nothing more, since nobody has confirmed it.
            _ if suspicion => ("none", "No confirmed problems"),
            Headline::Suspected | Headline::Notice | Headline::AllGood => {
                ("none", "All Systems Operational")
            }
        };
        Self { indicator, description }
    }
}
