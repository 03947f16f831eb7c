//! All settings, read once: from `candor.toml` and `CANDOR_*` environment variables; the environment wins.
//!
//! [`LIST`] is the whole list. `candor check` prints it, `docs/reference/settings.md` explains it, and a test compares the two.

mod guessable;
mod mail;
mod scale;
mod secret_key;
mod slack;
mod source;
mod warnings;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use candor_content::link::Links;
use candor_core::{Address, EmailAddress, ErrorChain, SiteName};
use candor_integrations::{
    alert_source::{AlertRules, InvalidRule},
    mail::MailSettings,
    ping::PingTarget,
    slack::SlackSettings,
    webhook::{AllowedTargets, WebhookSettings},
};
use candor_store::{Queue, Store};
use candor_telemetry::Role;
use candor_web::{LiveSettings, Network};
use candor_worker::RedisSettings;
use jiff::SignedDuration;
pub(crate) use scale::{AdminListen, QueueList};
pub(crate) use secret_key::SecretKeys;
pub(crate) use source::{GivenSettings, SettingSource};
pub(crate) use warnings::is_open;

use crate::error::CliError;

/// One setting as users know it.
#[derive(Debug)]
pub(crate) struct Setting {
    /// The name after `CANDOR_`; in lower case the key in `candor.toml`.
    pub(crate) name: &'static str,
    /// Never printed, and may be given as `…_FILE`.
    pub(crate) secret: bool,
    /// This secret lets its holder act here, so it needs at least this many characters and must not be guessable. None where
    /// another server checks it.
    pub(crate) guards: Option<usize>,
    /// The default, in words.
    pub(crate) default: &'static str,
}

const fn plain(name: &'static str, default: &'static str) -> Setting {
    Setting { name, secret: false, guards: None, default }
}

/// How many secrets alert webhooks may carry: two for each of several systems. Each call is compared with all of them.
const MAX_ALERT_SECRETS: usize = 50;

const fn secret(name: &'static str, default: &'static str) -> Setting {
    Setting { name, secret: true, guards: None, default }
}

const fn guarding(name: &'static str, least: usize, default: &'static str) -> Setting {
    Setting { name, secret: true, guards: Some(least), default }
}

/// Every setting there is.
pub(crate) const LIST: &[Setting] = &[
    plain("SITE_URL", "http:// and the listen address"),
    plain("SITE_NAME", "as `candor site set` has it, else Our service"),
    plain("LISTEN", "127.0.0.1:8000"),
    plain("DATA_DIR", "candor-data"),
    plain("EXPORT_DIR", "none; a folder in which the page is kept as files"),
    secret("DATABASE_URL", "candor.sqlite3 in the data directory"),
    plain("DATABASE_CONNECTIONS", "10"),
    plain(
        "REFIRE_MINUTES",
        "15; an alert that soon after a dismissal reopens the suspected incident",
    ),
    plain("AUTOMIGRATE", "on; skip leaves it to `candor migrate`"),
    guarding(
        "SECRET_KEY",
        64,
        "made at the first start, kept in the data directory; old,new while you change it",
    ),
    guarding(
        "ALERT_SECRET",
        16,
        "made at the first start; several, separated by commas: one for each system, or while you change it",
    ),
    plain("ALERT_RULES", "none: every alert may suspect"),
    secret("SLACK_BOT_TOKEN", "none: Slack isn't used"),
    guarding("SLACK_SIGNING_SECRET", 16, "none; two, separated by a comma, while you change it"),
    secret(
        "SLACK_APP_TOKEN",
        "none: Slack calls Candor; with it, Candor calls Slack (Socket Mode)",
    ),
    plain("SLACK_CHANNEL", "none; a channel's name or id"),
    plain("SLACK_USER_GROUP", "none: everyone in the channel may act; a user group's id"),
    plain("SLACK_TWO_PEOPLE", "false; true: a second person has to confirm"),
    plain("SLACK_REACTION", "none; mega: this reaction proposes a message as an update"),
    plain("SLACK_API_URL", "https://slack.com/api/"),
    secret("CHAT_WEBHOOK_URL", "none; an incoming webhook that also gets the team's messages"),
    plain("MAIL_HOST", "none: mails wait"),
    plain("MAIL_PORT", "465 with MAIL_SSL, else 587 with MAIL_USER, else 25"),
    plain("MAIL_TLS", "true (STARTTLS), false on this machine itself or with MAIL_SSL"),
    plain("MAIL_SSL", "false"),
    plain("MAIL_CA_FILE", "the system's certificates"),
    plain("MAIL_USER", "none: no authentication"),
    secret("MAIL_PASSWORD", "none"),
    plain("MAIL_FROM", "SITE_NAME <status@ the site's host>"),
    plain("MAIL_HELO", "the site's host, else the domain of MAIL_FROM"),
    plain(
        "SUBSCRIBE",
        "every channel that works, which mail does with MAIL_HOST alone; or some of them, or off",
    ),
    plain(
        "WEBHOOK_ALLOW",
        "none: subscribers' webhooks are public and https; networks or hosts, separated by commas",
    ),
    plain("CONCURRENCY", "20"),
    plain("LEASE", "60"),
    plain("QUEUES", "chat,mail,hooks,default"),
    plain("QUEUE", "redis with REDIS_URL, else sql"),
    secret("REDIS_URL", "none: the workers ask the database"),
    plain("REDIS_PREFIX", "candor"),
    plain("REDIS_CA_FILE", "the system's certificates"),
    plain("WORKERS", "as many as this machine has cores"),
    plain("ADMIN_LISTEN", "127.0.0.1:9180, or a free port if that is taken; or off"),
    plain("METRICS_USER", "metrics"),
    guarding("METRICS_PASSPHRASE", 8, "none: no password, and only this machine can read metrics"),
    plain("PUBLIC_METRICS", "false: metrics are on the admin listener alone"),
    plain("SECURITY_CONTACT", "none: no security.txt"),
    plain(
        "TRUSTED_PROXIES",
        "none; addresses whose X-Forwarded-For is believed, separated by commas",
    ),
    plain("EVENTS_PER_ADDRESS", "20"),
    plain("EVENTS_MAX", "20000"),
    secret("PING_URL", "none; an address that is called each minute as long as all is well"),
    plain("LOG", "info,actix_server=warn,apalis_core=warn"),
    plain("LOG_FORMAT", "pretty; or json"),
];

/// The settings, ready for use.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) site_url: String,
    /// Whether the address of the page is set.
    pub(crate) site_url_is_given: bool,
    pub(crate) site_name: SiteName,
    pub(crate) listen: SocketAddr,
    pub(crate) data_dir: PathBuf,
    pub(crate) export_dir: Option<PathBuf>,
    pub(crate) database_url: String,
    pub(crate) database_connections: u32,
    pub(crate) refire: SignedDuration,
    pub(crate) automigrate: bool,
    pub(crate) secret_key: Option<SecretKeys>,
    pub(crate) alert_secrets: Vec<String>,
    pub(crate) alert_rules: AlertRules,
    pub(crate) slack: Option<SlackSettings>,
    pub(crate) chat_webhook: Option<WebhookSettings>,
    pub(crate) dead_mans_switch: Option<PingTarget>,
    pub(crate) mail: Option<MailSettings>,
    /// How strangers may subscribe.
    pub(crate) subscribe: Vec<&'static str>,
    /// The private networks that subscribers' webhooks may be in.
    pub(crate) webhook_allow: AllowedTargets,
    pub(crate) concurrency: u32,
    pub(crate) lease: Duration,
    pub(crate) queues: Vec<Queue>,
    pub(crate) redis: Option<RedisSettings>,
    pub(crate) admin_listen: AdminListen,
    pub(crate) metrics_user: String,
    pub(crate) metrics_passphrase: Option<String>,
    /// Whether the page's listener answers `/metrics` as well.
    pub(crate) public_metrics: bool,
    /// How many threads answer requests.
    pub(crate) workers: usize,
    pub(crate) security_contact: Option<String>,
    pub(crate) trusted_proxies: Vec<Network>,
    pub(crate) live: LiveSettings,
    pub(crate) log: String,
    pub(crate) log_json: bool,
    /// Warnings about unwise settings; one sentence each.
    pub(crate) warnings: Vec<String>,
}

impl Settings {
    /// Reads the settings.
    ///
    /// # Errors
    /// Mistakes in them, one sentence each.
    pub(crate) fn read(config: Option<&Path>) -> Result<Self, CliError> {
        let mut given = GivenSettings::read(config);
        let settings = Self::of(&mut given);
        if given.problems.is_empty() {
            Ok(settings)
        } else {
            Err(CliError::Settings(given.problems))
        }
    }

    /// The same settings with what the command line says of a worker.
    pub(crate) fn working_on(self, queues: Option<QueueList>, concurrency: Option<u32>) -> Self {
        let concurrency = concurrency.unwrap_or(self.concurrency);
        let queues = queues.map_or(self.queues, |QueueList(queues)| queues);
        let mail = self.mail.map(|mail| MailSettings { connections: concurrency, ..mail });
        Self { queues, concurrency, mail, ..self }
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
    pub(crate) fn of(given: &mut GivenSettings) -> Self {
        let mut reader = SettingsReader { given, problems: Vec::new() };
        let mut settings = reader.settings();
        reader.guarding_secrets();
        settings.warnings = warnings::unwise(reader.given, &settings);
        let mut problems = reader.problems;
        given.problems.append(&mut problems);
        settings
    }

    /// Whether the log is in PostgreSQL, where several processes can share it.
    pub(crate) fn on_postgres(&self) -> bool {
        !self.database_url.starts_with("sqlite:")
    }

    /// The SQLite file of the log; none on PostgreSQL.
    pub(crate) fn sqlite_file(&self) -> Option<PathBuf> {
        let path = self.database_url.strip_prefix("sqlite:")?;
        let path = Path::new(path.strip_prefix("//").unwrap_or(path));
        Some(std::path::absolute(path).unwrap_or_else(|_no_folder| path.to_owned()))
    }

    /// Where the log is, without any password: the file's whole path, or PostgreSQL's host and database.
    pub(crate) fn database_shown(&self) -> String {
        if let Some(file) = self.sqlite_file() {
            return file.display().to_string();
        }
        let rest = self.database_url.split_once("://").map_or("", |(_, rest)| rest);
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        let shown = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
        format!("PostgreSQL at {shown}")
    }

    /// Whether these settings will do for a process of this role.
    ///
    /// # Errors
    /// Missing settings, one sentence each.
    pub(crate) fn demand(&self, role: Role) -> Result<(), CliError> {
        if role == Role::Serve {
            return Ok(());
        }
        let role = role.as_str();
        let mut missing = Vec::new();
        if !self.on_postgres() {
            missing.push(format!(
                "candor {role} needs PostgreSQL: set CANDOR_DATABASE_URL=postgres://…; candor serve runs on SQLite"
            ));
        }
        if role == "worker" && !self.site_url_is_given {
            missing.push(
                "candor worker needs CANDOR_SITE_URL: the links in mails begin with it".to_owned(),
            );
        }
        if self.secret_key.is_none() && !is_there(&self.key_file())? {
            missing.push(format!(
                "candor {role} needs CANDOR_SECRET_KEY, the same one for all processes, or links in mails don't hold; \
                 make one with: openssl rand -hex 32"
            ));
        }
        if missing.is_empty() { Ok(()) } else { Err(CliError::Settings(missing)) }
    }

    /// Where the key is kept that the first start makes.
    pub(crate) fn key_file(&self) -> PathBuf {
        self.data_dir.join("secret.key")
    }
}

/// Whether the file is there.
///
/// # Errors
/// This user may not know.
pub(crate) fn is_there(file: &Path) -> Result<bool, CliError> {
    file.try_exists().map_err(|e| CliError::io(format!("read {}", file.display()), e))
}

/// Reads one setting after another, and notes what is wrong.
struct SettingsReader<'a> {
    given: &'a GivenSettings,
    problems: Vec<String>,
}

impl SettingsReader<'_> {
    fn text(&self, name: &str) -> Option<String> {
        self.given.get(name).map(ToOwned::to_owned)
    }

    fn wrong(&mut self, name: &str, why: &str) {
        self.problems.push(format!("CANDOR_{name} {why}"));
    }

    /// The parsed value; `default` if it isn't given, or can't be parsed.
    fn parsed<T: FromStr>(&mut self, name: &str, usual: T, why: &str) -> T {
        match self.text(name).map(|raw| raw.parse()) {
            None => usual,
            Some(Ok(value)) => value,
            Some(Err(_)) => {
                self.wrong(name, why);
                usual
            }
        }
    }

    fn number(&mut self, name: &str, usual: u32, least: u32, most: u32) -> u32 {
        match self.text(name).map(|raw| raw.parse()) {
            None => usual,
            Some(Ok(number)) if (least..=most).contains(&number) => number,
            Some(_) => {
                self.wrong(name, &format!("is not a number from {least} to {most}"));
                usual
            }
        }
    }

    /// Which of two words it is; the first one if it isn't given.
    fn either(&mut self, name: &str, first: &str, second: &str) -> bool {
        match self.text(name) {
            None => true,
            Some(word) if word == first => true,
            Some(word) if word == second => false,
            Some(_) => {
                self.wrong(name, &format!("is neither {first} nor {second}"));
                true
            }
        }
    }

    fn settings(&mut self) -> Settings {
        let listen = self.parsed(
            "LISTEN",
            SocketAddr::from(([127, 0, 0, 1], 8000)),
            "is not an address and a port, such as 127.0.0.1:8000",
        );
        let site_url = self.site_url(listen);
        let site_name: SiteName = self.text("SITE_NAME").map(SiteName::from).unwrap_or_default();
        let data_dir =
            PathBuf::from(self.text("DATA_DIR").unwrap_or_else(|| "candor-data".to_owned()));
        let database_url = self
            .text("DATABASE_URL")
            .unwrap_or_else(|| format!("sqlite:{}", data_dir.join("candor.sqlite3").display()));
        if let Err(why) = Store::check_url(&database_url) {
            self.wrong("DATABASE_URL", &format!("can't be used: {why}"));
        }
        let secret_key = self.text("SECRET_KEY").map(|keys| keys.parse());
        let secret_key = secret_key.transpose().unwrap_or_else(|why| {
            self.wrong("SECRET_KEY", why);
            None
        });
        let concurrency = self.concurrency();
        let (metrics_user, metrics_passphrase) = self.metrics();
        Settings {
            mail: self.mail(&site_url, site_name.of(None), concurrency),
            site_url,
            site_url_is_given: self.text("SITE_URL").is_some(),
            site_name,
            listen,
            data_dir,
            export_dir: self.text("EXPORT_DIR").map(PathBuf::from),
            database_url,
            database_connections: self.database_connections(),
            refire: self.refire(),
            automigrate: self.either("AUTOMIGRATE", "on", "skip"),
            secret_key,
            alert_secrets: self.alert_secrets(),
            alert_rules: self.alert_rules(),
            slack: self.slack(),
            chat_webhook: self.chat_webhook(),
            dead_mans_switch: self.dead_mans_switch(),
            subscribe: self.subscribe(),
            webhook_allow: self.webhook_allow(),
            concurrency,
            lease: self.lease(),
            queues: self.queues(),
            redis: self.redis(),
            admin_listen: self.admin_listen(metrics_passphrase.is_some()),
            metrics_user,
            public_metrics: self.public_metrics(metrics_passphrase.is_some()),
            workers: self.workers(),
            metrics_passphrase,
            security_contact: self.security_contact(),
            trusted_proxies: self.trusted_proxies(),
            live: self.live(),
            log: self.log(),
            log_json: !self.either("LOG_FORMAT", "pretty", "json"),
            warnings: Vec::new(),
        }
    }

    /// The address of the page, in the form that all links begin with.
    fn site_url(&mut self, listen: SocketAddr) -> String {
        let given = self.text("SITE_URL").unwrap_or_else(|| local_url(listen));
        match Links::new(&given, &[0; 32]) {
            Ok(links) => links.site().to_owned(),
            Err(why) => {
                self.wrong("SITE_URL", &format!("can't be used: {why}"));
                given
            }
        }
    }

    fn log(&mut self) -> String {
        let usual = "info,actix_server=warn,apalis_core=warn";
        let filter = self.text("LOG").unwrap_or_else(|| usual.to_owned());
        if let Err(why) = candor_telemetry::check_filter(&filter) {
            self.wrong("LOG", &format!("can't be used: {why}; the default is {usual}"));
        }
        filter
    }

    /// Where to report a security problem: a URI (RFC 9116, section 2.5.3). A bare mail address becomes one.
    fn security_contact(&mut self) -> Option<String> {
        let given = self.text("SECURITY_CONTACT")?;
        let contact = contact_uri(&given);
        if contact.is_none() {
            self.wrong(
                "SECURITY_CONTACT",
                "is neither a mail address nor a URI that begins with mailto:, https:// or tel:",
            );
        }
        contact
    }

    fn alert_secrets(&mut self) -> Vec<String> {
        let list = self.text("ALERT_SECRET").unwrap_or_default();
        let secrets: Vec<String> = list
            .split(',')
            .map(|one| one.trim().to_owned())
            .filter(|one| !one.is_empty())
            .collect();
        if secrets.len() > MAX_ALERT_SECRETS {
            let most = MAX_ALERT_SECRETS;
            self.wrong("ALERT_SECRET", &format!("holds more than {most} secrets"));
        }
        if secrets.iter().any(|secret| secret.contains(char::is_control)) {
            self.wrong("ALERT_SECRET", "holds a control character, which no header can carry");
        }
        secrets
    }

    /// Refuses every secret that guards this page and that anybody can guess.
    fn guarding_secrets(&mut self) {
        for setting in LIST {
            let Some(least) = setting.guards else { continue };
            let value = self.text(setting.name).unwrap_or_default();
            // What has no form at all is refused as that.
            let told = self.problems.iter().any(|problem| problem.contains(setting.name));
            let weak =
                warnings::parts(&value).iter().find_map(|one| warnings::weakness(one, least));
            if let Some(why) = weak.filter(|_| !told) {
                self.wrong(setting.name, &why);
            }
        }
    }

    fn live(&mut self) -> LiveSettings {
        let usual = LiveSettings::default();
        LiveSettings {
            per_address: self.number("EVENTS_PER_ADDRESS", usual.per_address, 1, 1_000_000),
            max: self.number("EVENTS_MAX", usual.max, 0, 1_000_000),
            ..usual
        }
    }

    fn alert_rules(&mut self) -> AlertRules {
        let rules = self.text("ALERT_RULES").unwrap_or_default();
        rules.parse().unwrap_or_else(|why: InvalidRule| {
            self.wrong("ALERT_RULES", &format!("can't be used: {why}"));
            AlertRules::default()
        })
    }

    fn dead_mans_switch(&mut self) -> Option<PingTarget> {
        let url = self.text("PING_URL")?;
        let target = PingTarget::new(&url);
        target
            .map_err(|why| self.wrong("PING_URL", &format!("can't be used: {}", ErrorChain(&why))))
            .ok()
    }

    fn subscribe(&mut self) -> Vec<&'static str> {
        let has_mail = self.text("MAIL_HOST").is_some();
        let works = |name: &&str| *name != Address::MAIL || has_mail;
        let Some(list) = self.text("SUBSCRIBE") else {
            return Address::CHANNELS.iter().copied().filter(works).collect();
        };
        if list == "off" {
            return Vec::new();
        }
        let names: Vec<_> = list.split(',').map(str::trim).collect();
        if names.iter().any(|name| !Address::CHANNELS.contains(name)) {
            let channels = Address::CHANNELS.join(", ");
            self.wrong("SUBSCRIBE", &format!("is neither off nor a list of {channels}"));
        }
        if names.contains(&Address::MAIL) && !has_mail {
            self.wrong("SUBSCRIBE", "has mail in it, but CANDOR_MAIL_HOST is not set");
        }
        Address::CHANNELS.iter().copied().filter(|name| names.contains(name)).collect()
    }

    fn webhook_allow(&mut self) -> AllowedTargets {
        let list = self.text("WEBHOOK_ALLOW").unwrap_or_default();
        list.parse().unwrap_or_else(|why| {
            self.wrong("WEBHOOK_ALLOW", &format!("is not a list of networks and hosts: {why}"));
            AllowedTargets::default()
        })
    }

    fn trusted_proxies(&mut self) -> Vec<Network> {
        let Some(list) = self.text("TRUSTED_PROXIES") else { return Vec::new() };
        let parsed: Result<Vec<Network>, _> =
            list.split(',').map(|one| one.trim().parse()).collect();
        parsed.unwrap_or_else(|why| {
            self.wrong("TRUSTED_PROXIES", &format!("is not a list of addresses: {why}"));
            Vec::new()
        })
    }
}

/// The URI of a contact, if it can be one.
fn contact_uri(contact: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
    let is_number = |c: char| c.is_ascii_digit() || "+-.()".contains(c);
    if EmailAddress::parse(contact).is_ok() {
        // What has a meaning in a URI, and what isn't ASCII (RFC 6068).
        let escape = |byte: u8| match byte {
            b'@' | b'.' | b'-' | b'_' | b'+' | b'~' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        };
        return Some(format!("mailto:{}", contact.bytes().map(escape).collect::<String>()));
    }
    let (scheme, rest) = contact.split_once(':')?;
    let can_be_reached = match scheme.to_ascii_lowercase().as_str() {
        "mailto" => {
            let address = rest.split('?').next().unwrap_or_default();
            rest.contains('%') || EmailAddress::parse(address).is_ok()
        }
        "https" => {
            rest.strip_prefix("//").is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        }
        "tel" => rest.contains(|c: char| c.is_ascii_digit()) && rest.chars().all(is_number),
        _ => false,
    };
    (can_be_reached && contact.chars().all(plain)).then(|| contact.to_owned())
}

/// How the page is reached from this machine.
fn local_url(listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() {
        format!("http://localhost:{}", listen.port())
    } else {
        format!("http://{listen}")
    }
}

#[cfg(test)]
mod tests;
