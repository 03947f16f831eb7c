//! The rules that must hold, one sentence each.

mod alerts;
mod days;
mod headline;
mod incidents;
mod maintenance;
mod notices;
mod refusals;
