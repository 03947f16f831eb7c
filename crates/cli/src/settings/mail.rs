//! How mail is sent.

use std::path::PathBuf;

use candor_core::ErrorChain;
use candor_integrations::mail::{MailSettings, Mailbox, Mailer, Security};

use super::SettingsReader;

impl SettingsReader<'_> {
    /// The mail settings; none without a host.
    pub(super) fn mail(
        &mut self,
        site_url: &str,
        site_name: &str,
        connections: u32,
    ) -> Option<MailSettings> {
        let host = self.text("MAIL_HOST");
        let (ssl, tls) = (self.flag("MAIL_SSL").unwrap_or(false), self.flag("MAIL_TLS"));
        let on_this_machine =
            host.as_deref().is_some_and(|host| matches!(host, "localhost" | "127.0.0.1" | "::1"));
        let security = match (ssl, tls) {
            (true, Some(true)) => {
                self.wrong(
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
        let user = self.text("MAIL_USER");
        let usual_port =
            if user.is_none() && security != Security::Tls { 25 } else { security.default_port() };
        let port = self.parsed("MAIL_PORT", usual_port, "is not a port number");
        let host = host?;
        let from = self
            .text("MAIL_FROM")
            .unwrap_or_else(|| format!("{site_name} <status@{}>", host_of(site_url)));
        let from = Mailbox::parse(&from)
            .map_err(|why| self.wrong("MAIL_FROM", &format!("is wrong: {why}")))
            .ok()?;
        let (_, domain) = from.address().as_str().rsplit_once('@').unwrap_or_default();
        let hello = [host_of(site_url), domain].into_iter().find(|name| name.contains('.'));
        let hello = self.text("MAIL_HELO").unwrap_or_else(|| hello.unwrap_or(domain).to_owned());
        if !is_hello(&hello) {
            self.wrong("MAIL_HELO", "is not a host name, such as status.example.org");
        }
        let mail = MailSettings {
            hello,
            port,
            user,
            password: self.credential("MAIL_PASSWORD"),
            ca_file: self.text("MAIL_CA_FILE").map(PathBuf::from),
            connections,
            ..MailSettings::new(host, security, from)
        };
        if let Err(why) = Mailer::new(mail.clone()) {
            self.wrong(
                "MAIL_HOST",
                &format!("and what belongs to it can't be used: {}", ErrorChain(&why)),
            );
        }
        Some(mail)
    }

    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        match self.text(name).map(|raw| raw.to_ascii_lowercase()).as_deref() {
            None => None,
            Some("true" | "1" | "yes" | "on") => Some(true),
            Some("false" | "0" | "no" | "off") => Some(false),
            Some(_) => {
                self.wrong(name, "is neither true nor false");
                None
            }
        }
    }
}

/// Whether it is valid in `EHLO`: a host name, or an address in brackets (RFC 5321, section 4.1.1.1).
fn is_hello(name: &str) -> bool {
    let is_literal = name.starts_with('[') && name.ends_with(']');
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    name.len() <= 253
        && (name.split('.').all(label)
            || is_literal && !name.contains(|c: char| c.is_whitespace() || c.is_control()))
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
