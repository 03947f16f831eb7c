//! The rules of the domain, one sentence each.

mod alerts;
mod days;
mod headline;
mod history;
mod incidents;
mod maintenance;
mod notifications;
mod past;
mod refusals;
