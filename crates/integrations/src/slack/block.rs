//! Block Kit: the few blocks that are used, each within Slack's limits by construction.
//!
//! A message that breaks one limit is refused as a whole, and with it the alert it was about. So nothing here takes
//! a length on trust: what is too long is cut, what is empty gets a placeholder, and what is too much is left out
//! from the end, with a line that says so.
//!
//! Lengths are counted in UTF-16 code units. Slack doesn't say whether it counts these or characters; they are never
//! fewer.

mod element;
mod text;

use serde::Serialize;

pub(crate) use element::FIELD;
pub use element::{Button, ButtonStyle, ConfirmDialog, InputElement};
pub use text::{Mrkdwn, PlainText};
pub(crate) use text::{cut, split, units};

/// The most blocks a message may have.
const MESSAGE_BLOCKS: usize = 50;
/// The most blocks a modal or a home tab may have.
const VIEW_BLOCKS: usize = 100;
/// All blocks of a message together; Slack refuses more than about 13,200 characters (`msg_blocks_too_long`).
const MESSAGE_UNITS: usize = 12_500;
/// All blocks of a view together; Slack refuses more than 250 KB (`view_too_large`).
const VIEW_UNITS: usize = 50_000;
/// The text beside the blocks; Slack advises 4,000 and cuts at 40,000.
const FALLBACK: usize = 3_900;
/// What a section's text is cut or split at; 3,000 are allowed.
const SECTION: usize = 2_950;
/// The header's text.
const HEADER: usize = 150;
/// Elements of a context block, and of an actions block.
const CONTEXT_ELEMENTS: usize = 10;
const ACTIONS_ELEMENTS: usize = 25;

/// A message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    /// For notifications and screen readers, beside the blocks.
    pub text: String,
    /// What is shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
}

impl Message {
    /// A message of a few `blocks`; `text`, in Slack's markup, is what push notifications and screen readers say.
    #[must_use]
    pub fn new(text: &str, blocks: Vec<Block>) -> Self {
        let body = blocks.into_iter().map(|block| vec![block]).collect();
        Self::fitted(text, Vec::new(), body, Vec::new(), "…")
    }

    /// A message without blocks.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self { text: text::mrkdwn(text, FALLBACK), blocks: Vec::new() }
    }

    /// A message of which `head` and `foot` always stand, and as much of `body` as there is room for. Each group of
    /// `body` stays together; `more`, in Slack's markup, says that something is left out.
    pub(crate) fn fitted(
        text: &str,
        head: Vec<Block>,
        body: Vec<Vec<Block>>,
        foot: Vec<Block>,
        more: &str,
    ) -> Self {
        let blocks = fit(head, body, foot, more, MESSAGE_BLOCKS, MESSAGE_UNITS);
        Self { text: text::mrkdwn(text, FALLBACK), blocks }
    }
}

/// A modal, or the home tab.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SlackView {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_id: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    submit: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    close: Option<PlainText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    private_metadata: Option<String>,
    blocks: Vec<Block>,
}

impl SlackView {
    /// A modal; `close` and `submit` are the words of its buttons, and one with something to fill in needs both.
    /// `private_metadata` comes back as it is and must not be longer than 3,000 characters.
    #[must_use]
    pub fn modal(
        callback_id: &'static str,
        title: &str,
        close: &str,
        submit: Option<&str>,
        private_metadata: Option<String>,
        blocks: Vec<Block>,
    ) -> Self {
        let body = blocks.into_iter().map(|block| vec![block]).collect();
        Self {
            kind: "modal",
            callback_id: Some(callback_id),
            title: Some(PlainText::new(title, 24)),
            submit: submit.map(|submit| PlainText::new(submit, 24)),
            close: Some(PlainText::new(close, 24)),
            private_metadata,
            blocks: fit(Vec::new(), body, Vec::new(), "…", VIEW_BLOCKS, VIEW_UNITS),
        }
    }

    /// The home tab: `head` always, and as many groups of `body` as there is room for.
    pub(crate) fn home(head: Vec<Block>, body: Vec<Vec<Block>>, more: &str) -> Self {
        Self {
            kind: "home",
            callback_id: None,
            title: None,
            submit: None,
            close: None,
            private_metadata: None,
            blocks: fit(head, body, Vec::new(), more, VIEW_BLOCKS, VIEW_UNITS),
        }
    }
}

/// One block.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Block(BlockKind);

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum BlockKind {
    Header {
        text: PlainText,
    },
    Section {
        text: Mrkdwn,
    },
    Context {
        elements: Vec<Mrkdwn>,
    },
    Divider {},
    Actions {
        elements: Vec<Button>,
    },
    Input {
        block_id: &'static str,
        label: PlainText,
        #[serde(skip_serializing_if = "Option::is_none")]
        hint: Option<PlainText>,
        optional: bool,
        element: InputElement,
    },
}

impl Block {
    /// The big line at the top: plain text, at most 150 characters.
    #[must_use]
    pub fn header(text: &str) -> Self {
        Self(BlockKind::Header { text: PlainText::new(text, HEADER) })
    }

    /// A paragraph in Slack's markup; what doesn't fit in one section is cut.
    #[must_use]
    pub fn section(text: &str) -> Self {
        Self(BlockKind::Section { text: Mrkdwn::new(text, SECTION) })
    }

    /// A text in Slack's markup, in as many sections as it takes.
    #[must_use]
    pub fn sections(text: &str) -> Vec<Self> {
        split(text, SECTION).iter().map(|piece| Self::section(piece)).collect()
    }

    /// Small print in Slack's markup: at most ten pieces.
    #[must_use]
    pub fn context(pieces: &[&str]) -> Self {
        let pieces = if pieces.is_empty() { &[""] } else { pieces };
        let elements = pieces.iter().take(CONTEXT_ELEMENTS);
        Self(BlockKind::Context {
            elements: elements.map(|text| Mrkdwn::new(text, SECTION)).collect(),
        })
    }

    /// A line across.
    #[must_use]
    pub fn divider() -> Self {
        Self(BlockKind::Divider {})
    }

    /// A row of buttons: at most 25, and nothing where there is none.
    #[must_use]
    pub fn actions(buttons: Vec<Button>) -> Vec<Self> {
        if buttons.is_empty() {
            return Vec::new();
        }
        vec![Self(BlockKind::Actions {
            elements: buttons.into_iter().take(ACTIONS_ELEMENTS).collect(),
        })]
    }

    /// Something to fill in. `block_id` is what its answer and its error go by.
    #[must_use]
    pub fn input(block_id: &'static str, label: &str, element: InputElement) -> Self {
        Self(BlockKind::Input {
            block_id,
            label: PlainText::new(label, 2_000),
            hint: None,
            optional: false,
            element,
        })
    }

    /// The same, which may be left empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        if let BlockKind::Input { optional, .. } = &mut self.0 {
            *optional = true;
        }
        self
    }

    /// The same with a line below that helps to fill it in.
    #[must_use]
    pub fn hint(mut self, text: &str) -> Self {
        if let BlockKind::Input { hint, .. } = &mut self.0 {
            *hint = Some(PlainText::new(text, 2_000));
        }
        self
    }

    /// All of its words together, roughly as Slack may count them and never less.
    fn weight(&self) -> usize {
        match &self.0 {
            BlockKind::Header { text } => text.units(),
            BlockKind::Section { text } => text.units(),
            BlockKind::Context { elements } => elements.iter().map(Mrkdwn::units).sum(),
            BlockKind::Divider {} => 0,
            BlockKind::Actions { elements } => elements.iter().map(Button::units).sum(),
            BlockKind::Input { block_id, label, hint, element, .. } => {
                units(block_id)
                    + label.units()
                    + hint.as_ref().map_or(0, PlainText::units)
                    + element.units()
            }
        }
    }
}

/// `head`, as many groups of `body` as there is room for, a line if something is left out, and `foot`.
fn fit(
    head: Vec<Block>,
    body: Vec<Vec<Block>>,
    foot: Vec<Block>,
    more: &str,
    most_blocks: usize,
    most_units: usize,
) -> Vec<Block> {
    let weight = |blocks: &[Block]| blocks.iter().map(Block::weight).sum::<usize>();
    let more = Block::context(&[more]);
    let fixed = (head.len() + foot.len(), weight(&head) + weight(&foot));
    let whole = body
        .iter()
        .fold(fixed, |(count, units), group| (count + group.len(), units + weight(group)));
    let mut blocks = head;
    if whole.0 <= most_blocks && whole.1 <= most_units {
        blocks.extend(body.into_iter().flatten());
    } else {
        let mut used = (fixed.0 + 1, fixed.1 + more.weight());
        for group in body {
            used = (used.0 + group.len(), used.1 + weight(&group));
            if used.0 > most_blocks || used.1 > most_units {
                break;
            }
            blocks.extend(group);
        }
        blocks.push(more);
    }
    blocks.extend(foot);
    blocks
}
