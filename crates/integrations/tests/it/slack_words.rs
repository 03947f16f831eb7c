//! What Slack shows: texts, blocks and forms.

mod forms;
mod limits;
mod markup;
mod messages;
mod story;
mod updates;
