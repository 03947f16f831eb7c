//! The home tab: the current state, and everything that can be done from there.

use candor_core::Board;

use super::{
    block::{Block, SlackView},
    mrkdwn,
    words::{self, SlackContext},
};

/// The home tab. It says as of when it is true, since Slack shows it until it is published again.
#[must_use]
pub fn view(board: &Board, context: &SlackContext<'_>) -> SlackView {
    let (sign, sentence) = words::headline(board, context);
    let page = context.open_page();
    let fresh = match board.updated_at.map(|at| context.time(at)) {
        Some(at) => {
            context.say_with("slack-as-of", &[("time", (&at).into()), ("page", (&page).into())])
        }
        None => context.say_with("slack-nothing-yet", &[("page", (&page).into())]),
    };
    let mut head = vec![Block::header(&format!("{sign} {sentence}")), Block::context(&[&fresh])];
    head.extend(words::open_something(context));
    let mut body = Vec::new();
    let current = board.current();
    let planned = board.planned();
    for (title, incidents) in [("slack-open", current), ("planned", planned)] {
        for (index, incident) in incidents.into_iter().enumerate() {
            let mut group = words::group(incident, context);
            if index == 0 {
                group.splice(
                    0..0,
                    [Block::divider(), Block::section(&mrkdwn::bold(&context.say(title)))],
                );
            }
            body.push(group);
        }
    }
    let more = context.say_with("slack-more", &[("page", (&page).into())]);
    SlackView::home(head, body, &more)
}
