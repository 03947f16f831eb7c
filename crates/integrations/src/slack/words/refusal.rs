//! Refusals in Slack: the words of [`RefusalWords`], with Slack's markup where there is any.

use candor_content::refusal::{RefusalWords, incident};
use candor_core::{ActorId, Board, Incident, Refusal};

use super::SlackContext;
use crate::slack::mrkdwn;

/// Why `me` couldn't do it, in Slack's markup.
#[must_use]
pub fn refusal(
    refusal: &Refusal,
    board: &Board,
    context: &SlackContext<'_>,
    me: &ActorId,
) -> String {
    let name = |incident: &Incident| {
        format!("{} (#{})", mrkdwn::bold(&context.title(incident)), incident.number)
    };
    let operator = |id: &ActorId| if id == me { context.say("who-you") } else { context.name(id) };
    let time = |at| context.time(at);
    let language = context.reader.language;
    RefusalWords { language, board, name: &name, operator: &operator, time: &time }.of(refusal)
}

/// The same without markup, for errors in a form.
pub(in crate::slack) fn plainly(
    refusal: &Refusal,
    board: &Board,
    context: &SlackContext<'_>,
) -> String {
    let language = context.reader.language;
    let name = |one: &Incident| incident(language, one);
    let time = |at| context.plain_time(at);
    RefusalWords { language, board, name: &name, operator: context.names, time: &time }.of(refusal)
}
