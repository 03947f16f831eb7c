//! No command creates a second Candor because it was run in the wrong folder.

use std::fs;

use clap::{CommandFactory, Parser};

use super::{Cli, run};
use crate::error::CliError;
use candor_core::{Command, IncidentAction};

/// The commands that create a new page.
const FOUNDERS: &[&str] = &["serve", "web", "worker", "migrate", "demo"];
/// The commands that need no page.
const NEED_NO_PAGE: &[&str] = &[
    "check",
    "completions",
    "health",
    "import monostat",
    "mail test",
    "man",
    "simulate",
    "slack check",
    "slack manifest",
    "source list",
    "source show",
    "source test",
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
    // Nothing listens on port 9.
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
macro_rules! action {
    ($name:ident) => {
        Command::Incident { action: IncidentAction::$name { .. }, .. }
    };
}

macro_rules! given_by {
    ($($pattern:pat => $command:literal),+ $(,)?) => {
        #[expect(dead_code, reason = "it is there to be complete")]
        fn given_by(command: &Command) -> &'static str {
            match command { $($pattern => $command),+ }
        }
        const GIVEN_BY: &[&str] = &[$($command),+];
    };
}

given_by! {
    Command::RaiseAlert { .. } => "alert raise",
    Command::ClearAlert { .. } => "alert clear",
    // Only an alert source has anything else to say of an alert; this acts as one.
    Command::UpdateAlert { .. } => "simulate",
    action!(Confirm) | action!(ConfirmByTwo) => "incident confirm",
    action!(ConfirmAfterwards) => "incident was-real",
    action!(Dismiss) => "incident dismiss",
    Command::Declare(_) => "incident declare",
    action!(PostUpdate) | action!(Revise) => "incident update",
    action!(CorrectUpdate) => "incident correct",
    action!(RetractUpdate) => "incident retract",
    action!(SetSeverity) => "incident severity",
    action!(SetTitle) => "incident title",
    action!(SetSummary) => "incident summary",
    action!(AmendTimes) => "incident times",
    action!(Silence) => "incident silence",
    Command::PlanMaintenance(_) => "maintenance plan",
    Command::RecordMaintenance(_) => "import statuspage",
    action!(RescheduleMaintenance) => "maintenance move",
    action!(StartMaintenance) => "maintenance start",
    action!(EndMaintenance) => "maintenance end",
    action!(CancelMaintenance) => "maintenance cancel",
    action!(Resolve) => "incident resolve",
    action!(Reopen) => "incident reopen",
    action!(PublishPostmortem) => "incident postmortem",
    Command::ConfigureSite(_) => "site set",
    Command::RedactPayload { .. } => "log redact",
}

#[test]
fn all_that_can_be_decided_can_be_asked_for_on_the_command_line() {
    let commands = commands(&Cli::command(), &[]);
    for given_by in GIVEN_BY {
        assert!(commands.iter().any(|(name, _)| name == given_by), "there is no {given_by}");
    }
}

/// The usage, arguments and options of each command, in Markdown.
fn in_markdown(command: &mut clap::Command, path: &str) -> String {
    if command.has_subcommands() {
        let parts = command.get_subcommands_mut().filter(|command| command.get_name() != "help");
        return parts
            .map(|part| in_markdown(part, &format!("{path} {}", part.get_name())))
            .collect();
    }
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let about = about.trim_end_matches('.');
    let general = ["help", "version", "config"];
    // The chapter explains these once.
    let shared = ["in", "title-in", "notify", "no-notify", "yes", "dry-run", "json"];
    let (often, own): (Vec<_>, Vec<_>) = command
        .get_arguments()
        .filter(|arg| !general.contains(&arg.get_id().as_str()))
        .partition(|arg| arg.get_long().is_some_and(|long| shared.contains(&long)));
    let often: Vec<_> = often.iter().filter_map(|arg| arg.get_long()).collect();
    let often = match often.as_slice() {
        [] => String::new(),
        often => format!("\nAlso `--{}`.\n", often.join("`, `--")),
    };
    let row = |arg: &clap::Arg| {
        let text = arg.to_string().replace('|', "\\|");
        let short = arg.get_short().map(|short| format!(", `-{short}`")).unwrap_or_default();
        let default = arg.get_default_values().first().map(|value| value.to_string_lossy());
        let default = default.filter(|_| arg.get_action().takes_values());
        let default = default.map(|value| format!(" [default: {value}]")).unwrap_or_default();
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default().replace('|', "\\|");
        let help = help.replace("https://…", "`https://…`");
        let values = arg.get_possible_values();
        let values: Vec<_> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
        let takes = !values.is_empty() && arg.get_action().takes_values();
        let values = if takes { format!(" [one of {}]", values.join(", ")) } else { String::new() };
        format!("| `{text}`{short} | {help}{values}{default} |\n")
    };
    let rows: String = own.into_iter().map(row).collect();
    let rows = if rows.is_empty() { rows } else { format!("\n| argument | |\n|---|---|\n{rows}") };
    format!("\n### {path}\n\n{about}.\n{rows}{often}")
}

#[test]
fn the_book_has_every_command_with_its_arguments() {
    const BEGIN: &str = "<!-- What follows is generated from the program. -->\n";
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/commands.md");
    let kept = fs::read_to_string(file).unwrap_or_default();
    let (by_hand, _) = kept.split_once(BEGIN).unwrap_or((&kept, ""));
    let mut program = Cli::command();
    program.build();
    let chapter = format!("{by_hand}{BEGIN}{}", in_markdown(&mut program, "candor"));
    if std::env::var_os("CANDOR_UPDATE").is_some() {
        return fs::write(file, &chapter).unwrap();
    }
    assert!(kept == chapter, "run this test with CANDOR_UPDATE=1 and look at the difference");
}
