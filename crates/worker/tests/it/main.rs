//! The worker over both databases and real SMTP. Each test prints the numbers it judges.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "these are tests, and the functions that tests share"
)]

mod chat;
mod crashes;
mod failures;
mod hooks;
mod notices;
mod redis;
mod refusals;
mod several;
mod strangers;
mod test_site;
mod timetable;
mod traces;
