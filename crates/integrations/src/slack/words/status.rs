//! Messages that one user alone sees: the current status, and what to choose from.

use candor_core::{Board, Incident};

use super::{SlackContext, headline};
use crate::slack::{
    action::Action,
    block::{Block, Button, ButtonStyle, Message, units},
    mrkdwn, thread,
};

/// The current state, with everything that is open or planned: the answer to `/candor`.
#[must_use]
pub fn status(board: &Board, context: &SlackContext<'_>) -> Message {
    let (sign, sentence) = headline(board, context);
    let page = context.open_page();
    let text = format!("{sign} {}", mrkdwn::text(&sentence));
    let head = vec![Block::section(&format!("{sign} {}\n{page}", mrkdwn::bold(&sentence)))];
    let groups = board
        .current()
        .into_iter()
        .map(|incident| group(incident, context))
        .chain(board.planned().into_iter().map(|incident| group(incident, context)))
        .collect();
    let more = context.say_with("slack-more", &[("page", (&page).into())]);
    Message::fitted(&text, head, groups, open_something(context), &more)
}

/// The buttons that open a new incident.
pub(in crate::slack) fn open_something(context: &SlackContext<'_>) -> Vec<Block> {
    Block::actions(vec![
        Button::new(&Action::Declare, &context.say("slack-button-declare")),
        Button::new(&Action::Plan, &context.say("slack-button-plan")),
    ])
}

/// One incident in a list: what it is, how it stands, and its buttons.
pub(in crate::slack) fn group(incident: &Incident, context: &SlackContext<'_>) -> Vec<Block> {
    let when = match incident.window {
        Some(planned) => context.window(planned),
        None => {
            let since = context.time(incident.started_at);
            context.say_with("since", &[("time", (&since).into())])
        }
    };
    let text = format!(
        "{} *{}*\n{} · {when}",
        super::sign(incident),
        context.linked(incident),
        context.status(incident)
    );
    let mut blocks = vec![Block::section(&text)];
    blocks.extend(Block::actions(thread::buttons(incident, context, false)));
    blocks
}

/// A sentence to one person, such as a refusal, in Slack's markup.
#[must_use]
pub fn sentence(markup: &str) -> Message {
    Message::plain(markup)
}

/// What `/candor` understands.
#[must_use]
pub fn help(command: &str, context: &SlackContext<'_>) -> Message {
    let command = mrkdwn::text(command).replace('`', "");
    Message::plain(&context.say_with("slack-help", &[("command", (&command).into())]))
}

/// Asks one person whether the message in `place` should become a public update of `incident`.
#[must_use]
pub fn propose(
    text: &str,
    incident: &Incident,
    place: (&str, &str, Option<&str>),
    context: &SlackContext<'_>,
) -> Message {
    let linked = context.linked(incident);
    let question = context.say_with("slack-propose", &[("incident", (&linked).into())]);
    let shown = mrkdwn::from_markdown(&mrkdwn::to_markdown(text));
    let mut body: Vec<_> = Block::sections(&shown).into_iter().map(|block| vec![block]).collect();
    if units(&shown) > 3_000 {
        body.push(vec![Block::context(&[&context.say("slack-propose-long")])]);
    }
    let foot = Block::actions(vec![
        Button::new(&publish(incident, place), &context.say("slack-propose-yes"))
            .style(ButtonStyle::Primary),
        Button::new(&Action::NotNow, &context.say("slack-propose-no")),
    ]);
    Message::fitted(&question, vec![Block::section(&question)], body, foot, "…")
}

/// Asks one person which incident is meant; with a `place`, which one the message there is an update of.
#[must_use]
pub fn which(
    board: &Board,
    place: Option<(&str, &str, Option<&str>)>,
    context: &SlackContext<'_>,
) -> Message {
    let open: Vec<_> = board.current().into_iter().chain(board.planned()).collect();
    if open.is_empty() {
        return Message::plain(&context.say("slack-nothing-open"));
    }
    let groups = open
        .into_iter()
        .map(|incident| match place {
            Some(place) => {
                let mut blocks = vec![Block::section(&context.linked(incident))];
                let button = Button::new(&publish(incident, place), &context.say("slack-this-one"));
                blocks.extend(Block::actions(vec![button]));
                blocks
            }
            None => group(incident, context),
        })
        .collect();
    let question = context.say("slack-which");
    let more = mrkdwn::link(context.links.site(), &context.say("slack-see-all"));
    Message::fitted(&question, vec![Block::section(&question)], groups, Vec::new(), &more)
}

fn publish(incident: &Incident, (channel, ts, thread_ts): (&str, &str, Option<&str>)) -> Action {
    Action::Publish {
        incident: incident.number,
        channel: channel.to_owned(),
        ts: ts.to_owned(),
        thread_ts: thread_ts.map(str::to_owned),
    }
}
