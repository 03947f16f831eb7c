//! What operators write, made safe to show: HTML for pages and mails, plain text for the rest.
//!
//! The input is never trusted. Every tag in the output is written by this module; HTML in the input is shown as
//! text; only `http`, `https` and `mailto` become links. A single line break is a line break, as
//! in a chat, since that is how updates are typed in a hurry.

mod marks;
mod plain;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag, TagEnd};

pub use marks::{elements, events};
pub use plain::to_plain;

/// The longest output in bytes; what comes after it is left out. An honest text of 64 KiB stays far below.
const MAX_OUTPUT: usize = 1024 * 1024;

/// How deep elements may be nested; deeper ones are shown as plain text.
const MAX_DEPTH: usize = 24;

/// Closes a link, and nothing else.
const CLOSE_LINK: &str = "</a>";

/// Markdown (`CommonMark` with tables and strikethrough) as HTML.
///
/// Headings become `h4` and bold lines, so that they fit below the page's own; images become links; bare `https://`
/// addresses become links too. Blocks have `dir="auto"`: each is set in the direction of its own script.
#[must_use]
pub fn to_html(text: &str) -> String {
    with_headings(text, ("<h4 dir=\"auto\">", "</h4>\n"))
}

/// The same for a text that is a whole page: its headings are `h2`, right below the page's own.
#[must_use]
pub fn to_html_of_a_page(text: &str) -> String {
    with_headings(text, ("<h2 dir=\"auto\">", "</h2>\n"))
}

fn with_headings(text: &str, heading: (&'static str, &'static str)) -> String {
    let mut html = Html { heading, ..Html::default() };
    for event in events(text) {
        if html.out.len() > MAX_OUTPUT {
            break;
        }
        html.take(event);
    }
    html.finish()
}

/// The output so far, and what has to be closed.
#[derive(Default)]
struct Html {
    out: String,
    /// What opens and closes a heading.
    heading: (&'static str, &'static str),
    /// The closing tag of each open element; empty if it was opened without a tag.
    open: Vec<&'static str>,
    /// How many of them are links; there are no links in links.
    links: usize,
    in_code_block: bool,
    /// The alignments of the table that is open, and the column it is at.
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Html {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.links > 0 || self.in_code_block => self.text(&text),
            Event::Text(text) => self.text_with_addresses(&text),
            Event::Code(code) => {
                self.out.push_str("<code>");
                self.text(&code);
                self.out.push_str("</code>");
            }
            Event::SoftBreak | Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::Html(raw)
            | Event::InlineHtml(raw)
            | Event::InlineMath(raw)
            | Event::DisplayMath(raw)
            | Event::FootnoteReference(raw) => self.text(&raw),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if self.open.len() >= MAX_DEPTH {
            self.open.push("");
            return;
        }
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.element("<p dir=\"auto\">", "</p>\n"),
            Tag::Heading { level, .. } if usize::from(level_of(level)) <= 3 => {
                let (open, close) = self.heading;
                self.element(open, close);
            }
            Tag::Heading { .. } => self.element("<p dir=\"auto\"><strong>", "</strong></p>\n"),
            Tag::BlockQuote(_) => self.element("<blockquote dir=\"auto\">\n", "</blockquote>\n"),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.in_code_block = true;
                self.element("<pre dir=\"auto\"><code>", "</code></pre>\n");
            }
            Tag::List(None) => self.element("<ul dir=\"auto\">\n", "</ul>\n"),
            Tag::List(Some(1)) => self.element("<ol dir=\"auto\">\n", "</ol>\n"),
            Tag::List(Some(first)) => {
                self.element(&format!("<ol dir=\"auto\" start=\"{first}\">\n"), "</ol>\n");
            }
            Tag::Item => self.element("<li dir=\"auto\">", "</li>\n"),
            Tag::Table(columns) => {
                self.columns = columns;
                self.element("<table>\n", "</tbody></table>\n");
            }
            Tag::TableHead => {
                (self.in_head, self.column) = (true, 0);
                self.element("<thead><tr>", "</tr></thead>\n<tbody>\n");
            }
            Tag::TableRow => {
                self.column = 0;
                self.element("<tr>", "</tr>\n");
            }
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.element("<em>", "</em>"),
            Tag::Strong => self.element("<strong>", "</strong>"),
            Tag::Strikethrough => self.element("<del>", "</del>"),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                self.link(&format!("mailto:{dest_url}"));
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.link(&dest_url),
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.open.push(""),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let Some(close) = self.open.pop() else { return };
        self.out.push_str(close);
        if close == CLOSE_LINK {
            self.links -= 1;
        }
        if tag == TagEnd::CodeBlock {
            self.in_code_block = false;
        }
        if tag == TagEnd::TableHead {
            self.in_head = false;
        }
    }

    fn finish(mut self) -> String {
        for close in self.open.iter().rev() {
            self.out.push_str(close);
        }
        self.out
    }

    fn element(&mut self, open: &str, close: &'static str) {
        self.out.push_str(open);
        self.open.push(close);
    }

    fn cell(&mut self) {
        let align = match self.columns.get(self.column) {
            Some(Alignment::Left) => " align=\"left\"",
            Some(Alignment::Center) => " align=\"center\"",
            Some(Alignment::Right) => " align=\"right\"",
            Some(Alignment::None) | None => "",
        };
        self.column += 1;
        let (name, close) = if self.in_head { ("th", "</th>") } else { ("td", "</td>") };
        self.element(&format!("<{name} dir=\"auto\"{align}>"), close);
    }

    fn link(&mut self, target: &str) {
        match safe_target(target) {
            Some(target) if self.links == 0 => {
                self.links += 1;
                self.open_link(target);
                self.open.push(CLOSE_LINK);
            }
            _ => self.open.push(""),
        }
    }

    fn open_link(&mut self, target: &str) {
        self.out.push_str("<a href=\"");
        self.text(target);
        self.out.push_str("\" rel=\"noopener nofollow\">");
    }

    fn text_with_addresses(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, address, after)) = next_address(rest) {
            self.text(before);
            self.open_link(address);
            self.text(address);
            self.out.push_str("</a>");
            rest = after;
        }
        self.text(rest);
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '&' => self.out.push_str("&amp;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                c => self.out.push(c),
            }
        }
    }
}

fn level_of(level: pulldown_cmark::HeadingLevel) -> u8 {
    use pulldown_cmark::HeadingLevel::{H1, H2, H3, H4, H5, H6};
    match level {
        H1 => 1,
        H2 => 2,
        H3 => 3,
        H4 => 4,
        H5 => 5,
        H6 => 6,
    }
}

/// The target, if a link may lead there. A relative one may not: in a mail it would lead nowhere.
#[must_use]
pub fn safe_target(target: &str) -> Option<&str> {
    let target = target.trim();
    let (scheme, rest) = target.split_once(':')?;
    let allowed = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest.starts_with("//"),
        "mailto" => true,
        _ => false,
    };
    (allowed && !target.chars().any(|c| c.is_control() || c.is_whitespace())).then_some(target)
}

/// The first bare web address in `text`, with the text before and after it.
#[must_use]
pub fn next_address(text: &str) -> Option<(&str, &str, &str)> {
    scheme_starts(text).find_map(|start| {
        let (before, candidate) = text.split_at_checked(start)?;
        let host = candidate.split_once("://").map_or("", |(_, host)| host);
        // IPv6 stands in brackets.
        let has_host = host.strip_prefix('[').unwrap_or(host).starts_with(char::is_alphanumeric);
        if before.ends_with(char::is_alphanumeric) || !has_host {
            return None;
        }
        let address = candidate.get(..marks::address_length(candidate))?;
        let address = without_closing_marks(address, before.ends_with('\''));
        Some((before, address, candidate.get(address.len()..)?))
    })
}

/// Where `https://` and `http://` occur in a text.
fn scheme_starts(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices("://").filter_map(|(at, _)| {
        let before = text.get(..at)?;
        let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme))?;
        Some(at - scheme.len())
    })
}

/// Where an address begins in a text, with `https://` or without: `www.example.org/`, `ci.example.org:8080/`.
fn address_starts(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('/').filter_map(|(at, _)| {
        let before = text.get(..at)?;
        if let Some(scheme) = before.strip_suffix(':') {
            let scheme = ["https", "http"].into_iter().find(|name| scheme.ends_with(name))?;
            return text.get(at..)?.starts_with("//").then(|| at - 1 - scheme.len());
        }
        let is_part = |c: char| c.is_alphanumeric() || ".-:".contains(c);
        let host = before.get(before.trim_end_matches(is_part).len()..)?;
        host.trim_matches('.').contains('.').then(|| at - host.len())
    })
}

/// Without the full stop, comma, bracket or mark that belongs to the sentence around it. Brackets and marks that were
/// opened in the address stay: `https://example.org/x_(y)`, `https://example.org/__main__`, `https://example.org/'x'`,
/// unless the address itself is quoted.
fn without_closing_marks(address: &str, is_quoted: bool) -> &str {
    const PAIRS: [(char, char); 2] = [('(', ')'), ('[', ']')];
    const QUOTE: char = '\'';
    const MARKS: [char; 4] = ['*', '_', '~', QUOTE];
    let count = |wanted: char| address.matches(wanted).count();
    let mut unopened = PAIRS.map(|(open, close)| count(close).saturating_sub(count(open)));
    let is_closed = |mark| count(mark) % 2 == 0 && !(mark == QUOTE && is_quoted);
    let mut unpaired = MARKS.map(|mark| usize::from(!is_closed(mark)));
    let mut rest = address;
    while let Some(last) = rest.chars().next_back() {
        let pair = PAIRS.iter().position(|(_, close)| *close == last);
        let mark = MARKS.iter().position(|mark| *mark == last);
        let left = match (pair, mark) {
            (Some(pair), _) => unopened.get_mut(pair),
            (None, Some(mark)) => unpaired.get_mut(mark),
            (None, None) => None,
        };
        match left {
            Some(0) => break,
            Some(left) => *left -= 1,
            None if matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '…') => {}
            None => break,
        }
        rest = rest.get(..rest.len() - last.len_utf8()).unwrap_or_default();
    }
    rest
}
