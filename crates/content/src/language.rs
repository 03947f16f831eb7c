//! The languages of pages, mails, Slack and webhook messages.
//!
//! The messages are Fluent files in `locales/`, embedded into the program. A message that a language lacks comes in
//! English.

mod date;

use std::{fmt, sync::LazyLock};

use candor_core::{LanguageTag, Text, Title};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

/// The languages, and their files. The first one is the original.
macro_rules! languages {
    ($($tag:literal),+ $(,)?) => {
        const SOURCES: &[(&str, [&str; 7])] = &[$(($tag, [
            include_str!(concat!("../../../locales/", $tag, "/time.ftl")),
            include_str!(concat!("../../../locales/", $tag, "/words.ftl")),
            include_str!(concat!("../../../locales/", $tag, "/page.ftl")),
            include_str!(concat!("../../../locales/", $tag, "/subscribe.ftl")),
            include_str!(concat!("../../../locales/", $tag, "/mail.ftl")),
            include_str!(concat!("../../../locales/", $tag, "/slack.ftl")),
            include_str!(concat!("../../../locales/", $tag, "/problem.ftl")),
        ])),+];
    };
}

languages!["en", "de", "fr", "es", "nl", "it", "pt", "pl", "cs", "ja", "zh-Hans"];

/// Languages that are written from right to left, in case one is added.
const FROM_RIGHT_TO_LEFT: [&str; 6] = ["ar", "fa", "he", "ps", "ur", "yi"];

static BUNDLES: LazyLock<Vec<FluentBundle<FluentResource>>> =
    LazyLock::new(|| SOURCES.iter().map(|(tag, files)| bundle(tag, files)).collect());

fn in_words(errors: &[impl ToString]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn bundle(tag: &str, files: &[&str]) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(tag.parse().into_iter().collect());
    // The isolation marks around values would show up in titles and mail headers; pages isolate by `bdi` and `dir`.
    bundle.set_use_isolating(false);
    for file in files {
        let resource =
            FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(readable, errors)| {
                let errors = in_words(&errors);
                tracing::error!(tag, errors, "a file of messages can't be read to its end");
                readable
            });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(tag, errors = in_words(&errors), "two messages have one name");
        }
    }
    bundle
}

/// A language that Candor speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(usize);

/// A value in a message.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// Inserted as it is.
    Text(&'a str),
    /// Chooses the plural form.
    Count(usize),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Value<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl Language {
    /// The original.
    pub const ENGLISH: Self = Self(0);

    /// How many there are.
    pub const COUNT: usize = SOURCES.len();

    /// All of them, the original first.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        (0..Self::COUNT).map(Self)
    }

    /// Its position in the list, for arrays.
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }

    /// Its BCP 47 tag, as in URLs and in the attribute `lang`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        SOURCES.get(self.0).map_or("en", |(tag, _)| tag)
    }

    /// Its own name for itself.
    #[must_use]
    pub fn name(self) -> String {
        self.say("language-name")
    }

    /// `ltr` or `rtl`, for `dir`.
    #[must_use]
    pub fn direction(self) -> &'static str {
        let language = self.tag().split('-').next().unwrap_or_default();
        if FROM_RIGHT_TO_LEFT.contains(&language) { "rtl" } else { "ltr" }
    }

    /// The language with just this tag, in any case of letters.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        Self::all().find(|language| language.tag().eq_ignore_ascii_case(tag))
    }

    /// The best language for a reader of `tag`: this one, or the same language elsewhere (`de-AT` reads `de`,
    /// `zh-CN` reads `zh-Hans`). Chinese in traditional characters is another language to its readers.
    #[must_use]
    pub fn matching(tag: &str) -> Option<Self> {
        if let Some(language) = Self::of_tag(tag) {
            return Some(language);
        }
        let lower = tag.to_ascii_lowercase();
        let traditional = ["hant", "tw", "hk", "mo"];
        if lower.split('-').skip(1).any(|part| traditional.contains(&part)) {
            return None;
        }
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        Self::all().find(|language| primary(language.tag()) == primary(&lower))
    }

    /// A message without values.
    #[must_use]
    pub fn say(self, id: &str) -> String {
        self.say_with(id, &[])
    }

    /// A message with these values.
    #[must_use]
    pub fn say_with(self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        self.said(id, values).or_else(|| Self::ENGLISH.said(id, values)).unwrap_or_else(|| {
            tracing::error!(id, "there is no such message");
            id.to_owned()
        })
    }

    fn said(self, id: &str, values: &[(&str, Value<'_>)]) -> Option<String> {
        let bundle = BUNDLES.get(self.0)?;
        let pattern = bundle.get_message(id)?.value()?;
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            match value {
                Value::Text(text) => args.set(*name, *text),
                Value::Count(count) => args.set(*name, FluentValue::from(*count)),
            }
        }
        let mut errors = Vec::new();
        let said = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(
                id,
                language = self.tag(),
                errors = in_words(&errors),
                "a message lacks a value"
            );
        }
        Some(said)
    }

    /// A number with its digits in groups, if it has enough of them for the language: `1,219`.
    #[must_use]
    pub fn number(self, number: u64) -> String {
        let digits = number.to_string();
        if self.say("group-from-digits").parse().is_ok_and(|least| digits.len() < least) {
            return digits;
        }
        let separator = self.say("group-separator");
        let mut grouped = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push_str(&separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// An operator's text in this language if it is translated, and the language that it is in; none means the
    /// page's own.
    #[must_use]
    pub fn of_text(self, text: &Text) -> (&str, Option<Self>) {
        let translated = self.as_core().and_then(|tag| text.in_language(&tag));
        translated.map_or((text.as_str(), None), |text| (text, Some(self)))
    }

    /// As [`Self::of_text`], of a title.
    #[must_use]
    pub fn of_title(self, title: &Title) -> (&str, Option<Self>) {
        let translated = self.as_core().and_then(|tag| title.in_language(&tag));
        translated.map_or((title.as_str(), None), |title| (title, Some(self)))
    }

    fn as_core(self) -> Option<LanguageTag> {
        LanguageTag::parse(self.tag()).ok()
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}
