//! `candor subscriber …`

mod list;

use candor_content::language::Language;
use candor_core::{
    Address, EmailAddress, HookKind, HookUrl, IncidentNumber, InvalidValue, Preferences, Scope,
    SubscriptionRequest,
};
use candor_integrations::{file, webhook::Targets};
use serde::Serialize;

use super::page::OpenPage;
use crate::{args, error::CliError, secrets, settings::Settings, terminal};

/// The longest list of addresses, in bytes: a million of them.
const LONGEST_LIST: usize = 64 * 1024 * 1024;

pub(crate) async fn run(settings: &Settings, command: args::Subscriber) -> Result<(), CliError> {
    let page = &OpenPage::open(settings).await?;
    match command {
        args::Subscriber::List { output } => list(page, output).await,
        args::Subscriber::Add { addresses, channel, language, time_zone, incidents_only } => {
            let scope = if incidents_only { Scope::Incidents } else { Scope::All };
            let preferences = Preferences {
                language: language.as_deref().map(known_language).transpose()?,
                time_zone: time_zone.as_deref().map(super::known_zone).transpose()?,
                scope,
                incident: None,
            };
            add(page, (&channel, &preferences), &addresses).await
        }
        args::Subscriber::Remove { addresses } => {
            remove(page, &targets(&page.settings), &addresses).await
        }
    }
}

fn targets(settings: &Settings) -> Targets {
    Targets::new(&settings.site_url, settings.webhook_allow.clone())
}

fn known_language(tag: &str) -> Result<String, CliError> {
    let known = Language::matching(tag).map(|language| language.tag().to_owned());
    known.ok_or_else(|| {
        let tags: Vec<_> = Language::all().map(Language::tag).collect();
        CliError::Refused(format!("{tag:?} is not spoken here; there are {}", tags.join(", ")))
    })
}

/// Reads an address: a mail address, or the URL of a webhook of this kind.
fn address(targets: &Targets, channel: &str, raw: &str) -> Result<Address, String> {
    let sentence = |why: InvalidValue| why.to_string();
    match HookKind::of(channel) {
        None => EmailAddress::parse(raw)
            .map(Address::Mail)
            .map_err(|why| format!("{raw:?}: {}", sentence(why))),
        Some(_) if has_several(raw) => Err(format!("{raw:?}: write one address on a line")),
        Some(kind) => {
            let url =
                targets.normal(raw).map_err(|why| format!("{raw:?} can't be called: {why}"))?;
            Ok(Address::Hook(kind, url))
        }
    }
}

/// Whether this is more than one address of the web, of which the first one's path would swallow the others.
fn has_several(raw: &str) -> bool {
    let parts = raw.split([',', ';']).skip(1);
    raw.trim().contains(char::is_whitespace)
        || parts.into_iter().any(|part| part.starts_with("https://") || part.starts_with("http://"))
}

async fn list(page: &OpenPage, output: args::OutputArgs) -> Result<(), CliError> {
    #[derive(Serialize)]
    struct SubscriberView {
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
    let views: Vec<SubscriberView> = page
        .store
        .subscribers()
        .await?
        .into_iter()
        .map(|row| SubscriberView {
            channel: row.address.channel(),
            address: row.address.as_str().to_owned(),
            language: row.preferences.language,
            time_zone: row.preferences.time_zone,
            scope: row.preferences.scope.as_str(),
            incident: row.preferences.incident.map(IncidentNumber::get),
            state: row.state.as_str(),
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

/// Adds all addresses, and reports at the end what wasn't one.
async fn add(
    page: &OpenPage,
    (channel, preferences): (&str, &Preferences),
    addresses: &[String],
) -> Result<(), CliError> {
    let targets = targets(&page.settings);
    let by_mail = channel == Address::MAIL;
    let given: Vec<(String, String)> = if addresses == ["-"] {
        let text = file::text_from(std::io::stdin(), LONGEST_LIST)
            .map_err(|e| CliError::io("read stdin", e))?;
        let lines = if by_mail { list::addresses(&text) } else { lines(&text) };
        lines.into_iter().map(|(number, raw)| (format!("line {number}: "), raw)).collect()
    } else {
        let read = |raw: &String| if by_mail { list::of_line(raw) } else { vec![raw.clone()] };
        addresses.iter().flat_map(read).map(|raw| (String::new(), raw)).collect()
    };
    let (mut added, mut known, mut wrong) = (0, 0, Vec::new());
    let mut takes_utf8 = None;
    for (place, raw) in given {
        let address = match address(&targets, channel, &raw) {
            Ok(address) => address,
            Err(why) => {
                wrong.push(format!("{place}{why}"));
                continue;
            }
        };
        if address.mail().is_some_and(EmailAddress::needs_utf8) {
            if takes_utf8.is_none() {
                takes_utf8 = Some(super::mail::takes_utf8(&page.settings).await);
            }
            if let Some(Err(why)) = &takes_utf8 {
                wrong.push(format!("{place}{raw:?} has letters outside ASCII before the @; {why}"));
                continue;
            }
        }
        let wish =
            SubscriptionRequest { address: address.clone(), preferences: preferences.clone() };
        if page.store.add_subscriber(wish).await? {
            added += 1;
            secret_of(page, &address).await?;
        } else {
            known += 1;
        }
    }
    let answered = async {
        terminal::line(format!("{added} added, {known} known already, {} refused", wrong.len()))?;
        page.acted().await
    };
    let answered = CliError::after_doing(answered.await);
    if wrong.is_empty() { answered } else { Err(CliError::Settings(wrong)) }
}

/// Prints the secret by which messages to a program are signed, for the operator to pass on.
async fn secret_of(page: &OpenPage, address: &Address) -> Result<(), CliError> {
    if !matches!(address, Address::Hook(kind, _) if kind.is_program()) {
        return Ok(());
    }
    let rows = page.store.subscribers().await?;
    let Some(row) = rows.into_iter().find(|row| row.address == *address) else { return Ok(()) };
    let secret = secrets::existing_links(&page.settings)?.webhook_secret(row.id.0);
    terminal::line(format!("{}: messages are signed with {secret}", address.as_str()))
}

/// The lines of a list of addresses of the web that have something in them.
fn lines(text: &str) -> Vec<(usize, String)> {
    let lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    let filled = lines.filter(|(_, line)| !line.trim().is_empty());
    filled.map(|(number, line)| (number, line.trim().to_owned())).collect()
}

async fn remove(page: &OpenPage, targets: &Targets, addresses: &[String]) -> Result<(), CliError> {
    let mut known = Vec::new();
    for raw in addresses {
        // The address alone says who it is; one that may no longer be called can still be removed.
        known.push(if raw.contains("://") {
            let url = targets.normal(raw).or_else(|_refused| HookUrl::parse(raw))?;
            Address::Hook(HookKind::Webhook, url)
        } else {
            Address::Mail(EmailAddress::parse(raw)?)
        });
    }
    let (mut removed, mut strangers) = (Vec::new(), Vec::new());
    for (raw, address) in addresses.iter().zip(known) {
        let is_gone = page.store.remove_subscriber(address).await?;
        if is_gone { &mut removed } else { &mut strangers }.push(raw.as_str());
    }
    if removed.is_empty() {
        let strangers = strangers.join(", ");
        return Err(CliError::Refused(format!("no subscriber: {strangers}; nothing was changed")));
    }
    let answered = async {
        for raw in removed {
            terminal::line(format!("{raw} removed"))?;
        }
        page.acted().await
    };
    let answered = CliError::after_doing(answered.await);
    match strangers.as_slice() {
        [] => answered,
        strangers => Err(CliError::Failed(format!("no subscriber: {}", strangers.join(", ")))),
    }
}
