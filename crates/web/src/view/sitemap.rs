//! `/sitemap.xml` (<https://www.sitemaps.org/protocol.html>): the pages for search engines, which find the other
//! languages through the pages' links.

use candor_core::{Board, latest};
use maud::{PreEscaped, html};

use super::{PageStyle, confirmed, time::millis};

pub(crate) const PATH: &str = "/sitemap.xml";
/// How many incidents the sitemap names. The protocol allows 50,000 addresses.
const INCIDENTS: usize = 20_000;
const HEAD: PreEscaped<&str> = PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

/// The sitemap, if `path` is its path.
pub(crate) fn at(style: &PageStyle, board: &Board, path: &str) -> Option<String> {
    if path != PATH {
        return None;
    }
    let confirmed = board.incidents().filter(|incident| confirmed::is_confirmed(incident));
    let incidents = latest(confirmed, INCIDENTS, confirmed::updated_at);
    let site = &style.site_url;
    let sitemap = html! {
        (HEAD)
        urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {
            url { loc { (site) "/" } }
            url { loc { (site) "/history" } }
            @for incident in incidents {
                url {
                    loc { (site) (incident.path()) }
                    lastmod { (millis(confirmed::updated_at(incident))) }
                }
                @if let Some(postmortem) = &incident.postmortem {
                    url {
                        loc { (site) (incident.path()) "/postmortem" }
                        lastmod { (millis(postmortem.at)) }
                    }
                }
            }
        }
    };
    Some(sitemap.into_string())
}
