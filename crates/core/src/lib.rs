//! The domain of the status page.
//!
//! Three functions carry the product:
//!
//! * [`decide()`] turns a [`Command`] into events, or refuses by a named [`Refusal`];
//! * [`Board::evolve`] folds one recorded event into the [`Board`], and never fails;
//! * [`outbox_entry()`] says what subscribers get because of an event that says [`Notified::Yes`].
//!
//! Time, ids and actors come in as arguments. There is no clock, no I/O and no randomness here: the same events always
//! give the same board, and the same board the same public JSON.

mod as_of;
mod board;
mod command;
mod days;
mod decide;
mod email;
mod error_chain;
mod event;
mod evolve;
mod headline;
mod invalid_value;
mod language;
mod notification;
mod notify;
mod refusal;
pub mod replay;
mod schedule;
mod site_name;
mod status;
mod subscription;
mod value;

pub use board::{
    Alert, Board, EntryKind, FormerText, Incident, Postmortem, Proposal, TimelineEntry, WindowMove,
    latest,
};
pub use command::{
    Command, CommandContext, Declaration, IncidentAction, MaintenancePlan, Revision, Summary,
};
pub use days::{Day, DurationStats, HistoryStats};
pub use decide::decide;
pub use error_chain::ErrorChain;
pub use event::{
    AlertCleared, AlertRaised, AlertUpdated, ConfirmationProposed, Dismissed, Event,
    HumanConfirmed, IncidentDeclared, Link, MaintenanceCanceled, MaintenanceEnded,
    MaintenancePlanned, MaintenanceRescheduled, MaintenanceStarted, PayloadRedacted,
    PostmortemPublished, RecordedEvent, Reopened, Resolved, SeveritySet, Silenced, SiteConfigured,
    SummarySet, TimesAmended, TitleSet, UnreadableEvent, UpdateCorrected, UpdatePosted,
    UpdateRetracted, Window,
};
pub use invalid_value::InvalidValue;
pub use language::LanguageTag;
pub use notification::{Notification, OutboxEntry, PendingChange, outbox_entry};
pub use notify::{Notified, Notify, NotifyReason, SuppressReason};
pub use refusal::Refusal;
pub use schedule::{Question, QuestionKind, due, questions};
pub use site_name::SiteName;
pub use status::{DismissReason, Headline, Severity, Status};
pub use subscription::{
    Address, Audience, HookKind, HookUrl, Preferences, Scope, SubscriptionRequest,
};
pub use value::{ActorId, AlertKey, AlertMessage, EmailAddress, IncidentNumber, Text, Title};
