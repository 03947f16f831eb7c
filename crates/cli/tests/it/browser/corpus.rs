//! Malicious text in every field that an operator, a provider or a stranger can fill: pages, feeds, documents and mails
//! show it as text.

use std::collections::BTreeMap;

use candor_core::{
    Command, IncidentAction, IncidentNumber, LanguageTag, Link, Notify, Severity, SiteConfigured,
    Text, Title,
};
use candor_testkit::{
    browser,
    mailbox::MailSink,
    site::{Installation, opsgenie},
    until,
};
use serde_json::{Value, json};

use super::operator::Operator;

/// Fields that one payload is written into, those of strangers not counted.
const FIELDS: usize = 14;

#[test]
fn malicious_text_stays_text_in_every_field_and_place() {
    let mailbox = MailSink::open();
    let site = Installation::new().with("TRUSTED_PROXIES", "127.0.0.0/8");
    let site = site.mailing_to(mailbox.address).started();
    Operator::on(&site).does(Command::ConfigureSite(SiteConfigured {
        languages: Some(vec!["en".to_owned(), "de".to_owned()]),
        ..SiteConfigured::default()
    }));
    site.candor(&["subscriber", "add", "ada@example.org", "grace@example.org"]).well();
    let mut writer =
        Writer { operator: Operator::on(&site), site, round: 0, incident: IncidentNumber::FIRST };
    let home = format!("http://{}", writer.site.address);
    browser::judged("corpus.mjs", &home, 3_000, |ask| {
        if let Some(words) = ask["words"].as_str() {
            writer.writes(words)
        } else if let Some(words) = ask["over"].as_str() {
            writer.ends(words)
        } else {
            let least = writer.round * 2;
            until(&format!("{least} mails"), || (mailbox.count() >= least).then_some(()));
            let mails = mailbox.mails();
            let mails = mails
                .iter()
                .map(|mail| json!({ "to": mail.to, "raw": String::from_utf8_lossy(&mail.data) }));
            json!({ "mails": mails.collect::<Vec<_>>() })
        }
    });
}

/// Who writes the words everywhere.
struct Writer {
    site: Installation,
    operator: Operator,
    round: usize,
    incident: IncidentNumber,
}

impl Writer {
    /// Writes them into the settings of the site, and into an incident from its alert on.
    fn writes(&mut self, words: &str) -> Value {
        self.round += 1;
        let refused = self.configures(words);
        let mut alert =
            opsgenie("Create", &format!("alert {}", self.round), 1_700_000_000_000_000_000);
        for field in ["message", "entity", "alias", "source", "description"] {
            alert["alert"][field] = words.into();
        }
        self.site.acknowledged(&alert);
        let incident = self.operator.board().incidents().next().unwrap().number;
        self.incident = incident;
        let (name, said) = (titled(words), written(words));
        let refused = refused + usize::from(name.is_none()) + 6 * usize::from(said.is_none());
        let plain = || Text::parse("Plain words.").unwrap();
        let said = || said.clone().unwrap_or_else(plain);
        let notify = Notify::Default;
        let told = self.operator.goes_on(
            incident,
            vec![
                IncidentAction::Confirm {
                    severity: Some(Severity::Partial),
                    title: name,
                    text: Some(said()),
                    notify,
                }
                .on(incident),
                IncidentAction::SetSummary { summary: Some(said()) }.on(incident),
                IncidentAction::PostUpdate { text: plain(), status: None, notify }.on(incident),
                IncidentAction::PostUpdate { text: said(), status: None, notify }.on(incident),
            ],
        );
        let update = told[2].seq;
        let last =
            self.operator.does(IncidentAction::CorrectUpdate { update, text: said() }.on(incident));
        self.site.board_at(last[0].seq);
        let path = self.operator.path(incident);
        let pages = BTreeMap::from([
            ("front", "/en/".to_owned()),
            ("front in German", "/de/".to_owned()),
            ("incident", format!("/en{path}")),
            ("incident in German", format!("/de{path}")),
            ("embed", "/embed".to_owned()),
            ("integrate", "/en/integrate".to_owned()),
        ]);
        let taken = FIELDS - refused;
        json!({ "pages": pages, "incident": incident, "taken": taken, "refused": refused })
    }

    /// Ends the incident with them.
    fn ends(&mut self, words: &str) -> Value {
        let (incident, notify) = (self.incident, Notify::No);
        let said = written(words).unwrap_or_else(|| Text::parse("Plain words.").unwrap());
        let text = Some(said.clone());
        let told = self.operator.goes_on(
            incident,
            vec![
                IncidentAction::Resolve { ended_at: None, text, notify }.on(incident),
                IncidentAction::PublishPostmortem { text: said }.on(incident),
            ],
        );
        self.site.board_at(told[1].seq);
        let path = self.operator.path(incident);
        let day = path.rsplit_once('/').unwrap().0;
        let pages = BTreeMap::from([
            ("postmortem", format!("/en{path}/postmortem")),
            ("postmortem in German", format!("/de{path}/postmortem")),
            ("incident that is over", format!("/en{path}")),
            ("day", format!("/en{day}")),
            ("history", "/en/history".to_owned()),
            ("subscribe", "/en/subscribe".to_owned()),
        ]);
        json!({ "pages": pages })
    }

    /// How many fields of the site's settings refused the words.
    fn configures(&self, words: &str) -> usize {
        let none = SiteConfigured::default;
        let label = Title::parse(words).unwrap_or_else(|_| Title::parse("A link").unwrap());
        let links = vec![
            Link { label: label.clone(), url: words.to_owned() },
            Link { label, url: format!("https://acme.example/{words}") },
        ];
        let changes = [
            Title::parse(words).ok().map(|name| SiteConfigured { name: Some(name), ..none() }),
            Some(SiteConfigured { contact: Some(words.to_owned()), ..none() }),
            Some(SiteConfigured { links: Some(links), ..none() }),
            Some(SiteConfigured { accent: Some(words.to_owned()), ..none() }),
            Some(SiteConfigured { time_zone: Some(words.to_owned()), ..none() }),
            Some(SiteConfigured { logo: Some(words.to_owned()), ..none() }),
        ];
        let all = changes.iter().flatten().cloned().fold(none(), |all, one| SiteConfigured {
            name: one.name.or(all.name),
            contact: one.contact.or(all.contact),
            links: one.links.or(all.links),
            accent: one.accent.or(all.accent),
            time_zone: one.time_zone.or(all.time_zone),
            languages: None,
            logo: one.logo.or(all.logo),
        });
        if self.operator.tries(Command::ConfigureSite(all)) {
            return changes.iter().filter(|change| change.is_none()).count();
        }
        let taken = |change: Option<SiteConfigured>| {
            change.is_some_and(|change| self.operator.tries(Command::ConfigureSite(change)))
        };
        changes.into_iter().map(taken).filter(|taken| !taken).count()
    }
}

/// A title of them, in German as well.
fn titled(words: &str) -> Option<Title> {
    let german = LanguageTag::parse("de").unwrap();
    Title::parse(words).ok()?.with(german, words).ok()
}

/// A text of them as they are and in each place where Markdown takes an address, in German as well.
fn written(words: &str) -> Option<Text> {
    let german = LanguageTag::parse("de").unwrap();
    Text::parse(words).ok()?;
    let all = format!(
        "{words}\n\n[a link]({words})\n\n<{words}>\n\n![a picture]({words})\n\n| a |\n|---|\n| {words} |\n\n```{words}\n{words}\n```"
    );
    Text::parse(&all).ok()?.with(german, &all).ok()
}
