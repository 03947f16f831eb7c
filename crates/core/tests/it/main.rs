//! The specification of the domain: sentences about what is decided, without a database and without a clock.

mod properties;
mod rules;
mod samples;
mod story;
mod values;
