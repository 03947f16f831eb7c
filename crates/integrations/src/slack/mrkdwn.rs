//! Slack's own markup ("mrkdwn"): written so that nothing that others wrote can act, and read back.
//!
//! `<!channel>`, `<@U…>` and `<https://…|words>` act; nothing else does. Whatever comes from outside has its `&`, `<`
//! and `>` escaped, and then it is text.

mod read;
mod write;

use jiff::Timestamp;

pub use read::{anywhere, elsewhere, to_markdown};
pub use write::from_markdown;

/// Escapes the three characters that Slack asks to be escaped, and nothing else.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Text as it is: escaped, on one line, and without a bold or struck-out look of its own.
#[must_use]
pub fn text(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    escape(&write::without_looks(&line))
}

/// A title: text in bold.
#[must_use]
pub fn bold(words: &str) -> String {
    let words = text(words).replace('*', "∗");
    if words.trim().is_empty() { words } else { format!("*{}*", words.trim()) }
}

/// A link with its words; only the words if the target isn't allowed.
#[must_use]
pub fn link(target: &str, words: &str) -> String {
    let words = text(words);
    match write::target(target) {
        Some(target) if words.trim().is_empty() => format!("<{target}>"),
        Some(target) => format!("<{target}|{words}>"),
        None => words,
    }
}

/// A time, in the reader's own zone and language in Slack; `elsewhere` is what other programs show.
#[must_use]
pub fn date(at: Timestamp, elsewhere: &str) -> String {
    format!("<!date^{}^{{date_short_pretty}} {{time}}|{}>", at.as_second(), escape(elsewhere))
}

/// As [`date`], without the day: it was named before.
pub(super) fn time_of_day(at: Timestamp, elsewhere: &str) -> String {
    format!("<!date^{}^{{time}}|{}>", at.as_second(), escape(elsewhere))
}
