//! Fields that may be missing, `null`, or of another type.

use serde_json::Value;

/// A text that says something: not missing, not `null`, not empty.
pub(super) fn text(value: &Value, field: &str) -> Option<String> {
    value.get(field).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// An id: where Slack gives a text in one place, it gives an object with an `id` in another.
pub(super) fn id(value: &Value, field: &str) -> Option<String> {
    text(value, field).or_else(|| text(value.get(field)?, "id"))
}

/// The members of a list; none if it is missing.
pub(super) fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A field of a field.
pub(super) fn below<'a>(value: &'a Value, outer: &str) -> &'a Value {
    value.get(outer).unwrap_or(&Value::Null)
}
