//! Markdown as plain text: for the text part of mails, and wherever there is no markup.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{MAX_DEPTH, MAX_OUTPUT, events};

/// Markdown as plain text: paragraphs are set apart by an empty line, list items begin with `- ` or their number,
/// and a link's address follows its words.
#[must_use]
pub fn to_plain(text: &str) -> String {
    let mut plain = Plain::default();
    for event in events(text) {
        if plain.out.len() > MAX_OUTPUT {
            break;
        }
        plain.take(event);
    }
    plain.out.trim().to_owned()
}

#[derive(Default)]
struct Plain {
    out: String,
    /// The next number of each open list; none for one with bullets.
    lists: Vec<Option<u64>>,
    /// Where each open link goes, and where its words begin.
    links: Vec<(String, usize)>,
    first_cell: bool,
}

impl Plain {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text)
            | Event::Code(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.line(),
            Event::Rule => {
                self.block();
                self.out.push_str("---");
                self.block();
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                if self.lists.is_empty() {
                    self.block();
                }
                self.lists.push(first);
            }
            Tag::Item => {
                let depth = self.lists.len().saturating_sub(1).min(MAX_DEPTH);
                if !self.out.ends_with('\n') && !self.out.is_empty() {
                    self.out.push('\n');
                }
                self.out.push_str(&"  ".repeat(depth));
                match self.lists.last_mut() {
                    Some(Some(number)) => {
                        self.out.extend([&number.to_string(), ". "]);
                        *number = number.saturating_add(1);
                    }
                    _ => self.out.push_str("- "),
                }
            }
            // What is struck out says the opposite of what it says.
            Tag::Strikethrough => self.out.push_str("~~"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.links.push((dest_url.to_string(), self.out.len()));
            }
            Tag::TableHead | Tag::TableRow => {
                self.line();
                self.first_cell = true;
            }
            Tag::TableCell => {
                if !self.first_cell {
                    self.out.push_str(" | ");
                }
                self.first_cell = false;
            }
            Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::BlockQuote(_)
            | Tag::HtmlBlock
            | Tag::Table(_) => {
                // The first paragraph of an item stands on the item's own line.
                if !(self.out.ends_with("- ") || self.out.ends_with(". ") && !self.lists.is_empty())
                {
                    self.block();
                }
            }
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if matches!(tag, TagEnd::Link | TagEnd::Image) {
            self.end_link();
        } else if matches!(tag, TagEnd::Strikethrough) {
            self.out.push_str("~~");
        } else if matches!(tag, TagEnd::List(_)) {
            self.lists.pop();
            self.block();
        } else if matches!(
            tag,
            TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::BlockQuote(_)
                | TagEnd::HtmlBlock
                | TagEnd::Table
        ) {
            self.block();
        }
    }

    /// Says where the link goes, unless its words do.
    fn end_link(&mut self) {
        let Some((target, words_at)) = self.links.pop() else { return };
        let words = self.out.get(words_at..).unwrap_or_default();
        if words.is_empty() {
            self.out.push_str(&target);
        } else if words != target && target.strip_prefix("mailto:") != Some(words) {
            self.out.extend([" (", &target, ")"]);
        }
    }

    /// Begins a new line, unless one has begun.
    fn line(&mut self) {
        if !self.out.ends_with('\n') && !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    /// Leaves an empty line; inside a list, only a new line.
    fn block(&mut self) {
        self.line();
        if self.lists.is_empty() && !self.out.ends_with("\n\n") && !self.out.is_empty() {
            self.out.push('\n');
        }
    }
}
