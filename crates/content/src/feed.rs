//! Feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, written from one description.
//!
//! An entry keeps its id and moves to the top when something is added to it. XML is written by maud, which
//! escapes every value and closes every element; characters that XML 1.0 can't hold are removed first.

use std::borrow::Cow;

use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};
use maud::{PreEscaped, html};
use serde::Serialize;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const ATOM: &str = "http://www.w3.org/2005/Atom";

/// A feed, in any format.
#[derive(Debug, Clone)]
pub struct Feed {
    /// Its permanent id: a `tag:` URI.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its description, in a sentence.
    pub description: String,
    /// The author's name.
    pub author: String,
    /// The page with the same content.
    pub page_url: String,
    /// The feed's own address.
    pub feed_url: String,
    /// The language's tag (BCP 47).
    pub language: &'static str,
    /// When an entry last changed.
    pub updated: Timestamp,
    /// The entries, the latest change first.
    pub entries: Vec<FeedEntry>,
}

/// One entry of a feed.
#[derive(Debug, Clone)]
pub struct FeedEntry {
    /// Its permanent id: a `tag:` URI.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The page with the same content.
    pub url: String,
    /// When it was published.
    pub published: Timestamp,
    /// When something was last added or corrected.
    pub updated: Timestamp,
    /// Its content, as safe HTML.
    pub html: String,
}

impl Feed {
    /// As Atom (RFC 4287).
    #[must_use]
    pub fn to_atom(&self) -> String {
        let markup = html! {
            feed xmlns=(ATOM) xml:lang=(self.language) {
                id { (legal(&self.id)) }
                title { (legal(&self.title)) }
                subtitle { (legal(&self.description)) }
                updated { (rfc_3339(self.updated)) }
                author { name { (legal(&self.author)) } }
                link rel="alternate" type="text/html" href=(self.page_url) {}
                link rel="self" type="application/atom+xml" href=(self.feed_url) {}
                @for one in &self.entries {
                    entry {
                        id { (legal(&one.id)) }
                        title { (legal(&one.title)) }
                        published { (rfc_3339(one.published)) }
                        updated { (rfc_3339(one.updated)) }
                        link rel="alternate" type="text/html" href=(one.url) {}
                        content type="html" { (legal(&one.html)) }
                    }
                }
            }
        };
        format!("{DECLARATION}{}\n", markup.into_string())
    }

    /// As RSS 2.0 (<https://www.rssboard.org/rss-specification>).
    #[must_use]
    pub fn to_rss(&self) -> String {
        // maud takes `link` for the HTML element that holds nothing, which RSS fills.
        let link =
            |url: &str| PreEscaped(format!("<link>{}</link>", html! { (url) }.into_string()));
        // Readers of RSS take a description for HTML, so words are escaped as HTML, and that as XML.
        let description = html! { (legal(&self.description)) }.into_string();
        let markup = html! {
            rss version="2.0" xmlns:atom=(ATOM) {
                channel {
                    title { (legal(&self.title)) }
                    (link(&self.page_url))
                    description { (description) }
                    language { (self.language) }
                    lastBuildDate { (rfc_822(self.updated)) }
                    atom:link rel="self" type="application/rss+xml" href=(self.feed_url) {}
                    @for one in &self.entries {
                        item {
                            title { (legal(&one.title)) }
                            description { (legal(&one.html)) }
                            pubDate { (rfc_822(one.updated)) }
                            (link(&one.url))
                            guid isPermaLink="false" { (legal(&one.id)) }
                        }
                    }
                }
            }
        };
        format!("{DECLARATION}{}\n", markup.into_string())
    }

    /// As JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).
    ///
    /// # Errors
    /// It can't be written as JSON, which isn't known to happen.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(&JsonFeed {
            version: "https://jsonfeed.org/version/1.1",
            title: &self.title,
            description: &self.description,
            home_page_url: &self.page_url,
            feed_url: &self.feed_url,
            language: self.language,
            authors: [Author { name: &self.author }],
            items: self.entries.iter().map(FeedItem::of).collect(),
        })
    }
}

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    description: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<FeedItem<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct FeedItem<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_html: &'a str,
    date_published: String,
    date_modified: String,
}

impl<'a> FeedItem<'a> {
    fn of(entry: &'a FeedEntry) -> Self {
        Self {
            id: &entry.id,
            url: &entry.url,
            title: &entry.title,
            content_html: &entry.html,
            date_published: rfc_3339(entry.published),
            date_modified: rfc_3339(entry.updated),
        }
    }
}

/// The text without the characters that XML 1.0 (section 2.2) can't hold, not even escaped.
#[must_use]
pub fn legal(text: &str) -> Cow<'_, str> {
    let is_legal = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => false,
        _ => true,
    };
    if text.chars().all(is_legal) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| is_legal(*c)).collect())
    }
}

/// `2026-11-21T14:05:00Z`
fn rfc_3339(at: Timestamp) -> String {
    utc(at).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `Sat, 21 Nov 2026 14:05:00 GMT`
fn rfc_822(at: Timestamp) -> String {
    utc(at).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn utc(at: Timestamp) -> ZonedDateTime {
    at.to_zoned_datetime(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(title: &str, html: &str) -> Feed {
        let at: Timestamp = "2026-11-21T14:05:00Z".parse().unwrap();
        Feed {
            id: "tag:example.invalid,2026:feed".to_owned(),
            title: "Acme & Söhne".to_owned(),
            description: "What happened".to_owned(),
            author: "Acme".to_owned(),
            page_url: "https://status.example.org/".to_owned(),
            feed_url: "https://status.example.org/feed/atom".to_owned(),
            language: "en",
            updated: at,
            entries: vec![FeedEntry {
                id: "tag:example.invalid,2026:incident/7".to_owned(),
                title: title.to_owned(),
                url: "https://status.example.org/2026-11-21/7".to_owned(),
                published: at,
                updated: at,
                html: html.to_owned(),
            }],
        }
    }

    #[test]
    fn values_are_escaped_once_more_than_the_html_that_they_hold() {
        let feed = feed("</title><script>", "<p>1 &lt; 2</p>");
        insta::assert_snapshot!("atom", feed.to_atom().replace("><", ">\n<"));
        insta::assert_snapshot!("rss", feed.to_rss().replace("><", ">\n<"));
        let json: serde_json::Value = serde_json::from_str(&feed.to_json().unwrap()).unwrap();
        insta::assert_snapshot!("json-feed", serde_json::to_string_pretty(&json).unwrap());
    }

    #[test]
    fn characters_that_xml_cannot_hold_are_left_out() {
        let every: String = (0..=0x10_ffff_u32).filter_map(char::from_u32).collect();
        let legal = legal(&every);
        assert_eq!(every.chars().count() - legal.chars().count(), 29 + 2);
        assert!(legal.starts_with("\t\n\r "));
        let atom = feed("a\u{8}b", "\u{0}\u{1b}[31mred\u{ffff}").to_atom();
        assert!(atom.contains("<title>ab</title>") && atom.contains(">[31mred</content>"));
    }
}
