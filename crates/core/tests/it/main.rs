//! The specification of the domain, without a database and without a clock.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "these are tests, and the functions that tests share"
)]

mod properties;
mod rules;
mod samples;
mod values;
