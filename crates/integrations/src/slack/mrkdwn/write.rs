//! Turns operators' Markdown into Slack's markup.

use std::borrow::Cow;

use candor_content::markdown::{events, next_address, safe_target};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::escape;
use crate::slack::block::units;

/// The longest target and the longest words of a link; what is longer would not fit into a section with the rest.
const LONGEST_TARGET: usize = 1_500;
const LONGEST_WORDS: usize = 1_000;
/// How far lists are indented.
const MAX_DEPTH: usize = 8;
/// The longest output in bytes; a message holds far less.
const MAX_OUTPUT: usize = 256 * 1024;

/// Markdown in Slack's markup. Headings are bold lines, images and bare addresses are links, HTML is the text it is.
///
/// Links lead only to `http`, `https` or `mailto`; no one is ever mentioned.
#[must_use]
pub fn from_markdown(markdown: &str) -> String {
    let mut writer = MrkdwnWriter::default();
    for event in events(markdown) {
        if writer.out.len() > MAX_OUTPUT {
            break;
        }
        writer.take(event);
    }
    writer.close_looks();
    writer.out
}

#[derive(Default)]
struct MrkdwnWriter {
    out: String,
    /// How many line ends have to come before the next word.
    pending: usize,
    /// The prefix of the next word of a list item.
    bullet: String,
    /// The open styles: the sign, and whether it is written already.
    looks: Vec<(char, bool)>,
    /// A style has just ended: a letter must not follow it directly.
    ended: bool,
    /// The next number of each open list; none for one with bullets.
    lists: Vec<Option<u64>>,
    quotes: usize,
    code_block: Option<String>,
    /// Where the open link leads (none for a link in a link or to a bad target), and its words.
    links: Vec<Option<String>>,
    words: String,
    first_cell: bool,
}

impl MrkdwnWriter {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.text(&text),
            Event::Code(code) => {
                let code = code.replace('`', "ˋ").replace('\n', " ");
                self.word(&format!("`{}`", escape(&code)));
                self.ended = true;
            }
            Event::SoftBreak | Event::HardBreak => self.line(1),
            Event::Rule => {
                self.line(2);
                self.word("———");
                self.line(2);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock | Tag::Table(_) => self.block(),
            Tag::Heading { .. } => {
                self.block();
                self.style('*');
            }
            Tag::BlockQuote(_) => {
                self.block();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => {
                self.block();
                self.code_block = Some(String::new());
            }
            Tag::List(first) => {
                if self.lists.is_empty() {
                    self.block();
                }
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::TableHead | Tag::TableRow => {
                self.line(1);
                self.first_cell = true;
            }
            Tag::TableCell => {
                if !self.first_cell {
                    self.word(" | ");
                }
                self.first_cell = false;
            }
            Tag::Emphasis => self.style('_'),
            Tag::Strong => self.style('*'),
            Tag::Strikethrough => self.style('~'),
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
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.end_look();
                self.line(2);
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::Table => self.line(2),
            TagEnd::BlockQuote(_) => {
                self.close_looks();
                self.quotes = self.quotes.saturating_sub(1);
                self.line(2);
            }
            TagEnd::CodeBlock => {
                let code = self.code_block.take().unwrap_or_default();
                let code = escape(code.trim_end().replace('`', "ˋ").trim_start_matches('\n'));
                if !code.trim().is_empty() {
                    self.word(&format!("```\n{code}\n```"));
                }
                self.line(2);
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.line(if self.lists.is_empty() { 2 } else { 1 });
            }
            TagEnd::Item => {
                self.bullet.clear();
                self.line(1);
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.end_look(),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn item(&mut self) {
        self.line(1);
        let depth = self.lists.len().saturating_sub(1).min(MAX_DEPTH);
        let sign = match self.lists.last_mut() {
            Some(Some(number)) => {
                let sign = format!("{number}. ");
                *number = number.saturating_add(1);
                sign
            }
            _ => "• ".to_owned(),
        };
        self.bullet = format!("{}{sign}", "    ".repeat(depth));
    }

    /// A new paragraph; the first one of an item is on the item's own line.
    fn block(&mut self) {
        if self.bullet.is_empty() {
            self.line(2);
        }
    }

    fn line(&mut self, lines: usize) {
        if self.links.is_empty() {
            self.pending = self.pending.max(lines);
        } else {
            self.words.push(' ');
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code_block {
            code.push_str(text);
        } else if !self.links.is_empty() {
            self.words.push_str(text);
        } else {
            let mut rest = text;
            while let Some((before, address, after)) = next_address(rest) {
                self.prose(before);
                match target(address) {
                    Some(target) => self.word(&format!("<{target}>")),
                    None => self.prose(address),
                }
                rest = after;
            }
            self.prose(rest);
        }
    }

    fn prose(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.line(1);
            }
            if !line.is_empty() {
                self.word(&escape(&without_looks(line)));
            }
        }
    }

    /// Writes markup, after its prefix.
    fn word(&mut self, markup: &str) {
        if !self.links.is_empty() {
            self.words.push_str(markup);
            return;
        }
        if self.pending > 0 && !self.out.is_empty() {
            self.end_written_looks();
            for _ in 0..self.pending {
                self.out.push('\n');
            }
        }
        let at_start = self.out.is_empty() || self.pending > 0;
        self.pending = 0;
        if at_start && self.quotes > 0 {
            self.out.push_str("> ");
        }
        self.out.push_str(&std::mem::take(&mut self.bullet));
        let begins_with_letter = markup.starts_with(char::is_alphanumeric);
        if self.ended && !at_start && begins_with_letter {
            self.out.push('\u{200B}');
        }
        self.ended = false;
        for (sign, written) in &mut self.looks {
            if !std::mem::replace(written, true) {
                if self.out.ends_with(char::is_alphanumeric) {
                    self.out.push('\u{200B}');
                }
                self.out.push(*sign);
            }
        }
        // A quote and a code block continue on each line.
        if self.quotes > 0 {
            self.out.push_str(&markup.replace('\n', "\n> "));
        } else {
            self.out.push_str(markup);
        }
    }

    fn style(&mut self, sign: char) {
        // What is bold already doesn't get bolder.
        let sign = if self.looks.iter().any(|(known, _)| *known == sign) { '\0' } else { sign };
        self.looks.push((sign, sign == '\0' || !self.links.is_empty()));
        if !self.links.is_empty()
            && let Some((sign, _)) = self.looks.last_mut()
        {
            *sign = '\0';
        }
    }

    fn end_look(&mut self) {
        if let Some((sign, true)) = self.looks.pop()
            && sign != '\0'
        {
            self.out.push(sign);
            self.ended = true;
        }
    }

    /// Ends the styles at the end of a line, since none continues across it.
    fn end_written_looks(&mut self) {
        for (sign, written) in self.looks.iter_mut().rev() {
            if *sign != '\0' && std::mem::replace(written, false) {
                self.out.push(*sign);
            }
        }
    }

    fn close_looks(&mut self) {
        self.end_written_looks();
        self.looks.clear();
    }

    fn link(&mut self, dest: &str) {
        let target = if self.links.is_empty() { target(dest) } else { None };
        self.links.push(target);
    }

    /// Nested ones are part of the outermost one's words.
    fn end_link(&mut self) {
        let link = self.links.pop().flatten();
        if !self.links.is_empty() {
            return;
        }
        let words = std::mem::take(&mut self.words);
        let words = words.trim();
        match link {
            Some(target) if words.is_empty() || target == escape(words) => {
                self.word(&format!("<{target}>"));
            }
            Some(target) => {
                let shown = super::text(words);
                if units(&shown) > LONGEST_WORDS {
                    self.prose(words);
                    self.word(&format!(" <{target}>"));
                } else {
                    self.word(&format!("<{target}|{shown}>"));
                }
            }
            None => self.prose(words),
        }
    }
}

/// The target in the form for a link; none if it isn't allowed, or is too long.
pub(super) fn target(dest: &str) -> Option<String> {
    let mut encoded = String::new();
    for c in safe_target(dest)?.chars() {
        match c {
            '<' => encoded.push_str("%3C"),
            '>' => encoded.push_str("%3E"),
            '|' => encoded.push_str("%7C"),
            '&' => encoded.push_str("&amp;"),
            c => encoded.push(c),
        }
    }
    (units(&encoded) <= LONGEST_TARGET).then_some(encoded)
}

/// The text with the signs that Slack would take for a style (`*so*`, `_so_`, `~so~`, `` `so` ``) as signs that only
/// look alike. Most stars and underscores are harmless, and stay.
pub(super) fn without_looks(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for (sign, alike) in [('*', "∗"), ('_', "ˍ"), ('~', "∼"), ('`', "ˋ")] {
        let acts = |(at, _): &(usize, &str)| {
            let before = text.get(..*at).and_then(|before| before.chars().next_back());
            let after = text.get(at + 1..).and_then(|after| after.chars().next());
            let between_letters = before.is_some_and(char::is_alphanumeric)
                && after.is_some_and(char::is_alphanumeric);
            let between_spaces =
                before.is_none_or(char::is_whitespace) && after.is_none_or(char::is_whitespace);
            sign == '`' || !(between_letters || between_spaces)
        };
        let acting: Vec<usize> = text.match_indices(sign).filter(acts).map(|(at, _)| at).collect();
        if acting.len() < 2 {
            continue;
        }
        let mut changed = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            if acting.binary_search(&at).is_ok() {
                changed.push_str(alike);
            } else {
                changed.push(c);
            }
        }
        text = Cow::Owned(changed);
    }
    text
}
