//! The JSON that programs read: one set of types for the web server, the command line and the tests.
//!
//! Each type carries its schema, so the OpenAPI document can't say anything else than what is answered. What the public
//! may know of the board is decided here: alert messages, operators and what was written at a dismissal are left out.
//!
//! Its three main types:
//!
//! * [`PublicBoard`]: the page as data, `/api/v1/board`;
//! * [`PublicIncident`]: one incident in it;
//! * [`PublicEvent`]: one event of the log, without what is for the team.
//!
//! ```
//! use candor_api::PublicBoard;
//! use candor_core::{Board, Headline};
//!
//! let board = Board::default();
//! let page = PublicBoard::of(&board);
//! assert_eq!(page.headline, Headline::AllGood);
//! assert!(page.current.is_empty());
//! ```

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
