//! `/api`: the API reference, rendered from the OpenAPI document. It has no script and loads nothing from other hosts.

use maud::{Markup, html};
use utoipa::openapi::{
    OpenApi, RefOr,
    path::{Operation, Parameter, ParameterIn},
    schema::Schema,
};

use super::{
    PageStyle,
    layout::{self, NavigationEntry, PageContent},
};

/// The page at `/api`.
pub(crate) fn page(style: &PageStyle, api: &OpenApi) -> String {
    let offers: Vec<_> = api
        .paths
        .paths
        .iter()
        .filter_map(|(path, item)| Some((path.as_str(), item.get.as_ref()?)))
        .collect();
    let about = api.info.description.as_deref().unwrap_or_default();
    let shapes = api.components.iter().flat_map(|components| &components.schemas);
    let main = html! {
        article.manual {
            h1 { "API" }
            p { (prose(about)) }
            p { "The same for programs: " a href="/api/v1/openapi.json" { "OpenAPI 3.1" } "." }
            @for (path, operation) in &offers { (offer(path, operation)) }
            section aria-labelledby="shapes" {
                h2 #shapes { "Schemas" }
                @for (name, schema) in shapes { (shape(name, schema)) }
            }
        }
    };
    layout::page(PageContent {
        style,
        title: "API",
        description: "How programs can read this status page.",
        path: None,
        is_kept: true,
        here: NavigationEntry::Elsewhere,
        main,
    })
}

/// The part itself, if it isn't a reference. Our document only refers to schemas.
fn is_here<T>(part: &RefOr<T>) -> Option<&T> {
    match part {
        RefOr::T(part) => Some(part),
        RefOr::Ref(_) => None,
    }
}

fn offer(path: &str, operation: &Operation) -> Markup {
    let id = operation.operation_id.as_deref().unwrap_or_default();
    let answer = operation.responses.responses.get("200").and_then(is_here);
    let kind = answer.and_then(|response| response.content.iter().next());
    let parameters: Vec<_> = operation.parameters.iter().flatten().filter_map(is_here).collect();
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (operation.summary.as_deref().unwrap_or_default()) }
            p { code { "GET " (path) } }
            p { (prose(operation.description.as_deref().unwrap_or_default())) }
            @if !parameters.is_empty() {
                dl { @for one in parameters { (parameter(one)) } }
            }
            @if let Some((kind, content)) = kind {
                p.quiet {
                    "Response: " code { (kind) }
                    @if let Some(Some(RefOr::Ref(shape))) = is_here(content).map(|content| &content.schema) {
                        @let name = shape.ref_location.rsplit('/').next().unwrap_or_default();
                        ", " a href={ "#shape-" (name) } { (name) }
                    }
                }
            }
        }
    }
}

fn parameter(parameter: &Parameter) -> Markup {
    let place =
        if parameter.parameter_in == ParameterIn::Path { "in the path" } else { "optional" };
    html! {
        dt { code { (parameter.name) } " (" (place) ")" }
        dd { (prose(parameter.description.as_deref().unwrap_or_default())) }
    }
}

fn shape(name: &str, schema: &RefOr<Schema>) -> Markup {
    let body = serde_json::to_value(schema).unwrap_or_default();
    let says = body.get("description").and_then(|says| says.as_str()).unwrap_or_default();
    let values: Vec<_> = body
        .get("enum")
        .and_then(|values| values.as_array())
        .into_iter()
        .flatten()
        .filter_map(|value| value.as_str())
        .collect();
    let fields = body.get("properties").and_then(|fields| fields.as_object());
    html! {
        h3 id={ "shape-" (name) } { (name) }
        @if !says.is_empty() { p { (prose(says)) } }
        @if !values.is_empty() { p { @for value in values { code { (value) } " " } } }
        @if let Some(fields) = fields {
            dl {
                @for (field, described) in fields {
                    dt { code { (field) } " (" (kind(described)) ")" }
                    dd { (prose(described.get("description").and_then(|says| says.as_str()).unwrap_or_default())) }
                }
            }
        }
    }
}

/// The type of a field, in words.
fn kind(described: &serde_json::Value) -> String {
    let name = |value: &serde_json::Value| {
        let path = value.get("$ref")?.as_str()?;
        path.rsplit('/').next().map(str::to_owned)
    };
    let plain = |value: &serde_json::Value| {
        let kind = value.as_str()?;
        let format = described.get("format").and_then(|format| format.as_str());
        Some(if format == Some("date-time") { "time".to_owned() } else { kind.to_owned() })
    };
    if let Some(name) = name(described) {
        return name;
    }
    if let Some(one_of) = described.get("oneOf").and_then(|one_of| one_of.as_array()) {
        return one_of.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    match described.get("type") {
        Some(serde_json::Value::Array(kinds)) => {
            kinds.iter().filter_map(plain).collect::<Vec<_>>().join(" or ")
        }
        Some(one) if one == "array" => {
            format!("list of {}", described.get("items").map(kind).unwrap_or_default())
        }
        Some(one) => plain(one).unwrap_or_default(),
        None => String::new(),
    }
}

/// Text in which parts between backticks are code.
fn prose(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}
