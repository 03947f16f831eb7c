//! Errors and warnings about unwise settings: guessable secrets, secrets in clear text, too much trust.

use std::{net::IpAddr, os::unix::fs::PermissionsExt, path::Path};

use candor_integrations::mail::Security;

use super::{GivenSettings, LIST, SettingSource, Settings, guessable::is_guessable};

/// The example secrets of our own documents: they are public.
const EXAMPLES: &[&str] =
    &["change-me", "changeme", "PASSWORD", "SECRET", "at-least-16-characters"];

/// The error for a secret that needs this many characters; none if it is hard to guess.
pub(super) fn weakness(secret: &str, least: usize) -> Option<String> {
    if EXAMPLES.contains(&secret) {
        return Some(
            "is an example that everybody knows; make one with: openssl rand -hex 16".to_owned(),
        );
    }
    if secret.chars().count() < least {
        return Some(format!("is too short; take at least {least} characters"));
    }
    (least > 0 && is_guessable(secret)).then(|| {
        "can be guessed: it is made of few characters, repetitions, rows of the keyboard or well-known words; make one \
         with: openssl rand -hex 32"
            .to_owned()
    })
}

/// The secrets within a setting's value: the password of a URL, or the parts of a list.
pub(super) fn parts(value: &str) -> Vec<&str> {
    match value.split_once("://") {
        Some((_, rest)) => {
            let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let user = authority.rsplit_once('@').map(|(user, _)| user);
            user.and_then(|user| user.split_once(':'))
                .map(|(_, password)| password)
                .into_iter()
                .collect()
        }
        None => value.split(',').map(str::trim).filter(|part| !part.is_empty()).collect(),
    }
}

/// Warnings about unwise settings; each sentence names the setting.
pub(super) fn unwise(given: &GivenSettings, settings: &Settings) -> Vec<String> {
    let mut found = Vec::new();
    let mut warn = |name: &str, what: &str| found.push(format!("CANDOR_{name} {what}"));
    for setting in LIST.iter().filter(|setting| setting.secret) {
        let value = given.get(setting.name).unwrap_or_default();
        let weak = parts(value).iter().find_map(|part| weakness(part, 0));
        if let Some(why) = weak.filter(|_| setting.guards.is_none()) {
            warn(setting.name, &why);
        }
        if given.file(setting.name).is_some_and(is_open) {
            warn(
                setting.name,
                "stands in a file that every user of this machine can read; chmod 600 it",
            );
        }
    }
    let config = LIST.iter().filter(|setting| setting.secret).find_map(|setting| {
        match given.source(setting.name) {
            SettingSource::File(path) if is_open(&path) => Some((setting.name, path)),
            SettingSource::File(_) | SettingSource::Environment | SettingSource::Default => None,
        }
    });
    if let Some((name, path)) = config {
        let path = path.display();
        warn(
            name,
            &format!("stands in {path}, which every user of this machine can read; chmod 600 it"),
        );
    }
    if let Some(mail) = &settings.mail
        && mail.user.is_some()
        && mail.security == Security::None
        && !is_local(&mail.host)
    {
        warn(
            "MAIL_PASSWORD",
            "goes to another machine in clear text; don't set CANDOR_MAIL_TLS=false",
        );
    }
    let database = &settings.database_url;
    let secured = ["sslmode=require", "sslmode=verify-ca", "sslmode=verify-full"];
    if settings.on_postgres()
        && !is_local(host_of(database))
        && !secured.iter().any(|mode| database.contains(mode))
    {
        warn("DATABASE_URL", "may go to another machine in clear text; add ?sslmode=verify-full");
    }
    if let Some(redis) = &settings.redis
        && redis.url.starts_with("redis://")
        && !is_local(host_of(&redis.url))
    {
        warn("REDIS_URL", "goes to another machine in clear text; use rediss:// for TLS");
    }
    if settings.site_url.starts_with("http://") && !is_local(host_of(&settings.site_url)) {
        warn(
            "SITE_URL",
            "begins with http://, so links in mails and subscriptions go in clear text; use https://",
        );
    }
    let mut networks = given.get("TRUSTED_PROXIES").unwrap_or_default().split(',').map(str::trim);
    if let Some(wide) = networks.find(|network| is_wide(network)) {
        warn(
            "TRUSTED_PROXIES",
            &format!(
                "trusts {wide}, so that nearly anybody may claim any address; name the proxies alone"
            ),
        );
    }
    let mut allowed = given.get("WEBHOOK_ALLOW").unwrap_or_default().split(',').map(str::trim);
    if let Some(wide) = allowed.find(|network| is_wide(network)) {
        warn(
            "WEBHOOK_ALLOW",
            &format!(
                "allows {wide}, so that subscribers may have nearly any machine called; name the hosts alone"
            ),
        );
    }
    found
}

/// Whether a network takes in so much that it says nothing: `0.0.0.0/0`, `::/0`, `10.0.0.0/4`.
fn is_wide(network: &str) -> bool {
    let Some((address, prefix)) = network.split_once('/') else { return false };
    match (address.parse::<IpAddr>(), prefix.parse::<u8>()) {
        (Ok(IpAddr::V4(_)), Ok(prefix)) => prefix < 8,
        (Ok(IpAddr::V6(_)), Ok(prefix)) => prefix < 16,
        _ => false,
    }
}

/// The host of a URL; nothing for a socket's path.
fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let server = authority.rsplit_once('@').map_or(authority, |(_, server)| server);
    match server.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => server.split(':').next().unwrap_or_default(),
    }
}

/// Whether what is sent there stays on this machine.
fn is_local(host: &str) -> bool {
    host.is_empty()
        || host == "localhost"
        || host.starts_with("%2F")
        || host.parse().is_ok_and(|address: IpAddr| address.to_canonical().is_loopback())
}

/// Whether every user of this machine can read the file. What a container is given as a secret is closed by the
/// container.
pub(crate) fn is_open(file: &Path) -> bool {
    !file.starts_with("/run/secrets")
        && file.metadata().is_ok_and(|file| file.permissions().mode() & 0o007 != 0)
}
