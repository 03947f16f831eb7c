//! The store over SQLite and PostgreSQL in one suite, and what only PostgreSQL has.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::print_stdout,
    reason = "these are tests, and the functions that tests share"
)]

mod append;
mod chat;
mod deliveries;
mod fault;
mod follow;
mod import;
mod lanes;
mod operators;
mod protection;
mod redaction;
mod revise;
mod scale_out;
mod schema;
mod subscribers;
mod tampering;
mod tls;
mod unreadable;

use std::time::Duration;

use candor_core::{
    ActorId, Address, AlertKey, AlertMessage, Command, Declaration, EmailAddress, IncidentAction,
    IncidentNumber, Notify, RecordedEvent, Severity, Status, Text, Title,
};
use candor_store::{
    AppendOutcome, AppendRequest, Claim, DeliveryRecipient, Expanded, Store, StoreError,
    StoreErrorKind, SubscriberId,
};

/// Each of these functions takes a database, and is a test on both.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(candor_testkit::Database::sqlite()).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(candor_testkit::Database::postgres()).await;
            })+
        }
    };
}
pub(crate) use on_both;

/// Whether this failed, and in this way.
fn fails_with<T>(result: &Result<T, StoreError>, kind: StoreErrorKind) -> bool {
    result.as_ref().is_err_and(|error| error.kind() == kind)
}

const INCIDENT: IncidentNumber = IncidentNumber::FIRST;

fn key(id: &str) -> AlertKey {
    AlertKey::new("opsgenie", id).unwrap()
}

fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

fn person() -> ActorId {
    ActorId::parse("somebody").unwrap()
}

fn address(name: &str) -> EmailAddress {
    EmailAddress::parse(&format!("{name}@example.org")).unwrap()
}

/// Monitoring raises an alert.
fn raise(id: &str) -> AppendRequest {
    let command =
        Command::RaiseAlert { alert: key(id), message: AlertMessage::lenient("it is down") };
    AppendRequest::new(command, None, "opsgenie")
}

/// A person asks for something.
fn by_a_person(command: Command) -> AppendRequest {
    AppendRequest::new(command, Some(person()), "console")
}

/// A person opens an incident that subscribers are told of.
fn declare(title: &str) -> AppendRequest {
    by_a_person(Command::Declare(Declaration {
        title: Title::parse(title).unwrap(),
        status: Status::Confirmed,
        severity: Severity::Outage,
        started_at: None,
        ended_at: None,
        summary: None,
        text: None,
        silent: false,
        takes_alerts: false,
    }))
}

/// A person writes an update that subscribers are told of.
fn update(incident: IncidentNumber, words: &str) -> AppendRequest {
    by_a_person(
        IncidentAction::PostUpdate { text: text(words), status: None, notify: Notify::Yes }
            .on(incident),
    )
}

/// A person says that a fix is in place, which subscribers are told.
fn watching(incident: IncidentNumber, words: &str) -> AppendRequest {
    by_a_person(
        IncidentAction::PostUpdate {
            text: text(words),
            status: Some(Status::Watching),
            notify: Notify::Default,
        }
        .on(incident),
    )
}

/// A person says that it is over, which subscribers are told.
fn resolve(incident: IncidentNumber) -> AppendRequest {
    let (ended_at, text, notify) = (None, None, Notify::Default);
    by_a_person(IncidentAction::Resolve { ended_at, text, notify }.on(incident))
}

/// Gives the request, and demands that it is appended.
async fn append(store: &Store, request: AppendRequest) -> Vec<RecordedEvent> {
    match store.execute(request).await {
        Ok(AppendOutcome::Appended(events)) => events,
        answer => panic!("{answer:?}"),
    }
}

/// Gives all requests at the same time; the answers in their order.
async fn at_once(store: &Store, requests: Vec<AppendRequest>) -> Vec<AppendOutcome> {
    let asked: Vec<_> = requests
        .into_iter()
        .map(|request| {
            let store = store.clone();
            tokio::spawn(async move { store.execute(request).await })
        })
        .collect();
    let mut answers = Vec::new();
    for answer in asked {
        answers.push(answer.await.unwrap().unwrap());
    }
    answers
}

/// The subscriber that a claim goes to, and the address.
fn subscriber(claim: &Claim) -> (SubscriberId, EmailAddress) {
    match &claim.recipient {
        DeliveryRecipient::Subscriber { id, address: Address::Mail(address), .. } => {
            (*id, address.clone())
        }
        DeliveryRecipient::Subscriber { .. } | DeliveryRecipient::ChatChannel(_) => {
            panic!("{claim:?}")
        }
    }
}

/// What an expansion made that owes so many mails.
fn mails(mails: u64, left: bool) -> Expanded {
    Expanded { mails, hooks: 0, left }
}

/// Waits until it holds; fails after a minute.
async fn eventually(what: &str, holds: impl AsyncFn() -> bool) {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(60);
    while !holds().await {
        assert!(tokio::time::Instant::now() < deadline, "not within a minute: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// How many events the log has, from the log itself.
async fn length(store: &Store) -> usize {
    store.events(0, 100_000).await.unwrap().len()
}
