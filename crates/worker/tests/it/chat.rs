//! Chat threads in the fake Slack workspace.

mod channels;
mod failures;
mod flow;
mod numbers;
mod team;
mod webhook;
