//! Every metric: its name, kind, labels, buckets and meaning. Nothing is emitted that isn't listed here.
//!
//! Labels have closed lists of values, so the number of series is bounded, and every combination exists from the
//! start: an alert rule over a counter that was never incremented must see 0, not nothing.

use candor_core::{Address, Event};
use candor_integrations::alert_source::SOURCES;
use candor_store::{DeliveryKind, Queue, SubscriberState};

/// The kind of a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MetricKind {
    /// A counter: only grows.
    Counter,
    /// A gauge: goes up and down.
    Gauge,
    /// A histogram with these bounds. There are no summaries: they can't be added up over processes.
    Histogram(&'static [f64]),
}

/// A label, or labels that go together, and their values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// A name and all its values.
    Of(&'static str, &'static [&'static str]),
    /// `queue` and `job` of each of [`JOBS`].
    Job,
    /// `type`: every type of event.
    EventType,
    /// `source`: every alert source.
    AlertSource,
    /// `route` and `method`: every pattern that web registers with its methods, and `unmatched`.
    Route,
    /// Values that are known only at run time: a name and its meaning.
    Known(&'static str, &'static str),
}

/// A metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metric {
    /// Its name, with unit and `_total` by the conventions of Prometheus.
    pub name: &'static str,
    /// Its kind.
    pub kind: MetricKind,
    /// Its labels.
    pub labels: &'static [Label],
    /// Its meaning, as a sentence without full stop.
    pub help: &'static str,
}

/// Seconds of fast operations: an answer, a commit.
const FAST: &[f64] =
    &[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// Seconds of waiting on a queue.
const WAIT: &[f64] =
    &[0.01, 0.05, 0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0];
/// Seconds of a job.
const JOB: &[f64] =
    &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0];
/// Bytes of a body.
const BODY: &[f64] = &[256.0, 1_024.0, 4_096.0, 16_384.0, 65_536.0, 262_144.0, 1_048_576.0];

/// Every queue with each of its jobs.
pub const JOBS: &[(&str, &str)] = &[
    (Queue::Chat.as_str(), DeliveryKind::Thread.as_str()),
    (Queue::Mail.as_str(), DeliveryKind::Notice.as_str()),
    (Queue::Mail.as_str(), DeliveryKind::Confirmation.as_str()),
    (Queue::Hooks.as_str(), DeliveryKind::Notice.as_str()),
    (Queue::Hooks.as_str(), DeliveryKind::Confirmation.as_str()),
    (Queue::Default.as_str(), "expand"),
    (Queue::Default.as_str(), "schedule"),
    (Queue::Default.as_str(), "retention"),
];
/// The methods that have a label of their own.
pub const METHODS: &[&str] = &["GET", "HEAD", "POST", "OPTIONS", "other"];
/// The health checks.
pub const CHECKS: &[&str] = &["database", "log", "redis", "mail", "chat", "outbox", "workers"];

const QUEUE: Label = Label::Of("queue", &Queue::NAMES);
const CHANNEL: Label =
    Label::Of("channel", &[Queue::Mail.as_str(), Queue::Hooks.as_str(), Queue::Chat.as_str()]);
/// The channels of subscribers.
pub(crate) const SUBSCRIBER_CHANNELS: &[&str] = Address::CHANNELS;
/// The states of subscribers.
const SUBSCRIBER_STATES: &[&str] =
    &[SubscriberState::Pending.as_str(), SubscriberState::Confirmed.as_str()];

use MetricKind::{Counter, Gauge, Histogram};

/// All metrics except those of [`PROCESS`].
pub const METRICS: &[Metric] = &[
    metric(
        "candor_http_requests_total",
        Counter,
        &[Label::Route, Label::Known("status", "the answer's status code")],
        "Requests answered",
    ),
    metric(
        "candor_http_request_duration_seconds",
        Histogram(FAST),
        &[Label::Route],
        "Time from a request's head to its answer's",
    ),
    metric("candor_http_in_flight", Gauge, &[], "Requests that are being answered"),
    metric(
        "candor_http_request_body_bytes",
        Histogram(BODY),
        &[],
        "Announced lengths of the requests that have a body",
    ),
    metric("candor_http_response_body_bytes", Histogram(BODY), &[], "Lengths of answers, as sent"),
    metric(
        "candor_event_viewers",
        Gauge,
        &[],
        "Viewers of `/events`, who are told of every change",
    ),
    metric(
        "candor_event_viewers_refused_total",
        Counter,
        &[Label::Of("cause", &["address", "all"])],
        "Viewers for whom there was no place: too many from their address, or in all",
    ),
    metric(
        "candor_event_viewers_ended_total",
        Counter,
        &[Label::Of("how", &["left", "behind"])],
        "Viewers who are gone; behind: there was something for them that they never took",
    ),
    metric(
        "candor_event_messages_total",
        Counter,
        &[Label::Of("kind", &["state", "heartbeat"])],
        "What viewers were sent",
    ),
    metric(
        "candor_http_malformed_requests_total",
        Counter,
        &[],
        "What came in and was no HTTP request",
    ),
    metric(
        "candor_untrusted_forwards_total",
        Counter,
        &[],
        "Requests that count by visitor and came with `X-Forwarded-For` or `Forwarded` from an address that `CANDOR_TRUSTED_PROXIES` doesn't name: a proxy that is missing there, or a visitor who makes it up",
    ),
    metric(
        "candor_alert_intake_total",
        Counter,
        &[
            Label::AlertSource,
            Label::Of(
                "outcome",
                &[
                    "appended",
                    "duplicate",
                    "ignored",
                    "refused",
                    "unauthorized",
                    "malformed",
                    "unavailable",
                ],
            ),
        ],
        "Alerts that came in, by what became of them",
    ),
    metric(
        "candor_slack_requests_total",
        Counter,
        &[
            Label::Of("kind", &["action", "submission", "shortcut", "command", "event", "other"]),
            Label::Of(
                "outcome",
                &["done", "duplicate", "refused", "unauthorized", "malformed", "unavailable"],
            ),
        ],
        "What Slack sent, by what it was and what became of it",
    ),
    metric("candor_jobs_enqueued_total", Counter, &[Label::Job], "Jobs that were put on a queue"),
    metric("candor_jobs_started_total", Counter, &[Label::Job], "Jobs that were begun"),
    metric("candor_jobs_retried_total", Counter, &[Label::Job], "Jobs that will be tried again"),
    metric("candor_jobs_dead_total", Counter, &[Label::Job], "Jobs that were given up"),
    metric(
        "candor_job_runs_total",
        Counter,
        &[Label::Job, Label::Of("status", &["success", "error", "expected_error"])],
        "Ended runs of jobs; an expected error is the other side's own answer: not this, or not now",
    ),
    metric(
        "candor_job_errors_total",
        Counter,
        &[
            Label::Job,
            Label::Of(
                "kind",
                &["unreachable", "later", "refused", "about_us", "timeout", "panic", "database"],
            ),
        ],
        "Failed runs of jobs, by why",
    ),
    metric(
        "candor_job_duration_seconds",
        Histogram(JOB),
        &[Label::Job],
        "Time that a run of a job takes",
    ),
    metric(
        "candor_job_wait_seconds",
        Histogram(WAIT),
        &[QUEUE],
        "Time from when a delivery is due until it is begun, by the database's clock",
    ),
    metric(
        "candor_deliveries_total",
        Counter,
        &[CHANNEL, Label::Of("outcome", &["sent", "later", "dead", "lost_lease"])],
        "Tries of deliveries whose result is on disk; lost_lease: another worker had it by then",
    ),
    metric(
        "candor_delivery_record_seconds",
        Histogram(FAST),
        &[CHANNEL],
        "Time from the other side's answer until it is on disk: a crash in it repeats the message",
    ),
    metric(
        "candor_queue_jobs",
        Gauge,
        &[QUEUE, Label::Of("state", &["due", "delayed", "running", "dead"])],
        "Deliveries that are owed, from SQL: the same in every process, with or without workers",
    ),
    metric(
        "candor_queue_oldest_due_age_seconds",
        Gauge,
        &[QUEUE],
        "How long the oldest due delivery has been due; 0 if none is",
    ),
    metric(
        "candor_queue_stats_last_success_timestamp_seconds",
        Gauge,
        &[],
        "When the numbers from SQL were read last",
    ),
    metric("candor_workers", Gauge, &[QUEUE], "Worker processes alive, by their heartbeats"),
    metric(
        "candor_worker_slots",
        Gauge,
        &[QUEUE],
        "Deliveries that the workers alive can send at the same time",
    ),
    metric(
        "candor_queue_wake_ups",
        Gauge,
        &[QUEUE],
        "Wake-ups that wait in Redis; a hint, never what has to be sent",
    ),
    metric("candor_redis_up", Gauge, &[], "1 if Redis answers; 0 if it doesn't, or isn't used"),
    metric("candor_redis_configured", Gauge, &[], "1 if this process uses Redis"),
    metric(
        "candor_leader",
        Gauge,
        &[],
        "1 in the process that expands outbox entries and keeps the schedule",
    ),
    metric(
        "candor_db_pool_connections",
        Gauge,
        &[
            Label::Known("pool", "log and main of PostgreSQL; writer and readers of SQLite"),
            Label::Of("state", &["idle", "used", "max"]),
        ],
        "Connections of this process to the database",
    ),
    metric(
        "candor_db_pool_wait_seconds",
        Histogram(FAST),
        &[],
        "Time until a connection is had, making a new one included",
    ),
    metric(
        "candor_db_errors_total",
        Counter,
        &[Label::Of(
            "kind",
            &["unavailable", "busy", "read-only", "disk", "refused", "halted", "config", "newer"],
        )],
        "What the store was asked and could not do",
    ),
    metric(
        "candor_events_appended_total",
        Counter,
        &[Label::EventType],
        "Events that this process appended to the log",
    ),
    metric(
        "candor_append_conflicts_total",
        Counter,
        &[],
        "Requests that came with another one's id",
    ),
    metric(
        "candor_append_duration_seconds",
        Histogram(FAST),
        &[],
        "Time from a request until its events are on disk",
    ),
    metric(
        "candor_projection_lag_events",
        Gauge,
        &[Label::Of("projection", &["board"])],
        "Events in the log that this process doesn't show yet",
    ),
    metric(
        "candor_projection_lag_seconds",
        Gauge,
        &[Label::Of("projection", &["board"])],
        "Age of the oldest event that this process doesn't show yet; 0 if it shows all",
    ),
    metric("candor_log_seq", Gauge, &[], "The last event that this process knows"),
    metric(
        "candor_log_halted",
        Gauge,
        &[],
        "1 if the log can't be read on: a hole, or an event of a newer version",
    ),
    metric(
        "candor_outbox_pending",
        Gauge,
        &[],
        "Outbox entries that wait to be expanded into deliveries",
    ),
    metric(
        "candor_outbox_oldest_age_seconds",
        Gauge,
        &[],
        "Age of the oldest outbox entry that waits; 0 if none does",
    ),
    metric(
        "candor_unreadable_rows",
        Gauge,
        &[Label::Of("table", &["outbox", "deliveries"])],
        "Rows that were set aside, because this version can't read them (a newer one wrote them) or their recipient; `candor delivery list --state dead` shows them",
    ),
    metric(
        "candor_entities",
        Gauge,
        &[Label::Of(
            "entity",
            &["events", "incidents", "subscribers", "deliveries", "outbox", "operators"],
        )],
        "How many there are; of a big table, PostgreSQL's own estimate, or as of up to ten minutes ago",
    ),
    metric(
        "candor_incidents_open",
        Gauge,
        &[Label::Of("status", &["planned", "suspected", "confirmed", "watching"])],
        "Incidents that are not over",
    ),
    metric(
        "candor_subscribers",
        Gauge,
        &[Label::Of("channel", SUBSCRIBER_CHANNELS), Label::Of("state", SUBSCRIBER_STATES)],
        "Subscribers by channel and state",
    ),
    metric(
        "candor_subscription_requests_total",
        Counter,
        &[Label::Of("outcome", &["asked", "known", "throttled", "busy"])],
        "Addresses given at the form, by what was sent: a link to confirm, a note that they are subscribed, or nothing, \
         because their mailbox, their domain or all had too many",
    ),
    metric(
        "candor_subscribers_confirmed_total",
        Counter,
        &[],
        "Subscribers whom this process saw confirm, or added",
    ),
    metric(
        "candor_export_runs_total",
        Counter,
        &[Label::Of("outcome", &["success", "error"])],
        "Exports of the site as files, after events and every ten minutes",
    ),
    metric(
        "candor_export_last_success_timestamp_seconds",
        Gauge,
        &[],
        "When the site was exported as files last; 0 if it never was",
    ),
    metric(
        "candor_migrations_pending",
        Gauge,
        &[],
        "Migrations that this version has and the database hasn't",
    ),
    metric(
        "candor_health_check_status",
        Gauge,
        &[Label::Of("check", CHECKS)],
        "1 if it is well, or doesn't concern this process",
    ),
    metric(
        "candor_build_info",
        Gauge,
        &[
            Label::Known("version", "this program's"),
            Label::Known("commit", "the one it was built from, or unknown"),
            Label::Known("role", "serve, web or worker"),
        ],
        "Always 1; the labels say what runs here",
    ),
    metric(
        "candor_metrics_refresh_duration_seconds",
        Histogram(FAST),
        &[],
        "Time to read the numbers from SQL, every 5 seconds",
    ),
];

/// Metrics of the process itself, described and filled in by metrics-process.
pub const PROCESS: &[&str] = &[
    "process_cpu_seconds_total",
    "process_max_fds",
    "process_open_fds",
    "process_resident_memory_bytes",
    "process_start_time_seconds",
    "process_threads",
    "process_virtual_memory_bytes",
    "process_virtual_memory_max_bytes",
];

const fn metric(
    name: &'static str,
    kind: MetricKind,
    labels: &'static [Label],
    help: &'static str,
) -> Metric {
    Metric { name, kind, labels, help }
}

/// One series' labels.
pub(crate) type Labels = Vec<(&'static str, &'static str)>;

impl Metric {
    /// The labels of each series that exists from the start; none if some are known only later.
    pub(crate) fn first_series(&self) -> Vec<Labels> {
        self.labels.iter().fold(vec![Labels::new()], |series, label| {
            let values = label.values();
            let with = |labels: &Labels| {
                let more = values.iter().map(|value| [labels.as_slice(), value].concat());
                more.collect::<Vec<_>>()
            };
            series.iter().flat_map(with).collect()
        })
    }
}

impl Label {
    fn values(&self) -> Vec<Labels> {
        match self {
            Self::Of(name, values) => values.iter().map(|value| vec![(*name, *value)]).collect(),
            Self::Job => {
                JOBS.iter().map(|(queue, job)| vec![("queue", *queue), ("job", *job)]).collect()
            }
            Self::AlertSource => {
                let names = SOURCES.iter().map(|source| source.name).chain(["unknown"]);
                names.map(|name| vec![("source", name)]).collect()
            }
            Self::EventType => Event::TYPES.iter().map(|(name, _)| vec![("type", *name)]).collect(),
            Self::Route | Self::Known(..) => Vec::new(),
        }
    }
}

/// The catalogue as a table in Markdown: `docs/reference/metrics.md`.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "# Metrics\n\n\
         Everything that `/metrics` says, made from `crates/telemetry/src/catalogue.rs`; a test compares the two. Every\n\
         combination of the values below is there from the start, so an expression never meets a missing series. A\n\
         gauge that is read from SQL is the same in every process: ask for it with `max`, not `sum`.\n\n\
         Prometheus keeps the label `job` for itself: ours, the kind of work, arrives there as `exported_job`.\n\n\
         | metric | kind | labels | what it says |\n|---|---|---|---|\n",
    );
    for metric in METRICS {
        let kind = match metric.kind {
            Counter => "counter".to_owned(),
            Gauge => "gauge".to_owned(),
            Histogram(bounds) => {
                let bounds: Vec<_> = bounds.iter().map(ToString::to_string).collect();
                format!("histogram: {}", bounds.join(" "))
            }
        };
        let labels: Vec<_> = metric.labels.iter().map(Label::in_words).collect();
        page.push_str(
            &[
                "| `",
                metric.name,
                "` | ",
                &kind,
                " | ",
                &labels.join("; "),
                " | ",
                metric.help,
                " |\n",
            ]
            .concat(),
        );
    }
    let process: Vec<_> = PROCESS.iter().map(|name| format!("`{name}`")).collect();
    page.push_str("\nAnd of the process itself, as of every Prometheus client: ");
    page.push_str(&process.join(", "));
    page.push_str(".\n");
    page
}

impl Label {
    fn in_words(&self) -> String {
        match self {
            Self::Of(name, values) => format!("`{name}`: {}", values.join(", ")),
            Self::Job => {
                let jobs: Vec<_> =
                    JOBS.iter().map(|(queue, job)| format!("{queue}/{job}")).collect();
                format!("`queue`/`job`: {}", jobs.join(", "))
            }
            Self::EventType => "`type`: every event type".to_owned(),
            Self::AlertSource => "`source`: every alert source".to_owned(),
            Self::Route => {
                format!("`route`: the pattern, or unmatched; `method`: {}", METHODS.join(", "))
            }
            Self::Known(name, what) => format!("`{name}`: {what}"),
        }
    }
}
