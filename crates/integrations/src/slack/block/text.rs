//! The two kinds of text in blocks, and how they are cut.
//!
//! Slack's markup isn't cut in the middle of a link, of an entity or of a character of several code points, and a code
//! block that is split is closed and opened again.

use serde::Serialize;

/// Replaces an empty text: Slack refuses the whole message otherwise.
const NOTHING: &str = "(empty)";

/// Text that is shown as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "plain_text")]
pub struct PlainText {
    text: String,
    emoji: bool,
}

impl PlainText {
    /// At most `most` UTF-16 units of `text`.
    pub(crate) fn new(text: &str, most: usize) -> Self {
        let text = if is_blank(text) { NOTHING } else { text };
        Self { text: cut(text, most), emoji: true }
    }

    pub(super) fn units(&self) -> usize {
        units(&self.text)
    }
}

/// Text in Slack's markup. Text from users and monitoring must be escaped already.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "mrkdwn")]
pub struct Mrkdwn {
    text: String,
    /// Nothing but the markup has an effect: an `@channel` or a name in the text stays text.
    verbatim: bool,
}

impl Mrkdwn {
    /// At most `most` UTF-16 units of `text`.
    pub(crate) fn new(text: &str, most: usize) -> Self {
        Self { text: mrkdwn(text, most), verbatim: true }
    }

    pub(super) fn units(&self) -> usize {
        units(&self.text)
    }
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control())
}

/// How long a text is for Slack, at most.
pub(crate) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// `text`, or as much of it as fits in `most` UTF-16 units with an ellipsis.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if units(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut budget = most.saturating_sub(1);
    for cluster in (TextPieces { rest: text, markup: false }) {
        let Some(left) = budget.checked_sub(units(cluster)) else { break };
        budget = left;
        kept.push_str(cluster);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// Slack's markup, or as much of it as fits; never nothing.
pub(super) fn mrkdwn(text: &str, most: usize) -> String {
    if is_blank(text) {
        return NOTHING.to_owned();
    }
    if units(text) <= most {
        return text.to_owned();
    }
    let mut pieces = split(text, most.saturating_sub(1)).into_iter();
    let mut kept = pieces.next().unwrap_or_default();
    if pieces.next().is_some() {
        // Behind the end of a code block an ellipsis would take that end away.
        kept.push_str(if kept.ends_with(FENCE) { "" } else { "…" });
    }
    kept
}

const FENCE: &str = "```";

/// Slack's markup in pieces of at most `most` UTF-16 units (at least a few hundred), best at the ends of lines, else
/// between words.
pub(crate) fn split(text: &str, most: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = TextPiece::default();
    // Room for the end of a code block that continues in the next piece.
    let most = most.saturating_sub(FENCE.len() + 1);
    for line in text.split_inclusive('\n') {
        let fits = |piece: &TextPiece, more: &str| piece.units + units(more) <= most;
        if !fits(&piece, line) && units(line) <= most / 2 {
            piece = piece.next(&mut pieces);
        }
        for part in words(line, most / 2) {
            if fits(&piece, part) {
                piece.push(part);
                continue;
            }
            if units(part) <= most / 2 {
                piece = piece.next(&mut pieces);
                piece.push(part);
                continue;
            }
            for atom in (TextPieces { rest: part, markup: true }) {
                if !fits(&piece, atom) {
                    piece = piece.next(&mut pieces);
                }
                piece.push(atom);
            }
        }
        if line.trim_end().ends_with(FENCE) || line.starts_with(FENCE) {
            piece.in_code ^= line.matches(FENCE).count() % 2 == 1;
        }
    }
    piece.next(&mut pieces);
    pieces
}

#[derive(Default)]
struct TextPiece {
    text: String,
    units: usize,
    in_code: bool,
}

impl TextPiece {
    fn push(&mut self, text: &str) {
        self.units += units(text);
        self.text.push_str(text);
    }

    /// Ends this piece, and begins the next one.
    fn next(self, pieces: &mut Vec<String>) -> Self {
        let Self { mut text, in_code, .. } = self;
        text.truncate(text.trim_end().len());
        let mut next = Self { in_code, ..Self::default() };
        if in_code {
            next.push(FENCE);
            next.push("\n");
            if !text.is_empty() {
                text.push('\n');
                text.push_str(FENCE);
            }
        }
        let said = text.trim_matches(['`', '\n', ' ']);
        if !said.is_empty() {
            pieces.push(text);
        }
        next
    }
}

/// The words of a line, each with the space behind it; a link is one word. A line of no more than `short` is one too.
fn words(line: &str, short: usize) -> Vec<&str> {
    if units(line) <= short {
        return vec![line];
    }
    let mut words = Vec::new();
    let (mut start, mut at) = (0, 0);
    for atom in (TextPieces { rest: line, markup: true }) {
        at += atom.len();
        if atom == " " {
            words.extend(line.get(start..at));
            start = at;
        }
    }
    words.extend(line.get(start..).filter(|rest| !rest.is_empty()));
    words
}

/// What can't be taken apart: a character with all that joins it, and in markup a `<…>` or an entity.
struct TextPieces<'a> {
    rest: &'a str,
    markup: bool,
}

impl<'a> Iterator for TextPieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let length = match self.rest.chars().next()? {
            '<' if self.markup => self.rest.find('>').map(|end| end + 1),
            '&' if self.markup => {
                self.rest.find(';').map(|end| end + 1).filter(|length| *length <= "&amp;".len())
            }
            _ => None,
        };
        let (piece, rest) =
            self.rest.split_at_checked(length.unwrap_or_else(|| cluster(self.rest)))?;
        self.rest = rest;
        Some(piece)
    }
}

/// The length of the first character with the marks, joiners and modifiers that belong to it: enough of Unicode's
/// grapheme clusters (UAX #29) for accents, emoji and flags.
fn cluster(text: &str) -> usize {
    /// More than anybody means; a hostile heap of marks is cut like anything else.
    const LONGEST: usize = 32;
    let mut before: Option<char> = None;
    let mut flags = 0_u8;
    for (count, (at, c)) in text.char_indices().enumerate() {
        let is_flag = matches!(c, '\u{1F1E6}'..='\u{1F1FF}');
        let joins = match before {
            None => true,
            // Never what begins a link or an entity.
            Some('\u{200D}') => !c.is_ascii(),
            Some(_) if is_flag && flags == 1 => true,
            Some(_) => belongs_to_what_is_before(c),
        };
        if !joins || count == LONGEST {
            return at;
        }
        flags = if is_flag { flags + 1 } else { 0 };
        before = Some(c);
    }
    text.len()
}

fn belongs_to_what_is_before(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{610}'..='\u{61A}')
        || matches!(c, '\u{64B}'..='\u{65F}' | '\u{93A}'..='\u{94D}' | '\u{E31}' | '\u{E34}'..='\u{E3A}')
        || matches!(c, '\u{E47}'..='\u{E4E}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}')
        || matches!(c, '\u{200D}' | '\u{20D0}'..='\u{20FF}' | '\u{302A}'..='\u{302F}' | '\u{3099}' | '\u{309A}')
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
        || matches!(c, '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}')
}
