//! Turns the HTML of imported texts into Markdown.
//!
//! Texts of such pages are Markdown with HTML in between (`<br />`, `<a href>`, `<ul>`), or HTML altogether. Elements
//! that say how something looks become Markdown, elements that do something are left out with all that is in them,
//! and whatever else stands in angle brackets stays as it was written. What comes out is no safer than any other
//! Markdown: [`candor_content::markdown`] is what makes it safe to show.

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use candor_content::markdown;
use html5gum::{DefaultEmitter, HtmlString, Spanned, Token, Tokenizer};
use pulldown_cmark::{CodeBlockKind, Event, Tag};

/// How deep elements may be nested; of deeper ones only the text is kept.
const MAX_DEPTH: usize = 24;
/// A longer text, in bytes, is left as it is: it could not be taken anyway.
const MAX_BYTES: usize = 1024 * 1024;

/// The text as Markdown. What has no HTML in it stays as it is.
pub(super) fn to_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains('<') || text.len() > MAX_BYTES {
        return Cow::Borrowed(text);
    }
    let mut writer = MarkdownWriter::default();
    let mut at = 0;
    for code in code(text) {
        writer.html(text.get(at..code.start).unwrap_or_default());
        writer.as_written(text.get(code.clone()).unwrap_or_default());
        at = code.end;
    }
    writer.html(text.get(at..).unwrap_or_default());
    while writer.close_last() {}
    Cow::Owned(writer.out)
}

/// Where Markdown's own code stands: nothing in it is HTML.
fn code(text: &str) -> Vec<Range<usize>> {
    let mut code: Vec<Range<usize>> = Vec::new();
    for (event, range) in markdown::elements(text) {
        let is_code = matches!(
            event,
            Event::Code(_) | Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))
        );
        if is_code && code.last().is_none_or(|last| last.end <= range.start) {
            code.push(range);
        }
    }
    code
}

/// What an element becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Break,
    Rule,
    Image,
    Paragraph,
    Heading,
    Quote,
    /// Whether it is numbered.
    List(bool),
    Item,
    Row,
    Cell,
    /// Text between two of these marks.
    Marked(&'static str),
    Code,
    CodeBlock,
    Link,
    /// Its text, without any look of its own.
    Plain,
    /// Nothing.
    Dropped,
}

impl Element {
    /// The element of this name, which is in lower case; none if HTML has no such element.
    fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"br" => Self::Break,
            b"hr" => Self::Rule,
            b"img" => Self::Image,
            b"p" | b"div" | b"section" | b"article" | b"header" | b"footer" | b"main"
            | b"center" | b"address" | b"table" | b"dl" | b"dt" | b"dd" | b"figure"
            | b"details" | b"summary" => Self::Paragraph,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Heading,
            b"blockquote" => Self::Quote,
            b"ul" => Self::List(false),
            b"ol" => Self::List(true),
            b"li" => Self::Item,
            b"tr" => Self::Row,
            b"td" | b"th" => Self::Cell,
            b"b" | b"strong" => Self::Marked("**"),
            b"i" | b"em" => Self::Marked("*"),
            b"s" | b"strike" | b"del" => Self::Marked("~~"),
            b"code" | b"tt" | b"kbd" | b"samp" => Self::Code,
            b"pre" => Self::CodeBlock,
            b"a" => Self::Link,
            b"span" | b"font" | b"u" | b"small" | b"big" | b"sub" | b"sup" | b"abbr" | b"mark"
            | b"ins" | b"time" | b"nobr" | b"wbr" | b"tbody" | b"thead" | b"tfoot" | b"caption"
            | b"html" | b"body" | b"head" | b"meta" | b"link" | b"form" | b"input" | b"button"
            | b"label" | b"embed" | b"base" | b"cite" | b"q" | b"dfn" | b"var" => Self::Plain,
            b"script" | b"style" | b"title" | b"template" | b"iframe" | b"object" | b"noscript"
            | b"svg" | b"math" | b"textarea" | b"select" | b"audio" | b"video" | b"canvas"
            | b"applet" => Self::Dropped,
            _ => return None,
        })
    }

    fn has_end(self, name: &[u8]) -> bool {
        !matches!(self, Self::Break | Self::Rule | Self::Image)
            && !matches!(name, b"wbr" | b"meta" | b"link" | b"input" | b"embed" | b"base")
    }
}

/// An element that has begun.
struct OpenElement {
    name: HtmlString,
    element: Element,
    /// Where a link leads.
    target: Option<String>,
    /// Where its text begins in the output.
    start: usize,
    /// How many items it has, if it is a list.
    items: u32,
}

#[derive(Default)]
struct MarkdownWriter {
    out: String,
    open: Vec<OpenElement>,
    /// White space that follows says nothing: a tag has just begun a line.
    at_line: bool,
    /// The output ends with a mark that closes, which a letter must not follow.
    behind_mark: bool,
}

type Attributes = BTreeMap<HtmlString, Spanned<HtmlString, usize>>;

impl MarkdownWriter {
    fn html(&mut self, html: &str) {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        // What a script holds isn't markup.
        emitter.naively_switch_states(true);
        let mut written = 0;
        // The text since the last tag, without its entities.
        let mut decoded = String::new();
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            let (element, span) = match &token {
                Token::String(string) => {
                    decoded.push_str(&String::from_utf8_lossy(string));
                    continue;
                }
                Token::StartTag(tag) => (Element::of(&tag.name), tag.span),
                Token::EndTag(tag) => (Element::of(&tag.name), tag.span),
                Token::Comment(comment) => (None, comment.span),
                Token::Doctype(_) | Token::Error(_) => continue,
            };
            let source = html.get(span.start..span.end).unwrap_or_default();
            if element.is_none() && !source.starts_with("<!--") {
                decoded.push_str(source);
                continue;
            }
            self.text(html.get(written..span.start).unwrap_or_default(), &decoded);
            (written, decoded) = (span.end, String::new());
            match (token, element) {
                (Token::StartTag(tag), Some(element)) => {
                    self.start(element, tag.name, &tag.attributes);
                }
                (Token::EndTag(tag), Some(element)) => self.end(element, &tag.name),
                _ => {}
            }
        }
        self.text(html.get(written..).unwrap_or_default(), &decoded);
    }

    /// Where the text of the innermost element begins.
    fn floor(&self) -> usize {
        self.open.last().map_or(0, |open| open.start)
    }

    fn is_inside(&self, wanted: Element) -> bool {
        self.open.iter().any(|open| open.element == wanted)
    }

    fn is_in_code(&self) -> bool {
        self.is_inside(Element::Code) || self.is_inside(Element::CodeBlock)
    }

    /// Text as Markdown has it, entities and all; in code, without them.
    fn text(&mut self, raw: &str, decoded: &str) {
        if self.is_in_code() {
            self.out.push_str(decoded);
        } else {
            self.as_written(raw);
        }
    }

    fn as_written(&mut self, text: &str) {
        let mut text = text;
        if self.at_line {
            // The line break after a `<br>` is the same one; of an empty line, one remains.
            text = text.trim_start_matches([' ', '\t', '\r']);
            text = text.strip_prefix('\n').unwrap_or(text).trim_start_matches([' ', '\t']);
        }
        let Some(first) = text.chars().next() else { return };
        if self.behind_mark && first.is_alphanumeric() {
            self.out.push(' ');
        }
        self.out.push_str(text);
        (self.at_line, self.behind_mark) = (false, false);
    }

    fn start(&mut self, element: Element, name: HtmlString, attributes: &Attributes) {
        let attribute = |name: &[u8]| {
            attributes.get(name).map(|value| String::from_utf8_lossy(value).trim().to_owned())
        };
        match element {
            Element::Break if self.is_in_code() => self.out.push('\n'),
            Element::Break => {
                self.out.push('\n');
                (self.at_line, self.behind_mark) = (true, false);
            }
            Element::Rule => {
                self.block();
                self.out.push_str("---");
                self.block();
            }
            Element::Image => {
                let words = attribute(b"alt").filter(|words| !words.is_empty());
                match attribute(b"src") {
                    Some(target) if !self.is_inside(Element::Link) => {
                        self.link(words.as_deref().unwrap_or("image"), &target);
                    }
                    _ => self.as_written(&words.unwrap_or_default()),
                }
            }
            Element::Paragraph | Element::Heading | Element::Quote | Element::CodeBlock => {
                self.block();
            }
            Element::List(_) if !self.is_inside(Element::Item) => self.block(),
            Element::List(_) => self.line(),
            // These end where the next one begins.
            Element::Item => {
                self.close_up_to(element, |open| matches!(open, Element::List(_)));
                self.line();
            }
            Element::Row => {
                self.close_up_to(element, |open| open == Element::Paragraph);
                self.line();
            }
            Element::Cell => {
                self.close_up_to(element, |open| open == Element::Paragraph);
                if self.out.len() > self.floor() {
                    self.out.push_str(" | ");
                }
            }
            Element::Link => self.close_up_to(element, |_| false),
            Element::Marked(_) | Element::Code | Element::Plain | Element::Dropped => {}
        }
        if element.has_end(&name) && self.open.len() < MAX_DEPTH {
            let target = attribute(b"href").filter(|_| element == Element::Link);
            self.open.push(OpenElement { name, element, target, start: self.out.len(), items: 0 });
        }
    }

    fn end(&mut self, element: Element, name: &HtmlString) {
        if element == Element::Break || !self.open.iter().any(|open| open.name == *name) {
            return;
        }
        while self.open.last().is_some_and(|open| open.name != *name) {
            self.close_last();
        }
        self.close_last();
    }

    /// Ends an open element of this kind, unless it is outside of `limit`.
    fn close_up_to(&mut self, element: Element, limit: impl Fn(Element) -> bool) {
        let inner = self.open.iter().rev().take_while(|open| !limit(open.element));
        let found = inner.map(|open| open.element).position(|open| open == element);
        for _ in 0..found.map_or(0, |above| above + 1) {
            self.close_last();
        }
    }

    /// Ends the innermost element; false if none is open.
    fn close_last(&mut self) -> bool {
        let Some(OpenElement { element, target, start, .. }) = self.open.pop() else {
            return false;
        };
        let text = self.out.split_off(start);
        self.behind_mark = false;
        match element {
            Element::Dropped => {}
            Element::Marked(mark) => self.marked(&text, mark),
            Element::Code => self.code(text.trim()),
            Element::CodeBlock => {
                let fence = "`".repeat(longest_run(&text).max(2) + 1);
                let code = text.trim_matches('\n').trim_end();
                self.out.extend([&fence, "\n", code, "\n", &fence]);
                self.block();
            }
            Element::Link => self.link(&text, &target.unwrap_or_default()),
            Element::Heading => {
                let line = one_line(&text);
                if !line.is_empty() {
                    self.out.extend(["#### ", &line]);
                }
                self.block();
            }
            Element::Quote => {
                self.lines(text.trim(), "> ", "> ");
                self.block();
            }
            Element::Item => {
                let list = self.open.last_mut().map(|list| {
                    list.items = list.items.saturating_add(1);
                    (list.element, list.items)
                });
                let marker = match list {
                    Some((Element::List(true), number)) => format!("{number}. "),
                    _ => "- ".to_owned(),
                };
                self.lines(text.trim(), &marker, &" ".repeat(marker.len()));
                self.line();
            }
            Element::List(_) => {
                self.out.push_str(text.trim());
                if self.is_inside(Element::Item) { self.line() } else { self.block() }
            }
            Element::Paragraph => {
                self.out.push_str(text.trim());
                self.block();
            }
            Element::Row => {
                self.out.push_str(text.trim());
                self.line();
            }
            Element::Cell => self.out.push_str(&one_line(&text)),
            Element::Plain | Element::Break | Element::Rule | Element::Image => {
                self.out.push_str(&text);
            }
        }
        true
    }

    /// Begins a line, unless one has begun.
    fn line(&mut self) {
        let kept = self.out.trim_end_matches([' ', '\t']).len().max(self.floor());
        self.out.truncate(kept);
        if self.out.len() > self.floor() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        (self.at_line, self.behind_mark) = (true, false);
    }

    /// Leaves an empty line.
    fn block(&mut self) {
        let kept = self.out.trim_end().len().max(self.floor());
        self.out.truncate(kept);
        if self.out.len() > self.floor() {
            self.out.push_str("\n\n");
        }
        (self.at_line, self.behind_mark) = (true, false);
    }

    /// Lines, the first one behind `first`, the others behind `next`.
    fn lines(&mut self, text: &str, first: &str, next: &str) {
        for (index, line) in text.lines().enumerate() {
            if index > 0 {
                self.out.push('\n');
            }
            let before = if index == 0 { first } else { next };
            self.out.push_str(if line.is_empty() { before.trim_end() } else { before });
            self.out.push_str(line);
        }
    }

    /// Marks each paragraph; the marks touch words, as Markdown demands.
    fn marked(&mut self, text: &str, mark: &str) {
        for (index, part) in text.split("\n\n").enumerate() {
            if index > 0 {
                self.out.push_str("\n\n");
            }
            let words = part.trim();
            let (before, after) = part.split_at(part.find(words).unwrap_or_default());
            self.out.push_str(before);
            if words.is_empty() {
                continue;
            }
            if self.out.ends_with(mark) && self.out.len() > self.floor() + mark.len() {
                // Two of them in a row are one.
                self.out.truncate(self.out.len() - mark.len());
            } else {
                if ends_with_word(&self.out) && !words.starts_with(char::is_alphanumeric) {
                    self.out.push(' ');
                }
                self.out.push_str(mark);
            }
            self.out.extend([words, mark]);
            let after = after.get(words.len()..).unwrap_or_default();
            self.out.push_str(after);
            self.behind_mark = after.is_empty() && !words.ends_with(char::is_alphanumeric);
        }
    }

    fn code(&mut self, code: &str) {
        if code.is_empty() {
            return;
        }
        let fence = "`".repeat(longest_run(code) + 1);
        let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        self.out.extend([&fence, space, &one_line(code), space, &fence]);
    }

    /// A link, if one may lead there; its words alone, if not.
    fn link(&mut self, words: &str, target: &str) {
        let words = words.trim_matches('\n').replace('\n', " ");
        let safe = markdown::safe_target(target).filter(|_| !words.trim().is_empty());
        let Some(target) = safe else {
            return self.as_written(&words);
        };
        let address = target.replace('\\', "%5C").replace('<', "%3C").replace('>', "%3E");
        if words.trim().replace("&amp;", "&") == address {
            self.out.extend(["<", &address, ">"]);
            return;
        }
        self.out.push('[');
        let mut escaped = false;
        for c in words.chars() {
            if matches!(c, '[' | ']') && !escaped {
                self.out.push('\\');
            }
            escaped = c == '\\' && !escaped;
            self.out.push(c);
        }
        if escaped {
            self.out.push('\\');
        }
        self.out.extend(["](<", &address, ">)"]);
    }
}

fn ends_with_word(text: &str) -> bool {
    text.ends_with(char::is_alphanumeric)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests;
