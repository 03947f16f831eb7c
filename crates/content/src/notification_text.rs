//! A notification in words, before it becomes a mail or a chat message: in the reader's language and time zone.

use candor_core::{Notification, NotifyReason, Severity, SiteConfigured, Status, Window};
use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};

use crate::language::Language;

/// A time zone's name as IANA spells it; none if there is no such zone, or it is a placeholder.
#[must_use]
pub fn zone_name(name: &str) -> Option<String> {
    /// The placeholders of the time zone database for machines without a setting.
    const NO_PLACE: [&str; 2] = ["Factory", "Etc/Unknown"];
    let zone = TimeZone::get(name).ok()?;
    zone.iana_name().filter(|name| !NO_PLACE.contains(name)).map(str::to_owned)
}

/// A reader's language and time zone.
#[derive(Debug, Clone)]
pub struct ReaderPreferences {
    /// The language.
    pub language: Language,
    /// The time zone for times.
    pub time_zone: TimeZone,
}

impl Default for ReaderPreferences {
    /// English, UTC.
    fn default() -> Self {
        Self { language: Language::ENGLISH, time_zone: TimeZone::UTC }
    }
}

impl ReaderPreferences {
    /// The first known one of these languages (tags) and of these time zones (IANA names).
    pub fn of<'a>(
        languages: impl IntoIterator<Item = &'a str>,
        time_zones: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let language = languages.into_iter().find_map(Language::matching);
        let time_zone = time_zones.into_iter().find_map(|name| TimeZone::get(name).ok());
        let usual = Self::default();
        Self {
            language: language.unwrap_or(usual.language),
            time_zone: time_zone.unwrap_or(usual.time_zone),
        }
    }

    /// The site's own language and time zone.
    #[must_use]
    pub fn of_site(site: &SiteConfigured) -> Self {
        let languages = site.languages.iter().flatten().map(String::as_str);
        Self::of(languages, site.time_zone.as_deref())
    }

    /// `Sat 21 Nov 2026, 15:05 CET`
    #[must_use]
    pub fn time_with_year(&self, at: Timestamp) -> String {
        let [here, _] = self.both(at);
        let day = self.language.day_and_year(here.date());
        self.language.day_and_time(&day, &self.language.clock_and_zone(&here))
    }

    /// `Sat 21 Nov 2026, 15:05 – 15:35 CET`; both days if they differ, both zones if the clocks change in between.
    #[must_use]
    pub fn window_with_year(&self, window: Window) -> String {
        let ([start, _], [end, _]) = (self.both(window.starts_at), self.both(window.ends_at));
        self.span_of(&start, &end, |at| self.language.day_and_year(at.date()))
    }

    fn say(&self, id: &str) -> String {
        self.language.say(id)
    }

    /// `Sat 21 Nov, 15:05 CET (14:05 UTC)`; with the year unless it is that of `now`.
    fn time(&self, at: Timestamp, now: Timestamp) -> String {
        let [here, utc] = self.both(at);
        let clock = self.language.clock_and_zone(&utc);
        let said = |zoned: &ZonedDateTime| {
            let day = self.day(zoned, now);
            self.language.day_and_time(&day, &self.language.clock_and_zone(zoned))
        };
        let utc_said = if here.date() == utc.date() { clock } else { said(&utc) };
        self.with_utc(said(&here), utc_said, here.offset() == utc.offset())
    }

    /// `Mon 23 Nov, 03:00 – 03:30 CET (02:00 – 02:30 UTC)`; a day that is the same comes once, and so does the zone
    /// unless clocks change in between.
    fn span(&self, window: Window, now: Timestamp) -> String {
        let [from_here, from_utc] = self.both(window.starts_at);
        let [to_here, to_utc] = self.both(window.ends_at);
        let said = |from: &ZonedDateTime, to: &ZonedDateTime| {
            self.span_of(from, to, |at| self.day(at, now))
        };
        let same_day = from_here.date() == to_here.date()
            && from_here.date() == from_utc.date()
            && from_here.date() == to_utc.date();
        let utc_said =
            if same_day { self.clocks(&from_utc, &to_utc) } else { said(&from_utc, &to_utc) };
        let is_utc = from_here.offset() == from_utc.offset() && to_here.offset() == to_utc.offset();
        self.with_utc(said(&from_here, &to_here), utc_said, is_utc)
    }

    /// A start and an end with their days, which `day` writes; a day that is the same comes once.
    fn span_of(
        &self,
        start: &ZonedDateTime,
        end: &ZonedDateTime,
        day: impl Fn(&ZonedDateTime) -> String,
    ) -> String {
        let language = self.language;
        let dated = |at: &ZonedDateTime, clock: &str| language.day_and_time(&day(at), clock);
        if start.date() == end.date() {
            return dated(start, &self.clocks(start, end));
        }
        let [from, to] = [start, end].map(|at| dated(at, &language.clock_and_zone(at)));
        language.from_to(&from, &to)
    }

    /// `02:00 – 02:30 UTC`: the zone once, unless the clocks change in between.
    fn clocks(&self, start: &ZonedDateTime, end: &ZonedDateTime) -> String {
        let language = self.language;
        let same_clock = start.offset() == end.offset();
        let from = if same_clock { language.clock(start) } else { language.clock_and_zone(start) };
        language.from_to(&from, &language.clock_and_zone(end))
    }

    /// The time in the reader's zone and in UTC; twice UTC where the two are the same.
    fn both(&self, at: Timestamp) -> [ZonedDateTime; 2] {
        let (here, utc) =
            (at.to_zoned_datetime(self.time_zone.clone()), at.to_zoned_datetime(TimeZone::UTC));
        if here.offset() == utc.offset() { [utc.clone(), utc] } else { [here, utc] }
    }

    fn day(&self, at: &ZonedDateTime, now: Timestamp) -> String {
        if at.year() == now.to_zoned_datetime(self.time_zone.clone()).year() {
            self.language.day(at.date())
        } else {
            self.language.day_and_year(at.date())
        }
    }

    fn with_utc(&self, here: String, utc: String, is_utc: bool) -> String {
        if is_utc {
            return here;
        }
        let values = [("time", (&here).into()), ("utc", (&utc).into())];
        self.language.say_with("time-with-utc", &values)
    }
}

/// What one message says.
#[derive(Debug, Clone, Copy)]
pub struct NotificationBody<'a> {
    /// The notification.
    pub notification: &'a Notification,
    /// It is the last message of a subscription to this one incident.
    pub ends_subscription: bool,
}

impl<'a> From<&'a Notification> for NotificationBody<'a> {
    fn from(notification: &'a Notification) -> Self {
        Self { notification, ends_subscription: false }
    }
}

/// The color of a notification. It is never the only sign: the words say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotificationColor {
    /// An outage: red.
    Outage,
    /// A part is down: orange.
    Partial,
    /// A fix is in place: blue.
    Watching,
    /// All is well: green.
    Good,
    /// Maintenance: indigo.
    Maintenance,
    /// For information: gray.
    Neutral,
}

/// A notification in words.
#[derive(Debug)]
pub struct NotificationWords {
    /// Its color.
    pub tone: NotificationColor,
    /// What happened, in a few words: the first thing that is read.
    pub heading: String,
    /// The status now, for a subject: the heading, or just "Resolved".
    pub state: String,
    /// How we know, or what comes next.
    pub sentence: String,
    /// The incident's title, in the reader's language.
    pub title: String,
    /// Times: name and value.
    pub facts: Vec<(String, String)>,
    /// What a person wrote, as Markdown.
    pub written: Option<String>,
}

impl NotificationWords {
    /// A notification in the words of `reader`.
    #[must_use]
    pub fn of(notification: &Notification, reader: &ReaderPreferences) -> Self {
        let (tone, heading, sentence) = messages(notification);
        let language = reader.language;
        Self {
            tone,
            heading: reader.say(heading),
            state: reader.say(if notification.reason == NotifyReason::Resolved {
                "notification-resolved"
            } else {
                heading
            }),
            sentence: reader.say(sentence),
            title: language.of_title(&notification.title).0.to_owned(),
            facts: facts(notification, reader),
            written: written(notification, reader),
        }
    }
}

/// The operator's text and, below it under their times, the texts of the notifications that this one supersedes: no
/// other message will carry them.
fn written(notification: &Notification, reader: &ReaderPreferences) -> Option<String> {
    let words = |text| reader.language.of_text(text).0.to_owned();
    let unsent = notification.unsent.iter().rev();
    let unsent = unsent.map(|unsent| {
        format!("**{}**\n\n{}", reader.time(unsent.at, notification.at), words(&unsent.text))
    });
    let all: Vec<_> = notification.text.as_ref().map(words).into_iter().chain(unsent).collect();
    (!all.is_empty()).then(|| all.join("\n\n"))
}

/// Its color, and the messages of its heading and its sentence.
fn messages(notification: &Notification) -> (NotificationColor, &'static str, &'static str) {
    match notification.reason {
        NotifyReason::Confirmed => match notification.severity {
            Severity::Outage => {
                (NotificationColor::Outage, "notification-outage", "notification-outage-sentence")
            }
            Severity::Partial => (
                NotificationColor::Partial,
                "notification-partial",
                "notification-partial-sentence",
            ),
            Severity::Bug => {
                (NotificationColor::Partial, "notification-bug", "notification-bug-sentence")
            }
            Severity::Notice => {
                (NotificationColor::Neutral, "notification-notice", "notification-notice-sentence")
            }
            Severity::Maintenance => (
                NotificationColor::Maintenance,
                "notification-maintenance",
                "notification-maintenance-sentence",
            ),
        },
        NotifyReason::Watching if notification.is_maintenance() => (
            NotificationColor::Watching,
            "status-maintenance-watching",
            "headline-watching-maintenance-knowledge",
        ),
        // Nothing was broken, so there is no fix.
        NotifyReason::Watching if notification.severity == Severity::Notice => (
            NotificationColor::Neutral,
            "notification-update-notice",
            "notification-update-notice-sentence",
        ),
        NotifyReason::Watching => {
            (NotificationColor::Watching, "notification-watching", "notification-watching-sentence")
        }
        NotifyReason::Resolved => {
            let heading = match notification.severity {
                Severity::Outage => "status-outage-resolved",
                Severity::Partial => "status-partial-resolved",
                Severity::Bug => "status-bug-resolved",
                Severity::Notice | Severity::Maintenance => "notification-resolved",
            };
            (NotificationColor::Good, heading, "notification-resolved-sentence")
        }
        NotifyReason::MaintenancePlanned => (
            NotificationColor::Maintenance,
            "notification-maintenance-planned",
            "notification-maintenance-planned-sentence",
        ),
        NotifyReason::MaintenanceStarted => (
            NotificationColor::Maintenance,
            "notification-maintenance-started",
            "notification-maintenance-started-sentence",
        ),
        NotifyReason::MaintenanceEnded => (
            NotificationColor::Good,
            "notification-maintenance-ended",
            "notification-maintenance-ended-sentence",
        ),
        NotifyReason::MaintenanceRescheduled => (
            NotificationColor::Maintenance,
            "notification-maintenance-rescheduled",
            "notification-maintenance-rescheduled-sentence",
        ),
        NotifyReason::MaintenanceCanceled => (
            NotificationColor::Neutral,
            "notification-maintenance-canceled",
            "notification-maintenance-canceled-sentence",
        ),
        // An update that leaves the status as it is: the heading says which one.
        NotifyReason::AskedByOperator => match (notification.status, notification.severity) {
            _ if notification.is_called_off() => (
                NotificationColor::Neutral,
                "notification-update-resolved",
                "notification-maintenance-canceled-sentence",
            ),
            (Status::Resolved | Status::Dismissed, _) => (
                NotificationColor::Good,
                "notification-update-resolved",
                "notification-update-resolved-sentence",
            ),
            _ if notification.is_maintenance() => (
                NotificationColor::Maintenance,
                "notification-update-maintenance",
                "notification-update-maintenance-sentence",
            ),
            (_, Severity::Notice) => (
                NotificationColor::Neutral,
                "notification-update-notice",
                "notification-update-notice-sentence",
            ),
            (Status::Watching, _) => (
                NotificationColor::Watching,
                "notification-update-watching",
                "notification-update-watching-sentence",
            ),
            (_, Severity::Outage) => (
                NotificationColor::Outage,
                "notification-update-outage",
                "notification-update-outage-sentence",
            ),
            (_, Severity::Partial) => (
                NotificationColor::Partial,
                "notification-update-partial",
                "notification-update-partial-sentence",
            ),
            (_, Severity::Bug) => (
                NotificationColor::Partial,
                "notification-update-bug",
                "notification-update-bug-sentence",
            ),
            (_, Severity::Maintenance) => (
                NotificationColor::Maintenance,
                "notification-update-maintenance",
                "notification-update-maintenance-sentence",
            ),
        },
    }
}

fn facts(notification: &Notification, reader: &ReaderPreferences) -> Vec<(String, String)> {
    let over =
        matches!(notification.reason, NotifyReason::Resolved | NotifyReason::MaintenanceEnded);
    let time = |at| reader.time(at, notification.at);
    match (notification.window, notification.ended_at) {
        (Some(window), _) if !over => {
            vec![(reader.say("fact-planned-for"), reader.span(window, notification.at))]
        }
        (_, Some(ended_at)) => {
            let lasted = reader.language.lasted(notification.started_at, ended_at);
            let ended = time(ended_at);
            let until = [("time", (&ended).into()), ("lasted", (&lasted).into())];
            vec![
                (reader.say("fact-from"), time(notification.started_at)),
                (reader.say("fact-until"), reader.language.say_with("fact-until-lasted", &until)),
            ]
        }
        _ => vec![(reader.say("fact-since"), time(notification.started_at))],
    }
}
