//! Texts of an operator: in the page's own language, with translations if given.

use candor_core::{Notify, Text, Title};

use crate::{
    args::{ActArgs, MessageArgs, Titles, TranslatedArg, Translations},
    error::CliError,
    terminal,
};

/// A text (`-` reads stdin) with its translations; none if there is no text.
///
/// # Errors
/// A text is empty or too long, stdin can't be read, a language is given twice, or there are translations of nothing.
pub(super) fn text(
    argument: Option<&str>,
    translations: &Translations,
) -> Result<Option<Text>, CliError> {
    let translations = &translations.translations;
    once(translations, "--in")?;
    match terminal::text(argument)? {
        None if translations.is_empty() => Ok(None),
        None => Err(CliError::wrong("--in translates a text; give the text itself, too")),
        Some(text) => {
            let mut translations = translations.iter();
            Ok(translations
                .try_fold(text, |text, other| text.with(other.language.clone(), &other.words))
                .map(Some)?)
        }
    }
}

/// As [`text`], where there has to be one; `missing` says so.
///
/// # Errors
/// As [`text`], or the text is missing.
pub(super) fn needed(
    argument: &str,
    translations: &Translations,
    missing: &str,
) -> Result<Text, CliError> {
    text(Some(argument), translations)?.ok_or_else(|| CliError::wrong(missing))
}

/// The text, and how it is given.
///
/// # Errors
/// As [`text`].
pub(super) fn message(message: MessageArgs) -> Result<(Option<Text>, Notify, ActArgs), CliError> {
    Ok((text(message.text.as_deref(), &message.translations)?, message.notify.into(), message.how))
}

/// A title with its translations.
///
/// # Errors
/// A translation is empty or too long, or a language is given twice.
pub(super) fn title(title: Title, translations: &[TranslatedArg]) -> Result<Title, CliError> {
    once(translations, "a title's translation")?;
    let mut translations = translations.iter();
    Ok(translations
        .try_fold(title, |title, other| title.with(other.language.clone(), &other.words))?)
}

/// As [`title`], if a new title is given.
///
/// # Errors
/// As [`title`], and there are translations of nothing.
pub(super) fn new_title(new: Option<Title>, titles: &Titles) -> Result<Option<Title>, CliError> {
    match new {
        None if titles.titles.is_empty() => Ok(None),
        None => Err(CliError::wrong("--title-in translates a title; give the title itself, too")),
        Some(new) => title(new, &titles.titles).map(Some),
    }
}

fn once(translations: &[TranslatedArg], what: &str) -> Result<(), CliError> {
    for (index, one) in translations.iter().enumerate() {
        if translations.iter().take(index).any(|earlier| earlier.language == one.language) {
            return Err(CliError::wrong(format!("{what} is given twice for {}", one.language)));
        }
    }
    Ok(())
}
