//! The messages of `/events`: the headline, and which pages changed.

use candor_api::LiveChange;
use candor_content::language::Language;
use candor_core::{Board, Headline};

use super::wording;

/// The status of `board` as JSON on one line. `changed` are the paths of the incidents that changed after event
/// `since`.
pub(crate) fn change(board: &Board, since: u64, changed: &[String]) -> String {
    let headline = Headline::of(board);
    let title = wording::headline_text(Language::ENGLISH, board.decisive(), "").short;
    let change = LiveChange { seq: board.public_seq, since, headline, title: &title, changed };
    serde_json::to_string(&change).unwrap_or_else(|error| {
        tracing::error!(%error, "a change can't be written as JSON");
        "{}".to_owned()
    })
}
