//! Fills in the inputs of a modal.

use serde_json::{Map, Value, json};

use super::FakeInput;

/// `state.values` of a modal with these inputs; or the error of Slack's form.
pub(super) fn filled(view: &Value, inputs: &[(&str, FakeInput<'_>)]) -> Result<Value, String> {
    let mut values = Map::new();
    let blocks = view.get("blocks").and_then(Value::as_array).into_iter().flatten();
    for (number, block) in blocks.enumerate() {
        let Some(element) = block.get("element") else { continue };
        let id = text(block, "block_id").unwrap_or_else(|| format!("made-up-{number}"));
        let input = inputs.iter().find(|(block_id, _)| *block_id == id).map(|(_, input)| input);
        let value = match input {
            None => untouched(element),
            Some(input) => {
                given(element, input).ok_or_else(|| format!("{id} doesn't take {input:?}"))?
            }
        };
        let optional = block.get("optional").and_then(Value::as_bool).unwrap_or_default();
        let empty = value.as_object().into_iter().flatten().all(|(name, value)| {
            name == "type" || value.is_null() || value.as_array().is_some_and(Vec::is_empty)
        });
        if empty && !optional {
            return Err(format!("{id} is required"));
        }
        let action = text(element, "action_id").unwrap_or_else(|| "made-up".to_owned());
        values.insert(id, json!({ action: value }));
    }
    match inputs.iter().find(|(block_id, _)| !values.contains_key(*block_id)) {
        Some((block_id, _)) => Err(format!("there is no input {block_id} in {view}")),
        None => Ok(Value::Object(values)),
    }
}

fn untouched(element: &Value) -> Value {
    let kind = text(element, "type").unwrap_or_default();
    let initial = |field: &str| element.get(field).cloned().unwrap_or_default();
    match kind.as_str() {
        "plain_text_input" => {
            // An empty text is none.
            let value = text(element, "initial_value").filter(|text| !text.is_empty());
            json!({ "type": kind, "value": value })
        }
        "checkboxes" => {
            let ticked = element.get("initial_options").cloned().unwrap_or_else(|| json!([]));
            json!({ "type": kind, "selected_options": ticked })
        }
        "datetimepicker" => {
            json!({ "type": kind, "selected_date_time": initial("initial_date_time") })
        }
        "datepicker" => json!({ "type": kind, "selected_date": initial("initial_date") }),
        _ => json!({ "type": kind, "selected_option": initial("initial_option") }),
    }
}

fn given(element: &Value, input: &FakeInput<'_>) -> Option<Value> {
    let kind = text(element, "type")?;
    match (kind.as_str(), input) {
        ("plain_text_input", FakeInput::Text(text)) => {
            let most = element.get("max_length").and_then(Value::as_u64).unwrap_or(3_000);
            let fits = u64::try_from(text.encode_utf16().count()).is_ok_and(|count| count <= most);
            fits.then(|| json!({ "type": kind, "value": (!text.is_empty()).then_some(text) }))
        }
        ("plain_text_input", FakeInput::Empty) => Some(json!({ "type": kind, "value": null })),
        ("static_select" | "radio_buttons", FakeInput::Option(value)) => {
            Some(json!({ "type": kind, "selected_option": option(element, value)? }))
        }
        ("static_select" | "radio_buttons", FakeInput::Empty) => {
            Some(json!({ "type": kind, "selected_option": null }))
        }
        ("checkboxes", FakeInput::Options(values)) => {
            let options: Option<Vec<_>> =
                values.iter().map(|value| option(element, value)).collect();
            Some(json!({ "type": kind, "selected_options": options? }))
        }
        ("checkboxes", FakeInput::Empty) => Some(json!({ "type": kind, "selected_options": [] })),
        ("datetimepicker", FakeInput::Time(time)) => {
            Some(json!({ "type": kind, "selected_date_time": time.as_second() }))
        }
        ("datetimepicker", FakeInput::Empty) => {
            Some(json!({ "type": kind, "selected_date_time": null }))
        }
        _ => None,
    }
}

fn option(element: &Value, value: &str) -> Option<Value> {
    let groups = element.get("option_groups").and_then(Value::as_array).into_iter().flatten();
    let lists = std::iter::once(element).chain(groups).filter_map(|list| list.get("options"));
    let mut options = lists.filter_map(Value::as_array).flatten();
    options.find(|option| text(option, "value").as_deref() == Some(value)).cloned()
}

fn text(value: &Value, field: &str) -> Option<String> {
    value.get(field).and_then(Value::as_str).map(str::to_owned)
}

/// Whether these are errors for inputs of this view: Slack shows no others.
pub(super) fn inputs(view: &Value) -> Vec<String> {
    let blocks = view.get("blocks").and_then(Value::as_array).into_iter().flatten();
    let inputs = blocks.filter(|block| text(block, "type").as_deref() == Some("input"));
    inputs.filter_map(|block| text(block, "block_id")).collect()
}
