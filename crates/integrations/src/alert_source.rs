//! Alert sources: the monitoring systems that can raise alerts.
//!
//! Each is a row of [`SOURCES`]; its address, how its calls are recognized, its label in metrics, `candor simulate` and
//! `candor source` come from that row.

mod alertmanager;
mod azure;
mod cloudwatch;
mod fields;
mod opsgenie;
mod pagerduty;
mod rules;
pub mod sender;
mod sentry;
mod shape;
mod shapes;
mod signature;
mod statement;

use candor_core::Command;
pub use fields::Fields;
use jiff::Timestamp;
pub use rules::{AlertRules, InvalidRule};
use shape::Shape;
pub use signature::SigningKey;
use statement::{Change, Statement};

use crate::json;

/// Every alert source, in the order in which a call to the address for all of them is compared with them.
pub const SOURCES: &[AlertSource] = &[
    opsgenie::SOURCE,
    alertmanager::GRAFANA,
    alertmanager::ALERTMANAGER,
    pagerduty::SOURCE,
    cloudwatch::SOURCE,
    azure::SOURCE,
    sentry::SOURCE,
    shapes::UPTIME_KUMA,
    shapes::UPTIMEROBOT,
    shapes::STATUSCAKE,
    shapes::PINGDOM,
    shapes::DATADOG,
    shapes::BETTER_STACK,
    shapes::HEALTHCHECKS,
    shapes::GATUS,
    shapes::ZABBIX,
    shapes::ICINGA,
    shapes::NAGIOS,
    shapes::SITE24X7,
    shapes::CHECKLY,
    shapes::NEW_RELIC,
    shapes::GOOGLE_CLOUD,
    shapes::CRONITOR,
    shapes::HETRIXTOOLS,
    shapes::HYPERPING,
    shapes::UPTIME_COM,
    shapes::DEAD_MANS_SNITCH,
    shapes::GOALERT,
    shapes::INCIDENT_IO,
    shapes::ANY,
];

/// A monitoring system that can raise alerts.
pub struct AlertSource {
    /// Its name in addresses, alert keys, metrics and the log.
    pub name: &'static str,
    /// Its name for people, and where a webhook is made there.
    pub title: &'static str,
    /// How the `User-Agent` of its calls begins, in lower case; empty if that doesn't tell.
    agent: &'static str,
    /// The header with its signature of a call, if it can sign: see [`SigningKey`].
    pub signature: Option<&'static str>,
    /// The fields that its calls have, as paths: all those of one of the groups.
    fields: &'static [&'static [&'static str]],
    reader: Reader,
}

/// How the calls of a source are read, and written for `candor simulate`.
enum Reader {
    /// By naming their fields.
    Shape(&'static Shape),
    /// By code.
    Code {
        ids_return: bool,
        read: fn(&SourceCall<'_>) -> Result<Vec<Signal>, UnreadableAlert>,
        simulate: fn(&SimulatedAlert) -> String,
    },
}

impl AlertSource {
    /// The source with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        SOURCES.iter().find(|source| source.name == name)
    }

    /// The source that a call comes from, by its `User-Agent`, or else by its fields.
    #[must_use]
    pub fn of_call(agent: Option<&str>, body: &AlertBody) -> Option<&'static Self> {
        let agent = agent.unwrap_or_default().to_ascii_lowercase();
        let is_its_agent =
            |source: &&Self| !source.agent.is_empty() && agent.starts_with(source.agent);
        let by_fields = || {
            let fields = body.fields().ok()?;
            let has_all = |group: &&[&str]| group.iter().all(|path| fields.has(path));
            SOURCES.iter().find(|source| source.fields.iter().any(&has_all))
        };
        SOURCES.iter().find(is_its_agent).or_else(by_fields)
    }

    /// Reads the body of a call. Its signals go into the log in one transaction; none of them means that it was a test, says
    /// nothing about an alert, or is ignored by a rule.
    ///
    /// # Errors
    /// It can't be read, or names no alert.
    pub fn read(
        &self,
        body: &AlertBody,
        rules: &AlertRules,
    ) -> Result<Vec<Signal>, UnreadableAlert> {
        let call = SourceCall { source: self.name, body, rules };
        match &self.reader {
            Reader::Shape(shape) => shape.read(&call),
            Reader::Code { read, .. } => read(&call),
        }
    }

    /// Writes the body of a call about an alert that doesn't exist.
    #[must_use]
    pub fn simulate(&self, alert: &SimulatedAlert) -> String {
        match &self.reader {
            Reader::Shape(shape) => shape.simulate(alert),
            Reader::Code { simulate, .. } => simulate(alert),
        }
    }

    /// Whether it uses the id of an alert again for the next problem.
    #[must_use]
    pub fn ids_return(&self) -> bool {
        match &self.reader {
            Reader::Shape(shape) => shape.ids_return,
            Reader::Code { ids_return, .. } => *ids_return,
        }
    }
}

/// A call to be read.
struct SourceCall<'a> {
    source: &'static str,
    body: &'a AlertBody,
    rules: &'a AlertRules,
}

/// The body of a call, whatever form it was sent in: a JSON document.
#[derive(Debug, Clone)]
pub struct AlertBody(String);

impl AlertBody {
    /// JSON as it is really sent: what is broken inside a string is replaced.
    #[must_use]
    pub fn of_json(body: &[u8]) -> Self {
        Self(json::repair(body).into_owned())
    }

    /// The fields of a form, or of a query: an object of strings. A value that is a JSON object itself is taken as one, and a
    /// field `payload` that stands alone as the whole document. Many a JSON document is called a form by its sender.
    #[must_use]
    pub fn of_form(body: &[u8]) -> Self {
        if body.trim_ascii_start().starts_with(b"{") {
            return Self::of_json(body);
        }
        let fields: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
        if let [(name, document)] = fields.as_slice()
            && name == "payload"
        {
            return Self::of_json(document.as_bytes());
        }
        let value = |text: String| match text.starts_with('{').then(|| serde_json::from_str(&text))
        {
            Some(Ok(object)) => object,
            Some(Err(_)) | None => serde_json::Value::from(text),
        };
        let fields = fields.into_iter().map(|(name, text)| (name, value(text)));
        Self(serde_json::Value::Object(fields.collect()).to_string())
    }

    /// What was sent, for a person to look at: at most `most` bytes, with `…` for whatever is called a token, secret,
    /// password, key or signature.
    #[must_use]
    pub fn without_secrets(&self, most: usize) -> String {
        let text = match serde_json::from_str(&self.0) {
            Ok(mut value) => {
                hide_secrets(&mut value);
                value.to_string()
            }
            Err(_not_json) => self.0.clone(),
        };
        let end = text.floor_char_boundary(most);
        text.get(..end).unwrap_or_default().to_owned()
    }

    /// Why nothing can be read from it, if that is so.
    #[must_use]
    pub fn problem(&self) -> Option<UnreadableAlert> {
        self.fields().err()
    }

    /// Its fields.
    ///
    /// # Errors
    /// It isn't a JSON object.
    fn fields(&self) -> Result<Fields<'_>, UnreadableAlert> {
        Fields::of(&self.0)
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

fn hide_secrets(value: &mut serde_json::Value) {
    // Other keys, such as Alertmanager's `groupKey`, say what an alert is about.
    const NAMES: [&str; 11] = [
        "token",
        "secret",
        "passw",
        "authorization",
        "signature",
        "apikey",
        "routingkey",
        "servicekey",
        "integrationkey",
        "privatekey",
        "subscribeurl",
    ];
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace(['-', '_'], "").to_ascii_lowercase();
                if NAMES.iter().any(|secret| name.contains(secret)) {
                    *value = "…".into();
                } else {
                    hide_secrets(value);
                }
            }
        }
        serde_json::Value::Array(values) => values.iter_mut().for_each(hide_secrets),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => {}
    }
}

/// What a source says about one alert.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// [`Command::RaiseAlert`], [`Command::ClearAlert`] or [`Command::UpdateAlert`].
    pub command: Command,
    /// The signal's own key: the same for every retry of it, different for every other signal of the source. None if
    /// nothing tells a retry from the next problem.
    pub source_key: Option<String>,
    /// When it happened by the source's clock, if that is a date of this century. Only a label: it can be years old.
    pub occurred_at: Option<Timestamp>,
    /// The source's own word for what happened.
    pub action: String,
}

/// Why a call can't be read: a sentence for the sender, which repeats nothing of what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableAlert {
    /// The body is not JSON.
    #[error("the body is not valid JSON")]
    NotJson,
    /// The body is JSON, but not an object.
    #[error("the body is not a JSON object")]
    NotAnObject,
    /// Nothing tells which source the call comes from.
    #[error(
        "no alert source sends such a body; send it to the address of its source, such as /integrations/alert/hook"
    )]
    UnknownSource,
    /// Nothing tells which alert the call is about: this field is missing.
    #[error("the body names no alert: {0} is missing")]
    NoAlertId(&'static str),
}

/// An alert that doesn't exist, to try a page without its monitoring.
#[derive(Debug, Clone)]
pub struct SimulatedAlert {
    /// Its id; any text that wasn't used before.
    pub id: String,
    /// What it says.
    pub message: String,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// When it was cleared; none while it is firing.
    pub cleared_at: Option<Timestamp>,
}
