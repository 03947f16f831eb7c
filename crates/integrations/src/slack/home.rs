//! The home tab: the current state, and everything that can be done from there.

use candor_core::Board;

use super::{
    action::Action,
    block::{Block, Button, SlackView},
    mrkdwn,
    words::{self, SlackContext},
};

/// The home tab. It says as of when it is true, since Slack shows it until it is published anew.
#[must_use]
pub fn view(board: &Board, context: &SlackContext<'_>) -> SlackView {
    let (sign, sentence) = words::headline(board, context.site_name);
    let page = mrkdwn::link(context.links.site(), "Open the page");
    let fresh = match board.updated_at {
        Some(at) => format!("As of {}. {page}", mrkdwn::date(at)),
        None => format!("Nothing has happened yet. {page}"),
    };
    let mut head = vec![Block::header(&format!("{sign} {sentence}")), Block::context(&[&fresh])];
    head.extend(Block::actions(vec![
        Button::new(&Action::Declare, "Declare incident"),
        Button::new(&Action::Plan, "Plan maintenance"),
    ]));
    let mut body = Vec::new();
    let current = board.current();
    let planned = board.planned();
    for (title, incidents) in [("Open", current), ("Planned", planned)] {
        for (index, incident) in incidents.into_iter().enumerate() {
            let mut group = words::group(incident, context);
            if index == 0 {
                group.splice(0..0, [Block::divider(), Block::section(&mrkdwn::bold(title))]);
            }
            body.push(group);
        }
    }
    let more = format!("There is more than fits in here. {page}");
    SlackView::home(head, body, &more)
}
