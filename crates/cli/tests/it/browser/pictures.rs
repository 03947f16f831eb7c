//! The pictures in the README: of the page as it is today.

use std::{fs, path::Path};

use candor_core::{
    AlertKey, AlertMessage, Command, IncidentAction, IncidentNumber, Link, Notify, Severity,
    SiteConfigured,
};
use candor_testkit::{browser::judged, process::kept_folder, site::Installation};
use jiff::{SignedDuration, Timestamp};

use super::{
    operator::{Operator, text, title},
    stages::{declared, number},
};

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

/// An outage that a person has confirmed, over a past with some of everything.
fn furnish(site: &Installation, now: Timestamp) {
    let operator = Operator::on(site);
    // It is noon on the page, so that no story crosses a midnight.
    let hour = now.as_second().rem_euclid(24 * 3600) / 3600;
    let zone = match hour - 12 {
        0 => "Etc/GMT".to_owned(),
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
    for (days, severity, minutes, name) in [
        (71, Severity::Outage, 62, "The shop could not be reached"),
        (46, Severity::Bug, 180, "Labels print with a wrong date"),
        (45, Severity::Bug, 180, "Labels print with a wrong date"),
        (23, Severity::Partial, 40, "Some payments fail"),
        (9, Severity::Partial, 25, "Search is slow"),
    ] {
        let begin = now - SignedDuration::from_hours(24 * days);
        let end = begin + SignedDuration::from_mins(minutes);
        let over = IncidentAction::Resolve { ended_at: Some(end), text: None, notify: Notify::No };
        let opened = declared(title(name), severity, Some(begin), "We are looking into it.");
        let told = operator.tells(vec![(begin, opened)]);
        operator.does(over.on(number(&told)));
    }
    let at = |minutes| now - SignedDuration::from_mins(minutes);
    let raised = Command::RaiseAlert {
        alert: AlertKey::new("opsgenie", "one").unwrap(),
        message: AlertMessage::lenient("Checkout does not answer"),
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

/// A page without what is another one at each moment: numbers, and names of days, months and zones.
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
    let mut text = page.to_owned();
    for name in NAMES {
        let short: String = name.chars().take(3).collect();
        text = text.replace(name, "0");
        text = text.replace(&format!("{short} "), "0 ").replace(&format!(">{short}<"), ">0<");
    }
    let mut timeless = String::new();
    for letter in text.chars() {
        match letter {
            '0'..='9' if timeless.ends_with('0') => {}
            '0'..='9' => timeless.push('0'),
            '<' => timeless.push_str("\n<"),
            letter => timeless.push(letter),
        }
    }
    timeless
}
