//! `/badge.svg`: the status as an image for a README, in the four styles known from shields.io.

use candor_content::feed::legal;
use candor_core::Board;
use maud::{Markup, html};

use super::{PageStyle, icon::IconTone, wording};

/// The style of a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadgeStyle {
    Flat,
    FlatSquare,
    Plastic,
    ForTheBadge,
}

impl BadgeStyle {
    pub(crate) const ALL: [Self; 4] =
        [Self::Flat, Self::FlatSquare, Self::Plastic, Self::ForTheBadge];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::FlatSquare => "flat-square",
            Self::Plastic => "plastic",
            Self::ForTheBadge => "for-the-badge",
        }
    }

    /// The path of the badge in this style.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Flat => "/badge.svg",
            Self::FlatSquare => "/badge/flat-square.svg",
            Self::Plastic => "/badge/plastic.svg",
            Self::ForTheBadge => "/badge/for-the-badge.svg",
        }
    }

    /// The style that a query names (`style=plastic`); flat if it names no known style.
    pub(crate) fn of_query(query: &str) -> Self {
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("style="));
        asked
            .and_then(|name| Self::ALL.into_iter().find(|style| style.name() == name))
            .unwrap_or(Self::Flat)
    }
}

/// The longest name that a badge shows, in characters.
const MAX_NAME_CHARS: usize = 40;
/// The background of the name; the text on it is white.
const GROUND: &str = "#444d56";

/// The badge at `path`, if there is one.
pub(crate) fn at(style: &PageStyle, board: &Board, path: &str) -> Option<String> {
    let badge_style = BadgeStyle::ALL.into_iter().find(|style| style.path() == path)?;
    let headline_text = wording::headline_text(style.language, board.decisive(), &style.name);
    Some(
        badge(
            badge_style,
            &shortened(&legal(&style.name)),
            &headline_text.short,
            color(headline_text.tone),
        )
        .into_string(),
    )
}

/// The background of the status; dark enough for white text.
fn color(tone: IconTone) -> &'static str {
    match tone {
        IconTone::Good | IconTone::Over => "#18713f",
        IconTone::Suspected => "#7a5200",
        IconTone::Watching => "#0b62b8",
        IconTone::Outage => "#bb1f1f",
        IconTone::Partial => "#a8420a",
        IconTone::Bug => "#8a4b08",
        IconTone::Maintenance => "#5546b8",
        IconTone::Notice => "#475569",
    }
}

fn shortened(name: &str) -> String {
    let mut short: String = name.chars().take(MAX_NAME_CHARS).collect();
    if short.len() < name.len() {
        short.push('…');
    }
    short
}

fn badge(style: BadgeStyle, name: &str, word: &str, color: &str) -> Markup {
    let loud = style == BadgeStyle::ForTheBadge;
    let (height, size, pad, radius) = match style {
        BadgeStyle::Flat => (20, 11, 6, 3),
        BadgeStyle::FlatSquare => (20, 11, 6, 0),
        BadgeStyle::Plastic => (18, 11, 6, 4),
        BadgeStyle::ForTheBadge => (28, 10, 12, 0),
    };
    let cased = |text: &str| if loud { text.to_uppercase() } else { text.to_owned() };
    let (left, right) = (cased(name), cased(word));
    let wide = |text: &str| width(text) * if loud { 13 } else { 10 } / 100;
    let (left_width, right_width) = (wide(&left), wide(&right));
    let (left_box, right_box) = (left_width + 2 * pad, right_width + 2 * pad);
    let all = left_box + right_box;
    let base = height / 2 + 4;
    let label = format!("{name}: {word}");
    let text = |x: usize, length: usize, text: &str| {
        html! { text x=(x) y=(base) textLength=(length) lengthAdjust="spacingAndGlyphs" { (text) } }
    };
    html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(all) height=(height) viewBox={ "0 0 " (all) " " (height) }
            role="img" aria-label=(label) {
            title { (label) }
            @if style == BadgeStyle::Plastic {
                linearGradient id="s" x2="0" y2="100%" {
                    stop offset="0" stop-color="#000" stop-opacity="0" {}
                    stop offset="1" stop-color="#000" stop-opacity=".25" {}
                }
            }
            clipPath id="r" { rect width=(all) height=(height) rx=(radius) {} }
            g clip-path="url(#r)" {
                rect width=(left_box) height=(height) fill=(GROUND) {}
                rect x=(left_box) width=(right_box) height=(height) fill=(color) {}
                @if style == BadgeStyle::Plastic { rect width=(all) height=(height) fill="url(#s)" {} }
            }
            g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size=(size)
                font-weight=[loud.then_some("bold")] aria-hidden="true" {
                (text(pad, left_width, &left))
                (text(left_box + pad, right_width, &right))
            }
        }
    }
}

/// The approximate width of a text in 11 px Verdana, in tenths of a pixel. `textLength` enforces it in any other font.
fn width(text: &str) -> usize {
    let tenths: usize = text
        .chars()
        .map(|c| match c {
            'i' | 'l' | 'I' | 'j' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 35,
            'f' | 't' | 'r' | ' ' | '(' | ')' | '-' => 45,
            'm' | 'w' | 'M' | 'W' => 100,
            'A'..='Z' => 77,
            '\u{1100}'.. => 110,
            _ => 67,
        })
        .sum();
    tenths.max(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::theme::Color;

    #[test]
    fn white_text_is_readable_on_every_badge() {
        use IconTone::{
            Bug, Good, Maintenance, Notice, Outage, Over, Partial, Suspected, Watching,
        };
        let tones = [Good, Suspected, Watching, Outage, Partial, Bug, Maintenance, Notice, Over];
        let white: Color = "#fff".parse().unwrap();
        let grounds = tones.map(color).into_iter().chain([GROUND]);
        let least = grounds.map(|ground| white.contrast(ground.parse().unwrap())).reduce(f64::min);
        println!("least contrast: {:.2}:1", least.unwrap());
        assert!(least.unwrap() >= 4.5);
    }

    #[test]
    fn query_selects_a_known_badge_style_and_nothing_else() {
        assert_eq!(BadgeStyle::of_query("style=for-the-badge"), BadgeStyle::ForTheBadge);
        for nothing in ["", "style=", "style=unknown", "stylo=plastic", "x=style=plastic"] {
            assert_eq!(BadgeStyle::of_query(nothing), BadgeStyle::Flat, "{nothing}");
        }
    }

    #[test]
    fn badge_says_in_text_what_its_color_means() {
        let svg = badge(BadgeStyle::Flat, "<b>&\"", "All good", "#18713f").into_string();
        insta::assert_snapshot!(svg.replace("><", ">\n<"));
    }
}
