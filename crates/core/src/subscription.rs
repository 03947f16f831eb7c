//! Subscriptions: where subscribers are notified, of what, and in which language; and the audience of a notification.

use std::{collections::BTreeMap, fmt};

use crate::{EmailAddress, IncidentNumber, InvalidValue, Notification, Severity};

/// The receiver behind a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HookKind {
    /// An incoming webhook of Slack or of a compatible program: Mattermost, Rocket.Chat.
    Slack,
    /// A webhook of Discord.
    Discord,
    /// A workflow of Microsoft Teams that takes an Adaptive Card.
    Teams,
    /// A program: signed JSON (Standard Webhooks).
    Webhook,
}

impl HookKind {
    /// Every one of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Slack, Self::Discord, Self::Teams, Self::Webhook];

    /// Its name, which is the subscriber's channel.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Discord => "discord",
            Self::Teams => "teams",
            Self::Webhook => "webhook",
        }
    }

    /// What people call it, in every language.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Slack => "Slack, Mattermost, Rocket.Chat",
            Self::Discord => "Discord",
            Self::Teams => "Microsoft Teams",
            Self::Webhook => "Webhook",
        }
    }

    /// Whether a program reads the messages: they are JSON, and signed. Otherwise a person reads them in a chat.
    #[must_use]
    pub const fn is_program(self) -> bool {
        matches!(self, Self::Webhook)
    }

    /// The kind of this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// The URL of a subscriber's webhook.
///
/// Whoever knows it can post there, so it is as secret as a mail address: `Debug` shows the host only. Whether it may
/// be called is checked at each call.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HookUrl(String);

impl HookUrl {
    /// The longest address, in bytes.
    pub const MAX_BYTES: usize = 2_000;

    /// Parses a URL.
    ///
    /// # Errors
    /// It doesn't begin with `https://` or `http://`, is too long, or contains white space or control characters.
    pub fn parse(raw: &str) -> Result<Self, InvalidValue> {
        let raw = raw.trim();
        let rest = raw.strip_prefix("https://").or_else(|| raw.strip_prefix("http://"));
        let plain = !raw.chars().any(|c| c.is_whitespace() || c.is_control());
        match rest {
            Some(rest) if plain && !rest.is_empty() && raw.len() <= Self::MAX_BYTES => {
                Ok(Self(raw.to_owned()))
            }
            _ => Err(InvalidValue::new(
                "this is not a web address; it should look like https://chat.example.org/hooks/…",
            )),
        }
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl HookUrl {
    /// The host, with the port if one is given.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        authority.rsplit('@').next().unwrap_or_default()
    }
}

impl fmt::Debug for HookUrl {
    /// Shows the host only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/…", self.host())
    }
}

/// Where a subscriber is notified.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Address {
    /// By mail.
    Mail(EmailAddress),
    /// By a message to a webhook.
    Hook(HookKind, HookUrl),
}

impl Address {
    /// The channel of mails.
    pub const MAIL: &str = "mail";
    /// Every channel that a subscriber can have.
    #[expect(clippy::indexing_slicing, reason = "if it could panic, it wouldn't compile")]
    pub const CHANNELS: &[&str] = &{
        let mut names = [Self::MAIL; 1 + HookKind::ALL.len()];
        let mut at = 0;
        while at < HookKind::ALL.len() {
            names[at + 1] = HookKind::ALL[at].as_str();
            at += 1;
        }
        names
    };

    /// Parses an address of this channel.
    ///
    /// # Errors
    /// It is not an address of that channel, or there is no such channel.
    pub fn parse(channel: &str, raw: &str) -> Result<Self, InvalidValue> {
        match HookKind::of(channel) {
            Some(kind) => HookUrl::parse(raw).map(|url| Self::Hook(kind, url)),
            None if channel == Self::MAIL => EmailAddress::parse(raw).map(Self::Mail),
            None => Err(InvalidValue::new(format!(
                "{channel:?} is not a channel; there are {}",
                Self::CHANNELS.join(", ")
            ))),
        }
    }

    /// The subscriber's channel: `mail`, or the kind of webhook.
    #[must_use]
    pub fn channel(&self) -> &'static str {
        match self {
            Self::Mail(_) => Self::MAIL,
            Self::Hook(kind, _) => kind.as_str(),
        }
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Mail(address) => address.as_str(),
            Self::Hook(_, url) => url.as_str(),
        }
    }

    /// The normalized address: no two subscribers share it.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Mail(address) => address.key(),
            Self::Hook(_, url) => url.as_str().to_owned(),
        }
    }

    /// The destination of messages to this address, for counting only: a mailbox, or a URL without query and fragment.
    #[must_use]
    pub fn mailbox(&self) -> String {
        match self {
            Self::Mail(address) => address.mailbox(),
            Self::Hook(_, url) => {
                url.as_str().split(['?', '#']).next().unwrap_or_default().to_lowercase()
            }
        }
    }

    /// The server that receives messages to this address: a domain or a host.
    #[must_use]
    pub fn domain(&self) -> String {
        match self {
            Self::Mail(address) => address.domain().to_owned(),
            Self::Hook(_, url) => url.host().to_lowercase(),
        }
    }

    /// The mail address, if it is one.
    #[must_use]
    pub fn mail(&self) -> Option<&EmailAddress> {
        match self {
            Self::Mail(address) => Some(address),
            Self::Hook(..) => None,
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mail(address) => address.fmt(f),
            Self::Hook(kind, url) => write!(f, "{} {url:?}", kind.as_str()),
        }
    }
}

impl From<&EmailAddress> for Address {
    fn from(address: &EmailAddress) -> Self {
        Self::Mail(address.clone())
    }
}

/// What a subscriber wants to be notified of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Scope {
    /// Incidents and maintenance.
    #[default]
    All,
    /// Incidents only.
    Incidents,
}

impl Scope {
    /// Every one of them.
    pub const ALL: [Self; 2] = [Self::All, Self::Incidents];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Incidents => "incidents",
        }
    }

    /// The scope of this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }

    /// Whether it includes incidents of this severity.
    #[must_use]
    pub fn includes(self, severity: Severity) -> bool {
        self == Self::All || severity != Severity::Maintenance
    }
}

/// What a subscriber wants to be notified of, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preferences {
    /// The language tag (BCP 47); none for the site's.
    pub language: Option<String>,
    /// The time zone, by its IANA name; none for the site's.
    pub time_zone: Option<String>,
    /// What to be notified of.
    pub scope: Scope,
    /// Only this one incident, regardless of the scope.
    pub incident: Option<IncidentNumber>,
}

impl Preferences {
    /// Whether this subscriber gets `notification`.
    #[must_use]
    pub fn wants_notification(&self, notification: &Notification) -> bool {
        self.wants_incident(notification.incident, notification.severity)
    }

    /// Whether this subscriber is notified of an incident of this number and severity.
    #[must_use]
    pub fn wants_incident(&self, incident: IncidentNumber, severity: Severity) -> bool {
        self.incident.map_or_else(|| self.scope.includes(severity), |only| only == incident)
    }
}

/// An address, and its preferences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionRequest {
    /// Where to notify.
    pub address: Address,
    /// What to notify of, and how.
    pub preferences: Preferences,
}

impl From<&Self> for SubscriptionRequest {
    fn from(request: &Self) -> Self {
        request.clone()
    }
}

impl From<Address> for SubscriptionRequest {
    /// With default preferences.
    fn from(address: Address) -> Self {
        Self { address, preferences: Preferences::default() }
    }
}

impl From<&EmailAddress> for SubscriptionRequest {
    fn from(address: &EmailAddress) -> Self {
        Address::from(address).into()
    }
}

/// How many confirmed subscribers there are, by scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Audience {
    /// Those who want everything.
    pub all: u64,
    /// Those who want incidents only.
    pub incidents: u64,
    /// Those who want one incident only.
    pub one: BTreeMap<IncidentNumber, u64>,
}

impl Audience {
    /// How many subscribers get a notification; `incident` is none for one that isn't open yet.
    #[must_use]
    pub fn count(&self, incident: Option<IncidentNumber>, severity: Severity) -> u64 {
        let scoped = if Scope::Incidents.includes(severity) { self.incidents } else { 0 };
        let one = incident.and_then(|number| self.one.get(&number)).copied().unwrap_or_default();
        self.all.saturating_add(scoped).saturating_add(one)
    }
}

impl From<u64> for Audience {
    /// This many subscribers with the scope `All`.
    fn from(all: u64) -> Self {
        Self { all, ..Self::default() }
    }
}
