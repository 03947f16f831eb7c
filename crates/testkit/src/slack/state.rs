//! The workspace's channels, users, messages and views.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Call, failure_mode::FailureModes};

pub(super) const TEAM: &str = "T0CANDOR01";
pub(super) const APP: &str = "A0CANDOR01";
pub(super) const BOT_USER: &str = "U0CANDOR01";
pub(super) const BOT: &str = "B0CANDOR01";

/// How long a trigger is valid.
const TRIGGER: Duration = Duration::from_secs(3);
/// How long a response URL is valid, and how often.
const RESPONSE: Duration = Duration::from_secs(30 * 60);
const RESPONSES: usize = 5;

#[derive(Debug)]
pub(super) struct FakeState {
    pub(super) address: String,
    pub(super) bot_tokens: BTreeSet<String>,
    pub(super) app_tokens: BTreeSet<String>,
    pub(super) revoked: BTreeSet<String>,
    pub(super) scopes: BTreeSet<String>,
    pub(super) organization: Option<String>,
    pub(super) channels: Vec<FakeChannel>,
    pub(super) users: BTreeMap<String, String>,
    pub(super) groups: BTreeMap<String, BTreeSet<String>>,
    pub(super) ephemerals: Vec<FakeEphemeral>,
    pub(super) modals: Vec<Modal>,
    pub(super) homes: BTreeMap<String, Modal>,
    pub(super) triggers: BTreeMap<String, Trigger>,
    pub(super) responses: BTreeMap<String, ResponseUrl>,
    pub(super) tickets: BTreeSet<String>,
    pub(super) calls: Vec<Call>,
    pub(super) failures: FailureModes,
    pub(super) trigger_life: Duration,
    counter: u64,
    last_ts: i64,
}

/// A Slack channel.
#[derive(Debug, Clone)]
pub(super) struct FakeChannel {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) private: bool,
    pub(super) archived: bool,
    pub(super) members: BTreeSet<String>,
    pub(super) messages: Vec<SlackMessage>,
}

/// A message in the workspace, as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct SlackMessage {
    /// Its key in its Slack channel.
    pub ts: String,
    /// The message that began its thread, if it is a reply.
    pub thread_ts: Option<String>,
    /// Who wrote it: a user's id.
    pub user: String,
    /// Its text beside the blocks.
    pub text: String,
    /// Its blocks: an array.
    pub blocks: Value,
    /// Its metadata, if it has any.
    pub metadata: Option<Value>,
    /// Whether a reply shows in the Slack channel, too.
    pub broadcast: bool,
    /// How often it was changed.
    pub edits: usize,
}

/// An ephemeral message.
#[derive(Debug, Clone, PartialEq)]
pub struct FakeEphemeral {
    /// The user who sees it.
    pub user: String,
    /// The Slack channel.
    pub channel: String,
    /// The thread.
    pub thread_ts: Option<String>,
    /// Its text beside the blocks.
    pub text: String,
    /// Its blocks: an array.
    pub blocks: Value,
}

/// A modal that is open, or a home tab.
#[derive(Debug, Clone, PartialEq)]
pub struct Modal {
    /// Its id.
    pub id: String,
    /// The first one of its stack.
    pub root_id: String,
    /// Changes with each update.
    pub hash: String,
    /// Who sees it.
    pub user: String,
    /// The view as it was sent.
    pub view: Value,
}

#[derive(Debug)]
pub(super) struct Trigger {
    pub(super) user: String,
    pub(super) since: Instant,
    pub(super) used: bool,
    /// The modal it was clicked in.
    pub(super) modal: Option<String>,
}

#[derive(Debug)]
pub(super) struct ResponseUrl {
    pub(super) user: String,
    pub(super) channel: String,
    pub(super) message: Option<String>,
    since: Instant,
    uses: usize,
}

impl FakeState {
    pub(super) fn new(address: String) -> Self {
        let empty = BTreeSet::new;
        Self {
            address,
            bot_tokens: empty(),
            app_tokens: empty(),
            revoked: empty(),
            scopes: empty(),
            organization: None,
            channels: Vec::new(),
            users: BTreeMap::from([(BOT_USER.to_owned(), "candor".to_owned())]),
            groups: BTreeMap::new(),
            ephemerals: Vec::new(),
            modals: Vec::new(),
            homes: BTreeMap::new(),
            triggers: BTreeMap::new(),
            responses: BTreeMap::new(),
            tickets: empty(),
            calls: Vec::new(),
            failures: FailureModes::default(),
            trigger_life: TRIGGER,
            counter: 0,
            last_ts: 0,
        }
    }

    /// A new id of Slack's kind: `C0000000A1`.
    pub(super) fn id(&mut self, kind: &str) -> String {
        self.counter += 1;
        format!("{kind}{:09X}", self.counter)
    }

    /// The time, as the key of a message: never the same twice.
    pub(super) fn ts(&mut self) -> String {
        self.last_ts = Timestamp::now().as_microsecond().max(self.last_ts + 1);
        format!("{}.{:06}", self.last_ts / 1_000_000, self.last_ts % 1_000_000)
    }

    /// A Slack channel that the bot can see, by id or by name.
    pub(super) fn channel(&mut self, name_or_id: &str) -> Option<&mut FakeChannel> {
        let name = name_or_id.trim_start_matches('#');
        self.channels.iter_mut().find(|channel| {
            (channel.id == name_or_id || channel.name == name)
                && (!channel.private || channel.has_bot())
        })
    }

    pub(super) fn trigger(&mut self, user: &str, modal: Option<&str>) -> String {
        self.counter += 1;
        let id = format!("{}.{}.{}", self.counter, self.counter * 7, uuid::Uuid::now_v7().simple());
        let modal = modal.map(str::to_owned);
        let trigger = Trigger { user: user.to_owned(), since: Instant::now(), used: false, modal };
        self.triggers.insert(id.clone(), trigger);
        id
    }

    /// Uses up a trigger: returns its user, and the modal it came from.
    pub(super) fn pull(&mut self, trigger: &str) -> Result<(String, Option<String>), &'static str> {
        let life = self.trigger_life;
        let trigger = self.triggers.get_mut(trigger).ok_or("invalid_trigger_id")?;
        if trigger.used {
            return Err("exchanged_trigger_id");
        }
        if trigger.since.elapsed() > life {
            return Err("expired_trigger_id");
        }
        trigger.used = true;
        Ok((trigger.user.clone(), trigger.modal.clone()))
    }

    pub(super) fn response_url(
        &mut self,
        user: &str,
        channel: &str,
        message: Option<&str>,
    ) -> String {
        let id = uuid::Uuid::now_v7().simple().to_string();
        let (user, channel) = (user.to_owned(), channel.to_owned());
        let message = message.map(str::to_owned);
        let url = format!("{}/response/{id}", self.address);
        let response = ResponseUrl { user, channel, message, since: Instant::now(), uses: 0 };
        self.responses.insert(id, response);
        url
    }

    /// Uses a response URL once: whose it is, where, and about which message.
    pub(super) fn respond(&mut self, id: &str) -> Option<(String, String, Option<String>)> {
        let url = self.responses.get_mut(id)?;
        url.uses += 1;
        let good = url.uses <= RESPONSES && url.since.elapsed() <= RESPONSE;
        good.then(|| (url.user.clone(), url.channel.clone(), url.message.clone()))
    }

    /// A view as Slack gives it back.
    pub(super) fn shown(modal: &Modal) -> Value {
        let mut view = modal.view.clone();
        if let Some(fields) = view.as_object_mut() {
            for (name, value) in [
                ("id", json!(modal.id)),
                ("team_id", json!(TEAM)),
                ("app_id", json!(APP)),
                ("bot_id", json!(BOT)),
                ("root_view_id", json!(modal.root_id)),
                ("hash", json!(modal.hash)),
                ("app_installed_team_id", json!(TEAM)),
            ] {
                fields.insert(name.to_owned(), value);
            }
        }
        view
    }
}

impl FakeChannel {
    pub(super) fn has_bot(&self) -> bool {
        self.members.contains(BOT_USER)
    }

    pub(super) fn message(&mut self, ts: &str) -> Option<&mut SlackMessage> {
        self.messages.iter_mut().find(|message| message.ts == ts)
    }

    /// A message as Slack gives it back.
    pub(super) fn shown(&self, message: &SlackMessage, with_metadata: bool) -> Value {
        let replies =
            self.messages.iter().filter(|one| one.thread_ts.as_ref() == Some(&message.ts));
        let replies = replies.count();
        let mut shown = json!({
            "type": "message",
            "ts": message.ts,
            "user": message.user,
            "team": TEAM,
            "text": message.text,
        });
        let Some(fields) = shown.as_object_mut() else { return shown };
        let mut set = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        if message.blocks.as_array().is_some_and(|blocks| !blocks.is_empty()) {
            set("blocks", message.blocks.clone());
        }
        if message.user == BOT_USER {
            set("bot_id", json!(BOT));
            set("app_id", json!(APP));
        }
        if message.edits > 0 {
            set("edited", json!({ "user": message.user, "ts": message.ts }));
        }
        if let Some(thread) = &message.thread_ts {
            set("thread_ts", json!(thread));
        } else if replies > 0 {
            set("thread_ts", json!(message.ts));
            set("reply_count", json!(replies));
        }
        if let Some(metadata) = message.metadata.as_ref().filter(|_| with_metadata) {
            set("metadata", metadata.clone());
        }
        shown
    }
}
