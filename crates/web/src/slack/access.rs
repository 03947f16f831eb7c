//! Who may act: the members of the status page's Slack channel, and of the user group if the settings name one.

use std::{
    collections::BTreeSet,
    future::Future,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use candor_integrations::slack::{api::ApiError, inbound::Person};
use candor_store::{SlackChannel, StoreError};
use tokio::sync::watch;

use super::{
    SOURCE,
    background::BackgroundTasks,
    handler::{SlackCaller, SlackHandler},
};

/// How long the Slack channel is cached.
const CHANNEL_TTL: Duration = Duration::from_secs(5);
/// How long a list of members is trusted without a lookup.
const MEMBERS_TTL: Duration = Duration::from_secs(60);
/// How long a person who isn't on the list isn't looked up again.
const ABSENCE_TTL: Duration = Duration::from_secs(5);
/// The oldest list that is still used when Slack doesn't answer.
const MAX_STALE: Duration = Duration::from_secs(3_600);
/// How long a click waits for a list.
const LOOKUP_TIMEOUT: Duration = Duration::from_millis(400);

// The ids of the messages that say why someone may not act.
const NO_CHANNEL: &str = "slack-denied-no-channel";
const OTHER_WORKSPACE: &str = "slack-denied-other-workspace";
const NOT_IN_CHANNEL: &str = "slack-denied-not-member";
const NOT_IN_GROUP: &str = "slack-denied-not-in-group";
const MEMBERSHIP_UNKNOWN: &str = "slack-denied-unknown";

/// The Slack channel, and the people who may act in it.
#[derive(Debug, Default)]
pub(super) struct ChannelAccess {
    channel: Mutex<Option<(Instant, SlackChannel)>>,
    members: Arc<MemberCache>,
    group: Arc<MemberCache>,
    /// The id of the organization that the workspace belongs to, if any.
    organization: Arc<MemberCache>,
}

/// How a person belongs to the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Membership {
    /// A member of the workspace.
    SameWorkspace,
    /// A member of the same organization, or Slack names none: then the members of the channel may act.
    SameOrganization,
    /// A member of another workspace or organization, in a channel that is shared with other companies.
    External,
    /// Slack can't tell at the moment which organization is ours.
    Unknown,
}

/// Why a person may not act.
#[derive(Debug, thiserror::Error)]
pub(super) enum AccessError {
    /// A sentence for them.
    #[error("{0}")]
    Denied(&'static str),
    /// The channel can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SlackHandler {
    /// The status page's Slack channel; none until it has been found.
    pub(super) async fn channel(&self) -> Result<Option<SlackChannel>, StoreError> {
        let known = self.access.channel.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((at, channel)) = &known
            && at.elapsed() < CHANNEL_TTL
        {
            return Ok(Some(channel.clone()));
        }
        match (self.store.chat_channels().await, known) {
            (Ok(channels), _) => {
                let channel = channels.into_iter().find(|channel| channel.name == SOURCE);
                let found = channel.and_then(|channel| channel.slack_channel);
                let mut known = self.access.channel.lock().unwrap_or_else(PoisonError::into_inner);
                *known = found.clone().map(|channel| (Instant::now(), channel));
                Ok(found)
            }
            // If the database stays away, the command itself fails later.
            (Err(_), Some((_, channel))) => Ok(Some(channel)),
            (Err(error), None) => Err(error),
        }
    }

    /// Drops the cached channel, since its name or id has changed.
    pub(super) fn forget_channel(&self) {
        *self.access.channel.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Checks that this person may see the incidents; returns the channel if there is one.
    ///
    /// # Errors
    /// They may not, or the database can't be read.
    pub(super) async fn authorize_viewer(
        &self,
        person: &Person,
    ) -> Result<Option<SlackChannel>, AccessError> {
        let Some(channel) = self.channel().await? else { return Ok(None) };
        match self.membership(person, &channel).await {
            Membership::SameWorkspace | Membership::SameOrganization => Ok(Some(channel)),
            Membership::External => Err(AccessError::Denied(OTHER_WORKSPACE)),
            Membership::Unknown => Err(AccessError::Denied(MEMBERSHIP_UNKNOWN)),
        }
    }

    async fn membership(&self, person: &Person, channel: &SlackChannel) -> Membership {
        match person.team.as_deref() {
            Some(team) if team == channel.team => Membership::SameWorkspace,
            None => Membership::SameOrganization,
            // For members of an organization, Slack may send its id (E…) in place of a workspace's.
            Some(team) if team.starts_with('E') => {
                match self.is_our_organization(team, channel).await {
                    Some(true) => Membership::SameOrganization,
                    Some(false) => Membership::External,
                    None => Membership::Unknown,
                }
            }
            Some(_) => Membership::External,
        }
    }

    /// Checks that this person may act from where they are; returns the channel.
    ///
    /// # Errors
    /// They may not, or the database can't be read.
    pub(super) async fn authorize(
        &self,
        caller: &SlackCaller,
    ) -> Result<SlackChannel, AccessError> {
        let channel = self.channel().await?.ok_or(AccessError::Denied(NO_CHANNEL))?;
        let membership = self.membership(&caller.person, &channel).await;
        match membership {
            Membership::External => return Err(AccessError::Denied(OTHER_WORKSPACE)),
            Membership::Unknown => return Err(AccessError::Denied(MEMBERSHIP_UNKNOWN)),
            Membership::SameWorkspace | Membership::SameOrganization => {}
        }
        let (is_member, is_in_group) = futures::join!(
            self.is_member(&caller.person, &channel),
            self.is_in_group(&caller.person),
        );
        // Everybody in the workspace can open a public channel and press its buttons. While Slack can't list the
        // members, that is better than nobody.
        let is_there =
            caller.channel.as_ref() == Some(&channel.id) && membership == Membership::SameWorkspace;
        match (is_member.or(is_there.then_some(true)), is_in_group) {
            (Some(false), _) => Err(AccessError::Denied(NOT_IN_CHANNEL)),
            (_, Some(false)) => Err(AccessError::Denied(NOT_IN_GROUP)),
            (None, _) | (_, None) => Err(AccessError::Denied(MEMBERSHIP_UNKNOWN)),
            (Some(true), Some(true)) => Ok(channel),
        }
    }

    /// The same; replies to the person if they may not act.
    pub(super) async fn authorize_or_reply(
        self: &Arc<Self>,
        caller: &SlackCaller,
    ) -> Result<Option<SlackChannel>, StoreError> {
        match self.authorize(caller).await {
            Ok(channel) => Ok(Some(channel)),
            Err(AccessError::Denied(why)) => {
                self.reply_later(caller.clone(), self.language().say(why));
                Ok(None)
            }
            Err(AccessError::Store(error)) => Err(error),
        }
    }

    /// Looks up the members of the channel, so that the list is there when a form comes back.
    pub(super) fn prefetch_members(&self, channel: &SlackChannel) {
        let (api, id) = (self.api.clone(), channel.id.clone());
        if !self.access.members.is_fresh(&channel.id) {
            self.access
                .members
                .ask_slack(&channel.id, &self.tasks, async move { api.members(&id).await });
        }
    }

    async fn is_member(&self, person: &Person, channel: &SlackChannel) -> Option<bool> {
        let (api, id) = (self.api.clone(), channel.id.clone());
        let ask = async move { api.members(&id).await };
        self.access.members.holds(&person.id, &channel.id, &self.tasks, ask).await
    }

    async fn is_our_organization(&self, id: &str, channel: &SlackChannel) -> Option<bool> {
        let api = self.api.clone();
        let ask = async move {
            let us = api.auth_test().await;
            us.map(|us| us.organization.into_iter().collect::<BTreeSet<_>>())
        };
        self.access.organization.holds(id, &channel.team, &self.tasks, ask).await
    }

    async fn is_in_group(&self, person: &Person) -> Option<bool> {
        let Some(group) = self.settings.user_group.clone() else { return Some(true) };
        let (api, id) = (self.api.clone(), group.clone());
        let ask = async move { api.group_members(&id).await };
        self.access.group.holds(&person.id, &group, &self.tasks, ask).await
    }
}

/// The members of a channel or user group. Concurrent requests share one lookup.
#[derive(Debug, Default)]
struct MemberCache {
    known: watch::Sender<CachedMember>,
    is_asking: AtomicBool,
}

#[derive(Debug, Clone, Default)]
struct CachedMember {
    /// The id of a Slack channel or a user group.
    of: String,
    /// The members, and when they were looked up.
    members: Option<(Instant, Arc<BTreeSet<String>>)>,
    /// How many lookups have ended, successfully or not.
    lookups: u64,
}

impl CachedMember {
    /// Whether `user` is a member, and the age of that knowledge.
    fn holds(&self, of: &str, user: &str) -> Option<(bool, Duration)> {
        let (at, members) = self.members.as_ref().filter(|_| self.of == of)?;
        Some((members.contains(user), at.elapsed())).filter(|(_, age)| *age < MAX_STALE)
    }
}

impl MemberCache {
    fn is_fresh(&self, of: &str) -> bool {
        self.known.borrow().holds(of, "").is_some_and(|(_, age)| age < MEMBERS_TTL)
    }

    /// Whether `user` is a member; none if that can't be found out now. `ask` looks the members up.
    async fn holds(
        self: &Arc<Self>,
        user: &str,
        of: &str,
        tasks: &BackgroundTasks,
        ask: impl Future<Output = Result<BTreeSet<String>, ApiError>> + Send + 'static,
    ) -> Option<bool> {
        let mut known = self.known.subscribe();
        let (before, lookups) = {
            let known = known.borrow_and_update();
            (known.holds(of, user), known.lookups)
        };
        match before {
            Some((true, age)) if age < MEMBERS_TTL => return Some(true),
            Some((false, age)) if age < ABSENCE_TTL => return Some(false),
            // Good enough for now; the lookup is for the next request.
            Some((true, _)) => {
                self.ask_slack(of, tasks, ask);
                return Some(true);
            }
            Some((false, _)) | None => self.ask_slack(of, tasks, ask),
        }
        let answered = known.wait_for(|known| known.lookups > lookups);
        match tokio::time::timeout(LOOKUP_TIMEOUT, answered).await {
            Ok(Ok(known)) => known.holds(of, user).map(|(holds, _)| holds),
            Ok(Err(_)) | Err(_) => before.map(|(holds, _)| holds),
        }
    }

    /// Looks the members up, unless a lookup is under way.
    fn ask_slack(
        self: &Arc<Self>,
        of: &str,
        tasks: &BackgroundTasks,
        ask: impl Future<Output = Result<BTreeSet<String>, ApiError>> + Send + 'static,
    ) {
        if self.is_asking.swap(true, Ordering::AcqRel) {
            return;
        }
        let (cache, of) = (LookupInProgress(Arc::clone(self)), of.to_owned());
        tasks.start(async move {
            let answer = ask.await;
            cache.0.known.send_modify(|known| {
                known.lookups = known.lookups.wrapping_add(1);
                match answer {
                    Ok(members) => {
                        known.of = of;
                        known.members = Some((Instant::now(), Arc::new(members)));
                    }
                    Err(error) => {
                        tracing::warn!(source = SOURCE, %error, "the members can't be read from Slack");
                    }
                }
            });
        });
    }
}

/// A lookup under way, until it is dropped: also when the task is canceled.
struct LookupInProgress(Arc<MemberCache>);

impl Drop for LookupInProgress {
    fn drop(&mut self) {
        self.0.is_asking.store(false, Ordering::Release);
    }
}
