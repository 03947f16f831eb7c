//! The real binary, as its users meet it: over HTTP, by its commands, by mail and in a browser.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "these are tests, and the functions that tests share"
)]

mod alertmanager;
mod appearance;
mod bad_input;
mod book;
mod browser;
mod crash;
mod disk_full;
mod export;
mod failures;
mod fleet;
mod foreign_files;
mod health;
mod hosts;
mod import;
mod journey;
mod languages;
mod log;
mod names;
mod newer_version;
mod operator;
mod outage;
mod programs;
mod scale_out;
mod service_manager;
mod signals;
mod slack;
mod standby;
mod storm;
mod team;
