//! The chat channel in Slack: its threads, and whether it works.

use std::{sync::Arc, time::Duration};

use candor_core::IncidentNumber;
use candor_integrations::slack::{SlackSettings, api::Api};
use candor_store::{Store, Thread};
use tokio::time::{Instant, sleep};

use super::{
    ChatTeam, SLACK,
    channel_finder::ChannelFinder,
    facts::IncidentFacts,
    sender::{self, ChatSender},
    thread_sync::{Abort, ThreadSync},
};
use crate::{channel::DeliveryError, settings::WorkerError};

/// How often a thread is planned again in one go, if its root message was deleted or moved to another Slack channel.
const MAX_PLANS: usize = 3;
/// How often recorded problems are checked, in case they are over.
const CHECK_INTERVAL: Duration = Duration::from_secs(15);
/// How often token and Slack channel are checked while nothing has to be posted.
const PROBE_INTERVAL: Duration = Duration::from_secs(10 * 60);

/// The threads in Slack.
pub(super) struct SlackThreads {
    pub(super) api: Api,
    pub(super) sender: Arc<ChatSender>,
    pub(super) finder: ChannelFinder,
}

impl SlackThreads {
    pub(super) fn new(
        settings: &SlackSettings,
        interval: Duration,
        team: Arc<ChatTeam>,
    ) -> Result<Self, WorkerError> {
        let api = Api::new(settings)?;
        let sender = Arc::new(ChatSender::new(SLACK, interval, team));
        let finder = ChannelFinder::new(api.clone(), sender.clone(), &settings.channel);
        Ok(Self { api, sender, finder })
    }

    /// Brings the incident's thread up to date with the log, at least up to the event `seq`.
    pub(super) async fn bring_up(
        &self,
        incident: IncidentNumber,
        seq: u64,
    ) -> Result<String, DeliveryError> {
        for _round in 0..MAX_PLANS {
            let thread = self.thread(incident).await?;
            let facts =
                IncidentFacts::gather(&self.sender.team, incident, seq, thread.noted).await?;
            match ThreadSync::new(self, incident).settle_and_do(thread, &facts).await {
                Ok(done) => return Ok(done),
                Err(Abort::Replan) => {}
                Err(Abort::Failed(failure)) => return Err(failure),
            }
        }
        Err(sender::later(None, "the thread's messages disappear while it is brought up to date"))
    }

    /// Checks token and Slack channel regularly, so that a problem is recorded before something has to be posted, and
    /// cleared when it is over.
    pub(super) async fn tend(&self) {
        let mut tried: Option<Instant> = None;
        loop {
            let problem = self.sender.has_problem().await;
            let due = tried.is_none_or(|tried| tried.elapsed() > PROBE_INTERVAL);
            if problem == Some(true) || (problem == Some(false) && due) {
                tried = Some(Instant::now());
                match self.finder.refresh().await {
                    Ok(_id) => {
                        self.sender.recheck();
                        self.sender.works().await;
                    }
                    Err(failure) => tracing::debug!(%failure, "Slack was tried in vain"),
                }
            }
            sleep(if problem.is_none() { Duration::from_secs(1) } else { CHECK_INTERVAL }).await;
        }
    }

    pub(super) async fn thread(&self, incident: IncidentNumber) -> Result<Thread, DeliveryError> {
        self.store().thread(SLACK, incident).await.map_err(sender::database)
    }

    pub(super) fn store(&self) -> &Store {
        &self.sender.team.store
    }
}
