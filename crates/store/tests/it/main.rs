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
mod unread_alerts;
mod unreadable;

use std::time::Duration;

use candor_core::{
    ActorId, Address, Command, EmailAddress, IncidentNumber, Notify, Severity, Status,
};
use candor_store::{
    AppendOutcome, AppendRequest, Claim, DeliveryRecipient, Expanded, Store, StoreError,
    StoreErrorKind, SubscriberId,
};
use candor_testkit::{
    append,
    story::{self, alert as key, text},
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

fn person() -> ActorId {
    ActorId::parse("somebody").unwrap()
}

fn address(name: &str) -> EmailAddress {
    EmailAddress::parse(&format!("{name}@example.org")).unwrap()
}

/// Monitoring raises an alert.
fn raise(id: &str) -> AppendRequest {
    AppendRequest::new(story::raise(id), None, "opsgenie")
}

/// A person asks for something.
fn by_a_person(command: Command) -> AppendRequest {
    AppendRequest::new(command, Some(person()), "console")
}

/// A person opens an incident that subscribers are told of.
fn declare(title: &str) -> AppendRequest {
    by_a_person(story::declare_titled(title, Severity::Outage))
}

/// A person writes an update that subscribers are told of.
fn update(incident: IncidentNumber, words: &str) -> AppendRequest {
    by_a_person(story::update_with_text(incident, words, None, Notify::Yes))
}

/// A person says that a fix is in place, which subscribers are told.
fn watching(incident: IncidentNumber, words: &str) -> AppendRequest {
    by_a_person(story::update_with_text(incident, words, Some(Status::Watching), Notify::Default))
}

/// A person says that it is over, which subscribers are told.
fn resolve(incident: IncidentNumber) -> AppendRequest {
    by_a_person(story::resolve(incident))
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
