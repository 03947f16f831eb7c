//! Who may act: whoever is in the room's Slack channel, and in the user group where there is one.

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

/// How long it is believed where the room is.
const ROOM_FOR: Duration = Duration::from_secs(5);
/// How long a list of people is taken as it is.
const FRESH: Duration = Duration::from_secs(60);
/// How long somebody isn't looked for again who wasn't on it.
const ABSENT_FOR: Duration = Duration::from_secs(5);
/// How long a list is better than none, when Slack doesn't answer.
const STALE: Duration = Duration::from_secs(3_600);
/// How long a click waits for a list.
const DEADLINE: Duration = Duration::from_millis(400);

// Why somebody may not act: the names of messages.
const UNPLACED: &str = "slack-denied-no-channel";
const STRANGER: &str = "slack-denied-other-workspace";
const OUTSIDE: &str = "slack-denied-not-member";
const NOT_CHOSEN: &str = "slack-denied-not-in-group";
const UNSURE: &str = "slack-denied-unknown";

/// What is known of where the room is and who is there.
#[derive(Debug, Default)]
pub(super) struct ChannelAccess {
    room: Mutex<Option<(Instant, SlackChannel)>>,
    members: Arc<MemberCache>,
    group: Arc<MemberCache>,
    /// The organisation that the workspace belongs to: its id alone, or nothing.
    organization: Arc<MemberCache>,
}

/// How somebody belongs to the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Membership {
    /// They are of the workspace.
    Colleague,
    /// They are of the same organisation, or Slack doesn't name any: who is in the Slack channel is.
    Perhaps,
    /// They are of another one. In a channel that is shared with others, its members are strangers, too.
    Stranger,
    /// Slack doesn't say at the moment which organisation is ours.
    Unknown,
}

impl SlackHandler {
    /// Where the room is; none as long as nobody has found it.
    pub(super) async fn room(&self) -> Result<Option<SlackChannel>, StoreError> {
        let known = self.access.room.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((at, room)) = &known
            && at.elapsed() < ROOM_FOR
        {
            return Ok(Some(room.clone()));
        }
        match (self.store.chat_channels().await, known) {
            (Ok(rooms), _) => {
                let room = rooms.into_iter().find(|room| room.name == SOURCE);
                let found = room.and_then(|room| room.slack_channel);
                let mut known = self.access.room.lock().unwrap_or_else(PoisonError::into_inner);
                *known = found.clone().map(|room| (Instant::now(), room));
                Ok(found)
            }
            // What a click wants is refused later, if the database doesn't come back.
            (Err(_), Some((_, room))) => Ok(Some(room)),
            (Err(error), None) => Err(error),
        }
    }

    /// The room has moved or has another name.
    pub(super) fn forget_room(&self) {
        *self.access.room.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The room, if this person may look at how things stand; else the message that says why not.
    pub(super) async fn may_look(
        &self,
        person: &Person,
    ) -> Result<Result<Option<SlackChannel>, &'static str>, StoreError> {
        let Some(room) = self.room().await? else { return Ok(Ok(None)) };
        Ok(match self.bond(person, &room).await {
            Membership::Colleague | Membership::Perhaps => Ok(Some(room)),
            Membership::Stranger => Err(STRANGER),
            Membership::Unknown => Err(UNSURE),
        })
    }

    async fn bond(&self, person: &Person, room: &SlackChannel) -> Membership {
        match person.team.as_deref() {
            Some(team) if team == room.team => Membership::Colleague,
            None => Membership::Perhaps,
            // Of whoever belongs to an organisation, Slack may name that (E…) instead of a workspace.
            Some(team) if team.starts_with('E') => match self.is_our_organization(team, room).await
            {
                Some(true) => Membership::Perhaps,
                Some(false) => Membership::Stranger,
                None => Membership::Unknown,
            },
            Some(_) => Membership::Stranger,
        }
    }

    /// The room, if this person may act from there; else the message that says why not.
    pub(super) async fn may_act(
        &self,
        caller: &SlackCaller,
    ) -> Result<Result<SlackChannel, &'static str>, StoreError> {
        let Some(room) = self.room().await? else { return Ok(Err(UNPLACED)) };
        let bond = self.bond(&caller.person, &room).await;
        match bond {
            Membership::Stranger => return Ok(Err(STRANGER)),
            Membership::Unknown => return Ok(Err(UNSURE)),
            Membership::Colleague | Membership::Perhaps => {}
        }
        let (member, chosen) =
            futures::join!(self.is_member(&caller.person, &room), self.is_chosen(&caller.person),);
        // Anybody of the workspace may look at a public channel and press what they see there. As long as Slack
        // doesn't say who is in it, that is better than nobody.
        let is_there = caller.channel.as_ref() == Some(&room.id) && bond == Membership::Colleague;
        let member = member.or(is_there.then_some(true));
        Ok(match (member, chosen) {
            (Some(false), _) => Err(OUTSIDE),
            (_, Some(false)) => Err(NOT_CHOSEN),
            (None, _) | (_, None) => Err(UNSURE),
            (Some(true), Some(true)) => Ok(room),
        })
    }

    /// The room, if this person may act from there; else they are told why not.
    pub(super) async fn admit(
        self: &Arc<Self>,
        caller: &SlackCaller,
    ) -> Result<Option<SlackChannel>, StoreError> {
        Ok(match self.may_act(caller).await? {
            Ok(room) => Some(room),
            Err(why) => {
                self.say(caller.clone(), self.language().say(why));
                None
            }
        })
    }

    /// Learns who is in the Slack channel, for what comes next from a form.
    pub(super) fn foresee(&self, room: &SlackChannel) {
        let (api, id) = (self.api.clone(), room.id.clone());
        if !self.access.members.is_fresh(&room.id) {
            self.access.members.look(
                &room.id,
                &self.errands,
                async move { api.members(&id).await },
            );
        }
    }

    async fn is_member(&self, person: &Person, room: &SlackChannel) -> Option<bool> {
        let (api, id) = (self.api.clone(), room.id.clone());
        let ask = async move { api.members(&id).await };
        self.access.members.holds(&person.id, &room.id, &self.errands, ask).await
    }

    async fn is_our_organization(&self, id: &str, room: &SlackChannel) -> Option<bool> {
        let api = self.api.clone();
        let ask = async move {
            let us = api.auth_test().await;
            us.map(|us| us.organization.into_iter().collect::<BTreeSet<_>>())
        };
        self.access.organization.holds(id, &room.team, &self.errands, ask).await
    }

    async fn is_chosen(&self, person: &Person) -> Option<bool> {
        let Some(group) = self.settings.user_group.clone() else { return Some(true) };
        let (api, id) = (self.api.clone(), group.clone());
        let ask = async move { api.group_members(&id).await };
        self.access.group.holds(&person.id, &group, &self.errands, ask).await
    }
}

/// A set of people that Slack keeps, as we know it. However many ask, Slack is asked once at a time.
#[derive(Debug, Default)]
struct MemberCache {
    known: watch::Sender<CachedMember>,
    looking: AtomicBool,
}

#[derive(Debug, Clone, Default)]
struct CachedMember {
    /// Whose members: a Slack channel's id, or a user group's.
    of: String,
    /// Who, and as of when.
    members: Option<(Instant, Arc<BTreeSet<String>>)>,
    /// How often Slack was asked, with or without an answer.
    looks: u64,
}

impl CachedMember {
    /// Whether `user` is one of them, and how old that is.
    fn holds(&self, of: &str, user: &str) -> Option<(bool, Duration)> {
        let (at, members) = self.members.as_ref().filter(|_| self.of == of)?;
        Some((members.contains(user), at.elapsed())).filter(|(_, age)| *age < STALE)
    }
}

impl MemberCache {
    fn is_fresh(&self, of: &str) -> bool {
        self.known.borrow().holds(of, "").is_some_and(|(_, age)| age < FRESH)
    }

    /// Whether `user` belongs to it; none if that can't be found out now. `ask` asks Slack, if it has to be asked.
    async fn holds(
        self: &Arc<Self>,
        user: &str,
        of: &str,
        errands: &BackgroundTasks,
        ask: impl Future<Output = Result<BTreeSet<String>, ApiError>> + Send + 'static,
    ) -> Option<bool> {
        let mut known = self.known.subscribe();
        let (before, looks) = {
            let known = known.borrow_and_update();
            (known.holds(of, user), known.looks)
        };
        match before {
            Some((true, age)) if age < FRESH => return Some(true),
            Some((false, age)) if age < ABSENT_FOR => return Some(false),
            // Good enough for this time; the next one knows more.
            Some((true, _)) => {
                self.look(of, errands, ask);
                return Some(true);
            }
            Some((false, _)) | None => self.look(of, errands, ask),
        }
        let looked = known.wait_for(|known| known.looks > looks);
        match tokio::time::timeout(DEADLINE, looked).await {
            Ok(Ok(known)) => known.holds(of, user).map(|(holds, _)| holds),
            Ok(Err(_)) | Err(_) => before.map(|(holds, _)| holds),
        }
    }

    /// Asks Slack, unless somebody does already.
    fn look(
        self: &Arc<Self>,
        of: &str,
        errands: &BackgroundTasks,
        ask: impl Future<Output = Result<BTreeSet<String>, ApiError>> + Send + 'static,
    ) {
        if self.looking.swap(true, Ordering::AcqRel) {
            return;
        }
        let (circle, of) = (LookupInProgress(Arc::clone(self)), of.to_owned());
        errands.start(async move {
            let answer = ask.await;
            circle.0.known.send_modify(|known| {
                known.looks = known.looks.wrapping_add(1);
                match answer {
                    Ok(members) => {
                        known.of = of;
                        known.members = Some((Instant::now(), Arc::new(members)));
                    }
                    Err(error) => {
                        tracing::warn!(source = SOURCE, %error, "who may act can't be found out");
                    }
                }
            });
        });
    }
}

/// Slack is being asked, until this goes: also when the errand is given up.
struct LookupInProgress(Arc<MemberCache>);

impl Drop for LookupInProgress {
    fn drop(&mut self) {
        self.0.looking.store(false, Ordering::Release);
    }
}
