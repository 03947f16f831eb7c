//! All settings, read once: from `candor.toml` and `CANDOR_*` environment variables; the environment wins.
//!
//! [`LIST`] is the whole list. `candor check` prints it, README repeats it, and a test compares the two.

mod given;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use candor_integrations::mail::{MailSettings, Mailbox, Secret, Security};
use candor_web::Network;
pub(crate) use given::{Given, Source};

use crate::{failure::Failure, secrets};

/// One setting as users know it.
#[derive(Debug)]
pub(crate) struct Setting {
    /// The name after `CANDOR_`; in lower case the key in `candor.toml`.
    pub(crate) name: &'static str,
    /// Never printed, and may be given as `…_FILE`.
    pub(crate) secret: bool,
    /// What holds if it isn't given, in words.
    pub(crate) default: &'static str,
}

const fn plain(name: &'static str, default: &'static str) -> Setting {
    Setting { name, secret: false, default }
}

const fn secret(name: &'static str, default: &'static str) -> Setting {
    Setting { name, secret: true, default }
}

/// Every setting there is.
pub(crate) const LIST: &[Setting] = &[
    plain("SITE_URL", "http:// and the listen address"),
    plain("SITE_NAME", "Our service"),
    plain("LISTEN", "127.0.0.1:8000"),
    plain("DATA_DIR", "candor-data"),
    secret("DATABASE_URL", "sqlite: and candor.sqlite3 in the data directory"),
    plain("AUTOMIGRATE", "on; skip leaves it to `candor migrate`"),
    secret("SECRET_KEY", "made at the first start, kept in the data directory"),
    secret(
        "OPSGENIE_SECRET",
        "made at the first start; two, separated by a comma, while you change it",
    ),
    plain("MAIL_HOST", "none: mails wait"),
    plain("MAIL_PORT", "465 with MAIL_SSL, else 587 with MAIL_USER, else 25"),
    plain("MAIL_TLS", "true (STARTTLS), false on this machine itself or with MAIL_SSL"),
    plain("MAIL_SSL", "false"),
    plain("MAIL_CA_FILE", "the system's certificates"),
    plain("MAIL_USER", "none: no authentication"),
    secret("MAIL_PASSWORD", "none"),
    plain("MAIL_FROM", "SITE_NAME <status@ the site's host>"),
    plain("MAIL_CONNECTIONS", "20"),
    plain("SECURITY_CONTACT", "none: no security.txt"),
    plain(
        "TRUSTED_PROXIES",
        "none; addresses whose X-Forwarded-For is believed, separated by commas",
    ),
    plain("LOG", "info,actix_server=warn"),
    plain("LOG_FORMAT", "pretty; or json"),
];

/// The settings, ready for use.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) site_url: String,
    pub(crate) site_name: String,
    pub(crate) listen: SocketAddr,
    pub(crate) data_dir: PathBuf,
    pub(crate) database_url: String,
    pub(crate) automigrate: bool,
    pub(crate) secret_key: Option<String>,
    pub(crate) opsgenie_secrets: Vec<String>,
    pub(crate) mail: Option<MailSettings>,
    pub(crate) mail_connections: u32,
    pub(crate) security_contact: Option<String>,
    pub(crate) trusted_proxies: Vec<Network>,
    pub(crate) log: String,
    pub(crate) log_json: bool,
}

impl Settings {
    /// Reads the settings.
    ///
    /// # Errors
    /// What is wrong with them, one sentence each.
    pub(crate) fn read(config: Option<&Path>) -> Result<Self, Failure> {
        let mut given = Given::read(config);
        let settings = Self::of(&mut given);
        if given.problems.is_empty() {
            Ok(settings)
        } else {
            Err(Failure::Settings(given.problems))
        }
    }

    /// The same settings for the port that the system chose where `CANDOR_LISTEN` left it to the system (port 0).
    pub(crate) fn listening_on(self, listen: SocketAddr) -> Self {
        if self.site_url == local_url(self.listen) {
            self.on_this_machine(listen)
        } else {
            Self { listen, ..self }
        }
    }

    /// The same settings for a page that is only reached from this machine.
    pub(crate) fn on_this_machine(self, listen: SocketAddr) -> Self {
        Self { site_url: local_url(listen), listen, ..self }
    }

    /// Looks at what was given; what is wrong is added to its problems.
    pub(crate) fn of(given: &mut Given) -> Self {
        let mut problems = Vec::new();
        let mut wrong = |name: &str, why: &str| problems.push(format!("CANDOR_{name} {why}"));
        let text = |name: &str| given.get(name).map(ToOwned::to_owned);

        let default_listen = SocketAddr::from(([127, 0, 0, 1], 8000));
        let listen = text("LISTEN").map_or(default_listen, |raw| {
            raw.parse().unwrap_or_else(|_| {
                wrong("LISTEN", "is not an address and a port, such as 127.0.0.1:8000");
                default_listen
            })
        });
        let site_url = text("SITE_URL").unwrap_or_else(|| local_url(listen));
        let site_url = site_url.trim_end_matches('/').to_owned();
        if candor_integrations::link::Links::new(&site_url, &[0; 32]).is_err() {
            wrong("SITE_URL", "is not an address of the form https://status.example.org");
        }
        let site_name = text("SITE_NAME").unwrap_or_else(|| "Our service".to_owned());
        let data_dir = PathBuf::from(text("DATA_DIR").unwrap_or_else(|| "candor-data".to_owned()));
        let database_url = text("DATABASE_URL")
            .unwrap_or_else(|| format!("sqlite:{}", data_dir.join("candor.sqlite3").display()));
        if !["sqlite:", "postgres://", "postgresql://"]
            .iter()
            .any(|scheme| database_url.starts_with(scheme))
        {
            wrong("DATABASE_URL", "begins neither with sqlite: nor with postgres://");
        }
        let automigrate = match text("AUTOMIGRATE").as_deref() {
            None | Some("on") => true,
            Some("skip") => false,
            Some(_) => {
                wrong("AUTOMIGRATE", "is neither on nor skip");
                true
            }
        };
        let opsgenie_secrets: Vec<String> = text("OPSGENIE_SECRET")
            .map(|list| {
                list.split(',')
                    .map(|one| one.trim().to_owned())
                    .filter(|one| !one.is_empty())
                    .collect()
            })
            .unwrap_or_default();
        if opsgenie_secrets.len() > 2 {
            wrong("OPSGENIE_SECRET", "holds more than two secrets");
        }
        if opsgenie_secrets.iter().any(|one| one.len() < secrets::SHORTEST_SECRET) {
            wrong(
                "OPSGENIE_SECRET",
                &format!("is too short; take at least {} characters", secrets::SHORTEST_SECRET),
            );
        }
        let trusted_proxies = text("TRUSTED_PROXIES")
            .map(|list| {
                let parsed: Result<Vec<Network>, _> =
                    list.split(',').map(|one| one.trim().parse()).collect();
                parsed.unwrap_or_else(|why| {
                    wrong("TRUSTED_PROXIES", &format!("is not a list of addresses: {why}"));
                    Vec::new()
                })
            })
            .unwrap_or_default();
        let log_json = match text("LOG_FORMAT").as_deref() {
            None | Some("pretty") => false,
            Some("json") => true,
            Some(_) => {
                wrong("LOG_FORMAT", "is neither pretty nor json");
                false
            }
        };
        let mail_connections = text("MAIL_CONNECTIONS").map_or(20, |raw| match raw.parse() {
            Ok(n @ 1..=200) => n,
            _ => {
                wrong("MAIL_CONNECTIONS", "is not a number from 1 to 200");
                20
            }
        });
        let mail = mail(&text, &mut wrong, &site_url, &site_name, mail_connections);
        let settings = Self {
            site_url,
            site_name,
            listen,
            database_url,
            automigrate,
            secret_key: text("SECRET_KEY"),
            opsgenie_secrets,
            mail,
            mail_connections,
            security_contact: text("SECURITY_CONTACT"),
            trusted_proxies,
            log: text("LOG").unwrap_or_else(|| "info,actix_server=warn".to_owned()),
            log_json,
            data_dir,
        };
        if settings.secret_key.as_ref().is_some_and(|key| secrets::key_from_text(key).is_none()) {
            wrong(
                "SECRET_KEY",
                "is not 64 hexadecimal digits; make one with: openssl rand -hex 32",
            );
        }
        given.problems.append(&mut problems);
        settings
    }
}

/// How the page is reached from this machine.
fn local_url(listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() {
        format!("http://localhost:{}", listen.port())
    } else {
        format!("http://{listen}")
    }
}

/// The mail settings; none without a host.
fn mail(
    text: &impl Fn(&str) -> Option<String>,
    wrong: &mut impl FnMut(&str, &str),
    site_url: &str,
    site_name: &str,
    connections: u32,
) -> Option<MailSettings> {
    let host = text("MAIL_HOST");
    let mut flag = |name: &str| match text(name).map(|raw| raw.to_ascii_lowercase()).as_deref() {
        None => None,
        Some("true" | "1" | "yes" | "on") => Some(true),
        Some("false" | "0" | "no" | "off") => Some(false),
        Some(_) => {
            wrong(name, "is neither true nor false");
            None
        }
    };
    let (ssl, tls) = (flag("MAIL_SSL").unwrap_or(false), flag("MAIL_TLS"));
    let on_this_machine =
        host.as_deref().is_some_and(|host| matches!(host, "localhost" | "127.0.0.1" | "::1"));
    let security = match (ssl, tls) {
        (true, Some(true)) => {
            wrong(
                "MAIL_TLS",
                "and CANDOR_MAIL_SSL exclude each other: STARTTLS, or TLS from the first byte",
            );
            Security::Tls
        }
        (true, _) => Security::Tls,
        (false, Some(true)) => Security::StartTls,
        (false, Some(false)) => Security::None,
        (false, None) if on_this_machine => Security::None,
        (false, None) => Security::StartTls,
    };
    let user = text("MAIL_USER");
    let usual_port =
        if user.is_none() && security != Security::Tls { 25 } else { security.default_port() };
    let port = text("MAIL_PORT").map_or(usual_port, |raw| {
        raw.parse().unwrap_or_else(|_| {
            wrong("MAIL_PORT", "is not a port number");
            usual_port
        })
    });
    let host = host?;
    let from =
        text("MAIL_FROM").unwrap_or_else(|| format!("{site_name} <status@{}>", host_of(site_url)));
    let from = Mailbox::parse(&from)
        .map_err(|why| wrong("MAIL_FROM", &format!("is wrong: {why}")))
        .ok()?;
    Some(MailSettings {
        port,
        user,
        password: text("MAIL_PASSWORD").map(Secret::new),
        ca_file: text("MAIL_CA_FILE").map(PathBuf::from),
        connections,
        ..MailSettings::new(host, security, from)
    })
}

/// The site's host, for the sender's address; an IP address can't be one.
fn host_of(site_url: &str) -> &str {
    let authority = site_url.split("://").nth(1).unwrap_or_default();
    let host = authority.split(['/', ':']).next().unwrap_or_default();
    if host.is_empty() || host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok() {
        "localhost"
    } else {
        host
    }
}

#[cfg(test)]
mod tests;
