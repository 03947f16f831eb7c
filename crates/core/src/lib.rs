//! The domain of the status page: what can happen, who may do what, and what the page says.
//!
//! Time, ids and actors come in as arguments. There is no clock, no I/O and no randomness here: the same events always
//! give the same board, and the same board the same public JSON.
//!
//! Its three main types:
//!
//! * [`Event`]: everything that can happen, as the log stores it;
//! * [`Command`]: everything that somebody can ask for. [`decide()`] turns one into events, or refuses it by a named
//!   [`Refusal`];
//! * [`Board`]: the state of the whole page. [`Board::evolve`] folds one recorded event into it, and never fails.
//!
//! [`outbox_entry()`] says what subscribers get because of an event that says [`Notified::Yes`].
//!
//! ```
//! use candor_core::{
//!     AlertKey, AlertMessage, Board, Command, CommandContext, Headline, Occurrence, RecordedEvent, decide,
//! };
//!
//! let now = "2026-11-21T14:00:00Z".parse()?;
//! let context = CommandContext { now, actor: None, refire: CommandContext::DEFAULT_REFIRE };
//! let raise = Command::RaiseAlert {
//!     alert: AlertKey::new("opsgenie", "one")?,
//!     message: AlertMessage::lenient("Checkout does not answer"),
//!     occurrence: Occurrence::Only,
//! };
//! let mut board = Board::default();
//! for (event, seq) in decide(&board, raise, &context)?.into_iter().zip(1..) {
//!     board.evolve(&RecordedEvent { seq, occurred_at: now, recorded_at: now, actor: None, event });
//! }
//! // Monitoring suspects; nobody has confirmed it, so nobody is notified.
//! assert_eq!(Headline::of(&board), Headline::Suspected);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
    Command, CommandContext, Declaration, IncidentAction, MaintenancePlan, Occurrence, Revision,
    Summary,
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
