//! Reads Slack's markup: as Markdown for public updates, and for chats that aren't Slack.

/// Slack's markup as Markdown. Mentions lose their effect: a name stays as a word, the rest is dropped.
#[must_use]
pub fn to_markdown(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    for (index, part) in message.split("```").enumerate() {
        if index % 2 == 1 {
            let code = unescape(&plain_tokens(part));
            out.push_str("\n```\n");
            out.push_str(code.trim_matches('\n'));
            out.push_str("\n```\n");
        } else {
            let lines: Vec<_> = part.split('\n').map(line).collect();
            out.push_str(&lines.join("\n"));
        }
    }
    out.trim().to_owned()
}

/// What we say, for receivers of Markdown, such as Discord.
#[must_use]
pub fn elsewhere(markup: &str) -> String {
    to_markdown(&anywhere(markup))
}

/// What we say, for whatever takes Slack's messages without being Slack, such as Mattermost: times are in UTC, and an
/// `@channel` in the text, which has no effect in Slack, has none there either.
#[must_use]
pub fn anywhere(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some((before, after)) = rest.split_once('<') {
        push_without_pings(&mut out, before);
        let Some((inner, behind)) = after.split_once('>') else {
            rest = after;
            break;
        };
        match inner.split_once('|') {
            Some((target, words)) if target.starts_with(['!', '@', '#']) => {
                push_without_pings(&mut out, words);
            }
            Some((target, words)) => {
                out.extend(["<", target, "|"]);
                push_without_pings(&mut out, words);
                out.push('>');
            }
            None if inner.starts_with(['!', '@', '#']) => {}
            None => out.extend(["<", inner, ">"]),
        }
        rest = behind;
    }
    push_without_pings(&mut out, rest);
    out
}

/// Puts something invisible between an `@` and the name after it. Addresses stay as they are.
fn push_without_pings(out: &mut String, text: &str) {
    for c in text.chars() {
        // Letters of ASCII alone: others count as the end of a word there, and a mention may follow them.
        let is_ping = c == '@' && !out.ends_with(|before: char| before.is_ascii_alphanumeric());
        out.push(c);
        if is_ping {
            out.push('\u{200B}');
        }
    }
}

fn line(line: &str) -> String {
    let (sign, rest) = match line.strip_prefix("&gt;") {
        Some(quoted) => ("> ", quoted.trim_start()),
        None => match line.trim_start().strip_prefix("• ") {
            Some(item) => ("- ", item),
            None => ("", line),
        },
    };
    let mut out = sign.to_owned();
    // Text between backticks is code; a single one is a backtick.
    let parts: Vec<_> = rest.split('`').collect();
    let last = parts.len().saturating_sub(1);
    for (index, part) in parts.iter().enumerate() {
        let is_code = index % 2 == 1 && index < last;
        if is_code {
            out.push('`');
            out.push_str(&unescape(&plain_tokens(part)));
            out.push('`');
        } else {
            if index % 2 == 1 {
                out.push('`');
            }
            let styled = restyle(&restyle(part, '*', "**"), '~', "~~");
            out.push_str(&unescape(&tokens(&styled)));
        }
    }
    out.trim_end().to_owned()
}

/// Replaces the `sign`s around a text, where Slack shows it in that style.
fn restyle(text: &str, sign: char, other: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(sign) {
        out.push_str(before);
        let opens = !out.ends_with(char::is_alphanumeric);
        match after.split_once(sign) {
            Some((inner, behind))
                if opens
                    && !inner.is_empty()
                    && !inner.starts_with(char::is_whitespace)
                    && !inner.ends_with(char::is_whitespace)
                    && !behind.starts_with(char::is_alphanumeric)
                    && inner.matches('<').count() == inner.matches('>').count() =>
            {
                out.extend([other, inner, other]);
                rest = behind;
            }
            _ => {
                out.push(sign);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Replaces each `<…>` by Markdown.
fn tokens(text: &str) -> String {
    replaced(text, |token, words| {
        let is_link =
            ["http://", "https://", "mailto:"].iter().any(|scheme| token.starts_with(scheme));
        match (is_link, words) {
            (true, Some(words)) if token.trim_start_matches("mailto:") != words => {
                let words = words.replace(['[', ']'], "");
                format!("[{words}]({})", token.replace('(', "%28").replace(')', "%29"))
            }
            (true, _) => format!("<{}>", token.trim_start_matches("mailto:")),
            (false, _) => plain_token(token, words),
        }
    })
}

/// Replaces each `<…>` by plain words: for code.
fn plain_tokens(text: &str) -> String {
    replaced(text, |token, words| match token.chars().next() {
        Some('@' | '#' | '!') => plain_token(token, words),
        _ => words.unwrap_or(token).to_owned(),
    })
}

fn plain_token(token: &str, words: Option<&str>) -> String {
    let words = words.unwrap_or_default();
    match token.chars().next() {
        Some('#') if !words.is_empty() => format!("#{words}"),
        Some('@' | '#' | '!') => words.trim_start_matches('@').to_owned(),
        _ => words.to_owned(),
    }
}

fn replaced(text: &str, token: impl Fn(&str, Option<&str>) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let Some((inner, behind)) = after.split_once('>') else {
            rest = after;
            break;
        };
        let words = match inner.split_once('|') {
            Some((target, words)) => token(target, Some(words)),
            None => token(inner, None),
        };
        let behind = if words.is_empty() { behind.trim_start_matches(' ') } else { behind };
        out.push_str(&words);
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
