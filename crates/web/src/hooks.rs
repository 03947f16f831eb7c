//! What monitoring systems call. A 2xx is sent only after the log has the alert on disk.

pub(crate) mod opsgenie;
