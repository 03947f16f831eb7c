//! `candor`: one binary for the page, the webhooks, the mails and the operator's commands.

mod args;
mod command;
#[cfg(feature = "failpoints")]
mod crash;
mod failure;
mod http;
mod process;
mod secrets;
mod settings;
mod terminal;

use std::{io::Write, process::ExitCode};

use args::{Cli, Command};
use candor_telemetry::Role;
use clap::{CommandFactory, Parser};
use failure::Failure;
use settings::Settings;

fn main() -> ExitCode {
    #[cfg(feature = "failpoints")]
    crash::arm();
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nothing is left to be done if stderr is gone, too.
            let _ = writeln!(std::io::stderr(), "candor: {}", terminal::safe(&failure.to_string()));
            failure.code()
        }
    }
}

fn run(cli: Cli) -> Result<(), Failure> {
    let config = cli.config.as_deref();
    let settings = || Settings::read(config);
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => stay(Role::Serve, settings()?),
        Command::Web => stay(Role::Web, settings()?),
        Command::Worker { queues, concurrency } => {
            stay(Role::Worker, settings()?.working_on(queues, concurrency))
        }
        Command::Health { url } => block_on(command::health::run(&settings()?, url)),
        Command::Migrate => block_on(command::migrate::run(&settings()?)),
        Command::Check { offline } => block_on(command::check::run(config, offline)),
        Command::Incident(command) => block_on(command::incident::run(&settings()?, command)),
        Command::Maintenance(command) => block_on(command::maintenance::run(&settings()?, command)),
        Command::Site(command) => block_on(command::site::run(&settings()?, command)),
        Command::Slack(command) => block_on(command::slack::run(&settings()?, command)),
        Command::Subscriber(command) => block_on(command::subscriber::run(&settings()?, command)),
        Command::Import(command) => block_on(command::import::run(&settings()?, command)),
        Command::Export { dir } => block_on(command::export::run(&settings()?, dir)),
        Command::Log(command) => block_on(command::log::run(&settings()?, command)),
        Command::Simulate(command) => block_on(command::simulate::run(&settings()?, command)),
        Command::Demo(demo) => {
            let settings = Settings { log: "warn".to_owned(), ..settings()? };
            let _logs = process::log_to_stderr(Role::Serve, &settings)?;
            block_on(command::demo::run(settings, demo))
        }
        Command::Completions { shell } => completions(shell),
        Command::Man => man(),
    }
}

/// A process that stays until it is told to end.
fn stay(role: Role, settings: Settings) -> Result<(), Failure> {
    settings.demand(role)?;
    // Outlives the runtime: dropping it waits for the last spans.
    let _logs = process::log_to_stderr(role, &settings)?;
    block_on(process::run(role, settings))
}

/// Runs a command on threads of its own; diesel's migrations need more than one.
fn block_on(command: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| Failure::io("start", e))?;
    runtime.block_on(Box::pin(command))
}

fn completions(shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "candor", &mut script);
    terminal::line(String::from_utf8_lossy(&script).trim_end())
}

fn man() -> Result<(), Failure> {
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(Cli::command()).render(&mut page);
    rendered.map_err(|e| Failure::io("write the manual page", e))?;
    terminal::line(String::from_utf8_lossy(&page).trim_end())
}
