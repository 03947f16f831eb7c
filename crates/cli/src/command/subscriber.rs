//! `candor subscriber …`

use candor_core::{
    Address, EmailAddress, HookKind, HookUrl, IncidentNumber, InvalidValue, Scope, Wants, Wish,
};
use candor_integrations::{language::Language, webhook::Targets};
use candor_store::SubscriberState;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::page::Page;
use crate::{args, failure::Failure, settings::Settings, terminal};

pub(crate) async fn run(settings: &Settings, command: args::Subscriber) -> Result<(), Failure> {
    let page = &Page::open(settings).await?;
    match command {
        args::Subscriber::List { output } => list(page, output).await,
        args::Subscriber::Add { addresses, channel, language, time_zone, incidents_only } => {
            let scope = if incidents_only { Scope::Incidents } else { Scope::All };
            let wants = Wants {
                language: language.as_deref().map(known_language).transpose()?,
                time_zone: time_zone.as_deref().map(known_zone).transpose()?,
                scope,
                incident: None,
            };
            add(page, &targets(&page.settings), (&channel, &wants), &addresses).await
        }
        args::Subscriber::Remove { addresses } => {
            remove(page, &targets(&page.settings), &addresses).await
        }
    }
}

fn targets(settings: &Settings) -> Targets {
    Targets::new(&settings.site_url, settings.webhook_allow.clone())
}

fn known_language(tag: &str) -> Result<String, Failure> {
    let known = Language::matching(tag).map(|language| language.tag().to_owned());
    known.ok_or_else(|| {
        let tags: Vec<_> = Language::all().map(Language::tag).collect();
        Failure::Refused(format!("{tag:?} is not spoken here; there are {}", tags.join(", ")))
    })
}

fn known_zone(name: &str) -> Result<String, Failure> {
    let known = TimeZone::get(name).ok().and_then(|zone| zone.iana_name().map(str::to_owned));
    known.ok_or_else(|| {
        Failure::Refused(format!("{name:?} is not a time zone, such as Europe/Berlin"))
    })
}

/// Reads an address as somebody typed it: a mail address, or one of the web for a hook of this kind.
fn address(targets: &Targets, channel: &str, raw: &str) -> Result<Address, String> {
    let sentence = |why: InvalidValue| why.to_string();
    match HookKind::of(channel) {
        None => EmailAddress::parse(raw).map(Address::Mail).map_err(sentence),
        Some(kind) => {
            let url = targets.normal(raw).map_err(|why| format!("can't be called: {why}"))?;
            Ok(Address::Hook(kind, url))
        }
    }
}

async fn list(page: &Page, output: args::Output) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct View {
        channel: &'static str,
        address: String,
        state: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        time_zone: Option<String>,
        scope: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        incident: Option<u32>,
        since: jiff::Timestamp,
    }
    let views: Vec<View> = page
        .store
        .subscribers()
        .await?
        .into_iter()
        .map(|row| View {
            channel: row.address.channel(),
            address: row.address.as_str().to_owned(),
            language: row.wants.language,
            time_zone: row.wants.time_zone,
            scope: row.wants.scope.as_str(),
            incident: row.wants.incident.map(IncidentNumber::get),
            state: match row.state {
                SubscriberState::Pending => "pending",
                SubscriberState::Confirmed => "confirmed",
            },
            since: row.confirmed_at.unwrap_or(row.created_at),
        })
        .collect();
    for (id, why) in page.store.unreadable_subscribers().await? {
        terminal::warn(format!("subscriber {id} is not listed, this version can't read it: {why}"));
    }
    if output.json {
        return terminal::json(&views);
    }
    if views.is_empty() {
        return terminal::line("no subscribers");
    }
    let rows = views.into_iter().map(|view| {
        let of = match view.incident {
            Some(number) => format!("incident {number}"),
            None => view.scope.to_owned(),
        };
        let state = view.state.to_owned();
        vec![view.channel.to_owned(), view.address, state, of, page.clock.short(view.since)]
    });
    let head = ["channel", "address", "state", "wants", "since"].map(str::to_owned).to_vec();
    terminal::table(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
}

/// Adds what is an address, and says at the end which lines are none.
async fn add(
    page: &Page,
    targets: &Targets,
    (channel, wants): (&str, &Wants),
    addresses: &[String],
) -> Result<(), Failure> {
    let stdin;
    let lines: Vec<&str> = if addresses == ["-"] {
        stdin =
            std::io::read_to_string(std::io::stdin()).map_err(|e| Failure::io("read stdin", e))?;
        stdin.lines().collect()
    } else {
        addresses.iter().map(String::as_str).collect()
    };
    let (mut added, mut known, mut wrong) = (0, 0, Vec::new());
    for (number, line) in (1..).zip(lines).filter(|(_, line)| !line.trim().is_empty()) {
        match address(targets, channel, line) {
            Err(why) => wrong.push(format!("line {number}: {why}")),
            Ok(address) => {
                let wish = Wish { address, wants: wants.clone() };
                if page.store.add_subscriber(wish).await? {
                    added += 1;
                } else {
                    known += 1;
                }
            }
        }
    }
    terminal::line(format!("{added} added, {known} known already, {} refused", wrong.len()))?;
    page.acted().await?;
    if wrong.is_empty() { Ok(()) } else { Err(Failure::Settings(wrong)) }
}

async fn remove(page: &Page, targets: &Targets, addresses: &[String]) -> Result<(), Failure> {
    for raw in addresses {
        // The address alone says who it is; one that may no longer be called can still be removed.
        let known = if raw.contains("://") {
            let url = targets.normal(raw).or_else(|_refused| HookUrl::parse(raw))?;
            Address::Hook(HookKind::Webhook, url)
        } else {
            Address::Mail(EmailAddress::parse(raw)?)
        };
        if !page.store.remove_subscriber(known).await? {
            return Err(Failure::Refused(format!(
                "{raw} is not a subscriber; nothing was changed"
            )));
        }
        terminal::line(format!("{raw} removed"))?;
    }
    page.acted().await
}
