//! The elements of blocks: buttons and input fields.

use jiff::Timestamp;
use serde::Serialize;

use super::text::{PlainText, cut, units};
use crate::slack::action::Action;

/// The action id of every input's element: the block's id tells inputs apart.
pub(crate) const FIELD: &str = "field";

/// The longest text that a field accepts.
const TYPED: usize = 3_000;

/// A button.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "button")]
pub struct Button {
    action_id: &'static str,
    text: PlainText,
    #[serde(skip_serializing_if = "String::is_empty")]
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<ButtonStyle>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirm: Option<ConfirmDialog>,
}

/// How a button looks; most have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ButtonStyle {
    /// What is meant to be pressed: one in a row, at most.
    Primary,
    /// What can't be taken back easily.
    Danger,
}

/// The question that Slack asks before a click counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConfirmDialog {
    title: PlainText,
    text: PlainText,
    confirm: PlainText,
    deny: PlainText,
}

impl ConfirmDialog {
    /// A question, and the words of its two answers.
    #[must_use]
    pub fn new(title: &str, text: &str, confirm: &str, deny: &str) -> Self {
        Self {
            title: PlainText::new(title, 100),
            text: PlainText::new(text, 300),
            confirm: PlainText::new(confirm, 30),
            deny: PlainText::new(deny, 30),
        }
    }
}

impl Button {
    /// A button that does something here.
    #[must_use]
    pub fn new(action: &Action, text: &str) -> Self {
        Self {
            action_id: action.id(),
            text: PlainText::new(text, 75),
            value: cut(&action.value(), 2_000),
            url: None,
            style: None,
            confirm: None,
        }
    }

    /// A button that opens a page.
    #[must_use]
    pub fn link(text: &str, url: &str) -> Self {
        let url = Some(url).filter(|url| units(url) <= 3_000).map(str::to_owned);
        Self { url, ..Self::new(&Action::Link, text) }
    }

    /// The same in another style.
    #[must_use]
    pub fn style(mut self, style: ButtonStyle) -> Self {
        self.style = Some(style);
        self
    }

    /// The same, with a question first.
    #[must_use]
    pub fn confirm(mut self, confirm: ConfirmDialog) -> Self {
        self.confirm = Some(confirm);
        self
    }

    pub(super) fn units(&self) -> usize {
        let asked = self.confirm.as_ref().map_or(0, |confirm| {
            [&confirm.title, &confirm.text, &confirm.confirm, &confirm.deny]
                .map(PlainText::units)
                .iter()
                .sum()
        });
        let url = self.url.as_deref().map_or(0, units);
        units(self.action_id) + self.text.units() + units(&self.value) + url + asked
    }
}

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct InputElement(InputKind);

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum InputKind {
    PlainTextInput {
        action_id: &'static str,
        multiline: bool,
        max_length: usize,
        #[serde(skip_serializing_if = "Option::is_none")]
        initial_value: Option<String>,
    },
    StaticSelect {
        action_id: &'static str,
        options: Vec<SelectOption>,
        #[serde(skip_serializing_if = "Option::is_none")]
        initial_option: Option<SelectOption>,
    },
    Checkboxes {
        action_id: &'static str,
        options: Vec<SelectOption>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        initial_options: Vec<SelectOption>,
    },
    Datetimepicker {
        action_id: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        initial_date_time: Option<i64>,
    },
}

/// One of several things to choose.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct SelectOption {
    text: PlainText,
    value: &'static str,
}

impl SelectOption {
    fn new(value: &'static str, text: &str) -> Self {
        Self { text: PlainText::new(text, 75), value }
    }
}

impl InputElement {
    /// One line of at most `most` characters.
    #[must_use]
    pub fn line(most: usize, initial: Option<&str>) -> Self {
        Self::typed(false, most, initial)
    }

    /// Several lines.
    #[must_use]
    pub fn lines(initial: Option<&str>) -> Self {
        Self::typed(true, TYPED, initial)
    }

    fn typed(multiline: bool, most: usize, initial: Option<&str>) -> Self {
        let max_length = most.clamp(1, TYPED);
        Self(InputKind::PlainTextInput {
            action_id: FIELD,
            multiline,
            max_length,
            initial_value: initial
                .filter(|text| !text.trim().is_empty())
                .map(|text| cut(text, max_length)),
        })
    }

    /// One of `choices` (at least one, at most 100): its value and its words.
    #[must_use]
    pub fn select(choices: &[(&'static str, String)], initial: Option<&str>) -> Self {
        let choice = |(value, text): &(&'static str, String)| SelectOption::new(value, text);
        let options: Vec<_> = choices.iter().take(100).map(choice).collect();
        let initial_option = options.iter().find(|choice| Some(choice.value) == initial).cloned();
        Self(InputKind::StaticSelect { action_id: FIELD, options, initial_option })
    }

    /// Boxes to tick (at least one, at most 10): value, words and whether it is ticked already.
    #[must_use]
    pub fn boxes(choices: &[(&'static str, &str, bool)]) -> Self {
        let choices = choices.iter().take(10);
        let options =
            choices.clone().map(|(value, text, _)| SelectOption::new(value, text)).collect();
        let ticked = choices.filter(|(.., ticked)| *ticked);
        let initial_options =
            ticked.map(|(value, text, _)| SelectOption::new(value, text)).collect();
        Self(InputKind::Checkboxes { action_id: FIELD, options, initial_options })
    }

    /// A day and a time, to the minute, in the user's own zone.
    #[must_use]
    pub fn time(initial: Option<Timestamp>) -> Self {
        Self(InputKind::Datetimepicker {
            action_id: FIELD,
            // Ten digits, as Slack demands: from 2001 on.
            initial_date_time: initial
                .map(Timestamp::as_second)
                .filter(|second| (1_000_000_000..10_000_000_000).contains(second)),
        })
    }

    pub(super) fn units(&self) -> usize {
        let choices = |choices: &[SelectOption]| -> usize {
            choices.iter().map(|choice| choice.text.units() + units(choice.value)).sum()
        };
        match &self.0 {
            InputKind::PlainTextInput { initial_value, .. } => {
                initial_value.as_deref().map_or(0, units)
            }
            InputKind::StaticSelect { options, initial_option, .. } => {
                choices(options) + choices(initial_option.as_slice())
            }
            InputKind::Checkboxes { options, initial_options, .. } => {
                choices(options) + choices(initial_options)
            }
            InputKind::Datetimepicker { .. } => 0,
        }
    }
}
