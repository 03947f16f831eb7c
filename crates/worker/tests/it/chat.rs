//! The team is told, in a Slack workspace that judges what it is sent.

mod bad_days;
mod flow;
mod numbers;
mod places;
mod team;
mod webhook;
