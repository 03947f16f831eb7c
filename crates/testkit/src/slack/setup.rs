//! Sets the workspace up and reads its state.

use std::time::Duration;

use serde_json::Value;

use super::{
    Call, ImpossibleAction, Workspace,
    state::{self, FakeChannel, FakeEphemeral, FakeState, Modal, SlackMessage},
};

impl Workspace {
    /// Adds a user and returns the id.
    pub fn add_user(&self, name: &str) -> String {
        self.change(|state| {
            let id = state.id("U");
            state.users.insert(id.clone(), name.to_owned());
            for channel in &mut state.channels {
                channel.members.insert(id.clone());
            }
            id
        })
    }

    /// Adds a Slack channel with all users but without the bot, and returns the id.
    pub fn add_channel(&self, name: &str, private: bool) -> String {
        self.change(|state| {
            let id = state.id("C");
            let members = state.users.keys().filter(|user| *user != state::BOT_USER).cloned();
            let members = members.collect();
            let (name, messages) = (name.to_owned(), Vec::new());
            let channel =
                FakeChannel { id: id.clone(), name, private, archived: false, members, messages };
            state.channels.push(channel);
            id
        })
    }

    /// Adds a user group and returns the id.
    pub fn add_group(&self, users: &[&str]) -> String {
        self.change(|state| {
            let id = state.id("S");
            let users = users.iter().map(|user| (*user).to_owned()).collect();
            state.groups.insert(id.clone(), users);
            id
        })
    }

    /// The workspace belongs to this organization.
    pub fn join_organization(&self, id: &str) {
        self.change(|state| state.organization = Some(id.to_owned()));
    }

    /// Invites a user (or the bot: [`Workspace::BOT_USER`]) to a Slack channel.
    pub fn invite(&self, user: &str, channel: &str) {
        self.with_channel(channel, |channel| channel.members.insert(user.to_owned()));
    }

    /// Archives or unarchives a Slack channel.
    pub fn archive(&self, channel: &str, archived: bool) {
        self.with_channel(channel, |channel| channel.archived = archived);
    }

    /// Renames a Slack channel.
    pub fn rename(&self, channel: &str, name: &str) {
        self.with_channel(channel, |channel| name.clone_into(&mut channel.name));
    }

    /// A new incoming webhook for a Slack channel: its address. Its calls are called `webhook`.
    pub fn incoming_webhook(&self, channel: &str) -> String {
        format!("http://{}/services/{channel}/secret", self.addr)
    }

    /// Posts a message of a user and returns its `ts`.
    pub fn write(&self, user: &str, channel: &str, thread_ts: Option<&str>, text: &str) -> String {
        let ts = self.change(FakeState::ts);
        let message = SlackMessage {
            ts: ts.clone(),
            thread_ts: thread_ts.map(str::to_owned),
            user: user.to_owned(),
            text: text.to_owned(),
            blocks: Value::Array(Vec::new()),
            metadata: None,
            broadcast: false,
            edits: 0,
        };
        self.with_channel(channel, |channel| channel.messages.push(message));
        ts
    }

    /// Deletes a message.
    pub fn delete(&self, channel: &str, ts: &str) {
        self.with_channel(channel, |channel| channel.messages.retain(|message| message.ts != ts));
    }

    /// Grants the app these scopes and no others.
    pub fn grant(&self, scopes: &[&str]) {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        self.change(|state| state.scopes = scopes);
    }

    /// Accepts another bot token.
    pub fn allow(&self, token: &str) {
        self.change(|state| state.bot_tokens.insert(token.to_owned()));
    }

    /// Revokes all bot tokens.
    pub fn revoke_tokens(&self) {
        self.change(|state| {
            let tokens = std::mem::take(&mut state.bot_tokens);
            state.revoked.extend(tokens);
        });
    }

    /// Triggers are good for longer than three seconds from now on: for clients that take long to start.
    pub fn keep_triggers(&self) {
        self.change(|state| state.trigger_life = Duration::from_secs(600));
    }

    /// All triggers so far are too old.
    pub fn expire_triggers(&self) {
        self.change(|state| {
            for trigger in state.triggers.values_mut() {
                trigger.since =
                    trigger.since.checked_sub(Duration::from_secs(3_600)).unwrap_or(trigger.since);
            }
        });
    }

    /// The messages of a Slack channel, replies among them, the oldest first.
    pub fn messages(&self, channel: &str) -> Vec<SlackMessage> {
        self.read_state(|state| {
            let channel = state.channels.iter().find(|one| one.id == channel);
            channel.map(|channel| channel.messages.clone()).unwrap_or_default()
        })
    }

    /// The messages of a Slack channel that are in no thread, the oldest first.
    pub fn roots(&self, channel: &str) -> Vec<SlackMessage> {
        let messages = self.messages(channel).into_iter();
        messages.filter(|message| message.thread_ts.is_none()).collect()
    }

    /// The replies in a thread, the oldest first.
    pub fn replies(&self, channel: &str, ts: &str) -> Vec<SlackMessage> {
        let messages = self.messages(channel).into_iter();
        messages.filter(|message| message.thread_ts.as_deref() == Some(ts)).collect()
    }

    /// The ephemeral messages, the oldest first.
    pub fn ephemerals(&self) -> Vec<FakeEphemeral> {
        self.read_state(|state| state.ephemerals.clone())
    }

    /// A user's open modal.
    pub fn modal(&self, user: &str) -> Option<Modal> {
        self.read_state(|state| state.modals.iter().rev().find(|modal| modal.user == user).cloned())
    }

    /// A user's home tab.
    pub fn home(&self, user: &str) -> Option<Value> {
        self.read_state(|state| state.homes.get(user).map(|home| home.view.clone()))
    }

    /// Every call so far.
    pub fn calls(&self) -> Vec<Call> {
        self.read_state(|state| state.calls.clone())
    }

    /// Every call of a method so far.
    pub fn calls_of(&self, method: &str) -> Vec<Call> {
        let calls = self.calls().into_iter();
        calls.filter(|call| call.method == method).collect()
    }

    /// Waits until `look` returns something, at most until `deadline`.
    pub async fn until<T>(
        &self,
        deadline: Duration,
        look: impl Fn(&Self) -> Option<T>,
    ) -> Option<T> {
        let mut changed = self.shared.changed.subscribe();
        let found = async {
            loop {
                changed.borrow_and_update();
                if let Some(found) = look(self) {
                    return found;
                }
                // Connections come and go without a change of the state.
                let change = changed.changed();
                drop(tokio::time::timeout(Duration::from_millis(50), change).await);
            }
        };
        tokio::time::timeout(deadline, found).await.ok()
    }

    /// Takes the answer to a submission (the body of the 200, or what came back by socket) as Slack does: closes the
    /// modal, changes it, puts another one on it, or shows errors; these by `block_id`.
    pub fn answered(
        &self,
        user: &str,
        answer: &Value,
    ) -> Result<Vec<(String, String)>, ImpossibleAction> {
        self.change(|state| state.answered(user, answer)).map_err(ImpossibleAction::new)
    }
}
