//! What Slack is told: the words, the blocks' limits, and what comes of a form.

mod forms;
mod limits;
mod markup;
mod messages;
mod story;
mod updates;
