//! Texts of a page: messages in the reader's language, and what people wrote, marked with its language.

use candor_content::{
    language::{Language, Value},
    markdown, words,
};
use candor_core::{Incident, Text};
use maud::{Markup, PreEscaped, html};

use super::PageStyle;

/// A private-use character that stands for the first element of a message until it is replaced; the others follow.
const FIRST_MARK: u32 = 0xE000;

impl PageStyle {
    /// The text of a message.
    pub(super) fn say(&self, id: &str) -> String {
        self.language.say(id)
    }

    /// The text of a message with values.
    pub(super) fn say_with(&self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        self.language.say_with(id, values)
    }

    /// A message with elements such as links and times in it, so that it stays one sentence for translators.
    pub(super) fn say_markup(
        &self,
        id: &str,
        values: &[(&str, Value<'_>)],
        elements: &[(&str, Markup)],
    ) -> Markup {
        let marks: Vec<String> = (FIRST_MARK..)
            .zip(elements)
            .map(|(mark, _)| char::from_u32(mark).into_iter().collect())
            .collect();
        let marked = elements.iter().zip(&marks).map(|((name, _), mark)| (*name, mark.into()));
        let values: Vec<_> = values.iter().copied().chain(marked).collect();
        let message = self.say_with(id, &values);
        html! {
            @for piece in message.split_inclusive(is_mark) {
                (piece.trim_end_matches(is_mark))
                @if let Some((_, element)) = piece.chars().last().and_then(index_of).and_then(|index| elements.get(index)) {
                    (element)
                }
            }
        }
    }

    /// The title of an incident.
    pub(super) fn title(&self, incident: &Incident) -> WrittenText {
        let (text, language) = words::title(self.language, incident);
        WrittenText { text, lang: self.lang(language) }
    }

    /// A text that a person wrote, as a block.
    pub(super) fn text(&self, text: &Text, class: &str) -> Markup {
        self.block(text, class, markdown::to_html)
    }

    /// A text that a person wrote, as the main content of a page.
    pub(super) fn long_text(&self, text: &Text) -> Markup {
        self.block(text, "text long", markdown::to_html_of_a_page)
    }

    fn block(&self, text: &Text, class: &str, to_html: fn(&str) -> String) -> Markup {
        let (content, language) = self.language.of_text(text);
        html! {
            div class=(class) dir="auto" lang=[self.lang(language)] { (PreEscaped(to_html(content))) }
        }
    }

    /// The `lang` of a text if it isn't the page's. A text without a translation is in the site's own language.
    fn lang(&self, language: Option<Language>) -> Option<&'static str> {
        let language = language.or_else(|| self.offered.first().copied())?;
        (language != self.language).then(|| language.tag())
    }
}

/// A text that a person wrote, and its language if that isn't the page's.
pub(super) struct WrittenText {
    pub(super) text: String,
    pub(super) lang: Option<&'static str>,
}

impl WrittenText {
    /// The text within a line.
    pub(super) fn inline(&self) -> Markup {
        html! { bdi lang=[self.lang] { (self.text) } }
    }
}

fn is_mark(c: char) -> bool {
    index_of(c).is_some()
}

fn index_of(c: char) -> Option<usize> {
    let index = u32::from(c).checked_sub(FIRST_MARK).filter(|index| *index < 16)?;
    usize::try_from(index).ok()
}
