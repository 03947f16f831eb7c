//! A site that goes through stages, each with pages that look different.

use std::{thread::sleep, time::Duration};

use candor_core::{
    Command, Declaration, Event, IncidentAction, IncidentNumber, LanguageTag, Link,
    MaintenancePlan, Notify, RecordedEvent, Severity, SiteConfigured, Status, Text, Title, Window,
};
use candor_testkit::{
    mailbox::{MailSink, link},
    site::{Installation, opsgenie},
    until,
};
use candor_web::Logo;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::operator::{Operator, text, title};

/// The languages that the site is offered in.
const LANGUAGES: [&str; 3] = ["en", "de", "ja"];

/// What it shows beside its name once it has a past.
const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\"><path fill=\"#e6007e\" d=\"M2 5h20v5a2 \
                    2 0 0 0 0 4v5H2v-5a2 2 0 0 0 0-4z\"/></svg>";

/// A site, and how far its life has got.
pub(crate) struct Stages {
    pub(crate) site: Installation,
    mailbox: MailSink,
    operator: Option<Operator>,
    /// Incidents of the past, under names.
    past: Vec<(&'static str, IncidentNumber)>,
    open: Option<IncidentNumber>,
    stages: std::vec::IntoIter<(&'static str, Begin)>,
}

/// Brings the site into a state; the pages to look at in it.
type Begin = fn(&mut Stages) -> Vec<Value>;

impl Stages {
    /// A site on which nothing has happened yet.
    pub(crate) fn begin() -> Self {
        let mailbox = MailSink::open();
        // What was dismissed in one scene isn't taken up in the next.
        let site =
            Installation::new().with("REFIRE_MINUTES", "0").mailing_to(mailbox.address).started();
        let stages: Vec<(&str, Begin)> = vec![
            ("empty", Self::empty),
            ("good", Self::good),
            ("suspected", Self::suspected),
            ("outage", Self::outage),
            ("partial", Self::partial),
            ("watching", Self::watching),
            ("maintenance", Self::maintenance),
            ("mixed", Self::mixed),
            ("stale", Self::stale),
        ];
        let operator = Some(Operator::on(&site));
        Self { site, mailbox, operator, past: Vec::new(), open: None, stages: stages.into_iter() }
    }

    pub(crate) fn home(&self) -> String {
        format!("http://{}", self.site.address)
    }

    /// Lets the next stage begin: its name, its pages, its documents; nothing after the last one.
    pub(crate) fn next(&mut self) -> Value {
        let Some((name, begin)) = self.stages.next() else { return Value::Null };
        let pages = begin(self);
        let documents = match name {
            "good" | "suspected" | "outage" | "maintenance" => documents(),
            _ => Vec::new(),
        };
        json!({ "name": name, "pages": pages, "documents": documents })
    }

    /// Monitoring says something, and the page knows of it.
    pub(crate) fn alert(&self, action: &str, id: &str) -> u64 {
        let at = u64::try_from(Timestamp::now().as_nanosecond()).unwrap();
        let seq = self.site.acknowledged(&opsgenie(action, id, at));
        self.site.board_at(seq);
        seq
    }

    /// Waits until the page shows all that the log has.
    pub(crate) fn caught_up(&self) {
        let seq = self.operator().board().seq;
        self.site.board_at(seq);
    }

    /// Ends all that goes on, quietly.
    pub(crate) fn calm(&self) {
        let board = self.operator().board();
        for incident in board.current() {
            let (incident, status) = (incident.number, incident.status);
            self.does(match status {
                Status::Suspected => IncidentAction::Dismiss { text: None }.on(incident),
                Status::Planned
                | Status::Dismissed
                | Status::Confirmed
                | Status::Watching
                | Status::Resolved => {
                    IncidentAction::Resolve { ended_at: None, text: None, notify: Notify::No }
                        .on(incident)
                }
            });
        }
    }

    /// The mails to somebody so far, once there are at least this many.
    pub(crate) fn mails(&self, to: &str, least: usize) -> Vec<Value> {
        let to_them = || {
            let mut mails = self.mailbox.mails();
            mails.retain(|mail| mail.to == [to]);
            mails
        };
        let mails = until(&format!("{least} mails to {to}"), || {
            Some(to_them()).filter(|mails| mails.len() >= least)
        });
        let mails = mails.iter().map(|mail| {
            let subject = mail.header("Subject");
            json!({ "subject": subject, "text": mail.text(), "html": mail.html() })
        });
        mails.collect()
    }

    fn operator(&self) -> &Operator {
        self.operator.as_ref().unwrap()
    }

    /// Does it, and waits until the page shows it.
    fn does(&self, command: Command) -> Vec<RecordedEvent> {
        let recorded = self.operator().does(command);
        self.site.board_at(recorded.last().unwrap().seq);
        recorded
    }

    fn empty(&mut self) -> Vec<Value> {
        let link = |label: &str, url: &str| Link { label: title(label), url: url.to_owned() };
        self.does(Command::ConfigureSite(SiteConfigured {
            name: Some(title("Acme Tickets")),
            accent: None,
            contact: Some("help@acme.example".to_owned()),
            links: Some(vec![
                link("Acme Tickets", "https://acme.example/"),
                link("Imprint", "https://acme.example/imprint"),
            ]),
            time_zone: Some("Europe/Berlin".to_owned()),
            languages: Some(LANGUAGES.map(str::to_owned).into()),
            logo: None,
        }));
        vec![page("front", "/"), page("history", "/history"), page("subscribe", "/subscribe")]
    }

    /// All is well, and much has happened.
    fn good(&mut self) -> Vec<Value> {
        self.live_through_the_past();
        let logo = Logo::of_file(LOGO.into()).unwrap().to_string();
        self.does(Command::ConfigureSite(SiteConfigured {
            accent: Some("#e6007e".to_owned()),
            logo: Some(logo),
            ..SiteConfigured::default()
        }));
        let path = |name: &str| self.path(self.past_number(name));
        let day = |name: &str| path(name).rsplit_once('/').unwrap().0.to_owned();
        let month = day("outage").trim_matches('/').rsplit_once('-').unwrap().0.to_owned();
        let year = month.split_once('-').unwrap().0;
        // Since this moment nothing has happened; an address names whole seconds.
        sleep(Duration::from_secs(1));
        let as_of = format!("/as-of/{}", Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ"));
        let mut pages = vec![
            page("front", "/"),
            page("history", "/history"),
            page("year", &format!("/history/{year}")),
            page("older-year", "/history/2020"),
            page("month", &format!("/history/{month}")),
            page("day", &day("outage")),
            page("quiet-day", "/2026-03-03"),
            page("day-of-false-alarm", &day("false alarm")),
            page("incident", &path("outage")),
            page("postmortem", &format!("{}/postmortem", path("outage"))),
            page("edited", &path("edited")),
            page("long", &path("long")),
            page("false-alarm", &path("false alarm")),
            page("maintenance-over", &path("maintenance")),
            page("as-of", &format!("{as_of}/")),
            page("as-of-incident", &format!("{as_of}{}", path("edited"))),
            page("integrate", "/integrate"),
            bare("embed", "/embed"),
            bare("reference", "/api"),
            with_status("not-found", "/no/such/page", 404),
            with_status("not-found-incident", "/2020-01-01/1", 404),
        ];
        pages.extend(self.subscriptions());
        pages
    }

    fn suspected(&mut self) -> Vec<Value> {
        self.alert("Create", "one");
        self.now_open();
        self.front_and_open()
    }

    fn outage(&mut self) -> Vec<Value> {
        let incident = self.open.unwrap();
        self.does(IncidentAction::Confirm { severity: Some(Severity::Outage), title: Some(translated("Checkout is down", "Die Kasse ist ausgefallen")), text: Some(text(
                "Orders **can’t be paid** at the moment. We are looking into it; see \
                 [our help pages](https://acme.example/help) for what still works.\n\n* Cards: down\n* Invoices: fine",
            )), notify: Notify::Default }.on(incident));
        let update = text("The database refuses connections. We are moving to the second one.");
        self.does(
            IncidentAction::PostUpdate { text: update, status: None, notify: Notify::Default }
                .on(incident),
        );
        self.front_and_open()
    }

    fn partial(&mut self) -> Vec<Value> {
        let incident = self.open.unwrap();
        self.does(IncidentAction::SetSeverity { severity: Severity::Partial }.on(incident));
        let summary = Some(text("About one payment in five fails; trying again helps."));
        self.does(IncidentAction::SetSummary { summary }.on(incident));
        self.front_and_open()
    }

    fn watching(&mut self) -> Vec<Value> {
        let incident = self.open.unwrap();
        let (text, status) = (text("A fix is in place."), Some(Status::Watching));
        self.does(
            IncidentAction::PostUpdate { text, status, notify: Notify::Default }.on(incident),
        );
        self.front_and_open()
    }

    fn maintenance(&mut self) -> Vec<Value> {
        let incident = self.open.unwrap();
        let over = Some(text("It is over. Sorry for the trouble."));
        self.does(
            IncidentAction::Resolve { ended_at: None, text: over, notify: Notify::No }.on(incident),
        );
        let running = self.plan("Moving to another data center", SignedDuration::from_mins(1));
        let (incident, text) = (number(&running), Some(text("We have begun.")));
        self.does(IncidentAction::StartMaintenance { text, notify: Notify::No }.on(incident));
        let coming = self.plan("A new version of the shop", SignedDuration::from_hours(50));
        self.open = Some(number(&coming));
        let mut pages = self.front_and_open();
        pages.push(page("running", &self.path(incident)));
        pages
    }

    /// Everything at once.
    fn mixed(&mut self) -> Vec<Value> {
        self.alert("Create", "two");
        self.now_open();
        for (name, severity) in [
            ("Scanning is slow in some halls", Severity::Partial),
            ("Labels print with a wrong date", Severity::Bug),
            ("From today the sign-in page looks different", Severity::Notice),
        ] {
            self.does(declared(title(name), severity, None, "We know of it and work on it."));
        }
        vec![page("front", "/"), page("history", "/history"), bare("embed", "/embed")]
    }

    /// The log is out of reach, and the process starts again.
    fn stale(&mut self) -> Vec<Value> {
        let seq = self.operator().board().seq;
        let head = self.site.data_dir().join("last-state/head.json");
        until("the last state to be on disk", || {
            let kept = std::fs::read_to_string(&head).ok()?;
            kept.contains(&format!("\"seq\":{seq},")).then_some(())
        });
        self.operator = None;
        self.site.stop();
        let nobody = candor_testkit::free_address();
        self.site.change("DATABASE_URL", format!("postgres://candor@{nobody}/candor"));
        self.site.spawn();
        until("the page, without its database", || {
            let address = self.site.address;
            candor_testkit::http::ask(address, "GET", "/", &[], b"")
                .ok()
                .filter(|a| a.status == 200)
        });
        // It is kept in the language of the site alone.
        vec![bare("front", "/")]
    }

    /// The pages behind the links in mails, from the first wish to the end.
    fn subscriptions(&self) -> Vec<Value> {
        let begin = |what: &str| format!("{}/{what}/", self.home());
        let path = |url: String| url.strip_prefix(&self.home()).unwrap().to_owned();
        let before = self.mailbox.count();
        let wish = self.site.post_form("/subscribe", "email=ada%40example.org&kind=mail");
        assert_eq!(wish.status, 303, "{wish:?}");
        let mail = self.mailbox.exactly(before + 1).remove(before);
        let confirm = path(link(&mail, &begin("subscribe")));
        let mut pages = vec![page("subscribe", "/subscribe"), bare("confirm", &confirm)];
        assert_eq!(self.site.post_form(&confirm, "").status, 303);
        self.does(declared(title("A word to all"), Severity::Notice, None, "Good morning."));
        let mail = self.mailbox.exactly(before + 2).remove(before + 1);
        let incident = self.operator().board().incidents().next().unwrap().number;
        self.does(
            IncidentAction::Resolve { ended_at: None, text: None, notify: Notify::No }.on(incident),
        );
        pages.push(bare("unsubscribe", &path(link(&mail, &begin("unsubscribe")))));
        // A mail without this link is a fault like others, and shouldn't hide them.
        let manage = mail.text().unwrap().contains(&begin("subscription"));
        let manage = manage.then(|| path(link(&mail, &begin("subscription"))));
        pages.push(bare("manage", manage.as_deref().unwrap_or("/subscription/")));
        pages
    }

    fn live_through_the_past(&mut self) {
        self.past = super::past::live(self.operator(), |operator| {
            self.alert("Create", "false");
            operator.board().incidents().next().unwrap().number
        });
        self.caught_up();
    }

    fn past_number(&self, name: &str) -> IncidentNumber {
        self.past.iter().find(|(known, _)| *known == name).unwrap().1
    }

    fn path(&self, number: IncidentNumber) -> String {
        self.operator().path(number)
    }

    /// The newest incident is the one that the next pages are about.
    fn now_open(&mut self) {
        self.open = Some(self.operator().board().incidents().next().unwrap().number);
    }

    fn front_and_open(&self) -> Vec<Value> {
        let incident = self.path(self.open.unwrap());
        vec![page("front", "/"), page("incident", &incident), bare("embed", "/embed")]
    }

    fn plan(&self, name: &str, begins_in: SignedDuration) -> Vec<RecordedEvent> {
        let starts_at = Timestamp::now() + begins_in;
        self.does(Command::PlanMaintenance(MaintenancePlan {
            title: title(name),
            window: Window { starts_at, ends_at: starts_at + SignedDuration::from_hours(2) },
            text: Some(text("Tickets can be scanned all the time; buying pauses for ten minutes.")),
            auto_start: false,
            auto_end: false,
            silent: true,
        }))
    }
}

/// An incident as a person opens it; nobody is told of those that began some time ago.
pub(super) fn declared(
    title: Title,
    severity: Severity,
    started_at: Option<Timestamp>,
    words: &str,
) -> Command {
    Command::Declare(Declaration {
        title,
        status: Status::Confirmed,
        severity,
        started_at,
        ended_at: None,
        summary: None,
        text: Some(text(words)),
        silent: started_at.is_some(),
        takes_alerts: false,
    })
}

/// A title in English and German.
pub(super) fn translated(english: &str, german: &str) -> Title {
    title(english).with(LanguageTag::parse("de").unwrap(), german).unwrap()
}

/// A text in English and German.
pub(super) fn in_both(english: &str, german: &str) -> Text {
    text(english).with(LanguageTag::parse("de").unwrap(), german).unwrap()
}

/// The incident that an event is about.
pub(super) fn number(recorded: &[RecordedEvent]) -> IncidentNumber {
    recorded.iter().find_map(|event| Event::incident(&event.event)).unwrap()
}

/// A page that exists in each language.
fn page(name: &str, path: &str) -> Value {
    json!({ "name": name, "path": path, "status": 200, "spoken": true })
}

/// A page with one address.
fn bare(name: &str, path: &str) -> Value {
    json!({ "name": name, "path": path, "status": 200, "spoken": false })
}

fn with_status(name: &str, path: &str, status: u16) -> Value {
    json!({ "name": name, "path": path, "status": status, "spoken": true })
}

/// What isn't a page but is drawn.
fn documents() -> Vec<Value> {
    let svg = |path: &str| json!({ "name": path.trim_start_matches('/').replace('/', "-"), "path": path });
    vec![svg("/badge.svg"), svg("/favicon.svg")]
}
