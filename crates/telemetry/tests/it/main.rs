//! What operators see, seen.
