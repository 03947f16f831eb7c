//! Webhooks of monitoring systems. A 2xx is sent only after the alert is durable in the log.

pub(crate) mod opsgenie;
