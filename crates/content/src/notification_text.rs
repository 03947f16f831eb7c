//! A notification in words, before it becomes a mail or a chat message: in the reader's language and time zone.

use candor_core::{Notification, NotifyReason, Severity, SiteConfigured, Status, Window};
use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};

use crate::language::Language;

/// A time zone's name as IANA spells it; none if there is no such zone, or nobody lives in it.
#[must_use]
pub fn zone_name(name: &str) -> Option<String> {
    /// What the database has for machines that nobody has set yet.
    const NO_PLACE: [&str; 2] = ["Factory", "Etc/Unknown"];
    let zone = TimeZone::get(name).ok()?;
    zone.iana_name().filter(|name| !NO_PLACE.contains(name)).map(str::to_owned)
}

/// A reader's language and time zone.
#[derive(Debug, Clone)]
pub struct ReaderPreferences {
    /// In which language.
    pub language: Language,
    /// In which time zone times are given.
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

    fn say(&self, id: &str) -> String {
        self.language.say(id)
    }

    /// `Sat 21 Nov, 15:05 CET (14:05 UTC)`; with the year if it is another one than that of `now`.
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

    /// `Mon 23 Nov, 03:00 – 03:30 CET (02:00 – 02:30 UTC)`; a day that is the same is said once, and so is the zone
    /// unless clocks change in between.
    fn span(&self, window: Window, now: Timestamp) -> String {
        let [from_here, from_utc] = self.both(window.starts_at);
        let [to_here, to_utc] = self.both(window.ends_at);
        let language = self.language;
        let clocks = |from: &ZonedDateTime, to: &ZonedDateTime| {
            let same_clock = from.offset() == to.offset();
            let begin =
                if same_clock { language.clock(from) } else { language.clock_and_zone(from) };
            language.from_to(&begin, &language.clock_and_zone(to))
        };
        let said = |from: &ZonedDateTime, to: &ZonedDateTime| {
            let dated =
                |at: &ZonedDateTime, clock: &str| language.day_and_time(&self.day(at, now), clock);
            if from.date() == to.date() {
                return dated(from, &clocks(from, to));
            }
            let (begin, end) = (language.clock_and_zone(from), language.clock_and_zone(to));
            language.from_to(&dated(from, &begin), &dated(to, &end))
        };
        let same_day = from_here.date() == to_here.date()
            && from_here.date() == from_utc.date()
            && from_here.date() == to_utc.date();
        let utc_said = if same_day { clocks(&from_utc, &to_utc) } else { said(&from_utc, &to_utc) };
        let is_utc = from_here.offset() == from_utc.offset() && to_here.offset() == to_utc.offset();
        self.with_utc(said(&from_here, &to_here), utc_said, is_utc)
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

/// What one message is about.
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

/// The color of a verdict. It is never the only sign: each verdict has its own mark and words, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerdictColor {
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
pub struct NoticeWords {
    /// Its color.
    pub tone: VerdictColor,
    /// The verdict: the first thing that is read.
    pub verdict: String,
    /// The same in a word or two: the state now.
    pub state: String,
    /// What kind of knowledge it is.
    pub sentence: String,
    /// The incident's title, in the reader's language.
    pub title: String,
    /// Times: name and value.
    pub facts: Vec<(String, String)>,
    /// What a person wrote, as Markdown.
    pub written: Option<String>,
}

impl NoticeWords {
    /// A notification in the words of `reader`.
    #[must_use]
    pub fn of(notice: &Notification, reader: &ReaderPreferences) -> Self {
        let (tone, verdict, sentence) = verdict(notice);
        let language = reader.language;
        Self {
            tone,
            verdict: reader.say(verdict),
            state: reader.say(if notice.reason == NotifyReason::Resolved {
                "told-resolved"
            } else {
                verdict
            }),
            sentence: reader.say(sentence),
            title: language.of_title(&notice.title).0.to_owned(),
            facts: facts(notice, reader),
            written: written(notice, reader),
        }
    }
}

/// The operator's text and, below it under their times, the texts of the notifications that this one supersedes: no
/// other message will carry them.
fn written(notice: &Notification, reader: &ReaderPreferences) -> Option<String> {
    let words = |text| reader.language.of_text(text).0.to_owned();
    let unsent = notice.unsent.iter().rev();
    let unsent = unsent.map(|unsent| {
        format!("**{}**\n\n{}", reader.time(unsent.at, notice.at), words(&unsent.text))
    });
    let all: Vec<_> = notice.text.as_ref().map(words).into_iter().chain(unsent).collect();
    (!all.is_empty()).then(|| all.join("\n\n"))
}

/// Its color, and the names of its words.
fn verdict(notice: &Notification) -> (VerdictColor, &'static str, &'static str) {
    match notice.reason {
        NotifyReason::Confirmed => match notice.severity {
            Severity::Outage => (VerdictColor::Outage, "told-outage", "told-outage-sentence"),
            Severity::Partial => (VerdictColor::Partial, "told-partial", "told-partial-sentence"),
            Severity::Bug => (VerdictColor::Partial, "told-bug", "told-bug-sentence"),
            Severity::Notice => (VerdictColor::Neutral, "told-notice", "told-notice-sentence"),
            Severity::Maintenance => {
                (VerdictColor::Maintenance, "told-maintenance", "told-maintenance-sentence")
            }
        },
        NotifyReason::Watching if notice.is_maintenance() => (
            VerdictColor::Watching,
            "standing-maintenance-watched",
            "verdict-watching-work-knowledge",
        ),
        // Nothing was broken, so there is no fix.
        NotifyReason::Watching if notice.severity == Severity::Notice => {
            (VerdictColor::Neutral, "told-news-notice", "told-news-notice-sentence")
        }
        NotifyReason::Watching => {
            (VerdictColor::Watching, "told-watching", "told-watching-sentence")
        }
        NotifyReason::Resolved => {
            let verdict = match notice.severity {
                Severity::Outage => "standing-outage-over",
                Severity::Partial => "standing-partial-over",
                Severity::Bug => "standing-bug-over",
                Severity::Notice | Severity::Maintenance => "told-resolved",
            };
            (VerdictColor::Good, verdict, "told-resolved-sentence")
        }
        NotifyReason::MaintenancePlanned => (
            VerdictColor::Maintenance,
            "told-maintenance-planned",
            "told-maintenance-planned-sentence",
        ),
        NotifyReason::MaintenanceStarted => (
            VerdictColor::Maintenance,
            "told-maintenance-started",
            "told-maintenance-started-sentence",
        ),
        NotifyReason::MaintenanceEnded => {
            (VerdictColor::Good, "told-maintenance-ended", "told-maintenance-ended-sentence")
        }
        NotifyReason::MaintenanceRescheduled => (
            VerdictColor::Maintenance,
            "told-maintenance-rescheduled",
            "told-maintenance-rescheduled-sentence",
        ),
        NotifyReason::MaintenanceCanceled => (
            VerdictColor::Neutral,
            "told-maintenance-canceled",
            "told-maintenance-canceled-sentence",
        ),
        // News without a new status: the verdict says how it stands.
        NotifyReason::AskedByOperator => match (notice.status, notice.severity) {
            _ if notice.is_called_off() => {
                (VerdictColor::Neutral, "told-news-resolved", "told-maintenance-canceled-sentence")
            }
            (Status::Resolved | Status::Dismissed, _) => {
                (VerdictColor::Good, "told-news-resolved", "told-news-resolved-sentence")
            }
            _ if notice.is_maintenance() => (
                VerdictColor::Maintenance,
                "told-news-maintenance",
                "told-news-maintenance-sentence",
            ),
            (_, Severity::Notice) => {
                (VerdictColor::Neutral, "told-news-notice", "told-news-notice-sentence")
            }
            (Status::Watching, _) => {
                (VerdictColor::Watching, "told-news-watching", "told-news-watching-sentence")
            }
            (_, Severity::Outage) => {
                (VerdictColor::Outage, "told-news-outage", "told-news-outage-sentence")
            }
            (_, Severity::Partial) => {
                (VerdictColor::Partial, "told-news-partial", "told-news-partial-sentence")
            }
            (_, Severity::Bug) => {
                (VerdictColor::Partial, "told-news-bug", "told-news-bug-sentence")
            }
            (_, Severity::Maintenance) => (
                VerdictColor::Maintenance,
                "told-news-maintenance",
                "told-news-maintenance-sentence",
            ),
        },
    }
}

fn facts(notice: &Notification, reader: &ReaderPreferences) -> Vec<(String, String)> {
    let over = matches!(notice.reason, NotifyReason::Resolved | NotifyReason::MaintenanceEnded);
    let time = |at| reader.time(at, notice.at);
    match (notice.window, notice.ended_at) {
        (Some(window), _) if !over => {
            vec![(reader.say("fact-planned-for"), reader.span(window, notice.at))]
        }
        (_, Some(ended_at)) => {
            let lasted = reader.language.lasted(notice.started_at, ended_at);
            let ended = time(ended_at);
            let until = [("time", (&ended).into()), ("lasted", (&lasted).into())];
            vec![
                (reader.say("fact-from"), time(notice.started_at)),
                (reader.say("fact-until"), reader.language.say_with("fact-until-lasted", &until)),
            ]
        }
        _ => vec![(reader.say("fact-since"), time(notice.started_at))],
    }
}
