//! Checks the elements in blocks: buttons, menus, inputs.

use serde_json::{Map, Value};

use super::Judge;

/// The place of an element.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ElementPlace {
    Section,
    Actions,
    Input,
}

impl Judge {
    pub(super) fn element(&mut self, element: Option<&Value>, at: &str, place: ElementPlace) {
        let kind = element.and_then(|element| element.get("type")).and_then(Value::as_str);
        let kind = kind.unwrap_or_default();
        let choice = ["placeholder", "initial_option", "options", "option_groups", "confirm"];
        let (fields, fits): (&[&str], bool) = match kind {
            "button" => (
                &["text", "url", "value", "style", "confirm", "accessibility_label"],
                place != ElementPlace::Input,
            ),
            "static_select" => (&choice, true),
            "multi_static_select" => (
                &[
                    "placeholder",
                    "initial_options",
                    "options",
                    "option_groups",
                    "confirm",
                    "max_selected_items",
                ],
                place != ElementPlace::Actions,
            ),
            "overflow" => (&["options", "confirm"], place != ElementPlace::Input),
            "radio_buttons" => (&["initial_option", "options", "confirm"], true),
            "checkboxes" => (&["initial_options", "options", "confirm"], true),
            "datetimepicker" => (&["initial_date_time", "confirm"], place != ElementPlace::Section),
            "datepicker" => (&["initial_date", "placeholder", "confirm"], true),
            "plain_text_input" => (
                &[
                    "initial_value",
                    "multiline",
                    "min_length",
                    "max_length",
                    "placeholder",
                    "dispatch_action_config",
                ],
                place == ElementPlace::Input,
            ),
            "image" => (&["image_url", "alt_text"], place == ElementPlace::Section),
            _ => return self.error(at, &format!("unsupported type: {kind}")),
        };
        if !fits {
            self.error(at, &format!("{kind} has no place here"));
        }
        let fields = [fields, &["type", "action_id", "focus_on_load"]].concat();
        let Some(element) = self.object(element, at, &fields) else { return };
        if let Some(id) =
            self.text(element.get("action_id"), &format!("{at}/action_id"), 1..=255, false)
            && !self.action_ids.insert(id.to_owned())
        {
            self.error(at, &format!("`action_id` {id} already exists"));
        }
        self.plain(element.get("placeholder"), &format!("{at}/placeholder"), 150, false);
        self.confirm(element.get("confirm"), &format!("{at}/confirm"));
        match kind {
            "button" => self.button(element, at),
            "plain_text_input" => self.input(element, at),
            "datetimepicker" => {
                let time = element.get("initial_date_time");
                let ten_digits = |time: &Value| {
                    time.as_u64()
                        .is_some_and(|time| (1_000_000_000..10_000_000_000).contains(&time))
                };
                if time.is_some_and(|time| !ten_digits(time)) {
                    self.error(at, "initial_date_time must be of 10 digits");
                }
            }
            "image" => {
                self.text(element.get("image_url"), &format!("{at}/image_url"), 1..=3_000, true);
                self.text(element.get("alt_text"), &format!("{at}/alt_text"), 1..=2_000, true);
            }
            "static_select" | "multi_static_select" => self.options(element, at, 100),
            "radio_buttons" | "checkboxes" => self.options(element, at, 10),
            "overflow" => self.options(element, at, 5),
            _ => {}
        }
    }

    fn button(&mut self, button: &Map<String, Value>, at: &str) {
        self.plain(button.get("text"), &format!("{at}/text"), 75, true);
        self.text(button.get("value"), &format!("{at}/value"), 1..=2_000, false);
        let url = self.text(button.get("url"), &format!("{at}/url"), 1..=3_000, false);
        if url.is_some_and(|url| !url.starts_with("http://") && !url.starts_with("https://")) {
            self.error(at, "url must be one");
        }
        let style = button.get("style").map(|style| style.as_str().unwrap_or_default());
        if style.is_some_and(|style| !matches!(style, "primary" | "danger")) {
            self.error(at, "style must be primary or danger");
        }
    }

    fn confirm(&mut self, dialog: Option<&Value>, at: &str) {
        if dialog.is_none() {
            return;
        }
        let fields = ["title", "text", "confirm", "deny", "style"];
        let Some(dialog) = self.object(dialog, at, &fields) else { return };
        for (field, most) in [("title", 100), ("confirm", 30), ("deny", 30)] {
            self.plain(dialog.get(field), &format!("{at}/{field}"), most, true);
        }
        self.words(dialog.get("text"), &format!("{at}/text"), 300, true);
    }

    fn input(&mut self, input: &Map<String, Value>, at: &str) {
        let most = input.get("max_length").map(|length| length.as_u64().unwrap_or_default());
        if most.is_some_and(|most| !(1..=3_000).contains(&most)) {
            self.error(at, "max_length must be 1 to 3000");
        }
        let most = most.and_then(|most| usize::try_from(most).ok()).unwrap_or(3_000);
        self.text(input.get("initial_value"), &format!("{at}/initial_value"), 0..=most, false);
    }

    fn options(&mut self, element: &Map<String, Value>, at: &str, most: usize) {
        let mut options = Vec::new();
        let groups = element.get("option_groups");
        for group in groups.and_then(Value::as_array).into_iter().flatten() {
            self.plain(group.get("label"), &format!("{at}/option_groups/label"), 75, true);
            options.push(group.get("options"));
        }
        if groups.is_none() {
            options.push(element.get("options"));
        }
        for list in &options {
            self.list(*list, &format!("{at}/options"), most, Self::option);
        }
        let known: Vec<&Value> =
            options.into_iter().flatten().filter_map(Value::as_array).flatten().collect();
        let one = element.get("initial_option").into_iter();
        let several = element.get("initial_options").and_then(Value::as_array);
        if several.is_some_and(Vec::is_empty) {
            self.error(at, "initial_options: no fewer than 1 item allowed");
        }
        for initial in one.chain(several.into_iter().flatten()) {
            if !known.contains(&initial) {
                self.error(at, "the initial option is none of the options");
            }
        }
    }

    fn option(&mut self, option: Option<&Value>, at: &str) {
        let Some(option) = self.object(option, at, &["text", "value", "description", "url"]) else {
            return;
        };
        self.words(option.get("text"), &format!("{at}/text"), 75, true);
        self.text(option.get("value"), &format!("{at}/value"), 1..=150, true);
        if option.contains_key("description") {
            self.words(option.get("description"), &format!("{at}/description"), 75, true);
        }
    }
}
