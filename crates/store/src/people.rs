//! Subscribers and operators: ordinary tables, erasable, never in the log.
use candor_core::{ActorId, EmailAddress};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Store, StoreError};

/// A subscriber's opaque id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubscriberId(pub Uuid);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriberState {
    Pending,
    Confirmed,
}

/// A subscriber as an operator sees it.
#[derive(Debug, Clone)]
pub struct SubscriberRow {
    pub id: SubscriberId,
    pub address: EmailAddress,
    pub state: SubscriberState,
    pub created_at: Timestamp,
    pub confirmed_at: Option<Timestamp>,
}

/// What a request to subscribe led to. The visitor's answer is the same for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscribeOutcome {
    /// A confirmation mail is owed.
    ConfirmationOwed,
    /// Already confirmed: nothing is sent.
    AlreadyConfirmed,
    /// Too many confirmation mails to this address lately: nothing is sent.
    Throttled,
}

impl Store {
    /// Notes that somebody wants this address to be told, and owes it a confirmation mail. At once the first times,
    /// then throttled (3 an hour, 10 a day for one address).
    pub async fn subscribe(&self, _address: &EmailAddress) -> Result<SubscribeOutcome, StoreError> {
        todo!()
    }
    /// Confirms; false if there is no such subscriber (any more). A second time changes nothing.
    pub async fn confirm_subscriber(&self, _id: SubscriberId) -> Result<bool, StoreError> {
        todo!()
    }
    /// Erases the subscriber and withdraws what is still owed; false if there was none.
    pub async fn unsubscribe(&self, _id: SubscriberId) -> Result<bool, StoreError> {
        todo!()
    }
    /// Adds a confirmed subscriber (an operator did); false if it was confirmed already.
    pub async fn add_subscriber(&self, _address: &EmailAddress) -> Result<bool, StoreError> {
        todo!()
    }
    /// Erases by address; false if there was none.
    pub async fn remove_subscriber(&self, _address: &EmailAddress) -> Result<bool, StoreError> {
        todo!()
    }
    /// All subscribers, by address.
    pub async fn subscribers(&self) -> Result<Vec<SubscriberRow>, StoreError> {
        todo!()
    }
    /// How many would be told now.
    pub async fn confirmed_subscribers(&self) -> Result<u64, StoreError> {
        todo!()
    }
    /// The opaque id of the operator known as `key` to `kind` (`cli`, `slack`, …), made if new.
    pub async fn operator(
        &self,
        _kind: &str,
        _key: &str,
        _name: &str,
    ) -> Result<ActorId, StoreError> {
        todo!()
    }
    /// The operator's name, if the operator wasn't erased.
    pub async fn operator_name(&self, _id: &ActorId) -> Result<Option<String>, StoreError> {
        todo!()
    }
}
