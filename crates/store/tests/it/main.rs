//! The store over both databases.

mod smoke;
