//! Secrets of ours that others ask for, which may change while the process runs.

use std::{fmt, io, path::PathBuf};

use crate::file;

/// A token, a password, a signing secret or a secret address: fixed, or in a file that is read for each use.
#[derive(Clone, PartialEq, Eq)]
pub enum Credential {
    /// It stays what it is until the process ends.
    Fixed(String),
    /// It is read from the file each time, so changing it needs no restart.
    File(PathBuf),
}

/// Why there is no secret now.
#[derive(Debug, thiserror::Error)]
pub enum CredentialError {
    /// The file can't be read.
    #[error("the secret's file {} can't be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// It is empty.
    #[error("the secret is empty")]
    Empty,
}

impl Credential {
    /// The secret as it is now, without white space around it.
    ///
    /// # Errors
    /// Its file can't be read, or it is empty: an empty secret would verify anybody.
    pub fn current(&self) -> Result<String, CredentialError> {
        let secret = match self {
            Self::Fixed(secret) => secret.trim().to_owned(),
            Self::File(path) => file::read_text(path, file::LONGEST_SECRET)
                .map_err(|source| CredentialError::Unreadable { path: path.clone(), source })?
                .trim()
                .to_owned(),
        };
        if secret.is_empty() { Err(CredentialError::Empty) } else { Ok(secret) }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(_) => f.write_str("Credential(…)"),
            Self::File(path) => write!(f, "Credential(file {})", path.display()),
        }
    }
}
