//! How many files this process may have open: each viewer who stays is one.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Reserved for everything else: pages, the database, mail, logs.
const FOR_THE_REST: u32 = 1024;

/// Takes as many as the system allows; how many that is. The usual limit is there for programs of long ago.
pub(super) fn raise_limit() -> u32 {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = Rlimit { current: maximum, maximum };
    let limit = match setrlimit(Resource::Nofile, wanted) {
        Ok(()) => maximum,
        Err(error) => {
            tracing::warn!(%error, "the limit of open files can't be raised");
            current
        }
    };
    limit.and_then(|limit| u32::try_from(limit).ok()).unwrap_or(u32::MAX)
}

/// How many viewers fit into this limit of open files, with enough left for the rest.
pub(super) fn max_viewers(limit: u32) -> u32 {
    limit.saturating_sub(FOR_THE_REST).max(limit / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn viewers_never_take_the_files_that_the_rest_needs() {
        assert_eq!(max_viewers(20_000), 18_976);
        assert_eq!(max_viewers(1024), 512);
        assert_eq!(max_viewers(u32::MAX), u32::MAX - 1024);
    }
}
