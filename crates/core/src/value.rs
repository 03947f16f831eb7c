//! Values that can't be wrong: parsed once at the boundary, then carried as these types.

use std::{fmt, num::NonZeroU32, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    InvalidValue,
    language::{LanguageTag, TranslatedText},
};

/// Implements what every text value has: parsing and display.
///
/// Values from the log were parsed when they were recorded and are accepted unchanged, so that a limit can be tightened
/// without making an old log unreadable.
macro_rules! text_value {
    ($name:ident, $inner:ty) => {
        impl $name {
            /// The value as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_ref()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidValue;

            fn from_str(raw: &str) -> Result<Self, InvalidValue> {
                Self::parse(raw)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <$inner>::deserialize(deserializer).map(Self)
            }
        }
    };
}

/// The limit for a value in all its languages together, in bytes: an event's payload holds no more.
const ALL_LANGUAGES: usize = 120 * 1024;

/// Implements what a value has that people may write in several languages.
macro_rules! written_value {
    ($name:ident) => {
        impl $name {
            /// The translation into this language, if there is one.
            #[must_use]
            pub fn in_language(&self, language: &LanguageTag) -> Option<&str> {
                self.0.in_language(language)
            }

            /// The translations.
            pub fn translations(&self) -> impl Iterator<Item = (&LanguageTag, &str)> {
                self.0.translations()
            }

            /// The same with a translation.
            ///
            /// # Errors
            /// The translation is empty or too long, or all languages together are longer than 120 KiB.
            pub fn with(
                self,
                language: LanguageTag,
                translation: &str,
            ) -> Result<Self, InvalidValue> {
                let translation = Self::parse(translation)?;
                let all = Self(self.0.with(language, translation.as_str()));
                if all.0.bytes() > ALL_LANGUAGES {
                    return Err(InvalidValue::new(format!(
                        "all languages together have {} bytes, but at most {ALL_LANGUAGES} are allowed",
                        all.0.bytes()
                    )));
                }
                Ok(all)
            }
        }
    };
}

/// The title of an incident: one line of 1 to 200 characters, without control characters.
///
/// Line breaks and tabs become spaces, so that a title fits a mail header; characters that reverse the reading
/// direction are dropped, so that it can't disguise the rest of the page. It may be given in several languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Title(TranslatedText);
text_value!(Title, TranslatedText);
written_value!(Title);

impl Title {
    /// The longest title, in characters.
    pub const MAX_CHARS: usize = 200;

    /// Parses a title that a person typed.
    ///
    /// # Errors
    /// It is empty, or longer than [`Self::MAX_CHARS`] characters.
    pub fn parse(raw: &str) -> Result<Self, InvalidValue> {
        let line = single_line(raw);
        match line.chars().count() {
            0 => Err(InvalidValue::new(
                "the title is empty; write a few words that say what is affected",
            )),
            n if n > Self::MAX_CHARS => Err(InvalidValue::new(format!(
                "the title has {n} characters, but at most {} are allowed; put the rest in the text",
                Self::MAX_CHARS
            ))),
            _ => Ok(Self(line.into())),
        }
    }

    /// Makes a title from another page's; one that is too long is cut and ends with "…", and the result says whether it
    /// was.
    ///
    /// # Errors
    /// It is empty.
    pub fn truncated(raw: &str) -> Result<(Self, bool), InvalidValue> {
        let line = single_line(raw);
        match line.char_indices().nth(Self::MAX_CHARS) {
            None => Ok((Self::parse(&line)?, false)),
            Some(_) => {
                let cut: String = line.chars().take(Self::MAX_CHARS - 1).collect();
                Ok((Self(format!("{}…", cut.trim_end()).into()), true))
            }
        }
    }

    /// The title of an incident that monitoring opened.
    #[must_use]
    pub fn for_suspicion() -> Self {
        Self("Outage".into())
    }

    /// Replaces a redacted title.
    pub(crate) fn redacted() -> Self {
        Self("[removed]".into())
    }
}

/// A text that a person writes: Markdown source, 1 byte to 64 KiB of UTF-8, kept as written.
///
/// Line ends become `\n`; other control characters are dropped. It may be given in several languages, each as long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text(TranslatedText);
text_value!(Text, TranslatedText);
written_value!(Text);

impl Text {
    /// The longest text, in bytes of UTF-8.
    pub const MAX_BYTES: usize = 64 * 1024;

    /// Parses a text that a person typed.
    ///
    /// # Errors
    /// It is empty, or longer than [`Self::MAX_BYTES`].
    pub fn parse(raw: &str) -> Result<Self, InvalidValue> {
        let text: String = raw
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .chars()
            .filter(|c| matches!(c, '\n' | '\t') || !c.is_control())
            .collect();
        let text = text.trim();
        match text.len() {
            _ if !text.chars().any(is_visible) => Err(InvalidValue::new("the text is empty")),
            n if n > Self::MAX_BYTES => Err(InvalidValue::new(format!(
                "the text has {n} bytes, but at most {} are allowed",
                Self::MAX_BYTES
            ))),
            _ => Ok(Self(text.into())),
        }
    }

    /// The text of a dismissed incident that is reopened as real.
    pub(crate) fn it_was_real() -> Self {
        Self("This was found to be real after all.".into())
    }

    /// Replaces a redacted text.
    pub(crate) fn redacted() -> Self {
        Self("[removed]".into())
    }
}

/// The message of an alert: one line, cut at 1,000 characters (and then ended with "…"), never refused.
///
/// It comes from monitoring and is shown to operators only; an odd message must not cost us the alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlertMessage(Arc<str>);
text_value!(AlertMessage, Arc<str>);

impl AlertMessage {
    /// The longest message that is kept whole, in characters; a longer one is cut here and gets one more, "…".
    pub const MAX_CHARS: usize = 1_000;

    /// Makes a message from any text that a provider sent; an empty one becomes "Alert".
    #[must_use]
    pub fn lenient(raw: &str) -> Self {
        let line = single_line(raw);
        if line.is_empty() {
            return Self("Alert".into());
        }
        match line.char_indices().nth(Self::MAX_CHARS) {
            None => Self(line.into()),
            Some((end, _)) => Self(format!("{}…", line.get(..end).unwrap_or_default()).into()),
        }
    }

    fn parse(raw: &str) -> Result<Self, InvalidValue> {
        Ok(Self::lenient(raw))
    }

    /// Replaces a redacted message.
    pub(crate) fn redacted() -> Self {
        Self("[removed]".into())
    }
}

/// An e-mail address: `local@domain`, at most 254 characters, the domain in lower case and, where it has characters
/// outside ASCII, in its DNS form (`xn--…`, RFC 5890).
///
/// Stricter than RFC 5321 (no quoted local part, no address literal), so that it is safe in a header.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct EmailAddress(String);
text_value!(EmailAddress, String);

impl EmailAddress {
    /// Parses an address that a person typed.
    ///
    /// # Errors
    /// It doesn't have the form `name@example.org`.
    pub fn parse(raw: &str) -> Result<Self, InvalidValue> {
        let wrong = || {
            InvalidValue::new("this is not an e-mail address; it should look like name@example.org")
        };
        let raw = raw.trim();
        let (local, domain) = raw.rsplit_once('@').ok_or_else(wrong)?;
        let local_ok = (1..=64).contains(&local.len())
            && local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom_char));
        let domain = match domain.is_ascii() {
            true => domain.to_ascii_lowercase(),
            false => idna::domain_to_ascii_strict(domain).map_err(|_invalid| wrong())?,
        };
        let label_ok = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let domain_ok =
            (domain.contains('.') || domain == "localhost") && domain.split('.').all(label_ok);
        if local_ok && domain_ok && local.len() + 1 + domain.len() <= 254 {
            Ok(Self(format!("{local}@{domain}")))
        } else {
            Err(wrong())
        }
    }
}

impl fmt::Debug for EmailAddress {
    /// Shows the domain only: a subscriber's address must not get into logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "…@{}", self.0.rsplit('@').next().unwrap_or_default())
    }
}

/// RFC 5322 `atext`, and letters outside ASCII (RFC 6532).
fn is_atom_char(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || "!#$%&'*+/=?^_`{|}~-".contains(c)
        || (!c.is_ascii() && c.is_alphanumeric())
}

/// The number of an incident, which never changes: 1, 2, 3, … in the order in which incidents were opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IncidentNumber(NonZeroU32);

impl IncidentNumber {
    /// The number of the very first incident.
    pub const FIRST: Self = Self(NonZeroU32::MIN);

    /// The number, from 1.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0.get()
    }

    /// The number of the incident opened after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The number, unless it is 0.
    #[must_use]
    pub fn new(number: u32) -> Option<Self> {
        NonZeroU32::new(number).map(Self)
    }

    /// Parses `7`, `#7` or the permalink's form `2026-11-21/7`.
    ///
    /// # Errors
    /// It is anything else.
    pub fn parse(raw: &str) -> Result<Self, InvalidValue> {
        let digits = raw.trim().rsplit('/').next().unwrap_or_default().trim_start_matches('#');
        let number =
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
        number.map(Self).ok_or_else(|| {
            InvalidValue::new(format!("{raw:?} is not an incident number, such as 7"))
        })
    }
}

impl fmt::Display for IncidentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for IncidentNumber {
    type Err = InvalidValue;

    fn from_str(raw: &str) -> Result<Self, InvalidValue> {
        Self::parse(raw)
    }
}

/// The key of an alert: the source's name, the source's id, and which occurrence of the alert with this id it is, from 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AlertKey {
    source: Arc<str>,
    id: Arc<str>,
    #[serde(default, skip_serializing_if = "is_first")]
    occurrence: u32,
}

/// Tells serde when to leave an occurrence out.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_first(occurrence: &u32) -> bool {
    *occurrence == 0
}

impl AlertKey {
    /// The longest id, in characters.
    pub const MAX_CHARS: usize = 512;

    /// Makes the key of the first occurrence from a source's name (`opsgenie`) and the source's id of the alert.
    ///
    /// # Errors
    /// The id is empty or longer than [`Self::MAX_CHARS`], or the source isn't of lower-case letters, digits and hyphens.
    pub fn new(source: &str, id: &str) -> Result<Self, InvalidValue> {
        let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if source.is_empty() || !source.bytes().all(is_plain) {
            return Err(InvalidValue::new(
                "the name of an alert source consists of lower-case letters, digits and hyphens",
            ));
        }
        let id = single_line(id);
        match id.chars().count() {
            0 => Err(InvalidValue::new("the alert has no id")),
            n if n > Self::MAX_CHARS => Err(InvalidValue::new(format!(
                "the alert's id has {n} characters, but at most {} are allowed",
                Self::MAX_CHARS
            ))),
            _ => Ok(Self { source: source.into(), id: id.into(), occurrence: 0 }),
        }
    }

    /// The key of this occurrence of the same alert.
    #[must_use]
    pub(crate) fn with_occurrence(&self, occurrence: u32) -> Self {
        Self { occurrence, ..self.clone() }
    }

    /// Which occurrence it is, from 0.
    #[must_use]
    pub fn occurrence(&self) -> u32 {
        self.occurrence
    }

    /// The source's name, such as `opsgenie`.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The source's own id of the alert.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl fmt::Display for AlertKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.source, self.id)
    }
}

/// The operator who acted: an opaque id. The name is in the operators' table and never in the log.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ActorId(Arc<str>);
text_value!(ActorId, Arc<str>);

impl ActorId {
    /// Parses an id of 1 to 64 letters, digits and hyphens.
    ///
    /// # Errors
    /// It is anything else.
    pub fn parse(raw: &str) -> Result<Self, InvalidValue> {
        let ok = (1..=64).contains(&raw.len())
            && raw.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if ok { Ok(Self(raw.into())) } else { Err(InvalidValue::new("this is not an operator id")) }
    }
}

/// One line without control characters: runs of white space become one space, and the ends are trimmed. Invisible text
/// becomes empty.
fn single_line(raw: &str) -> String {
    let cleaned: String = raw
        .chars()
        .filter(|c| !turns_direction(*c))
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect();
    if !cleaned.chars().any(is_visible) {
        return String::new();
    }
    cleaned.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the character is visible: not white space, a control, one of the characters without a shape (Unicode's
/// `Default_Ignorable_Code_Point`, UAX #44), or one whose shape is blank, such as Braille's empty cell. Between visible
/// characters those are kept: joiners in emoji and Persian, direction marks in Hebrew and Arabic.
fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(
            c,
            '\u{AD}'
                | '\u{34F}'
                | '\u{61C}'
                | '\u{115F}'
                | '\u{1160}'
                | '\u{17B4}'
                | '\u{17B5}'
                | '\u{2800}'
                | '\u{16FE4}'
                | '\u{1D159}'
        )
        && !matches!(c, '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        && !matches!(c, '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
        && !matches!(c, '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}')
        && !matches!(c, '\u{E0000}'..='\u{E0FFF}')
}

/// The embedding, override and isolate controls of the Unicode bidirectional algorithm (UAX #9).
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
