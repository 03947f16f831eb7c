//! What is said to one person only: the current state, and what to choose from.

use candor_core::{Board, Incident};

use super::{SlackContext, headline, standing, window};
use crate::slack::{
    action::Action,
    block::{Block, Button, ButtonStyle, Message, units},
    mrkdwn, thread,
};

/// The current state, with everything that is open or planned: the answer to `/candor`.
#[must_use]
pub fn status(board: &Board, context: &SlackContext<'_>) -> Message {
    let (sign, sentence) = headline(board, context.site_name);
    let page = mrkdwn::link(context.links.site(), "Open the page");
    let text = format!("{sign} {}.", mrkdwn::text(&sentence));
    let head = vec![Block::section(&format!("{sign} {}\n{page}", mrkdwn::bold(&sentence)))];
    let groups = board
        .current()
        .into_iter()
        .map(|incident| group(incident, context))
        .chain(board.planned().into_iter().map(|incident| group(incident, context)))
        .collect();
    let foot = Block::actions(vec![
        Button::new(&Action::Declare, "Declare incident"),
        Button::new(&Action::Plan, "Plan maintenance"),
    ]);
    let more = format!("There is more than fits in here. {page}");
    Message::fitted(&text, head, groups, foot, &more)
}

/// One incident in a list: what it is, how it stands, and its buttons.
pub(in crate::slack) fn group(incident: &Incident, context: &SlackContext<'_>) -> Vec<Block> {
    let when = match incident.window {
        Some(planned) => window(planned),
        None => format!("since {}", mrkdwn::date(incident.started_at)),
    };
    let text = format!(
        "{} *{}*\n{} · {when}",
        super::sign(incident),
        context.linked(incident),
        standing(incident)
    );
    let mut blocks = vec![Block::section(&text)];
    blocks.extend(Block::actions(thread::buttons(incident, context, false)));
    blocks
}

/// A sentence to one person, such as a refusal: in Slack's markup, without anything to press.
#[must_use]
pub fn sentence(markup: &str) -> Message {
    Message::plain(markup)
}

/// What `/candor` understands.
#[must_use]
pub fn help(command: &str) -> Message {
    let command = mrkdwn::text(command).replace('`', "");
    Message::plain(&format!(
        "`{command}` shows how things stand, with the buttons.\n\
         `{command} declare` opens an incident, `{command} declare Checkout is down` with that title.\n\
         `{command} update` or `{command} update 7` posts an update.\n\
         `{command} resolve` or `{command} resolve 7` ends an incident."
    ))
}

/// Asks one person whether the message at `ts` shall become a public update of `incident`.
#[must_use]
pub fn propose(
    text: &str,
    incident: &Incident,
    place: (&str, &str, Option<&str>),
    context: &SlackContext<'_>,
) -> Message {
    let question = format!("Post this as a public update of {}?", context.linked(incident));
    let shown = mrkdwn::from_markdown(&mrkdwn::to_markdown(text));
    let mut body: Vec<_> = Block::sections(&shown).into_iter().map(|block| vec![block]).collect();
    if units(&shown) > 3_000 {
        body.push(vec![Block::context(&[
            "It is longer than a form takes: the form will have its beginning.",
        ])]);
    }
    let foot = Block::actions(vec![
        Button::new(&publish(incident, place), "Look it over…").style(ButtonStyle::Primary),
        Button::new(&Action::NotNow, "Not now"),
    ]);
    Message::fitted(&question, vec![Block::section(&question)], body, foot, "…")
}

/// Asks one person which incident it is about. With a `place`, of which message an update shall be made.
#[must_use]
pub fn which(
    board: &Board,
    place: Option<(&str, &str, Option<&str>)>,
    context: &SlackContext<'_>,
) -> Message {
    let open: Vec<_> = board.current().into_iter().chain(board.planned()).collect();
    if open.is_empty() {
        return Message::plain("No incident is open, and no maintenance is planned.");
    }
    let groups = open
        .into_iter()
        .map(|incident| match place {
            Some(place) => {
                let mut blocks = vec![Block::section(&context.linked(incident))];
                let button = Button::new(&publish(incident, place), "This one…");
                blocks.extend(Block::actions(vec![button]));
                blocks
            }
            None => group(incident, context),
        })
        .collect();
    let question = "Which incident is it about?";
    let more = mrkdwn::link(context.links.site(), "See all of them on the page");
    Message::fitted(question, vec![Block::section(question)], groups, Vec::new(), &more)
}

fn publish(incident: &Incident, (channel, ts, thread_ts): (&str, &str, Option<&str>)) -> Action {
    Action::Publish {
        incident: incident.number,
        channel: channel.to_owned(),
        ts: ts.to_owned(),
        thread_ts: thread_ts.map(str::to_owned),
    }
}
