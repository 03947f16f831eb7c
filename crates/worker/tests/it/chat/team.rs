//! A site whose team uses Slack.

use candor_store::Queue;
use std::time::Duration;

use candor_core::{ActorId, Command, IncidentNumber, Notify};
use candor_testkit::{
    slack::{SlackMessage, Workspace},
    story::{self, raise_with_message, update_with_text},
};
use candor_worker::WorkerSettings;

use crate::test_site::{Running, TestSite};

/// No test waits longer than this: a few failed attempts are half a minute apart.
const DEADLINE: Duration = Duration::from_secs(120);

/// A page, a workspace, and the Slack channel that the settings name.
pub(super) struct Team {
    pub(super) site: TestSite,
    pub(super) workspace: Workspace,
    pub(super) slack_channel: String,
    /// Ada's operator id.
    pub(super) ada: ActorId,
}

impl Team {
    pub(super) async fn of(site: TestSite) -> Self {
        let workspace = Workspace::start().await.unwrap();
        let slack_channel = workspace.add_channel("incidents", false);
        let ada = site.store.operator("slack", "T1/U1", "Ada").await.unwrap();
        Self { site, workspace, slack_channel, ada }
    }

    /// Starts a worker that posts faster than Slack would like.
    pub(super) fn start(&self) -> Running {
        self.start_with(|_| {})
    }

    pub(super) fn start_with(&self, change: impl FnOnce(&mut WorkerSettings)) -> Running {
        self.site.start_with(|settings| {
            self.set_up_slack(settings);
            change(settings);
        })
    }

    /// Starts one of several workers.
    pub(super) fn join_with(&self, change: impl FnOnce(&mut WorkerSettings)) -> Running {
        self.site.join_with(|settings| {
            self.set_up_slack(settings);
            change(settings);
        })
    }

    fn set_up_slack(&self, settings: &mut WorkerSettings) {
        settings.slack = Some(self.workspace.settings("#incidents"));
        settings.chat_interval = Duration::from_millis(5);
        settings.lease = Duration::from_secs(20);
    }

    pub(super) async fn by_ada(&self, command: Command) -> IncidentNumber {
        self.site.execute_as(self.ada.clone(), command).await
    }

    pub(super) async fn confirm(&self, incident: IncidentNumber) {
        self.by_ada(story::confirm(incident)).await;
    }

    pub(super) async fn update(&self, incident: IncidentNumber, wanted_text: &str) {
        self.by_ada(update_with_text(incident, wanted_text, None, Notify::Default)).await;
    }

    pub(super) async fn resolve(&self, incident: IncidentNumber) {
        self.by_ada(story::resolve(incident)).await;
    }

    pub(super) async fn raise(&self, id: &str) -> IncidentNumber {
        self.by_ada(raise_with_message(id, "it burns")).await
    }

    pub(super) async fn clear(&self, id: &str) {
        self.by_ada(story::clear(id)).await;
    }

    pub(super) fn roots(&self) -> Vec<SlackMessage> {
        self.workspace.roots(&self.slack_channel)
    }

    /// The replies to the only root message.
    pub(super) fn replies(&self) -> Vec<SlackMessage> {
        let roots = self.roots();
        let [root] = &roots[..] else { panic!("not one root: {roots:?}") };
        self.workspace.replies(&self.slack_channel, &root.ts)
    }

    /// The only root message, once it is as `wanted`.
    pub(super) async fn root(
        &self,
        what: &str,
        wanted: impl Fn(&SlackMessage) -> bool,
    ) -> SlackMessage {
        self.until(what, || self.roots().first().is_some_and(&wanted)).await;
        let roots = self.roots();
        assert_eq!(roots.len(), 1, "{roots:?}");
        roots[0].clone()
    }

    /// The reply with this text, once there is one.
    pub(super) async fn reply(&self, wanted_text: &str) -> SlackMessage {
        let find = || {
            let messages = self.workspace.messages(&self.slack_channel).into_iter();
            messages
                .filter(|message| message.thread_ts.is_some())
                .find(|reply| contains_text(reply, wanted_text))
        };
        self.until(&format!("a reply {wanted_text:?}"), || find().is_some()).await;
        find().unwrap()
    }

    /// Waits until `wanted` holds.
    pub(super) async fn until(&self, what: &str, wanted: impl Fn() -> bool) {
        if self.workspace.until(DEADLINE, |_| wanted().then_some(())).await.is_none() {
            let calls: Vec<_> = self
                .workspace
                .calls()
                .into_iter()
                .map(|call| (call.method, call.failure, call.answer.map(|a| a["error"].clone())))
                .collect();
            panic!(
                "{what}: not in time; {:#?}\ncalls {calls:?}\ndeliveries {:?}\nrooms {:?}",
                self.workspace.messages(&self.slack_channel),
                self.site.store.deliveries(100).await,
                self.site.store.chat_channels().await
            );
        }
    }

    /// Waits until no thread is due any more.
    pub(super) async fn is_quiet(&self) {
        self.site
            .until("chat is quiet", async || {
                let depth = self.site.store.queue_depth(Queue::Chat).await.unwrap();
                depth.due == 0 && depth.delayed == 0 && depth.running == 0
            })
            .await;
    }

    /// The recorded problem of the chat channel.
    async fn problem(&self) -> Option<String> {
        let rooms = self.site.store.chat_channels().await.unwrap();
        rooms
            .into_iter()
            .find(|chat_channel| chat_channel.name == "slack")
            .and_then(|chat_channel| chat_channel.problem)
    }

    pub(super) async fn until_problem(&self, wanted_text: &str) {
        self.site
            .until(&format!("a problem {wanted_text:?}"), async || {
                self.problem().await.is_some_and(|problem| problem.contains(wanted_text))
            })
            .await;
    }

    pub(super) async fn until_fixed(&self) {
        self.site.until("no trouble", async || self.problem().await.is_none()).await;
    }
}

/// The buttons of a message, in order.
pub(super) fn buttons(message: &SlackMessage) -> Vec<String> {
    let blocks = message.blocks.as_array().into_iter().flatten();
    let elements = blocks.filter_map(|block| block["elements"].as_array()).flatten();
    elements.filter_map(|element| element["action_id"].as_str()).map(str::to_owned).collect()
}

/// Whether a message contains this text.
pub(super) fn contains_text(message: &SlackMessage, wanted_text: &str) -> bool {
    message.text.contains(wanted_text) || message.blocks.to_string().contains(wanted_text)
}
