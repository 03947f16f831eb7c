//! `candor subscriber …`

use candor_core::EmailAddress;
use candor_store::{Store, SubscriberState};
use serde::Serialize;

use crate::{args, failure::Failure, settings::Settings, terminal};

pub(crate) async fn run(settings: &Settings, command: args::Subscriber) -> Result<(), Failure> {
    let store = super::open(settings).await?;
    match command {
        args::Subscriber::List { output } => list(&store, output).await,
        args::Subscriber::Add { addresses } => add(&store, &addresses).await,
        args::Subscriber::Remove { addresses } => remove(&store, &addresses).await,
    }
}

async fn list(store: &Store, output: args::Output) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct View {
        address: String,
        state: &'static str,
        since: jiff::Timestamp,
    }
    let views: Vec<View> = store
        .subscribers()
        .await?
        .into_iter()
        .map(|row| View {
            address: row.address.to_string(),
            state: match row.state {
                SubscriberState::Pending => "pending",
                SubscriberState::Confirmed => "confirmed",
            },
            since: row.confirmed_at.unwrap_or(row.created_at),
        })
        .collect();
    if output.json {
        return terminal::json(&views);
    }
    if views.is_empty() {
        return terminal::line("no subscribers");
    }
    let rows = views
        .into_iter()
        .map(|view| vec![view.address, view.state.to_owned(), terminal::time(view.since)]);
    terminal::table(&rows.collect::<Vec<_>>())
}

/// Adds what is an address, and says at the end which lines are none.
async fn add(store: &Store, addresses: &[String]) -> Result<(), Failure> {
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
        match EmailAddress::parse(line) {
            Err(why) => wrong.push(format!("line {number}: {why}")),
            Ok(address) => {
                if store.add_subscriber(&address).await? {
                    added += 1;
                } else {
                    known += 1;
                }
            }
        }
    }
    terminal::line(format!("{added} added, {known} known already, {} refused", wrong.len()))?;
    if wrong.is_empty() { Ok(()) } else { Err(Failure::Settings(wrong)) }
}

async fn remove(store: &Store, addresses: &[String]) -> Result<(), Failure> {
    for address in addresses {
        let address = EmailAddress::parse(address)?;
        if !store.remove_subscriber(&address).await? {
            return Err(Failure::Refused(format!(
                "{address} is not a subscriber; nothing was changed"
            )));
        }
        terminal::line(format!("{address} removed"))?;
    }
    Ok(())
}
