//! The site's own accent color and logo, which its settings add to the style sheet.
//!
//! The log holds both as text. They are parsed here, so that nothing but a color and a logo reaches a page.

use std::{
    fmt,
    str::FromStr,
    sync::{Arc, LazyLock},
};

use candor_core::SiteConfigured;
use data_encoding::BASE64;

use crate::view::layout::{STYLE, hash_of};

/// A color: `#1c6b40` or `#fc0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color([u8; 3]);

const BLACK: Color = Color([0; 3]);
const WHITE: Color = Color([255; 3]);
/// The backgrounds of text (`--page`, `--card`) in the light scheme and in the dark one.
pub(crate) const LIGHT: [Color; 2] = [Color([0xfa, 0xf8, 0xf4]), WHITE];
pub(crate) const DARK: [Color; 2] = [Color([0x13, 0x12, 0x10]), Color([0x1b, 0x1a, 0x17])];
/// The minimum contrast of text (WCAG 2.2, 1.4.3).
pub(crate) const READABLE: f64 = 4.5;

impl Color {
    /// The contrast between two colors, from 1 to 21 (WCAG 2.2, "contrast ratio").
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The colors to use for this one on light pages and on dark pages. Each is the color itself if it is readable
    /// there, or the nearest darker or lighter one that is.
    #[must_use]
    pub fn readable(self) -> [Self; 2] {
        [self.towards(BLACK, LIGHT), self.towards(WHITE, DARK)]
    }

    /// The first color on the way to `end` that has enough contrast to all of `grounds`.
    fn towards(self, end: Self, grounds: [Self; 2]) -> Self {
        let steps = (0..=u8::MAX).map(|step| self.mixed(end, step));
        let can_be_read =
            |mixed: &Self| grounds.iter().all(|ground| mixed.contrast(*ground) >= READABLE);
        steps.into_iter().find(can_be_read).unwrap_or(end)
    }

    /// This color mixed with another one: `part` 0 is this color, 255 the other one.
    fn mixed(self, other: Self, part: u8) -> Self {
        let mut mixed = self.0;
        for (channel, other) in mixed.iter_mut().zip(other.0) {
            let (rest, part) = (u16::from(u8::MAX - part), u16::from(part));
            let sum = u16::from(*channel) * rest + u16::from(other) * part;
            *channel = u8::try_from(sum / u16::from(u8::MAX)).unwrap_or(u8::MAX);
        }
        Self(mixed)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl FromStr for Color {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "a color is written as #1c6b40 or #fc0";
        let digits = text.strip_prefix('#').ok_or(WRONG)?;
        let digits: Option<Vec<u8>> = digits
            .chars()
            .map(|c| c.to_digit(16).and_then(|digit| digit.try_into().ok()))
            .collect();
        match digits.as_deref() {
            Some([red, green, blue]) => Ok(Self([red * 17, green * 17, blue * 17])),
            Some([a, b, c, d, e, f]) => Ok(Self([a * 16 + b, c * 16 + d, e * 16 + f])),
            _ => Err(WRONG),
        }
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A small picture, stored as a `data:` URL, so that it is available wherever the log is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    kind: LogoKind,
    bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LogoKind {
    Svg,
    Png,
}

impl Logo {
    /// The largest size, in bytes. The logo is part of the style sheet and of each page, where it costs no request.
    pub const LONGEST: usize = 4 * 1024;

    /// Reads an SVG or PNG file.
    ///
    /// # Errors
    /// A sentence that says what is wrong: the file is too large, or neither SVG nor PNG.
    pub fn of_file(bytes: Vec<u8>) -> Result<Self, String> {
        if bytes.len() > Self::LONGEST {
            return Err(Self::too_large());
        }
        let kind = match std::str::from_utf8(&bytes) {
            _ if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => LogoKind::Png,
            Ok(text) if text.contains("<svg") => LogoKind::Svg,
            Ok(_) | Err(_) => return Err("a logo is an SVG or a PNG file".to_owned()),
        };
        Ok(Self { kind, bytes })
    }

    /// The error for a larger file, with advice.
    #[must_use]
    pub fn too_large() -> String {
        format!(
            "the logo may have {} bytes, since it is a part of every page: run an SVG through an optimizer such as \
             SVGO, or make a square PNG of 64 pixels",
            Self::LONGEST
        )
    }

    /// Parses the URL that [`Display`](fmt::Display) writes.
    fn of_address(address: &str) -> Option<Self> {
        let (media_type, encoded) = address.strip_prefix("data:")?.split_once(";base64,")?;
        let logo = Self::of_file(BASE64.decode(encoded.as_bytes()).ok()?).ok()?;
        (logo.media_type() == media_type).then_some(logo)
    }

    pub(crate) fn media_type(&self) -> &'static str {
        match self.kind {
            LogoKind::Svg => "image/svg+xml",
            LogoKind::Png => "image/png",
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn is_png(&self) -> bool {
        self.kind == LogoKind::Png
    }
}

impl fmt::Display for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "data:{};base64,{}", self.media_type(), BASE64.encode(&self.bytes))
    }
}

/// A site's style sheet and logo.
#[derive(Debug)]
pub(crate) struct Theme {
    /// The path of the style sheet; it holds the content's hash.
    pub(crate) path: String,
    pub(crate) sheet: String,
    pub(crate) logo: Option<Logo>,
}

static PLAIN: LazyLock<Arc<Theme>> = LazyLock::new(|| Arc::new(Theme::made(None, None)));

impl Theme {
    /// The theme of a site without color and logo.
    pub(crate) fn plain() -> Arc<Self> {
        Arc::clone(&PLAIN)
    }

    /// The theme of the site's settings; an invalid color or logo counts as absent.
    pub(crate) fn of(site: &SiteConfigured) -> Arc<Self> {
        let accent: Option<Color> = site.accent.as_deref().and_then(|text| text.parse().ok());
        let logo = site.logo.as_deref().and_then(Logo::of_address);
        if accent.is_none() && logo.is_none() {
            return Self::plain();
        }
        Arc::new(Self::made(accent, logo))
    }

    fn made(accent: Option<Color>, logo: Option<Logo>) -> Self {
        let accent = accent.map(Color::readable).map(|[light, dark]| {
            format!(
                "\n:root {{ --accent: {light}; }}\n\
                 @media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; }} }}\n"
            )
        });
        let sign = logo.as_ref().map(|logo| {
            format!(
                "\n.brand {{ --logo: url(\"{logo}\"); }}\n.brand::before {{ content: \"\"; }}\n"
            )
        });
        let sheet =
            [Some(STYLE.to_owned()), accent, sign].into_iter().flatten().collect::<String>();
        Self { path: format!("/static/status.{}.css", hash_of(&sheet)), sheet, logo }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOT: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"9\"/></svg>";

    fn color(text: &str) -> Color {
        text.parse().unwrap()
    }

    #[test]
    fn color_has_three_or_six_digits() {
        assert_eq!(color("#fc0").to_string(), "#ffcc00");
        assert_eq!(color("#1C6b40").to_string(), "#1c6b40");
        for wrong in ["", "#", "fc0", "#fc", "#fc00", "#gggggg", "#1c6b4", "red", "#1c6b40;", "#é0"]
        {
            assert!(wrong.parse::<Color>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_accent_color_gets_a_readable_shade_in_each_color_scheme() {
        let mut least = f64::MAX;
        let mut unchanged = 0;
        for number in (0..=0x00ff_ffff_u32).step_by(4_099) {
            let [_, red, green, blue] = number.to_be_bytes();
            let own = Color([red, green, blue]);
            for (shown, grounds) in own.readable().into_iter().zip([LIGHT, DARK]) {
                for ground in grounds {
                    least = least.min(shown.contrast(ground));
                }
                unchanged += u32::from(shown == own);
            }
        }
        assert!(least >= READABLE, "{least}");
        assert!(unchanged > 1_000, "most need no other one in one of the schemes");
        println!("4,094 colors in two schemes: least contrast {least:.2}:1, {unchanged} unchanged");
    }

    #[test]
    fn logo_is_a_small_svg_or_png_and_survives_its_data_url() {
        let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0, 1, 2, 255]].concat();
        for bytes in [DOT.as_bytes().to_vec(), png] {
            let logo = Logo::of_file(bytes).unwrap();
            assert_eq!(Logo::of_address(&logo.to_string()), Some(logo));
        }
        assert!(Logo::of_file(b"GIF89a".to_vec()).is_err());
        assert!(Logo::of_file([DOT.as_bytes(), &[b' '; Logo::LONGEST]].concat()).is_err());
        let encoded = BASE64.encode(DOT.as_bytes());
        for wrong in [
            "https://evil.test/logo.svg".to_owned(),
            format!("data:text/html;base64,{encoded}"),
            format!("data:image/png;base64,{encoded}"),
            format!("data:image/svg+xml;base64,{encoded}\")}}"),
            format!("data:image/svg+xml,{DOT}"),
        ] {
            assert_eq!(Logo::of_address(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn invalid_color_or_logo_leaves_the_style_sheet_unchanged() {
        let wrong = || Some("red; } body { display: none".to_owned());
        let site = SiteConfigured { accent: wrong(), logo: wrong(), ..SiteConfigured::default() };
        assert_eq!(Theme::of(&site).path, Theme::plain().path);
        let logo = Logo::of_file(DOT.as_bytes().to_vec()).unwrap();
        let accent = Some("#fc0".to_owned());
        let site =
            SiteConfigured { accent, logo: Some(logo.to_string()), ..SiteConfigured::default() };
        let theme = Theme::of(&site);
        assert_ne!(theme.path, Theme::plain().path);
        assert!(
            theme.sheet.starts_with(STYLE) && theme.sheet.contains("--accent: #ffcc00"),
            "on dark"
        );
        assert!(!theme.sheet.contains("{ --accent: #ffcc00; }\n@media"), "not on light");
    }
}
