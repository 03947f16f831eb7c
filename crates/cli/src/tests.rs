//! What no command may do: found a second Candor because it was run in the wrong folder.

use std::fs;

use clap::{CommandFactory, Parser};

use super::{Cli, run};
use crate::failure::CliError;

/// What makes a new page when it is run: that is its work.
const FOUNDERS: &[&str] = &["serve", "web", "worker", "migrate", "demo"];
/// What works without any page.
const NEED_NO_PAGE: &[&str] = &[
    "check",
    "completions",
    "health",
    "import monostat",
    "mail test",
    "man",
    "simulate opsgenie",
    "slack check",
    "slack manifest",
];

/// Every command that can be given, as words, with something in the place of each argument that has to be there.
fn commands(command: &clap::Command, path: &[String]) -> Vec<(String, Vec<String>)> {
    if command.has_subcommands() {
        return command
            .get_subcommands()
            .filter(|command| command.get_name() != "help")
            .flat_map(|command| {
                let path = [path, &[command.get_name().to_owned()]].concat();
                commands(command, &path)
            })
            .collect();
    }
    let of_group = |id: &clap::Id| command.get_arguments().find(|arg| arg.get_id() == id);
    let one_of = command.get_groups().filter(|group| group.is_required_set());
    let required = command
        .get_arguments()
        .filter(|arg| arg.is_required_set())
        .chain(one_of.filter_map(|group| group.get_args().next().and_then(of_group)));
    let mut words = path.to_vec();
    for arg in required {
        words.extend(arg.get_long().map(|long| format!("--{long}")));
        let possible = arg.get_possible_values();
        let value = match arg.get_id().as_str() {
            "severity" => "outage",
            _ => possible.first().map_or("1", |value| value.get_name()),
        };
        words.push(value.to_owned());
    }
    vec![(path.join(" "), words)]
}

#[test]
fn no_command_makes_a_page_in_the_wrong_folder_or_claims_to_have_done_something() {
    let dir = tempfile::tempdir().unwrap();
    let (here, config) = (dir.path().join("here"), dir.path().join("candor.toml"));
    // Nobody answers on port 9.
    let settings = format!(
        "data_dir = {:?}\nadmin_listen = \"off\"\nlisten = \"127.0.0.1:9\"\n",
        here.join("candor-data")
    );
    fs::write(&config, settings).unwrap();
    let document = dir.path().join("incidents.json");
    fs::write(&document, r#"{"page": {"id": "p"}, "incidents": []}"#).unwrap();
    let commands = commands(&Cli::command(), &[]);
    assert!(commands.len() > 30, "{commands:?}");
    for known in FOUNDERS.iter().chain(NEED_NO_PAGE) {
        assert!(commands.iter().any(|(name, _)| name == known), "there is no {known}");
    }
    for (name, mut words) in commands {
        if FOUNDERS.contains(&name.as_str()) {
            continue;
        }
        if name == "import statuspage" {
            words.pop();
            words.push(document.display().to_string());
        }
        let words = ["candor", "--config", config.to_str().unwrap()]
            .into_iter()
            .map(ToOwned::to_owned)
            .chain(words);
        let outcome = run(Cli::try_parse_from(words).unwrap_or_else(|e| panic!("{name}: {e}")));
        assert!(!here.exists(), "{name} made something");
        if NEED_NO_PAGE.contains(&name.as_str()) {
            continue;
        }
        let failure = outcome.expect_err(&name);
        assert!(matches!(failure, CliError::Settings(_)), "{name}: {failure:?}");
        let looked = here.join("candor-data").join("candor.sqlite3");
        let said = failure.to_string();
        assert!(said.contains(looked.to_str().unwrap()), "{name} says where it looked: {said}");
    }
}

/// Which command of the command line gives which command of the domain. A new one in the domain doesn't compile
/// before it has its line here.
macro_rules! given_by {
    ($($pattern:pat => $command:literal),+ $(,)?) => {
        #[expect(dead_code, reason = "it is there to be complete")]
        fn given_by(command: &candor_core::Command) -> &'static str {
            match command { $($pattern => $command),+ }
        }
        const GIVEN_BY: &[&str] = &[$($command),+];
    };
}

given_by! {
    // Only an alert source raises, updates and clears alerts; this acts as one.
    candor_core::Command::RaiseAlert { .. }
    | candor_core::Command::UpdateAlert { .. }
    | candor_core::Command::ClearAlert { .. } => "simulate opsgenie",
    candor_core::Command::Confirm { .. } | candor_core::Command::ConfirmByTwo { .. } => "incident confirm",
    candor_core::Command::ConfirmAfterwards { .. } => "incident was-real",
    candor_core::Command::Dismiss { .. } => "incident dismiss",
    candor_core::Command::Declare(_) => "incident declare",
    candor_core::Command::PostUpdate { .. } | candor_core::Command::Revise { .. } => "incident update",
    candor_core::Command::CorrectUpdate { .. } => "incident correct",
    candor_core::Command::RetractUpdate { .. } => "incident retract",
    candor_core::Command::SetSeverity { .. } => "incident severity",
    candor_core::Command::SetTitle { .. } => "incident title",
    candor_core::Command::SetSummary { .. } => "incident summary",
    candor_core::Command::AmendTimes { .. } => "incident times",
    candor_core::Command::Silence { .. } => "incident silence",
    candor_core::Command::PlanMaintenance(_) => "maintenance plan",
    candor_core::Command::RecordMaintenance(_) => "import statuspage",
    candor_core::Command::RescheduleMaintenance { .. } => "maintenance move",
    candor_core::Command::StartMaintenance { .. } => "maintenance start",
    candor_core::Command::EndMaintenance { .. } => "maintenance end",
    candor_core::Command::CancelMaintenance { .. } => "maintenance cancel",
    candor_core::Command::Resolve { .. } => "incident resolve",
    candor_core::Command::Reopen { .. } => "incident reopen",
    candor_core::Command::PublishPostmortem { .. } => "incident postmortem",
    candor_core::Command::ConfigureSite(_) => "site set",
    candor_core::Command::RedactPayload { .. } => "log redact",
}

#[test]
fn all_that_can_be_decided_can_be_asked_for_on_the_command_line() {
    let commands = commands(&Cli::command(), &[]);
    for given_by in GIVEN_BY {
        assert!(commands.iter().any(|(name, _)| name == given_by), "there is no {given_by}");
    }
}
