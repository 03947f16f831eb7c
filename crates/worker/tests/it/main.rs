//! The worker over both databases and real SMTP. Each test prints the numbers it judges.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "these are tests, and the functions that tests share"
)]

mod chat;
mod crashes;
mod dead_mans_switch;
mod failures;
mod hooks;
mod mails;
mod redis;
mod redis_problems;
mod schedule;
mod several_workers;
mod strangers;
mod test_site;
mod traces;
