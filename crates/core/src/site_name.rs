//! The name of the page: the settings override the log, everywhere.

use std::sync::Arc;

use crate::SiteConfigured;

/// The name that the settings of a process give the page, if any.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SiteName(Option<Arc<str>>);

impl SiteName {
    /// The name of a page that nobody has named.
    pub const DEFAULT: &str = "Our service";

    /// The name in the settings, if any.
    #[must_use]
    pub fn given(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The page's name: from the settings, else from the log, else [`Self::DEFAULT`].
    #[must_use]
    pub fn of<'a>(&'a self, site: Option<&'a SiteConfigured>) -> &'a str {
        let logged = || site.and_then(|site| site.name.as_ref()).map(|name| name.as_str());
        self.given().or_else(logged).unwrap_or(Self::DEFAULT)
    }
}

impl<T: Into<Arc<str>>> From<T> for SiteName {
    fn from(given: T) -> Self {
        Self(Some(given.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Title;

    #[test]
    fn settings_override_the_name_in_the_log_which_overrides_the_default() {
        let name = Title::parse("Acme Tickets").ok();
        let (named, unnamed) = (SiteConfigured { name, ..SiteConfigured::default() }, None);
        assert_eq!(SiteName::from("Acme").of(Some(&named)), "Acme");
        assert_eq!(SiteName::default().of(Some(&named)), "Acme Tickets");
        assert_eq!(SiteName::default().of(unnamed), SiteName::DEFAULT);
    }
}
