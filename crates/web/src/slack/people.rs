//! Slack users as operators: the log holds an opaque id, and the name is kept beside it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use candor_content::notification_text::ReaderPreferences;
use candor_core::{ActorId, Board, Incident, Refusal};
use candor_integrations::slack::{SlackContext, inbound::Person};
use candor_store::{OperatorRow, StoreError};

use super::{SOURCE, handler::SlackHandler};

/// How many people are cached.
const MAX_PEOPLE: usize = 1_000;
/// How long a person is cached; someone who is erased meanwhile is looked up again after that.
const PEOPLE_TTL: Duration = Duration::from_secs(300);
/// The longest name, in characters.
const MAX_NAME_CHARS: usize = 80;
/// How long a reply waits for the names in it.
const NAMES_DEADLINE: Duration = Duration::from_millis(300);
/// How many incidents besides the open ones have their people's names looked up.
const RECENT: usize = 20;

/// The people who acted recently.
#[derive(Debug, Default)]
pub(super) struct People(Mutex<BTreeMap<String, CachedPerson>>);

#[derive(Debug, Clone)]
struct CachedPerson {
    name: String,
    actor: ActorId,
    since: Instant,
}

impl People {
    fn get(&self, key: &str) -> Option<CachedPerson> {
        let mut people = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if people.get(key).is_some_and(|known| known.since.elapsed() > PEOPLE_TTL) {
            return people.remove(key);
        }
        people.get(key).cloned()
    }

    fn insert(&self, key: &str, name: String, actor: ActorId) {
        let mut people = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if people.len() >= MAX_PEOPLE {
            people.clear();
        }
        people.insert(key.to_owned(), CachedPerson { name, actor, since: Instant::now() });
    }
}

/// The names of operators, by id.
pub(super) type Names = BTreeMap<ActorId, OperatorRow>;

impl SlackHandler {
    /// The operator that `person` is. `team` is our workspace: people are known by it even if Slack names the
    /// organization or nothing, so that nobody becomes two operators.
    pub(super) async fn actor(
        self: &Arc<Self>,
        team: &str,
        person: &Person,
    ) -> Result<ActorId, StoreError> {
        let key = Person { team: Some(team.to_owned()), ..person.clone() }.key();
        let known = self.people.get(&key);
        let given = person.name.as_deref().map(clean_name).filter(|name| !name.is_empty());
        if let Some(known) = &known
            && given.as_ref().is_none_or(|given| *given == known.name)
        {
            return Ok(known.actor.clone());
        }
        let nameless = given.is_none() && known.is_none();
        let name = given.or_else(|| known.map(|known| known.name));
        let name = name.unwrap_or_else(|| person.id.clone());
        let actor = self.store.operator(SOURCE, &key, &name).await?;
        self.people.insert(&key, name, actor.clone());
        if nameless {
            self.ask_for_name(key, person.id.clone());
        }
        Ok(actor)
    }

    fn ask_for_name(self: &Arc<Self>, key: String, user: String) {
        let handler = Arc::clone(self);
        self.tasks.start(async move {
            let Ok(Some(name)) = handler.api.user_name(&user).await else { return };
            let name = clean_name(&name);
            if let Ok(actor) = handler.store.operator(SOURCE, &key, &name).await {
                handler.people.insert(&key, name, actor);
            }
        });
    }

    /// The names of everybody involved in these incidents, and of `also`; none if the lookup takes too long.
    async fn names<'a>(
        &self,
        incidents: impl Iterator<Item = &'a Incident>,
        also: Option<&ActorId>,
    ) -> Names {
        let mut ids: Vec<_> = incidents
            .flat_map(|incident| {
                let entries = incident.timeline.iter().filter_map(|entry| entry.by.as_ref());
                entries.chain(incident.proposal.as_ref().map(|proposal| &proposal.by))
            })
            .chain(also)
            .cloned()
            .collect();
        ids.sort_unstable();
        ids.dedup();
        match tokio::time::timeout(NAMES_DEADLINE, self.store.operators(&ids)).await {
            Ok(Ok(names)) => names,
            Ok(Err(_)) | Err(_) => Names::new(),
        }
    }

    /// The names that the present state may mention.
    pub(super) async fn current_names(&self, board: &Board) -> Names {
        self.names(board.open().chain(board.incidents().take(RECENT)), None).await
    }

    /// The names that a refusal may mention.
    pub(super) async fn names_in(&self, board: &Board, refusal: &Refusal) -> Names {
        let (incident, by) = subject(refusal);
        self.names(incident.and_then(|number| board.incident(number)).into_iter(), by).await
    }

    /// Calls `say` with these names.
    pub(super) fn with_context<T>(
        &self,
        board: &Board,
        names: &Names,
        say: impl FnOnce(&SlackContext<'_>) -> T,
    ) -> T {
        let name = |id: &ActorId| names.get(id).map_or_else(String::new, |row| row.name.clone());
        let reader = ReaderPreferences::of_site(&board.site);
        say(&SlackContext {
            site_name: self.site_name.of(Some(&board.site)),
            links: &self.links,
            reader: &reader,
            two_people: self.settings.two_people,
            names: &name,
        })
    }
}

fn clean_name(name: &str) -> String {
    let line: String = name.chars().filter(|c| !c.is_control()).collect();
    line.trim().chars().take(MAX_NAME_CHARS).collect()
}

/// The incident that a refusal is about, and who was faster.
fn subject(refusal: &Refusal) -> (Option<candor_core::IncidentNumber>, Option<&ActorId>) {
    match refusal {
        Refusal::Already { incident, by, .. } => (Some(*incident), by.as_ref()),
        Refusal::NoSuchIncident(incident)
        | Refusal::NotSuspected { incident, .. }
        | Refusal::SamePerson { incident }
        | Refusal::NotDismissed { incident, .. }
        | Refusal::NotConfirmed { incident }
        | Refusal::NotStarted { incident }
        | Refusal::NotOver { incident, .. }
        | Refusal::WasDismissed { incident }
        | Refusal::UnderWay { incident }
        | Refusal::NotPlannedMaintenance { incident }
        | Refusal::StaysMaintenance { incident }
        | Refusal::Canceled { incident }
        | Refusal::NotMaintenance { incident, .. }
        | Refusal::NoSuchUpdate { incident, .. } => (Some(*incident), None),
        Refusal::NotDeclarable(_)
        | Refusal::HasNoEnd(_)
        | Refusal::NotAnUpdateStatus(_)
        | Refusal::NoText
        | Refusal::EndsBeforeItBegins
        | Refusal::InTheFuture
        | Refusal::WindowIsOver
        | Refusal::NothingToChange
        | Refusal::NobodyNamed => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_cache_is_bounded() {
        let people = People::default();
        let actor = ActorId::parse("operator-1").unwrap();
        for person in 0..5 * MAX_PEOPLE {
            let key = format!("T1/U{person}");
            people.insert(&key, "somebody".to_owned(), actor.clone());
            assert!(people.get(&key).is_some());
        }
        let cached =
            (0..5 * MAX_PEOPLE).filter(|person| people.get(&format!("T1/U{person}")).is_some());
        assert!(cached.count() <= MAX_PEOPLE);
    }

    #[test]
    fn name_of_a_person_is_one_short_line() {
        assert_eq!(clean_name("  Ada\u{0}\n "), "Ada");
        assert_eq!(clean_name(&"é".repeat(200)).chars().count(), MAX_NAME_CHARS);
    }
}
