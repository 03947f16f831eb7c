//! The settings of a worker, and why they can be unusable.

use std::time::Duration;

use apalis::prelude::MonitorError;
use candor_content::link::Links;
use candor_core::SiteName;
use candor_integrations::{
    HttpSetupError,
    mail::{InvalidMailSettings, MailSettings},
    ping::PingTarget,
    slack::{
        SlackSettings,
        api::{ApiError, InvalidApi},
    },
    webhook::{AllowedTargets, HookSettings, WebhookSettings},
};
use candor_store::Queue;

use crate::{
    health::WorkerHealth,
    wake_up::{RedisProblem, Transport},
};

/// The settings of a worker.
#[derive(Debug, Clone)]
pub struct WorkerSettings {
    /// The page's name, unless operators have set one in the log.
    pub site_name: SiteName,
    /// Makes the links in mails.
    pub links: Links,
    /// The mail server; without it, mails wait.
    pub mail: Option<MailSettings>,
    /// The team's Slack, if there is one.
    pub slack: Option<SlackSettings>,
    /// An incoming webhook for the team, if there is one.
    pub chat_webhook: Option<WebhookSettings>,
    /// How subscribers' webhooks are called.
    pub hooks: HookSettings,
    /// What is called each minute as long as all is well, if anything.
    pub dead_mans_switch: Option<PingTarget>,
    /// The minimum time between two messages to a chat channel, across all processes.
    pub chat_interval: Duration,
    /// Concurrent sends per queue. Chat has its own number.
    pub concurrency: u32,
    /// How long a claimed delivery belongs to this worker. A send times out after three quarters of it.
    pub lease: Duration,
    /// How often the other side is probed while it is unreachable.
    pub probe_interval: Duration,
    /// No other worker process can exist: at the start, a dead one's leases are released at once.
    pub alone: bool,
    /// The queues that it serves.
    pub queues: Vec<Queue>,
    /// How wake-ups reach it.
    pub transport: Transport,
    /// Where it reports its health.
    pub health: WorkerHealth,
}

impl WorkerSettings {
    /// Default settings for a page with this name, without mail and chat.
    #[must_use]
    pub fn new(site_name: impl Into<SiteName>, links: Links) -> Self {
        Self {
            site_name: site_name.into(),
            hooks: HookSettings::new(links.site(), AllowedTargets::default()),
            links,
            mail: None,
            slack: None,
            chat_webhook: None,
            dead_mans_switch: None,
            chat_interval: Duration::from_secs(1),
            concurrency: 20,
            lease: Duration::from_secs(60),
            probe_interval: Duration::from_secs(5),
            alone: false,
            queues: Queue::ALL.to_vec(),
            transport: Transport::default(),
            health: WorkerHealth::default(),
        }
    }
}

/// Why a worker ended by itself.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The mail settings can't be used.
    #[error(transparent)]
    Mail(#[from] InvalidMailSettings),
    /// The settings of Slack can't be used.
    #[error(transparent)]
    Slack(#[from] InvalidApi),
    /// The chat webhook can't be called.
    #[error("the chat webhook can't be called: {0}")]
    Webhook(#[from] ApiError),
    /// Subscribers' webhooks can't be called.
    #[error("the addresses of subscribers can't be called")]
    Hooks(#[source] HttpSetupError),
    /// The settings of Redis can't be used.
    #[error(transparent)]
    Redis(#[from] RedisProblem),
    /// A queue's runtime ended.
    #[error("the worker ended: {0}")]
    Ended(#[from] MonitorError),
}
