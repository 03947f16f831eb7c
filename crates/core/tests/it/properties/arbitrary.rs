//! Arbitrary events and commands: few incidents and few alerts, so that they meet.
//!
//! Every free text contains the word "secret", so that a redaction that leaves one is detected.
#![expect(clippy::expect_used, reason = "these are functions that tests share")]

use candor_core::{
    AlertCleared, AlertKey, AlertMessage, AlertRaised, AlertUpdated, Board, Command,
    ConfirmationProposed, Declaration, DismissReason, Dismissed, Event, HumanConfirmed,
    IncidentAction, IncidentDeclared, IncidentNumber, Link, MaintenanceCanceled, MaintenanceEnded,
    MaintenancePlan, MaintenancePlanned, MaintenanceRescheduled, MaintenanceStarted, Notified,
    Notify, NotifyReason, Occurrence, PayloadRedacted, PostmortemPublished, Reopened, Resolved,
    Revision, Severity, SeveritySet, Silenced, SiteConfigured, Status, Summary, SummarySet,
    SuppressReason, Text, TimesAmended, Title, TitleSet, UpdateCorrected, UpdatePosted,
    UpdateRetracted, Window,
};
use jiff::{Timestamp, ToSpan};
use proptest::{
    collection::vec,
    option::of,
    prelude::*,
    sample::{Index, select},
};

pub(super) fn text(public_text: &str) -> Text {
    Text::parse(public_text).expect("a text")
}

fn number() -> impl Strategy<Value = IncidentNumber> {
    (1_u32..=6).prop_map(|number| IncidentNumber::new(number).expect("not 0"))
}

fn alert() -> impl Strategy<Value = AlertKey> {
    let key = |(source, id): (&str, u8)| AlertKey::new(source, &id.to_string()).expect("a key");
    (select(vec!["opsgenie", "grafana"]), 0_u8..3).prop_map(key)
}

fn message() -> impl Strategy<Value = AlertMessage> {
    (0_u8..3).prop_map(|n| AlertMessage::lenient(&format!("secret message {n}")))
}

fn public_text() -> impl Strategy<Value = Text> {
    (0_u8..3).prop_map(|n| text(&format!("secret text {n}")))
}

/// Text for the team alone.
fn team_text() -> impl Strategy<Value = Text> {
    (0_u8..3).prop_map(|n| text(&format!("secret of the team {n}")))
}

fn title() -> impl Strategy<Value = Title> {
    (0_u8..3).prop_map(|n| Title::parse(&format!("secret title {n}")).expect("a title"))
}

fn status() -> impl Strategy<Value = Status> {
    select(Status::ALL)
}

fn severity() -> impl Strategy<Value = Severity> {
    select(Severity::ALL)
}

fn notify() -> impl Strategy<Value = Notify> {
    select(vec![Notify::Default, Notify::Yes, Notify::No])
}

/// Whatever an event may claim.
fn notified() -> impl Strategy<Value = Notified> {
    let why_not = [
        SuppressReason::NotConfirmedByAPerson,
        SuppressReason::Silent,
        SuppressReason::Declined,
        SuppressReason::AlreadyNotified,
        SuppressReason::NeverAnnounced,
        SuppressReason::NoNewStatus,
    ];
    let yes = NotifyReason::ALL.map(Notified::Yes);
    select([yes.as_slice(), why_not.map(Notified::No).as_slice()].concat())
}

/// Any representable time.
fn time() -> impl Strategy<Value = Timestamp> {
    let seconds = Timestamp::MIN.as_second()..=Timestamp::MAX.as_second();
    seconds.prop_map(|second| Timestamp::from_second(second).expect("in range"))
}

fn window() -> impl Strategy<Value = Window> {
    (time(), time()).prop_map(|(starts_at, ends_at)| Window { starts_at, ends_at })
}

fn site() -> impl Strategy<Value = SiteConfigured> {
    let link = title().prop_map(|label| Link { label, url: "https://secret.example.org/".into() });
    let language = select(vec!["en".to_owned(), "de".to_owned()]);
    (
        of(title()),
        of(Just("#0b6e4f".to_owned())),
        of(Just("secret@example.org".to_owned())),
        of(vec(link, 0..3)),
        of(Just("Europe/Berlin".to_owned())),
        of(vec(language, 0..3)),
        of(Just("5f70bf18".to_owned())),
    )
        .prop_map(|(name, accent, contact, links, time_zone, languages, logo)| {
            SiteConfigured { name, accent, contact, links, time_zone, languages, logo }
        })
}

/// A strategy for an event: its fields, each with the strategy of its values.
macro_rules! event {
    ($variant:ident { $($field:ident: $strategy:expr),+ $(,)? }) => {
        ($($strategy,)+)
            .prop_map(|($($field,)+)| Event::$variant($variant { $($field),+ }))
            .boxed()
    };
}

/// Any event of any type.
pub(super) fn event() -> impl Strategy<Value = Event> {
    let update = || 0_u64..40;
    proptest::strategy::Union::new([
        event!(AlertRaised {
            incident: number(),
            alert: alert(),
            message: message(),
            found: of(status()),
            since: of(time()),
        }),
        event!(AlertUpdated {
            incident: of(number()),
            alert: alert(),
            action: message(),
            message: message(),
            since: of(time()),
        }),
        event!(AlertCleared {
            incident: of(number()),
            alert: alert(),
            message: message(),
            cleared_at: of(time()),
        }),
        event!(HumanConfirmed {
            incident: number(),
            severity: of(severity()),
            title: of(title()),
            text: of(public_text()),
            notified: notified(),
        }),
        event!(ConfirmationProposed {
            incident: number(),
            severity: of(severity()),
            title: of(title()),
            text: of(public_text()),
        }),
        event!(Dismissed {
            incident: number(),
            because: select(vec![DismissReason::FalseAlarm, DismissReason::AllAlertsCleared]),
            text: of(team_text()),
        }),
        event!(IncidentDeclared {
            incident: number(),
            title: title(),
            status: status(),
            severity: severity(),
            started_at: time(),
            ended_at: of(time()),
            summary: of(public_text()),
            text: of(public_text()),
            silent: any::<bool>(),
            takes_alerts: any::<bool>(),
            notified: notified(),
        }),
        event!(UpdatePosted {
            incident: number(),
            text: public_text(),
            status: of(status()),
            notified: notified(),
        }),
        event!(UpdateCorrected { incident: number(), update: update(), text: public_text() }),
        event!(UpdateRetracted { incident: number(), update: update() }),
        event!(SeveritySet { incident: number(), severity: severity() }),
        event!(TitleSet { incident: number(), title: title() }),
        event!(SummarySet { incident: number(), summary: of(public_text()) }),
        event!(TimesAmended { incident: number(), started_at: of(time()), ended_at: of(time()) }),
        event!(Silenced { incident: number(), silent: any::<bool>() }),
        event!(MaintenancePlanned {
            incident: number(),
            title: title(),
            window: window(),
            text: of(public_text()),
            auto_start: any::<bool>(),
            auto_end: any::<bool>(),
            silent: any::<bool>(),
            notified: notified(),
        }),
        event!(MaintenanceRescheduled {
            incident: number(),
            window: window(),
            text: of(public_text()),
            notified: notified(),
        }),
        event!(MaintenanceStarted {
            incident: number(),
            text: of(public_text()),
            notified: notified()
        }),
        event!(MaintenanceEnded {
            incident: number(),
            ended_at: time(),
            text: of(public_text()),
            notified: notified(),
        }),
        event!(MaintenanceCanceled {
            incident: number(),
            text: of(public_text()),
            notified: notified()
        }),
        event!(Resolved {
            incident: number(),
            ended_at: time(),
            firing: 0_u32..3,
            text: of(public_text()),
            notified: notified(),
        }),
        event!(Reopened { incident: number(), why: public_text(), notified: notified() }),
        event!(PostmortemPublished { incident: number(), text: public_text() }),
        site().prop_map(Event::SiteConfigured).boxed(),
        event!(PayloadRedacted {
            seq: update(),
            why: title(),
            remains: Just(r#"{"incident":1}"#.to_owned()),
        }),
    ])
}

/// Events of all types, at any times, in any order.
pub(super) fn events() -> impl Strategy<Value = Vec<(Event, Timestamp)>> {
    vec((event(), time()), 0..50)
}

/// A step of the page's use.
///
/// Plain data, so that it shrinks; the command is made when the step is taken.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) minutes_later: i64,
    pub(super) by_a_person: bool,
    what: usize,
    /// The index of an incident, which occasionally may not exist.
    incident: Index,
    stray: Option<IncidentNumber>,
    /// The index of an entry in its timeline.
    entry: Index,
    alert: AlertKey,
    message: AlertMessage,
    title: Title,
    text: Text,
    optional_text: Option<Text>,
    status: Option<Status>,
    severity: Severity,
    notify: Notify,
    flags: [bool; 3],
    /// Times, as minutes before (or after) now.
    minutes: [Option<i64>; 2],
    site: SiteConfigured,
}

/// What people and monitoring do within a day or two.
pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let minutes = || of(-30_i64..120);
    let who_and_when = (0_i64..90, prop::bool::weighted(0.95), any::<Index>(), any::<Index>());
    let stray = prop::option::weighted(0.05, number());
    let names =
        (stray, any::<Index>(), alert(), message(), title(), public_text(), of(public_text()));
    let public_text =
        (of(status()), severity(), notify(), any::<[bool; 3]>(), minutes(), minutes(), site());
    let step = (who_and_when, names, public_text).prop_map(
        |(
            (minutes_later, by_a_person, what, incident),
            (stray, entry, alert, message, title, text, optional_text),
            (status, severity, notify, flags, first, second, site),
        )| Step {
            minutes_later,
            by_a_person,
            what: what.index(WEIGHTS),
            incident,
            stray,
            entry,
            alert,
            message,
            title,
            text,
            optional_text,
            status,
            severity,
            notify,
            flags,
            minutes: [first, second],
            site,
        },
    );
    vec(step, 0..60)
}

/// The sum of the weights from which the command is chosen.
const WEIGHTS: usize = 37;

impl Step {
    /// The command for this board at the time `now`.
    pub(super) fn command(&self, board: &Board, now: Timestamp) -> Command {
        let notify = self.notify;
        let known: Vec<_> = board.incidents().collect();
        let meant = (!known.is_empty()).then(|| *self.incident.get(&known));
        let incident =
            self.stray.or(meant.map(|meant| meant.number)).unwrap_or(IncidentNumber::FIRST);
        let update = meant.map_or(0, |meant| self.entry.get(&meant.timeline).seq);
        let [flag, second_flag, third_flag] = self.flags;
        let ago = |minutes: i64| now - minutes.minutes();
        let [first, second] = self.minutes.map(|minutes| minutes.map(ago));
        let (alert, message) = (self.alert.clone(), self.message.clone());
        let occurrence = match flag {
            true => Occurrence::Only,
            false => Occurrence::OneOfMany { since: first, at: second },
        };
        let (title, public_text, text) =
            (self.title.clone(), self.text.clone(), self.optional_text.clone());
        match self.what {
            0..3 => Command::RaiseAlert { alert, message, occurrence },
            3 => Command::UpdateAlert { alert, action: message.clone(), message },
            4..6 => Command::ClearAlert { alert, message, occurrence },
            6..9 => IncidentAction::Confirm {
                severity: flag.then_some(self.severity),
                title: second_flag.then_some(title),
                text,
                notify,
            }
            .on(incident),
            9 => IncidentAction::Dismiss {
                text: text.map(|_| super::arbitrary::text("secret of the team")),
            }
            .on(incident),
            10 => Command::Declare(Declaration {
                title,
                status: self.status.unwrap_or(Status::Confirmed),
                severity: self.severity,
                started_at: first,
                ended_at: second,
                summary: text.clone(),
                text,
                silent: flag,
                takes_alerts: second_flag,
            }),
            11..13 => IncidentAction::PostUpdate { text: public_text, status: self.status, notify }
                .on(incident),
            13..15 => IncidentAction::CorrectUpdate { update, text: public_text }.on(incident),
            15..17 => IncidentAction::RetractUpdate { update }.on(incident),
            17 => IncidentAction::SetSeverity { severity: self.severity }.on(incident),
            18 => IncidentAction::SetTitle { title }.on(incident),
            19 => IncidentAction::SetSummary { summary: text }.on(incident),
            20 => IncidentAction::AmendTimes { started_at: first, ended_at: second }.on(incident),
            21 => IncidentAction::Silence { silent: flag }.on(incident),
            22 => Command::PlanMaintenance(MaintenancePlan {
                title,
                window: Window {
                    starts_at: first.unwrap_or(now),
                    ends_at: now + (self.minutes[1].unwrap_or(30)).minutes(),
                },
                text,
                auto_start: flag,
                auto_end: second_flag,
                silent: third_flag,
            }),
            23..25 => IncidentAction::StartMaintenance { text, notify }.on(incident),
            25 => IncidentAction::EndMaintenance { text, notify }.on(incident),
            26 => IncidentAction::CancelMaintenance { text, notify }.on(incident),
            27..29 => IncidentAction::Resolve { ended_at: first, text, notify }.on(incident),
            29 => IncidentAction::Reopen { why: public_text, notify }.on(incident),
            32 => IncidentAction::ConfirmByTwo {
                severity: flag.then_some(self.severity),
                title: second_flag.then_some(title),
                text,
                notify,
            }
            .on(incident),
            33 => IncidentAction::ConfirmAfterwards { text, notify }.on(incident),
            34 => IncidentAction::Revise {
                revision: Revision {
                    severity: flag.then_some(self.severity),
                    title: second_flag.then_some(title),
                    summary: third_flag
                        .then(|| text.clone().map_or(Summary::Removed, Summary::Set)),
                    text,
                    status: self.status,
                },
                notify,
            }
            .on(incident),
            35 => IncidentAction::RescheduleMaintenance {
                window: Window {
                    starts_at: first.unwrap_or(now),
                    ends_at: now + (self.minutes[1].unwrap_or(30)).minutes(),
                },
                text,
                notify,
            }
            .on(incident),
            36 => Command::RecordMaintenance(MaintenancePlan {
                title,
                window: Window { starts_at: ago(90), ends_at: first.unwrap_or(now) },
                text,
                auto_start: flag,
                auto_end: second_flag,
                silent: third_flag,
            }),
            30 => IncidentAction::PublishPostmortem { text: public_text }.on(incident),
            _ if flag => Command::ConfigureSite(self.site.clone()),
            _ => Command::RedactPayload { seq: update, why: title, remains: "{}".to_owned() },
        }
    }
}
