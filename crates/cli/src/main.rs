//! `candor`: one binary for the page, the webhooks, the mails and the operator's commands.
//!
//! It reads the settings, opens the store, and starts what the command line names; all rules are in other crates. Exit
//! codes are in `error.rs`.
//!
//! Its three main types:
//!
//! * `Cli` (`args.rs`): the command line, as `candor --help` shows it;
//! * `Settings` (`settings.rs`): everything that can be configured, read once, each wrong value explained;
//! * `Process` (`process.rs`): what stays: web, worker and admin listener around one store.
//!
//! ```console
//! $ candor demo                # the whole flow, with nothing configured
//! $ candor serve               # page, webhooks and mails in one process
//! $ candor incident confirm    # a person says that it is real
//! ```

mod args;
mod command;
#[cfg(feature = "failpoints")]
mod crash;
mod error;
mod http;
mod manual;
mod process;
mod secrets;
mod settings;
mod terminal;
#[cfg(test)]
mod tests;

use std::{io::Write, process::ExitCode};

use args::{Cli, CliCommand};
use candor_telemetry::Role;
use clap::{CommandFactory, Parser};
use error::CliError;
use settings::Settings;
use tracing::Instrument as _;

fn main() -> ExitCode {
    #[cfg(feature = "failpoints")]
    crash::arm();
    // Whatever is made from here on holds secrets or people's addresses: it is its owner's alone. What is meant for
    // others (the exported page) is opened to them where it is written.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure @ CliError::NoReader) => failure.code(),
        Err(failure) => {
            // Nothing is left to be done if stderr is gone, too.
            let _ = writeln!(std::io::stderr(), "candor: {}", terminal::safe(&failure.to_string()));
            failure.code()
        }
    }
}

fn run(cli: Cli) -> Result<(), CliError> {
    let config = cli.config.as_deref();
    let settings = || Settings::read(config);
    match cli.command.unwrap_or(CliCommand::Serve) {
        CliCommand::Serve => stay(Role::Serve, settings()?),
        CliCommand::Web => stay(Role::Web, settings()?),
        CliCommand::Worker { queues, concurrency } => {
            stay(Role::Worker, settings()?.working_on(queues, concurrency))
        }
        CliCommand::Health { url } => block_on(command::health::run(&settings()?, url)),
        CliCommand::Migrate => block_on(command::migrate::run(&settings()?)),
        CliCommand::Check { offline } => {
            let settings = command::check::settings(config)?;
            if offline { Ok(()) } else { block_on(command::check::connect(&settings)) }
        }
        CliCommand::Incident(command) => act("incident", settings()?, async |settings| {
            command::incident::run(settings, command).await
        }),
        CliCommand::Maintenance(command) => act("maintenance", settings()?, async |settings| {
            command::maintenance::run(settings, command).await
        }),
        CliCommand::Site(command) => {
            act("site", settings()?, async |settings| command::site::run(settings, command).await)
        }
        CliCommand::Slack(command) => {
            act("slack", settings()?, async |settings| command::slack::run(settings, command).await)
        }
        CliCommand::Subscriber(command) => act("subscriber", settings()?, async |settings| {
            command::subscriber::run(settings, command).await
        }),
        CliCommand::Delivery(command) => act("delivery", settings()?, async |settings| {
            command::delivery::run(settings, command).await
        }),
        CliCommand::Import(command) => act("import", settings()?, async |settings| {
            command::import::run(settings, command).await
        }),
        CliCommand::Mail(command) => block_on(command::mail::run(&settings()?, command)),
        CliCommand::Export { dir } => block_on(command::export::run(&settings()?, dir)),
        CliCommand::Log(command) => {
            act("log", settings()?, async |settings| command::log::run(settings, command).await)
        }
        CliCommand::Alert(command) => {
            act("alert", settings()?, async |settings| command::alert::run(settings, command).await)
        }
        CliCommand::Source(command) => act("source", settings()?, async |settings| {
            command::source::run(settings, command).await
        }),
        CliCommand::Simulate(command) => act("simulate", settings()?, async |settings| {
            command::simulate::run(settings, command).await
        }),
        CliCommand::Demo(demo) => {
            let settings = Settings { log: "warn".to_owned(), ..settings()? };
            let _logs = process::log_to_stderr(Role::Serve, &settings)?;
            block_on(command::demo::run(settings, demo))
        }
        CliCommand::Completions { shell } => completions(shell),
        CliCommand::Man => man(),
    }
}

/// A process that runs until it is stopped.
fn stay(role: Role, settings: Settings) -> Result<(), CliError> {
    settings.demand(role)?;
    // Outlives the runtime: dropping it waits for the last spans.
    let _logs = process::log_to_stderr(role, &settings)?;
    for sentence in settings.warnings.iter().chain(&process::open_files(&settings)) {
        tracing::warn!("{sentence}");
    }
    block_on(process::run(role, settings))
}

/// Runs an operator's command: a trace of its own, where traces are collected.
fn act(
    name: &'static str,
    settings: Settings,
    command: impl AsyncFnOnce(&Settings) -> Result<(), CliError>,
) -> Result<(), CliError> {
    // Outlives the runtime: dropping it waits for the last spans.
    let _traces = process::trace_command(&settings)?;
    let span = tracing::info_span!(target: "candor::trace", "command", command = name);
    block_on(command(&settings).instrument(span))
}

/// Runs a command on threads of its own; diesel's migrations need more than one.
fn block_on(command: impl Future<Output = Result<(), CliError>>) -> Result<(), CliError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| CliError::io("start", e))?;
    runtime.block_on(Box::pin(command))
}

fn completions(shell: clap_complete::Shell) -> Result<(), CliError> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "candor", &mut script);
    terminal::line(String::from_utf8_lossy(&script).trim_end())
}

fn man() -> Result<(), CliError> {
    let page =
        manual::page(Cli::command()).map_err(|e| CliError::io("write the manual page", e))?;
    terminal::line(page.trim_end())
}
