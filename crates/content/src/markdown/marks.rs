//! Markdown as events; what only looks like markup stays as it was typed.
//!
//! The marks in an address such as `https://ci.example.org/job/__main__/12` mean nothing, and in `2*3*4` they are
//! signs. `CommonMark` takes both for emphasis and would remove the marks.

use std::{collections::BTreeMap, ops::Range};

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeStream};

use super::address_starts;

/// How many marks a text may have for its markup to be honored; one with more is shown as it was typed. What people
/// write has a mark every few words; only a text that is made to keep the program busy has this many.
const MAX_MARKS: usize = 8_000;

/// The events of a text.
pub fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    let events = if marks(text) > MAX_MARKS { as_typed(text) } else { with_markup(text) };
    TextMergeStream::new(events.into_iter())
}

/// The elements and where each stands, as the parser finds them; none in a text with too many marks.
pub fn elements(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let has_few = marks(text) <= MAX_MARKS;
    has_few.then(|| Parser::new_ext(text, options).into_offset_iter()).into_iter().flatten()
}

/// How many characters could be marks.
fn marks(text: &str) -> usize {
    text.bytes().filter(|byte| b"*_~`[]()<>!|#\\&".contains(byte)).count()
}

/// A text without any markup: its paragraphs and lines.
fn as_typed(text: &str) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        events.push(Event::Start(Tag::Paragraph));
        for (index, line) in paragraph.trim_matches('\n').split('\n').enumerate() {
            if index > 0 {
                events.push(Event::SoftBreak);
            }
            events.push(Event::Text(line.into()));
        }
        events.push(Event::End(TagEnd::Paragraph));
    }
    events
}

fn with_markup(text: &str) -> Vec<Event<'_>> {
    let events: Vec<_> = elements(text).collect();
    let signs = signs(text, &events);
    if signs.is_empty() {
        return events.into_iter().map(|(event, _)| event).collect();
    }
    let mut literal = Vec::new();
    events
        .into_iter()
        .map(|(event, at)| {
            let mark = if begins(&event, text, &at).is_some() {
                let mark = signs.get(&(at.start, at.end)).copied();
                literal.push(mark);
                mark
            } else if ends(&event) {
                literal.pop().flatten()
            } else {
                None
            };
            mark.map_or(event, |mark| Event::Text(CowStr::Borrowed(mark)))
        })
        .collect()
}

/// The elements whose marks are not markup, by position, and their mark.
fn signs<'a>(
    text: &'a str,
    events: &[(Event<'_>, Range<usize>)],
) -> BTreeMap<(usize, usize), &'a str> {
    let mut signs = BTreeMap::new();
    // Where elements whose marks may be such end, from the outermost to the innermost.
    let mut open: Vec<usize> = Vec::new();
    // Where the current table cell ends: no address continues in the next one.
    let mut cell_ends = usize::MAX;
    // How deep we are in elements without bare addresses.
    let mut elsewhere = 0_usize;
    // Where the last address ends.
    let mut address_ends = 0;
    for (event, at) in events {
        if let Some(mark) = begins(event, text, at) {
            if at.start < address_ends || mark.len() == 1 && is_between_letters(text, at) {
                signs.insert((at.start, at.end), mark);
            }
            open.push(at.end.saturating_sub(mark.len()));
        } else if ends(event) {
            open.pop();
        } else if matches!(
            event,
            Event::Start(Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. })
        ) {
            elsewhere += 1;
        } else if matches!(event, Event::End(TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image)) {
            elsewhere = elsewhere.saturating_sub(1);
        } else if matches!(event, Event::Start(Tag::TableCell)) {
            cell_ends = at.end;
        } else if matches!(event, Event::End(TagEnd::TableCell)) {
            cell_ends = usize::MAX;
        } else if matches!(event, Event::Text(_)) && elsewhere == 0 {
            for start in address_starts(text.get(at.clone()).unwrap_or_default()) {
                let start = at.start + start;
                if start < address_ends {
                    continue;
                }
                let rest = text.get(start..cell_ends.min(text.len())).unwrap_or_default();
                let end = start + address_length(rest);
                // An element that was opened before the address is closed behind it.
                address_ends = open.last().map_or(end, |inner| end.min(*inner));
            }
        }
    }
    signs
}

/// How long the address is that a text begins with. All that RFC 3986 allows belongs to it, and what is often typed
/// without being encoded; but a host has neither `'` nor `|`: it's `https://example.org`'s page.
pub(super) fn address_length(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || c.is_control() || "<>\"`".contains(c);
    let length = text.find(ends).unwrap_or(text.len());
    let address = text.get(..length).unwrap_or_default();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| address.starts_with(scheme));
    let host = scheme.and_then(|scheme| address.strip_prefix(scheme)).unwrap_or(address);
    let authority = host.find(['/', '?', '#']).unwrap_or(host.len());
    let quote = host.find(['\'', '|']).filter(|quote| *quote < authority);
    quote.map_or(length, |quote| length - host.len() + quote)
}

/// The mark of the element that begins here, if it has one on either side.
fn begins<'a>(event: &Event<'_>, text: &'a str, at: &Range<usize>) -> Option<&'a str> {
    let rest = text.get(at.start..)?;
    let length = if matches!(event, Event::Start(Tag::Emphasis)) {
        1
    } else if matches!(event, Event::Start(Tag::Strong)) {
        2
    } else if matches!(event, Event::Start(Tag::Strikethrough)) {
        if rest.starts_with("~~") { 2 } else { 1 }
    } else {
        return None;
    };
    rest.get(..length)
}

/// Whether such an element ends here.
fn ends(event: &Event<'_>) -> bool {
    matches!(event, Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough))
}

/// Whether there is an ASCII letter or digit directly before and directly behind an element: `2*3*4`. Languages without
/// spaces emphasize in the middle of a line of letters, but not of these; and two marks are hardly ever typed as signs.
fn is_between_letters(text: &str, at: &Range<usize>) -> bool {
    let before = text.get(..at.start).and_then(|before| before.bytes().last());
    let after = text.get(at.end..).and_then(|after| after.bytes().next());
    [before, after].iter().all(|byte| byte.is_some_and(|byte| byte.is_ascii_alphanumeric()))
}
