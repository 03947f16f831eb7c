//! The data of the events of `/events`.

use candor_core::Headline;
use serde::Serialize;

/// The state of the page, for viewers who stay connected.
#[derive(Debug, Clone, Serialize)]
pub struct LiveChange<'a> {
    /// The last event that anybody could tell from the page.
    pub seq: u64,
    /// The event after which `changed` lists what changed; 0 if that isn't known.
    pub since: u64,
    /// What the page says first.
    pub headline: Headline,
    /// The same in words.
    pub title: &'a str,
    /// The paths of the incidents that changed.
    pub changed: &'a [String],
}
