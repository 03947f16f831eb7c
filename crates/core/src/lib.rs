//! What the status page decides, and nothing else.
//!
//! Three functions carry the product:
//!
//! * [`decide()`] turns a [`Command`] into events, or refuses by a named [`Refusal`];
//! * [`Board::evolve`] folds one recorded event into the [`Board`], and never fails;
//! * [`follow_up()`] says what subscribers get because of an event that says [`Notified::Yes`].
//!
//! Time, ids and actors come in as arguments. There is no clock, no I/O and no randomness here: the same events
//! always give the same board, and the same board the same public JSON ([`public`]).

mod board;
mod command;
mod days;
mod decide;
mod email;
mod event;
mod evolve;
mod headline;
pub mod history;
mod language;
mod notice;
mod past;
pub mod public;
mod refusal;
mod schedule;
mod site_name;
mod status;
mod value;
mod wish;

pub use board::{
    Alert, Board, Entry, EntryKind, Former, Incident, Moved, Postmortem, Proposal, latest,
};
pub use command::{Command, Context, Declaration, Maintenance, Notify, Revision, Summary};
pub use days::{Day, Figures, Spread};
pub use decide::decide;
pub use event::{
    AlertCleared, AlertRaised, AlertUpdated, Because, ConfirmationProposed, Dismissed, Event,
    HumanConfirmed, IncidentDeclared, Link, MaintenanceCancelled, MaintenanceEnded,
    MaintenancePlanned, MaintenanceRescheduled, MaintenanceStarted, PayloadRedacted,
    PostmortemPublished, Recorded, Reopened, Resolved, SeveritySet, Silenced, SiteConfigured,
    SummarySet, TimesAmended, TitleSet, UnreadableEvent, UpdateCorrected, UpdatePosted,
    UpdateRetracted, Window,
};
pub use headline::Headline;
pub use language::LanguageTag;
pub use notice::{FollowUp, Notice, Notified, Reason, Unsent, Waiting, WhyNot, follow_up};
pub use refusal::Refusal;
pub use schedule::{Question, QuestionKind, due, questions};
pub use site_name::SiteName;
pub use status::{Severity, Status};
pub use value::{
    ActorId, AlertKey, AlertMessage, EmailAddress, IncidentNumber, InvalidValue, Text, Title,
};
pub use wish::{Address, Audience, HookKind, HookUrl, Scope, Wants, Wish};
