use std::collections::BTreeSet;

use candor_content::{link::Links, notification_text::ReaderPreferences};
use candor_core::{
    ActorId, AlertKey, AlertMessage, Board, Command, CommandContext as Deciding, IncidentAction,
    IncidentNumber, MaintenancePlan, Notify, Occurrence, Text, Title, Window, decide,
};
use candor_store::ChatMessage;
use jiff::SignedDuration;
use uuid::Uuid;

use super::*;

/// A log in which events are a minute apart.
struct PlanStory {
    board: Board,
    trail: IncidentTrail,
    thread: Thread,
    now: Timestamp,
}

impl PlanStory {
    fn new() -> Self {
        let now = Timestamp::from_second(1_795_248_000).unwrap();
        let (trail, thread) = (IncidentTrail::default(), Thread::default());
        Self { board: Board::default(), trail, thread, now }
    }

    /// Records the events of `command`, all of them about one incident.
    fn then(mut self, command: Command) -> Self {
        self.now = self.now.checked_add(SignedDuration::from_mins(1)).unwrap();
        let actor = Some(ActorId::parse("operator-1").unwrap());
        let context =
            Deciding { now: self.now, actor: actor.clone(), refire: Deciding::DEFAULT_REFIRE };
        for event in decide(&self.board, command, &context).unwrap() {
            let (seq, at) = (self.board.seq + 1, self.now);
            let actor = actor.clone();
            let recorded = RecordedEvent { seq, occurred_at: at, recorded_at: at, actor, event };
            self.board.evolve(&recorded);
            self.trail.add(recorded, 0);
        }
        self
    }

    fn alert(self, id: &str) -> Self {
        let alert = AlertKey::new("opsgenie", id).unwrap();
        self.then(Command::RaiseAlert {
            alert,
            message: AlertMessage::lenient("it burns"),
            occurrence: Occurrence::Only,
        })
    }

    fn cleared(self, id: &str) -> Self {
        let alert = AlertKey::new("opsgenie", id).unwrap();
        self.then(Command::ClearAlert {
            alert,
            message: AlertMessage::lenient("it is well"),
            occurrence: Occurrence::Only,
        })
    }

    fn confirmed(self) -> Self {
        let (severity, title, text, notify) = (None, None, None, Notify::Default);
        self.then(IncidentAction::Confirm { severity, title, text, notify }.on(FIRST))
    }

    fn updated(self, text: &str) -> Self {
        let (text, status, notify) = (Text::parse(text).unwrap(), None, Notify::Default);
        self.then(IncidentAction::PostUpdate { text, status, notify }.on(FIRST))
    }

    fn resolved(self) -> Self {
        let (ended_at, text, notify) = (None, None, Notify::Default);
        self.then(IncidentAction::Resolve { ended_at, text, notify }.on(FIRST))
    }

    fn planned(self, begins_in: SignedDuration) -> Self {
        let starts_at = self.now.checked_add(begins_in).unwrap();
        let ends_at = starts_at.checked_add(SignedDuration::from_hours(1)).unwrap();
        self.then(Command::PlanMaintenance(MaintenancePlan {
            title: Title::parse("New disks").unwrap(),
            window: Window { starts_at, ends_at },
            text: None,
            auto_start: false,
            auto_end: false,
            silent: false,
        }))
    }

    fn steps(&self) -> Vec<ChatStep> {
        let links = Links::new("https://status.example.org", &[7; 32]).unwrap();
        let names = |_: &ActorId| "Ada".to_owned();
        let context = SlackContext {
            site_name: "Acme",
            links: &links,
            reader: &ReaderPreferences::default(),
            two_people: false,
            names: &names,
        };
        plan(self.board.incident(FIRST).unwrap(), &self.trail, &self.thread, self.now, &context)
    }

    /// Carries out the plan; returns its steps in short.
    fn act(&mut self) -> Vec<String> {
        let steps = self.steps();
        for step in &steps {
            let there = |key: &str, digest: String| ChatMessage {
                key: key.to_owned(),
                id: Uuid::nil(),
                slack_channel: "C1".to_owned(),
                ts: Some("1.1".to_owned()),
                digest: Some(digest),
                tried_at: self.now,
            };
            match step {
                ChatStep::Post(post) => {
                    let message = there(&post.key, post.content.digest());
                    match post.key.as_str() {
                        ROOT => self.thread.root = Some(message),
                        key if key.starts_with(QUESTION) => self.thread.questions.push(message),
                        _ => {}
                    }
                    self.thread.noted = self.thread.noted.max(post.noted.unwrap_or_default());
                }
                ChatStep::Change(change) if change.closes => {
                    self.thread.questions.retain(|asked| asked.key != change.key);
                }
                ChatStep::Change(change) => {
                    self.thread.root = Some(there(ROOT, change.content.digest()));
                }
                ChatStep::Noted(seq) => self.thread.noted = *seq,
            }
        }
        assert_eq!(self.steps(), [], "what was done once is not done again");
        steps.iter().map(short).collect()
    }
}

const FIRST: IncidentNumber = IncidentNumber::FIRST;

fn short(step: &ChatStep) -> String {
    match step {
        ChatStep::Post(post) if post.broadcast => format!("broadcast {}", post.key),
        ChatStep::Post(post) => format!("post {}", post.key),
        ChatStep::Change(change) if change.closes => format!("close {}", change.key),
        ChatStep::Change(change) => format!("change {}", change.key),
        ChatStep::Noted(seq) => format!("noted {seq}"),
    }
}

fn text_of(steps: &[ChatStep], key: &str) -> String {
    let post = steps.iter().find_map(|step| match step {
        ChatStep::Post(post) if post.key == key => Some(post.content.message.text.clone()),
        ChatStep::Post(_) | ChatStep::Change(_) | ChatStep::Noted(_) => None,
    });
    post.unwrap_or_else(|| panic!("no {key} in {steps:?}"))
}

#[test]
fn first_alert_posts_a_message_and_further_alerts_update_it() {
    let mut story = PlanStory::new().alert("a");
    assert_eq!(story.act(), ["post root"]);
    let mut story = story.alert("b").alert("c");
    assert_eq!(story.act(), ["change root", "noted 3"]);
}

#[test]
fn action_updates_the_root_message_before_its_notes() {
    let mut story = PlanStory::new().alert("a");
    story.act();
    let mut story = story.confirmed().updated("Looking.").alert("b").updated("Found it.");
    assert_eq!(story.act(), ["change root", "post note/2", "post note/3", "post note/5"]);
    assert_eq!(story.thread.noted, 5);
}

#[test]
fn more_than_five_notes_become_one() {
    let mut story = PlanStory::new().alert("a");
    story.act();
    let mut story = story.confirmed();
    for text in ["one", "two", "three", "four"] {
        story = story.updated(text);
    }
    let singly = story.steps().len();
    let mut story = story.updated("five");
    assert_eq!(
        (singly, story.act()),
        (6, vec!["change root".to_owned(), "post note/7".to_owned()])
    );
}

#[test]
fn late_root_message_gets_one_note_with_the_history() {
    let story = PlanStory::new().alert("a").confirmed();
    assert!(text_of(&story.steps(), "note/2").contains("Confirmed by Ada"));
    let mut story = story.updated("Looking.").updated("Found it.");
    let steps = story.steps();
    let note = text_of(&steps, "note/4");
    assert!(note.contains("Confirmed by Ada") && note.contains("Found it."), "{note}");
    assert_eq!(story.act(), ["post root", "post note/4"]);
}

#[test]
fn deleted_root_message_is_posted_again_without_old_notes() {
    let mut story = PlanStory::new().alert("a").confirmed();
    story.act();
    story.thread.root = None;
    assert_eq!(story.act(), ["post root"]);
}

#[test]
fn clearing_all_alerts_asks_once_and_the_answer_closes_the_question() {
    let mut story = PlanStory::new().alert("a").confirmed();
    story.act();
    let mut story = story.cleared("a");
    let acted = story.act();
    let key = format!("{QUESTION}resolve/{}", story.now.as_second());
    let ask = format!("broadcast {key}");
    assert!(acted.contains(&ask), "{acted:?}");
    let mut story = story.resolved();
    assert_eq!(
        story.act(),
        ["change root".to_owned(), "post note/4".to_owned(), format!("close {key}")]
    );
}

#[test]
fn new_alert_withdraws_the_question_and_clearing_it_asks_again() {
    let mut story = PlanStory::new().alert("a").confirmed().cleared("a");
    let mut asked = BTreeSet::new();
    let mut note = |acted: Vec<String>| {
        asked.extend(acted.into_iter().filter(|step| step.starts_with("broadcast")));
    };
    note(story.act());
    let mut story = story.alert("b");
    let acted = story.act();
    assert!(acted.iter().any(|step| step.starts_with("close question/resolve")), "{acted:?}");
    let mut story = story.cleared("b");
    note(story.act());
    assert_eq!(asked.len(), 2);
}

#[test]
fn maintenance_without_schedule_asks_at_its_planned_times() {
    let mut story = PlanStory::new().planned(SignedDuration::from_mins(30));
    assert_eq!(story.act(), ["post root"]);
    story.now = story.now.checked_add(SignedDuration::from_mins(30)).unwrap();
    let acted = story.act();
    assert_eq!(acted.len(), 1, "{acted:?}");
    assert!(acted[0].contains("question/start/"), "{acted:?}");
    let (text, notify) = (None, Notify::Default);
    let mut story = story.then(IncidentAction::StartMaintenance { text, notify }.on(FIRST));
    let acted = story.act();
    assert!(acted.iter().any(|step| step.starts_with("close question/start/")), "{acted:?}");
}

#[test]
fn automatic_dismissal_is_shown_in_the_root_message() {
    let mut story = PlanStory::new().alert("a");
    story.act();
    let mut story = story.cleared("a");
    let steps = story.steps();
    assert!(text_of(&steps, "note/3").contains("Dismissed automatically"), "{steps:?}");
    assert_eq!(story.act(), ["change root", "post note/3"]);
}
