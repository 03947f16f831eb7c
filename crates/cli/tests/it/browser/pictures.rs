//! The pictures in the README: of the page as it is today.

use std::{fs, path::Path};

use candor_core::{
    AlertKey, AlertMessage, Command, IncidentAction, IncidentNumber, Link, Notify, Occurrence,
    Severity, SiteConfigured,
};
use candor_testkit::{browser::judged, process::kept_folder, site::Installation};
use jiff::{SignedDuration, Timestamp};

use super::operator::{Operator, text, title};

/// The pictures, and what the page said when they were taken.
const IMAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/images");

#[test]
fn the_pictures_show_the_page_as_it_is() {
    let site = Installation::new().started();
    let now = Timestamp::now();
    furnish(&site, now);
    let page = site.get("/en/").text();
    let sheet = page.split('"').find(|part| part.ends_with(".css")).unwrap().to_owned();
    let seen = format!("{}\n{}", timeless(&page), site.get(&sheet).text());
    let kept = Path::new(IMAGES).join("page.txt");
    if std::env::var_os("CANDOR_UPDATE").is_some() {
        judged("pictures.mjs", &format!("http://{}", site.address), 2, serde_json::Value::clone);
        for name in ["page-light.png", "page-dark.png"] {
            fs::copy(kept_folder("browser/pictures").join(name), Path::new(IMAGES).join(name))
                .unwrap();
        }
        fs::write(&kept, &seen).unwrap();
    }
    let then = fs::read_to_string(kept).unwrap_or_default();
    let differs = then.lines().zip(seen.lines()).find(|(then, now)| then != now);
    assert!(
        then == seen,
        "the pictures in docs/images are older than the page; take them again with `scripts/book pictures`: {differs:?}"
    );
}

/// An outage that a person has confirmed.
fn furnish(site: &Installation, now: Timestamp) {
    let operator = Operator::on(site);
    // It is noon on the page, so that the story crosses no midnight.
    let hour = now.as_second().rem_euclid(24 * 3600) / 3600;
    let zone = match hour - 12 {
        0 => "Etc/UTC".to_owned(),
        behind @ 1.. => format!("Etc/GMT+{behind}"),
        ahead => format!("Etc/GMT{ahead}"),
    };
    operator.does(Command::ConfigureSite(SiteConfigured {
        name: Some(title("Acme Tickets")),
        time_zone: Some(zone),
        links: Some(vec![Link {
            label: title("Help"),
            url: "https://acme.example/help".to_owned(),
        }]),
        ..SiteConfigured::default()
    }));
    let at = |minutes| now - SignedDuration::from_mins(minutes);
    let raised = Command::RaiseAlert {
        alert: AlertKey::new("opsgenie", "one").unwrap(),
        message: AlertMessage::lenient("Checkout does not answer"),
        occurrence: Occurrence::Only,
    };
    let first = IncidentNumber::FIRST;
    let confirmed = IncidentAction::Confirm {
        severity: Some(Severity::Outage),
        title: Some(title("Checkout is down")),
        text: Some(text("Orders can’t be paid at the moment. Your tickets are still valid.")),
        notify: Notify::No,
    };
    let found = text("The database refuses connections. We are moving to the second one.");
    let update = IncidentAction::PostUpdate { text: found, status: None, notify: Notify::No };
    let times = IncidentAction::AmendTimes { started_at: Some(at(34)), ended_at: None };
    let told = operator.tells(vec![
        (at(34), raised),
        (at(31), confirmed.on(first)),
        (at(12), update.on(first)),
        (at(12), times.on(first)),
    ]);
    site.board_at(told.last().unwrap().seq);
}

/// A page without what is another one at each moment: the past two weeks, numbers, and names of days, months and zones.
fn timeless(page: &str) -> String {
    const NAMES: [&str; 19] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (before, past) = page.split_once("<section aria-labelledby=\"before\">").unwrap();
    let (_, after) = past.split_once("</section>").unwrap();
    let page = [before, after].concat();
    let mut timeless = String::new();
    let mut words = page.chars().peekable();
    while let Some(letter) = words.next() {
        let mut word = letter.to_string();
        while letter.is_ascii_alphabetic() && words.peek().is_some_and(char::is_ascii_alphabetic) {
            word.extend(words.next());
        }
        let is_name = |name: &&str| **name == word || word.len() == 3 && name.starts_with(&word);
        let varies = letter.is_ascii_digit() || NAMES.iter().any(is_name);
        match (letter, varies) {
            (_, true) if timeless.ends_with('0') => {}
            (_, true) => timeless.push('0'),
            ('<', _) => timeless.push_str("\n<"),
            _ => timeless.push_str(&word),
        }
    }
    // Where it is noon, ahead of UTC or behind.
    let signs = ["GMT+0", "GMT-0", "UTC+0", "UTC-0"];
    signs.iter().fold(timeless, |text, zone| text.replace(zone, "UTC"))
}
