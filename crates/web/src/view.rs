//! What persons and programs see. Functions of the board and the time; nothing here asks anybody.

pub(crate) mod front;
mod icon;
pub(crate) mod incident;
pub(crate) mod layout;
pub(crate) mod live;
pub(crate) mod problem;
pub(crate) mod reference;
pub(crate) mod statuspage;
pub(crate) mod subscription;
mod time;
mod timeline;
mod words;

#[cfg(test)]
mod contrast;
#[cfg(test)]
mod samples;

use candor_core::{Board, EmailAddress, Link};

use crate::server::WebSettings;

/// What all pages share: the name on them, where they live and what stands in their foot.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    pub(crate) name: String,
    pub(crate) site_url: String,
    pub(crate) seq: u64,
    links: Vec<Link>,
    contact: Option<String>,
}

impl Look {
    pub(crate) fn new(settings: &WebSettings, board: &Board) -> Self {
        let site = &board.site;
        let name = site.name.as_ref().map_or(settings.site_name.as_str(), |name| name.as_str());
        Self {
            name: name.to_owned(),
            site_url: settings.site_url.trim_end_matches('/').to_owned(),
            seq: board.seq,
            links: site.links.iter().flatten().filter(|link| is_safe(&link.url)).cloned().collect(),
            contact: site.contact.as_deref().and_then(contact_url),
        }
    }
}

/// Where a contact leads: an e-mail address becomes a link that writes to it.
fn contact_url(contact: &str) -> Option<String> {
    match EmailAddress::parse(contact) {
        Ok(address) => Some(format!("mailto:{address}")),
        Err(_) => is_safe(contact).then(|| contact.to_owned()),
    }
}

/// Whether a link may stand on the page: it leads to a site or a mailbox, and runs nothing.
fn is_safe(url: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}
