//! The one component: the whole service.

use candor_core::Headline;
use jiff::Timestamp;
use serde::Serialize;

use super::page::StatuspagePage;
use crate::view::{PageStyle, time::millis};

/// The component's id, which is the same in every installation.
pub(super) const ID: &str = "whole0000001";

#[derive(Serialize)]
pub(super) struct Component {
    id: &'static str,
    pub(super) name: String,
    status: &'static str,
    created_at: String,
    updated_at: String,
    position: u8,
    description: Option<String>,
    showcase: bool,
    start_date: Option<String>,
    group_id: Option<String>,
    page_id: String,
    group: bool,
    only_show_if_degraded: bool,
}

impl Component {
    pub(super) fn of(style: &PageStyle, page: &StatuspagePage, headline: Headline) -> Self {
        Self {
            id: ID,
            name: style.name.clone(),
            status: status(headline),
            created_at: millis(Timestamp::UNIX_EPOCH),
            updated_at: page.updated_at.clone(),
            position: 1,
            description: None,
            showcase: true,
            start_date: None,
            group_id: None,
            page_id: page.id.clone(),
            group: false,
            only_show_if_degraded: false,
        }
    }
}

/// The status of the component under a headline.
pub(super) fn status(headline: Headline) -> &'static str {
    match headline {
        Headline::Outage => "major_outage",
        Headline::Partial => "partial_outage",
        Headline::Watching | Headline::Bug => "degraded_performance",
        Headline::Maintenance => "under_maintenance",
        Headline::Suspected | Headline::Notice | Headline::AllGood => "operational",
    }
}
