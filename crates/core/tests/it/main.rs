//! The domain: its rules as stories, and what holds whatever happens.

mod properties;
mod samples;
mod values;
