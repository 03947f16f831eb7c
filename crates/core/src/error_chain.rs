//! An error and its causes on one line, for logs and for people.

use std::{error::Error, fmt};

/// Shows an error, then each cause after a colon: "the database can't be reached: connection refused". A cause that is
/// already quoted by the text before it is not repeated.
pub struct ErrorChain<'a>(pub &'a dyn Error);

impl fmt::Display for ErrorChain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = self.0.to_string();
        let mut cause = self.0.source();
        while let Some(error) = cause {
            let text = error.to_string();
            if !line.contains(&text) {
                line = format!("{line}: {text}");
            }
            cause = error.source();
        }
        f.write_str(&line)
    }
}
