//! The data of the events of `/events`.

use candor_core::Headline;
use serde::Serialize;

/// The state of the page, for viewers who stay connected.
#[derive(Debug, Clone, Serialize)]
pub struct LiveChange<'a> {
    /// The last event that changed the page.
    pub seq: u64,
    /// The event after which `changed` lists changes; 0 if that isn't known.
    pub since: u64,
    /// The headline.
    pub headline: Headline,
    /// The headline in words.
    pub title: &'a str,
    /// The paths of the incidents that changed.
    pub changed: &'a [String],
}
