//! The values of a submitted modal.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use super::lenient::{below, list, text};

/// A modal that was submitted.
#[derive(Debug, Clone, PartialEq)]
pub struct SubmittedView {
    /// Its id.
    pub id: String,
    /// The id of the first one in its stack: the same through all its steps.
    pub root_id: String,
    /// Guards an update of it against another one.
    pub hash: String,
    /// Which modal it is.
    pub callback_id: String,
    /// What we gave it to keep; the person could have altered it.
    pub private_metadata: String,
    /// What was filled in.
    pub values: InputValues,
}

/// What was filled in, by the `block_id` of each input. What the modal doesn't have is like what was left empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct InputValues(BTreeMap<String, Value>);

impl InputValues {
    /// From `view.state.values` (or `state.values`): `{ block_id: { action_id: element } }`.
    #[must_use]
    pub fn of_state(values: &Value) -> Self {
        let blocks = values.as_object().into_iter().flatten();
        let inputs = blocks.filter_map(|(block, elements)| {
            // An input has one element, whatever its action is called.
            Some((block.clone(), elements.as_object()?.values().next()?.clone()))
        });
        Self(inputs.collect())
    }

    /// The typed text; none if it is blank.
    #[must_use]
    pub fn text(&self, block_id: &str) -> Option<String> {
        text(self.0.get(block_id)?, "value").filter(|typed| !typed.trim().is_empty())
    }

    /// The value of the option that was chosen.
    #[must_use]
    pub fn selected(&self, block_id: &str) -> Option<String> {
        text(below(self.0.get(block_id)?, "selected_option"), "value")
    }

    /// The values of the options that were ticked.
    #[must_use]
    pub fn checked(&self, block_id: &str) -> Vec<String> {
        let element = self.0.get(block_id).unwrap_or(&Value::Null);
        list(element, "selected_options").iter().filter_map(|one| text(one, "value")).collect()
    }

    /// The time that was chosen.
    #[must_use]
    pub fn time(&self, block_id: &str) -> Option<Timestamp> {
        let time = self.0.get(block_id)?.get("selected_date_time")?;
        let seconds = time.as_i64().or_else(|| time.as_str()?.parse().ok())?;
        Timestamp::from_second(seconds).ok()
    }
}

/// Reads the view of a submission; none if there isn't any.
pub(super) fn submitted(view: &Value) -> Option<SubmittedView> {
    let id = text(view, "id")?;
    Some(SubmittedView {
        root_id: text(view, "root_view_id").unwrap_or_else(|| id.clone()),
        id,
        hash: text(view, "hash").unwrap_or_default(),
        callback_id: text(view, "callback_id").unwrap_or_default(),
        private_metadata: text(view, "private_metadata").unwrap_or_default(),
        values: InputValues::of_state(below(below(view, "state"), "values")),
    })
}

/// What an action is about: a button's value, or what was chosen in whatever element it is.
pub(super) fn chosen(action: &Value) -> Option<String> {
    const CHOICES: [&str; 8] = [
        "value",
        "selected_date",
        "selected_time",
        "selected_user",
        "selected_channel",
        "selected_conversation",
        "selected_date_time",
        "selected_option",
    ];
    CHOICES.iter().find_map(|field| match action.get(field)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        option @ Value::Object(_) => text(option, "value"),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) => None,
    })
}
