//! Whether an unknown proxy forwards visitors' requests: only the running process knows, so it is
//! asked.

use data_encoding::BASE64;

use crate::{http, settings::Settings};

/// The metric that counts them.
const SERIES: &str = "candor_untrusted_forwards_total ";

/// The result from the process on this machine; none without such a process, or without a finding.
pub(super) async fn untrusted(settings: &Settings) -> Option<String> {
    let admin = http::from_here(settings.admin_listen.address()?);
    let authorization = settings.metrics_passphrase.as_ref().map(|passphrase| {
        let pair = BASE64.encode(format!("{}:{passphrase}", settings.metrics_user).as_bytes());
        format!("Authorization: Basic {pair}\r\n")
    });
    let headers = authorization.unwrap_or_default();
    let (_, metrics) = http::read(&admin.to_string(), "/metrics", &headers).await.ok()?;
    let count: u64 =
        metrics.lines().find_map(|line| line.strip_prefix(SERIES)?.trim().parse().ok())?;
    (count > 0).then(|| {
        format!(
            "X-Forwarded-For comes from an address that CANDOR_TRUSTED_PROXIES doesn't name, and isn't believed \
             (requests so far: {count}); the log names it: if it is your proxy, add it"
        )
    })
}
