//! The rules that must hold, one sentence each.

mod alerts;
mod days;
mod headline;
mod history;
mod incidents;
mod maintenance;
mod notices;
mod past;
mod refusals;
