//! The JSON that programs read: one set of types for the web server, the command line and the tests.
//!
//! Each type carries its schema, so the OpenAPI document can't say anything else than what is answered. What the public
//! may know of the board is decided here: alert messages, operators and what was written at a dismissal are left out.

mod board;
mod event;
mod head;
mod incident;
mod live;
mod problem;
mod receipt;
mod word;

pub use board::{PublicBoard, PublicEntry, PublicIncident, PublicTranslation, RECENT};
pub use event::{EventOrder, PublicEvent, PublicEvents};
pub use head::SignedHead;
pub use incident::{IncidentList, IncidentWithTimeline, PublicPostmortem};
pub use live::LiveChange;
pub use problem::ProblemDocument;
pub use receipt::HookReceipt;
pub use word::{DismissReasonSchema, HeadlineSchema, SeveritySchema, StatusSchema, WindowSchema};
