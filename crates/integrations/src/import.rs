//! Imports the history of other status pages.

mod html;
pub mod statuspage;

use candor_core::replay::History;

/// A document of another page.
#[derive(Debug, Clone)]
pub struct ImportDocument {
    /// The file or the address it was read from.
    pub name: String,
    /// What it says.
    pub body: Vec<u8>,
    /// It was named itself; otherwise only its folder was.
    pub named: bool,
}

/// What was read of another page.
#[derive(Debug, Default)]
pub struct ImportedPage {
    /// The incidents and maintenances, in the order in which they began.
    pub histories: Vec<History>,
    /// What can't be taken, each by its name and with the reason.
    pub refused: Vec<RefusedIncident>,
    /// What is taken, but not as it was: sentences.
    pub notes: Vec<String>,
}

/// Something that can't be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedIncident {
    /// What it is called there, and where it was read.
    pub what: String,
    /// Why not.
    pub why: String,
}
