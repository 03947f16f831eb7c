//! Language tags, and texts in several languages. Which languages a page offers is not decided here.

use std::{collections::BTreeMap, fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeStruct as _};

use crate::InvalidValue;

/// A language tag (BCP 47) as the page's addresses write it: `de`, `pt`, `zh-Hans`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LanguageTag(Arc<str>);

impl LanguageTag {
    /// Parses two or three letters, and optionally a script or region after a hyphen. The language becomes lower case,
    /// the script `Hans`, the region `BR`.
    ///
    /// # Errors
    /// It is anything else.
    pub fn parse(raw: &str) -> Result<Self, InvalidValue> {
        let wrong = || {
            InvalidValue::new(format!("{raw:?} is not a language tag, such as de, pt or zh-Hans"))
        };
        let mut parts = raw.trim().split('-');
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        if !matches!(language.len(), 2 | 3) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
            return Err(wrong());
        }
        let mut tag = language;
        for part in parts {
            if !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return Err(wrong());
            }
            let part = match part.len() {
                4 => {
                    let lower = part.to_ascii_lowercase();
                    let mut letters = lower.chars();
                    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
                    first.into_iter().chain(letters).collect()
                }
                2 | 3 => part.to_ascii_uppercase(),
                _ => return Err(wrong()),
            };
            tag = format!("{tag}-{part}");
        }
        if tag.len() > 16 { Err(wrong()) } else { Ok(Self(tag.into())) }
    }

    /// The tag as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for LanguageTag {
    type Err = InvalidValue;

    fn from_str(raw: &str) -> Result<Self, InvalidValue> {
        Self::parse(raw)
    }
}

impl<'de> Deserialize<'de> for LanguageTag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Arc::deserialize(deserializer).map(Self)
    }
}

/// A text in the page's own language, and its translations.
///
/// In the log it is a string while there is one language only, and otherwise `{"text": "…", "translations": {"de":
/// "…"}}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TranslatedText {
    own: Arc<str>,
    others: Option<Arc<BTreeMap<LanguageTag, Arc<str>>>>,
}

impl TranslatedText {
    pub(crate) fn in_language(&self, language: &LanguageTag) -> Option<&str> {
        self.others.as_ref()?.get(language).map(AsRef::as_ref)
    }

    pub(crate) fn translations(&self) -> impl Iterator<Item = (&LanguageTag, &str)> {
        self.others.iter().flat_map(|others| others.iter()).map(|(tag, text)| (tag, text.as_ref()))
    }

    /// Its size in all languages together, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.translations().map(|(_, text)| text.len()).sum::<usize>() + self.own.len()
    }

    pub(crate) fn with(mut self, language: LanguageTag, translation: &str) -> Self {
        let others = self.others.get_or_insert_default();
        Arc::make_mut(others).insert(language, translation.into());
        self
    }
}

impl AsRef<str> for TranslatedText {
    fn as_ref(&self) -> &str {
        &self.own
    }
}

impl<T: Into<Arc<str>>> From<T> for TranslatedText {
    fn from(own: T) -> Self {
        Self { own: own.into(), others: None }
    }
}

impl Serialize for TranslatedText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(others) = &self.others else { return self.own.serialize(serializer) };
        let mut fields = serializer.serialize_struct("Words", 2)?;
        fields.serialize_field("text", &self.own)?;
        fields.serialize_field("translations", others)?;
        fields.end()
    }
}

impl<'de> Deserialize<'de> for TranslatedText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum StoredWords {
            One(Arc<str>),
            Several { text: Arc<str>, translations: BTreeMap<LanguageTag, Arc<str>> },
        }
        Ok(match StoredWords::deserialize(deserializer)? {
            StoredWords::One(own) => Self { own, others: None },
            StoredWords::Several { text, translations } => {
                Self { own: text, others: Some(Arc::new(translations)) }
            }
        })
    }
}
