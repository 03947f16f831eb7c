//! The site's name, and its readers' languages and time zones, from the present board.

use candor_content::notification_text::ReaderPreferences;
use candor_core::SiteName;
use candor_store::{Snapshot, Store};
use tokio::sync::watch;

use crate::settings::WorkerSettings;

/// The site, for messages.
pub(super) struct MessageSite {
    name: SiteName,
    snapshot: watch::Receiver<Snapshot>,
}

impl MessageSite {
    pub(super) fn new(settings: &WorkerSettings, store: &Store) -> Self {
        Self { name: settings.site_name.clone(), snapshot: store.snapshot() }
    }

    /// The present name of the page.
    pub(super) fn name(&self) -> String {
        let snapshot = self.snapshot.borrow();
        self.name.of(snapshot.board.as_ref().map(|board| &board.site)).to_owned()
    }

    /// How to write for a subscriber with this language and time zone; the site's own where they are none.
    pub(super) fn reader(
        &self,
        language: Option<&str>,
        time_zone: Option<&str>,
    ) -> ReaderPreferences {
        let snapshot = self.snapshot.borrow();
        let site = snapshot.board.as_ref().map(|board| &board.site);
        let languages = site.and_then(|site| site.languages.as_ref()).into_iter().flatten();
        let zone = site.and_then(|site| site.time_zone.as_deref());
        ReaderPreferences::of(
            language.into_iter().chain(languages.map(String::as_str)),
            time_zone.into_iter().chain(zone),
        )
    }
}
