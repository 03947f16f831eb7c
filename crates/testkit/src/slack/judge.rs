//! Checks blocks and views as Slack does. Written from the reference of Block Kit, independently of the code for our
//! blocks; lengths are counted in UTF-16 units, the strictest reading.

mod element;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The most characters in all blocks of a message together; undocumented.
const MAX_IN_ALL: usize = 13_200;
/// The longest view, in bytes.
const MAX_VIEW: usize = 250 * 1024;

/// The error for wrong blocks: Slack's error code and its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockError {
    /// `invalid_blocks`, `msg_blocks_too_long`, `view_too_large` …
    pub code: &'static str,
    /// One for each place.
    pub messages: Vec<String>,
}

/// Judges the `blocks` of a message.
pub fn message(blocks: &Value) -> Result<(), BlockError> {
    let mut judge = Judge { place: BlockPlace::Message, ..Judge::default() };
    judge.blocks(blocks, "/blocks", 50);
    if judge.characters > MAX_IN_ALL {
        let messages = vec![format!("{} characters in all", judge.characters)];
        return Err(BlockError { code: "msg_blocks_too_long", messages });
    }
    judge.verdict("invalid_blocks")
}

/// Judges a modal or a home tab.
pub fn view(view: &Value) -> Result<(), BlockError> {
    if view.to_string().len() > MAX_VIEW {
        return Err(BlockError { code: "view_too_large", messages: Vec::new() });
    }
    let mut judge = Judge::default();
    let kind = view.get("type").and_then(Value::as_str);
    let (place, fields): (_, &[&str]) = match kind {
        Some("modal") => (
            BlockPlace::Modal,
            &[
                "type",
                "title",
                "blocks",
                "close",
                "submit",
                "private_metadata",
                "callback_id",
                "clear_on_close",
                "notify_on_close",
                "external_id",
                "submit_disabled",
            ],
        ),
        Some("home") => (
            BlockPlace::Home,
            &["type", "blocks", "private_metadata", "callback_id", "external_id"],
        ),
        _ => {
            judge.error("", "unsupported type of view");
            return judge.verdict("invalid_arguments");
        }
    };
    judge.place = place;
    let Some(view) = judge.object(Some(view), "/view", fields) else {
        return judge.verdict("invalid_arguments");
    };
    judge.blocks(view.get("blocks").unwrap_or(&Value::Null), "/view/blocks", 100);
    if place == BlockPlace::Modal {
        judge.plain(view.get("title"), "/view/title", 24, true);
        judge.plain(view.get("submit"), "/view/submit", 24, judge.has_input);
        judge.plain(view.get("close"), "/view/close", 24, false);
    }
    judge.text(view.get("private_metadata"), "/view/private_metadata", 0..=3_000, false);
    judge.text(view.get("callback_id"), "/view/callback_id", 0..=255, false);
    judge.verdict("invalid_arguments")
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum BlockPlace {
    #[default]
    Message,
    Modal,
    Home,
}

/// Checks one message or view, and collects errors.
#[derive(Default)]
struct Judge {
    place: BlockPlace,
    errors: Vec<String>,
    characters: usize,
    has_input: bool,
    block_ids: BTreeSet<String>,
    action_ids: BTreeSet<String>,
}

impl Judge {
    fn verdict(self, code: &'static str) -> Result<(), BlockError> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(BlockError { code, messages: self.errors })
        }
    }

    fn error(&mut self, at: &str, what: &str) {
        self.errors.push(format!("[ERROR] {what} [json-pointer:{at}]"));
    }

    fn blocks(&mut self, blocks: &Value, at: &str, most: usize) {
        let Some(blocks) = blocks.as_array() else {
            return self.error(at, "must provide an array");
        };
        if blocks.len() > most {
            self.error(at, &format!("no more than {most} items allowed"));
        }
        for (number, block) in blocks.iter().enumerate() {
            self.block(block, &format!("{at}/{number}"));
        }
    }

    fn block(&mut self, block: &Value, at: &str) {
        self.action_ids.clear();
        let kind = block.get("type").and_then(Value::as_str).unwrap_or_default();
        let fields: &[&str] = match kind {
            "header" => &["text"],
            "section" => &["text", "fields", "accessory", "expand"],
            "context" | "actions" => &["elements"],
            "divider" => &[],
            "input" => &["label", "element", "dispatch_action", "hint", "optional"],
            "image" => &["image_url", "alt_text", "title", "slack_file"],
            "markdown" if self.place == BlockPlace::Message => &["text"],
            _ => return self.error(at, &format!("unsupported type: {kind}")),
        };
        let fields = [fields, &["type", "block_id"]].concat();
        let Some(block) = self.object(Some(block), at, &fields) else { return };
        if let Some(id) =
            self.text(block.get("block_id"), &format!("{at}/block_id"), 1..=255, false)
            && !self.block_ids.insert(id.to_owned())
        {
            self.error(at, &format!("`block_id` {id} already exists"));
        }
        let below = |field: &str| format!("{at}/{field}");
        match kind {
            "header" => self.plain(block.get("text"), &below("text"), 150, true),
            "section" => self.section(block, at),
            "context" => self.list(block.get("elements"), &below("elements"), 10, Self::context),
            "actions" => {
                self.list(block.get("elements"), &below("elements"), 25, |judge, one, at| {
                    judge.element(one, at, element::ElementPlace::Actions);
                });
            }
            "input" => {
                if self.place == BlockPlace::Message {
                    self.error(at, "input blocks have no place in messages here");
                }
                self.has_input = true;
                self.plain(block.get("label"), &below("label"), 2_000, true);
                self.plain(block.get("hint"), &below("hint"), 2_000, false);
                self.element(block.get("element"), &below("element"), element::ElementPlace::Input);
            }
            "image" => {
                self.text(block.get("image_url"), &below("image_url"), 1..=3_000, true);
                self.text(block.get("alt_text"), &below("alt_text"), 1..=2_000, true);
                self.plain(block.get("title"), &below("title"), 2_000, false);
            }
            "markdown" => {
                self.text(block.get("text"), &below("text"), 1..=12_000, true);
            }
            _ => {}
        }
    }

    fn section(&mut self, block: &Map<String, Value>, at: &str) {
        if block.get("text").is_none() && block.get("fields").is_none() {
            self.error(at, "missing required field: text or fields");
        }
        self.words(block.get("text"), &format!("{at}/text"), 3_000, false);
        if let Some(fields) = block.get("fields") {
            self.list(Some(fields), &format!("{at}/fields"), 10, |judge, one, at| {
                judge.words(one, at, 2_000, true);
            });
        }
        if let Some(accessory) = block.get("accessory") {
            self.element(
                Some(accessory),
                &format!("{at}/accessory"),
                element::ElementPlace::Section,
            );
        }
    }

    fn context(&mut self, one: Option<&Value>, at: &str) {
        match one.and_then(|one| one.get("type")).and_then(Value::as_str) {
            Some("image") => self.element(one, at, element::ElementPlace::Section),
            _ => self.words(one, at, 3_000, true),
        }
    }

    /// A list of one to `most` items, each judged by `each`.
    fn list(
        &mut self,
        list: Option<&Value>,
        at: &str,
        most: usize,
        each: impl Fn(&mut Self, Option<&Value>, &str),
    ) {
        let Some(list) = list.and_then(Value::as_array) else {
            return self.error(at, "must provide an array");
        };
        if list.is_empty() {
            self.error(at, "no fewer than 1 item allowed");
        }
        if list.len() > most {
            self.error(at, &format!("no more than {most} items allowed"));
        }
        for (number, one) in list.iter().enumerate() {
            each(self, Some(one), &format!("{at}/{number}"));
        }
    }

    /// An object with these fields and no others.
    fn object<'a>(
        &mut self,
        value: Option<&'a Value>,
        at: &str,
        fields: &[&str],
    ) -> Option<&'a Map<String, Value>> {
        let Some(object) = value.and_then(Value::as_object) else {
            self.error(at, "must provide an object");
            return None;
        };
        for (name, value) in object {
            if !fields.contains(&name.as_str()) {
                self.error(at, &format!("invalid additional property: {name}"));
            }
            if value.is_null() {
                self.error(&format!("{at}/{name}"), "must not be null");
            }
        }
        Some(object)
    }

    /// A text object, plain or with markup, of one to `most` characters.
    fn words(&mut self, value: Option<&Value>, at: &str, most: usize, required: bool) {
        let kind = value.and_then(|value| value.get("type")).and_then(Value::as_str);
        match (value, kind) {
            (None, _) if !required => {}
            (Some(_), Some("mrkdwn")) => self.text_object(value, at, most, "verbatim"),
            (Some(_), Some("plain_text")) => self.text_object(value, at, most, "emoji"),
            _ => self.error(at, "must be a text object"),
        }
    }

    /// A plain text object of one to `most` characters.
    fn plain(&mut self, value: Option<&Value>, at: &str, most: usize, required: bool) {
        let kind = value.and_then(|value| value.get("type")).and_then(Value::as_str);
        match (value, kind) {
            (None, _) if !required => {}
            (None, _) => self.error(at, "missing required field"),
            (Some(_), Some("plain_text")) => self.text_object(value, at, most, "emoji"),
            (Some(_), _) => self.error(at, "must be plain_text"),
        }
    }

    fn text_object(&mut self, value: Option<&Value>, at: &str, most: usize, extra: &str) {
        if let Some(object) = self.object(value, at, &["type", "text", extra]) {
            self.text(object.get("text"), &format!("{at}/text"), 1..=most, true);
        }
    }

    /// A text of so many characters, which count for the whole.
    fn text<'a>(
        &mut self,
        value: Option<&'a Value>,
        at: &str,
        allowed: std::ops::RangeInclusive<usize>,
        required: bool,
    ) -> Option<&'a str> {
        let Some(value) = value else {
            if required {
                self.error(at, "missing required field");
            }
            return None;
        };
        let Some(text) = value.as_str() else {
            self.error(at, "must provide a string");
            return None;
        };
        let length = text.encode_utf16().count();
        if at.ends_with("/text") {
            self.characters += length;
        }
        // White space alone is empty.
        if text.chars().filter(|c| !c.is_whitespace()).count() < *allowed.start() {
            self.error(at, &format!("must be more than {} characters", allowed.start() - 1));
        }
        if length > *allowed.end() {
            self.error(at, &format!("must be less than {} characters", allowed.end() + 1));
        }
        Some(text)
    }
}
