//! The layout of every mail, as text and as HTML: the heading, the content, one link, and how to unsubscribe.
//!
//! One column of 600 pixels, styles inline because mail programs drop the rest, no image and nothing fetched. The
//! `style` element only adds the dark colors, for the programs that honor it.

use candor_content::{
    language::Language, link::Links, markdown, notification_text::NotificationColor,
};
use jiff::Timestamp;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use uuid::Uuid;

/// What a mail says, before it has a form.
pub(super) struct MailContent<'a> {
    pub(super) language: Language,
    pub(super) tone: NotificationColor,
    /// The heading: the first thing that is read, also in the list of the inbox.
    pub(super) heading: String,
    /// What kind of knowledge it is.
    pub(super) sentence: String,
    pub(super) title: Option<String>,
    /// Times and such: name and value.
    pub(super) facts: Vec<(String, String)>,
    /// What a person wrote, as Markdown.
    pub(super) written: Option<String>,
    /// The one thing to do: its words and its address.
    pub(super) action: (String, String),
    /// Who writes: the page's name and address.
    pub(super) site: (&'a str, &'a str),
    /// Why the reader got the mail.
    pub(super) why: String,
    /// What else the reader can do about getting mails: words and address.
    pub(super) choices: Vec<(String, String)>,
}

/// Ink on tint, in light and in dark: each at least 4.5:1.
struct Colors {
    ink: &'static str,
    tint: &'static str,
    dark_ink: &'static str,
    dark_tint: &'static str,
    mark: &'static str,
}

impl Colors {
    fn of(tone: NotificationColor) -> Self {
        let (ink, tint, dark_ink, dark_tint, mark) = match tone {
            NotificationColor::Outage => ("#a11d18", "#fce9e7", "#ff948c", "#331614", "✕"),
            NotificationColor::Partial => ("#96430a", "#fdeee3", "#f5a06c", "#2f1e13", "!"),
            NotificationColor::Watching => ("#1c5a85", "#e7f1f9", "#8ac1ec", "#142430", "↻"),
            NotificationColor::Good => ("#1b683d", "#e8f4ed", "#7dd1a2", "#16291f", "✓"),
            NotificationColor::Maintenance => ("#474b8c", "#edeef9", "#b3b7f5", "#1e1f35", "◷"),
            NotificationColor::Neutral => ("#4f4a43", "#f2efea", "#cfc8bd", "#24221e", "i"),
        };
        Self { ink, tint, dark_ink, dark_tint, mark }
    }
}

const TEXT: &str = "#1d1b18";
const MUTED: &str = "#615c54";
const FONT: &str =
    "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

impl MailContent<'_> {
    /// The text part.
    pub(super) fn to_text(&self) -> String {
        let mut blocks = vec![format!("{}\n{}", self.heading, self.sentence)];
        let mut about: Vec<String> = self.title.iter().cloned().collect();
        about.extend(self.facts.iter().map(|(name, value)| fact(self.language, name, value)));
        if !about.is_empty() {
            blocks.push(about.join("\n"));
        }
        blocks.extend(
            self.written.as_deref().map(markdown::to_plain).filter(|text| !text.is_empty()),
        );
        blocks.push(format!("{}:\n{}", self.action.0, self.action.1));
        // "-- " on its own line: what follows is a signature, which mail programs set apart.
        let choices = self.choices.iter();
        let choices = choices.map(|(words, url)| format!("\n{}", fact(self.language, words, url)));
        blocks.push(format!("-- \n{}{}", self.why, choices.collect::<String>()));
        blocks.join("\n\n") + "\n"
    }

    /// The HTML part.
    pub(super) fn to_html(&self, subject: &str) -> String {
        let Colors { ink, tint, mark, .. } = Colors::of(self.tone);
        let cell =
            format!("{FONT};color:{TEXT};font-size:16px;line-height:1.55;padding:24px 4px 0");
        html! {
            (DOCTYPE)
            html lang=(self.language.tag()) dir=(self.language.direction()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width,initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="supported-color-schemes" content="light dark";
                    meta name="format-detection" content="telephone=no,date=no,address=no";
                    title { (subject) }
                    style { (PreEscaped(self.dark())) }
                }
                body class="page" style="margin:0;padding:0;background:#fbfaf8;-webkit-text-size-adjust:100%" {
                    table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#fbfaf8" {
                        tr { td align="center" style="padding:20px 14px 32px" {
                            table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;text-align:start" {
                                tr { td class="verdict" style=(format!("{FONT};background:{tint};border-radius:14px;padding:22px 22px 20px")) {
                                    table role="presentation" cellpadding="0" cellspacing="0" border="0" { tr {
                                        td valign="top" style="padding:2px 14px 0 0" {
                                            div class="mark" aria-hidden="true" style=(format!("width:32px;height:32px;border-radius:50%;background:{ink};color:#ffffff;{FONT};font-size:17px;font-weight:700;line-height:32px;text-align:center")) { (mark) }
                                        }
                                        td valign="top" {
                                            h1 class="ink" style=(format!("{FONT};color:{ink};font-size:23px;line-height:1.3;letter-spacing:-0.01em;font-weight:700;margin:0;padding-top:2px")) { (self.heading) }
                                            p class="text" style=(format!("{FONT};color:{TEXT};font-size:16px;line-height:1.5;margin:6px 0 0")) { (self.sentence) }
                                        }
                                    } }
                                } }
                                tr { td class="text" style=(cell) {
                                    @if let Some(title) = &self.title {
                                        h2 class="text" dir="auto" style=(format!("{FONT};color:{TEXT};font-size:19px;line-height:1.35;letter-spacing:-0.01em;font-weight:650;margin:0 0 4px")) { (title) }
                                    }
                                    @for (name, value) in &self.facts {
                                        p class="muted" style=(format!("{FONT};color:{MUTED};font-size:14px;line-height:1.5;margin:0")) { (name) " " (value) }
                                    }
                                    @if let Some(written) = &self.written {
                                        div style="margin:16px 0 0" { (styled(written)) }
                                    }
                                    (self.button())
                                } }
                                tr { td class="muted foot" style=(format!("{FONT};color:{MUTED};font-size:13px;line-height:1.55;padding:28px 4px 0")) {
                                    div class="line" style="border-top:1px solid #e6e2da;padding-top:14px" {
                                        p style="margin:0" { a class="muted" href=(self.site.1) style=(format!("color:{MUTED};font-weight:600;text-decoration:none")) { (self.site.0) } }
                                        (self.why)
                                        @for (index, (words, url)) in self.choices.iter().enumerate() {
                                            (if index > 0 { " · " } else { " " })
                                            a class="muted" href=(url) style=(format!("color:{MUTED};text-decoration:underline;white-space:nowrap")) { (words) }
                                        }
                                    }
                                } }
                            }
                        } }
                    }
                }
            }
        }
        .into_string()
    }

    fn button(&self) -> Markup {
        let (words, url) = &self.action;
        html! {
            p style="margin:22px 0 0" {
                a class="button" href=(url) style=(format!("{FONT};display:inline-block;background:{TEXT};color:#ffffff;font-size:15px;font-weight:600;line-height:1.2;text-decoration:none;border-radius:999px;padding:12px 20px")) { (words) }
            }
        }
    }

    /// The dark colors. `!important`, because they have to win over the inline ones.
    fn dark(&self) -> String {
        let Colors { dark_ink, dark_tint, .. } = Colors::of(self.tone);
        format!(
            ":root{{color-scheme:light dark}}\
             @media (prefers-color-scheme:dark){{\
             .page{{background:#141311!important}}\
             .verdict{{background:{dark_tint}!important}}\
             .ink{{color:{dark_ink}!important}}\
             .mark{{background:{dark_ink}!important;color:{dark_tint}!important}}\
             .text,.text a,.text h4{{color:#efece6!important}}\
             .muted{{color:#a8a197!important}}\
             .line,.quote,.cell{{border-color:#3a362f!important}}\
             .code{{background:#24221e!important;color:#efece6!important}}\
             .text a.button{{background:#efece6!important;color:#141311!important}}}}"
        )
    }
}

/// What a subscriber can do about getting mails.
pub(super) fn choices(
    language: Language,
    links: &Links,
    (subscriber, at): (Uuid, Timestamp),
) -> Vec<(String, String)> {
    vec![
        (language.say("button-manage"), links.manage_url(subscriber, at)),
        (language.say("button-unsubscribe"), links.unsubscribe_url(subscriber)),
    ]
}

/// `Since: Sat 21 Nov, 14:05 UTC`, as the language writes it.
fn fact(language: Language, name: &str, value: &str) -> String {
    language.say_with("fact", &[("name", name.into()), ("value", value.into())])
}

/// What a person wrote, with the styles inline. [`markdown::to_html`] writes each tag in one way only, and no text of
/// the input can look like one.
fn styled(written: &str) -> PreEscaped<String> {
    const STYLES: &[(&str, &str)] = &[
        ("<p dir", "<p style=\"margin:0 0 12px\" dir"),
        ("<h4 dir", "<h4 style=\"font-size:16px;margin:16px 0 6px\" dir"),
        ("<ul dir", "<ul style=\"margin:0 0 12px;padding:0 0 0 22px\" dir"),
        ("<ol dir", "<ol style=\"margin:0 0 12px;padding:0 0 0 22px\" dir"),
        ("<li dir", "<li style=\"margin:0 0 4px\" dir"),
        (
            "<blockquote dir",
            "<blockquote class=\"quote\" style=\"margin:0 0 12px;padding:0 0 0 14px;border-inline-start:3px solid #e6e2da\" dir",
        ),
        (
            "<pre dir",
            "<pre class=\"code\" style=\"margin:0 0 12px;padding:10px 12px;border-radius:8px;background:#f2efea;font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere\" dir",
        ),
        ("<table>", "<table style=\"border-collapse:collapse;margin:0 0 12px;font-size:14px\">"),
        (
            "<th dir=\"auto\">",
            "<th class=\"cell\" style=\"border-bottom:1px solid #e6e2da;padding:4px 12px 4px 0;text-align:start\" dir=\"auto\">",
        ),
        (
            "<th dir=\"auto\" align",
            "<th class=\"cell\" style=\"border-bottom:1px solid #e6e2da;padding:4px 12px 4px 0\" dir=\"auto\" align",
        ),
        (
            "<td dir",
            "<td class=\"cell\" style=\"border-bottom:1px solid #e6e2da;padding:4px 12px 4px 0\" dir",
        ),
        ("<a href", "<a style=\"color:#1d1b18;overflow-wrap:anywhere\" href"),
    ];
    let html = STYLES
        .iter()
        .fold(markdown::to_html(written), |html, (plain, styled)| html.replace(plain, styled));
    PreEscaped(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2).
    fn luminance(color: &str) -> f64 {
        let channel = |at: usize| {
            let value =
                f64::from(u8::from_str_radix(color.get(at..at + 2).unwrap(), 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn everybody_can_read_every_color() {
        let mut pairs = vec![
            (TEXT, "#fbfaf8"),
            (MUTED, "#fbfaf8"),
            ("#ffffff", TEXT),
            ("#efece6", "#141311"),
            ("#a8a197", "#141311"),
            (TEXT, "#f2efea"),
            ("#efece6", "#24221e"),
        ];
        for tone in [
            NotificationColor::Outage,
            NotificationColor::Partial,
            NotificationColor::Watching,
            NotificationColor::Good,
            NotificationColor::Maintenance,
            NotificationColor::Neutral,
        ] {
            let Colors { ink, tint, dark_ink, dark_tint, .. } = Colors::of(tone);
            pairs.extend([(ink, tint), (TEXT, tint), ("#ffffff", ink)]);
            pairs.extend([(dark_ink, dark_tint), ("#efece6", dark_tint)]);
        }
        for (ink, ground) in pairs {
            let contrast = contrast(ink, ground);
            assert!(contrast >= 4.5, "{ink} on {ground} has {contrast:.2}:1");
        }
    }
}
