//! `candor mail …`

use std::net::IpAddr;

use candor_content::{link::Links, notification_text::ReaderPreferences};
use candor_core::EmailAddress;
use candor_integrations::mail::{self, MailEnvelope, MailRecipient, Mailer, Security};
use jiff::Timestamp;
use uuid::Uuid;

use super::check::{CheckResult, CheckVerdict};
use crate::{args, error::CliError, settings::Settings, terminal};

pub(crate) async fn run(settings: &Settings, command: args::MailCommand) -> Result<(), CliError> {
    match command {
        args::MailCommand::Test { address } => {
            test(settings, &EmailAddress::parse(&address)?).await
        }
    }
}

/// Sends one mail, past the queue.
async fn test(settings: &Settings, to: &EmailAddress) -> Result<(), CliError> {
    let Some(mail) = &settings.mail else {
        let why = "no mail is sent: set CANDOR_MAIL_HOST to your mail server";
        return Err(CliError::Settings(vec![why.to_owned()]));
    };
    let mailer = Mailer::new(mail.clone()).map_err(CliError::wrong)?;
    // A test mail has no link that has to be signed.
    let links = Links::new(&settings.site_url, &[0; 32]).map_err(CliError::wrong)?;
    let envelope = MailEnvelope {
        links: &links,
        site_name: settings.site_name.of(None),
        from: mailer.from(),
        delivery: Uuid::now_v7(),
        date: Timestamp::now(),
    };
    let to = MailRecipient {
        subscriber: Uuid::nil(),
        address: to.clone(),
        reader: ReaderPreferences::default(),
    };
    let sent = mailer.send(&mail::trial(&to, &envelope)).await;
    mailer.close().await;
    let server = format!("{}:{}", mail.host, mail.port);
    match sent {
        Ok(accepted) => {
            terminal::line(format!("{server} took the mail: {}", accepted.answer))?;
            terminal::line(format!("Look whether it has arrived at {}.", to.address))
        }
        Err(why) => Err(CliError::Failed(format!("{server} did not take the mail: {why}"))),
    }
}

/// Whether mails would be taken, as far as that can be asked without sending one.
pub(super) async fn check(settings: &Settings) -> CheckResult {
    let Some(mail) = &settings.mail else {
        let off = "CANDOR_MAIL_HOST isn't set: nobody gets mail, and the form doesn't offer it";
        return Ok(CheckVerdict::Off(off.to_owned()));
    };
    let server = format!("{}:{}", mail.host, mail.port);
    let mailer = Mailer::new(mail.clone()).map_err(|why| why.to_string())?;
    let reached = mailer.reachable().await.map_err(|why| {
        format!("{server}: {why}; see CANDOR_MAIL_* for where it is and how it is spoken to")
    })?;
    let protection = match (reached.encrypted, mail.security) {
        (true, Security::StartTls) => "STARTTLS",
        (true, _) => "TLS",
        (false, _) => "in clear",
    };
    let user = mail.user.as_ref().map_or_else(String::new, |user| format!(", as {user}"));
    let from = mail.from.address();
    let how = format!("{server} takes mails from {from} ({protection}{user}, EHLO {})", mail.hello);
    if is_loopback(&settings.site_url) {
        let url = &settings.site_url;
        return Ok(CheckVerdict::Warning(format!(
            "{how}, but their links would begin with {url}, which nobody else can open: set CANDOR_SITE_URL"
        )));
    }
    Ok(CheckVerdict::Good(how))
}

/// Whether the mail server takes addresses with letters outside ASCII before the @ (SMTPUTF8).
///
/// # Errors
/// It doesn't, or that can't be found out; a clause that says so.
pub(super) async fn takes_utf8(settings: &Settings) -> Result<(), String> {
    let Some(mail) = &settings.mail else {
        return Err(
            "that needs a mail server with SMTPUTF8, and CANDOR_MAIL_HOST isn't set".to_owned()
        );
    };
    let server = format!("{}:{}", mail.host, mail.port);
    let mailer = Mailer::new(mail.clone()).map_err(|why| why.to_string())?;
    match mailer.reachable().await {
        Ok(reached) if reached.utf8 => Ok(()),
        Ok(_) => Err(format!("the mail server {server} doesn't take these (no SMTPUTF8)")),
        Err(why) => {
            Err(format!("the mail server {server} can't be asked whether it takes these: {why}"))
        }
    }
}

/// Whether an address leads to this machine only.
fn is_loopback(site_url: &str) -> bool {
    let authority = site_url.split("://").nth(1).unwrap_or_default();
    let authority = authority.split('/').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback() || ip.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn an_address_of_this_machine_is_known_in_every_form() {
        for here in
            ["http://127.0.0.1:8000", "http://[::1]:8000/x", "http://localhost", "http://0.0.0.0:1"]
        {
            assert!(is_loopback(here), "{here}");
        }
        for elsewhere in
            ["https://status.example.org", "http://10.0.0.7:8000", "https://[2001:db8::1]"]
        {
            assert!(!is_loopback(elsewhere), "{elsewhere}");
        }
    }
}
