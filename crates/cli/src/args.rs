//! The command line, as `candor --help` shows it.

mod incident;

use std::path::PathBuf;

use candor_core::Title;
use candor_integrations::alert_source::SOURCES;
use candor_store::DeliveryState;
use clap::{Args, Parser, Subcommand, builder::PossibleValuesParser};
use clap_complete::Shell;

pub(crate) use self::incident::{
    EndArgs, IncidentCommand, MaintenanceCommand, MaintenanceStep, MessageArgs, Titles,
    TranslatedArg, Translations,
};
use crate::settings::QueueList;

/// A self-hosted public status page: monitoring may suspect, only a person confirms, and only then are subscribers
/// notified.
#[derive(Debug, Parser)]
#[command(name = "candor", version = env!("BUILD_VERSION"), max_term_width = 100, after_help = AFTER_HELP)]
pub(crate) struct Cli {
    /// The settings file [default: ./candor.toml, if it is there]
    #[arg(long, global = true, env = "CANDOR_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Option<CliCommand>,
}

const AFTER_HELP: &str = "Without a command, `candor` is `candor serve`. Settings are CANDOR_* environment variables \
or lines of candor.toml; `candor check` lists them.\n\nExit codes: 0 done (also if the answer can't be printed any more), 1 failed, 2 wrong arguments or settings, \
3 refused (nothing would change), 4 the database can't be reached, 5 the log is damaged.";

#[derive(Debug, Subcommand)]
pub(crate) enum CliCommand {
    /// Run the page, the webhooks and the mails in one process
    Serve,
    /// Serve only the page and the webhooks, in any number of processes; needs PostgreSQL
    Web,
    /// Only send notifications, in any number of processes; needs PostgreSQL, and is quicker with Redis
    Worker {
        /// What to work on, of chat, mail, hooks and default [default: all of them]
        #[arg(long, value_name = "QUEUE,…")]
        queues: Option<QueueList>,
        /// How many deliveries of a queue are sent at the same time [default: 20]
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=200))]
        concurrency: Option<u32>,
    },
    /// Check whether the process on this machine does its work; for a container's health check
    Health {
        /// The address to ask [default: the admin listener's /healthcheck/]
        #[arg(long)]
        url: Option<String>,
    },
    /// Bring the database's schema up to date
    Migrate,
    /// Print every setting, where it comes from, and what is wrong with it; try the database, Redis, Slack and
    /// the mail server
    Check {
        /// Only read the settings
        #[arg(long)]
        offline: bool,
    },
    /// Look at incidents and act on them
    #[command(subcommand)]
    Incident(IncidentCommand),
    /// Announce planned work, start and end it
    #[command(subcommand)]
    Maintenance(MaintenanceCommand),
    /// Show and set what the page says about itself: its name, time zone, languages, color, logo, contact and links
    #[command(subcommand)]
    Site(SiteCommand),
    /// Create and test the Slack app
    #[command(subcommand)]
    Slack(Slack),
    /// Test whether mails arrive
    #[command(subcommand)]
    Mail(MailCommand),
    /// Manage subscribers
    #[command(subcommand)]
    Subscriber(Subscriber),
    /// Look at what is sent to subscribers and to the team
    #[command(subcommand)]
    Delivery(Delivery),
    /// Import the history of another page; nobody is notified, and importing twice adds nothing twice
    ///
    /// What can't be imported is listed with its reason, and everything else is imported. Exit code 1 then; 3 if nothing
    /// could be imported. Files of a folder that aren't such documents are listed and left out.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Write the public page as files, for any web server, bucket or CDN; only what has changed
    Export {
        /// The folder, made if it isn't there
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
    },
    /// Read, verify and replay the append-only log
    #[command(subcommand)]
    Log(Log),
    /// See what monitoring reports, raise an alert by hand, and end one that monitoring never will
    #[command(subcommand)]
    Alert(AlertCommand),
    /// See the monitoring systems that can raise alerts, and try their calls
    #[command(subcommand)]
    Source(Source),
    /// Raise an alert as an alert source would, over HTTP; wait, and clear it
    Simulate(Simulate),
    /// Show the whole flow: a page with a year of history, a mail catcher, and an alert once you look
    Demo(Demo),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SiteCommand {
    /// Show the page's settings
    Show,
    /// Change them; what isn't given stays as it is
    Set {
        /// What the page is about
        #[arg(long)]
        name: Option<Title>,
        /// The time zone of the page's times, such as Europe/Berlin
        #[arg(long, value_name = "ZONE")]
        time_zone: Option<String>,
        /// A language that the page is offered in, such as de; the first one is its own. May be given several times
        #[arg(long = "language", value_name = "TAG")]
        languages: Vec<String>,
        /// The site's color, such as #1c6b40, for buttons and marks; none removes it
        #[arg(long, value_name = "COLOR")]
        accent: Option<String>,
        /// An SVG or PNG file of up to 4 KiB, at best a square, shown beside the name; none removes it
        #[arg(long, value_name = "FILE")]
        logo: Option<PathBuf>,
        /// Where people reach you: a mail address, or a page; none removes it
        #[arg(long)]
        contact: Option<String>,
        /// A link in the page's foot, such as "Help=https:…". May be given several times; none removes all
        #[arg(long = "link", value_name = "LABEL=URL")]
        links: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Slack {
    /// Print the manifest from which Slack makes the app for this page
    Manifest {
        /// For Socket Mode: Slack doesn't call us, we call Slack
        #[arg(long)]
        socket_mode: bool,
    },
    /// Check the token, its scopes and the channel; posts a test message and removes it
    Check,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MailCommand {
    /// Send one test mail, and print what the mail server says
    Test {
        /// The recipient
        address: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Subscriber {
    /// List all subscribers
    List {
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Add confirmed subscribers
    Add {
        /// Their addresses; - reads a list from stdin, such as an address book or a spreadsheet
        #[arg(required = true)]
        addresses: Vec<String>,
        /// The channel; slack is also for Mattermost and Rocket.Chat, webhook is for programs, which get signed JSON
        #[arg(long, value_name = "CHANNEL", default_value = "mail",
            value_parser = clap::builder::PossibleValuesParser::new(candor_core::Address::CHANNELS))]
        channel: String,
        /// Their language, such as de [default: the site's]
        #[arg(long, value_name = "TAG")]
        language: Option<String>,
        /// Their time zone, such as Europe/Berlin [default: the site's]
        #[arg(long, value_name = "ZONE")]
        time_zone: Option<String>,
        /// Only incidents, not planned work
        #[arg(long)]
        incidents_only: bool,
    },
    /// Remove subscribers, and everything known about them
    Remove {
        /// Their addresses
        #[arg(required = true)]
        addresses: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Delivery {
    /// List deliveries, the newest first
    List {
        /// Only those in this state; dead: given up, or set aside because this version can't read them
        #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(
            DeliveryState::ALL.map(DeliveryState::as_str)))]
        state: Option<String>,
        /// How many at most
        #[arg(short = 'n', long, value_name = "N", default_value_t = 100)]
        limit: u32,
        #[command(flatten)]
        output: OutputArgs,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    /// Incidents and maintenances from documents of a Statuspage (API v2)
    Statuspage {
        /// Files, folders of files, or the address of a page (https://…)
        #[arg(required = true, value_name = "FILE|URL")]
        sources: Vec<String>,
        /// Create a new page if there is none here yet
        #[arg(long)]
        create: bool,
    },
    /// Incidents, updates and confirmed subscribers from a database of monostat
    Monostat {
        /// Where it is: sqlite:PATH or postgres://…
        #[arg(value_name = "DATABASE_URL")]
        database: String,
        /// Create a new page if there is none here yet
        #[arg(long)]
        create: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Log {
    /// Show the newest events
    Tail {
        /// How many
        #[arg(short = 'n', long, default_value_t = 20)]
        lines: u32,
        /// Keep going until interrupted
        #[arg(short, long)]
        follow: bool,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Show one event in full
    Show {
        /// Its position in the log
        seq: u64,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Check every hash, the order, and that nothing is missing
    Verify {
        /// An export of the log, to be checked instead of the database
        file: Option<PathBuf>,
        /// A head noted earlier elsewhere: the log must still contain it
        #[arg(long, value_name = "SEQ:HASH")]
        expect: Option<String>,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Write the whole log as lines of JSON
    Export {
        /// The file to write [default: stdout]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Fold the log from its first event and show the page that comes out
    Replay {
        /// Stop after this event
        #[arg(long, value_name = "SEQ")]
        to: Option<u64>,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Remove the free text of an event; the log still verifies, and shows that this was done
    Redact {
        /// Its position in the log
        seq: u64,
        /// Why, for the log
        #[arg(long)]
        why: Title,
        /// Don't ask; needed where nobody can be asked, since it can't be undone
        #[arg(short, long)]
        yes: bool,
        /// Only show what would be removed
        #[arg(short = 'n', long)]
        dry_run: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum AlertCommand {
    /// List the alerts that are firing
    List {
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Raise an alert, as monitoring would: the page says that there might be issues, and nobody is notified
    Raise {
        /// Any id; raising it again while it is firing changes nothing
        id: String,
        /// What is wrong, for the team
        #[arg(long)]
        title: String,
    },
    /// End an alert; when all alerts of a suspected incident are over, it is dismissed
    Clear {
        /// Its id
        id: Option<String>,
        /// The source that raised it
        #[arg(long, default_value = "alert", value_parser = sources())]
        source: String,
        /// Every alert that is firing, of every source
        #[arg(long, conflicts_with_all = ["id", "source"])]
        all: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Source {
    /// List them all
    List,
    /// Show where to set one up, and a call as it sends them
    Show {
        /// Its name
        #[arg(value_parser = sources())]
        source: String,
    },
    /// Read the body of a call from a file, and say what it would do; nothing is sent or written
    Test {
        /// The file; - reads from stdin
        file: PathBuf,
        /// The source that sent it [default: recognized by the body]
        #[arg(long, value_parser = sources())]
        source: Option<String>,
        /// The body is a form, or the query of a GET
        #[arg(long)]
        form: bool,
    },
    /// Show the calls that couldn't be read, the newest first: the last 1,000 of 30 days, without their secrets
    Unread {
        /// The whole call with this id
        #[arg(long)]
        id: Option<String>,
        #[command(flatten)]
        output: OutputArgs,
    },
}

fn sources() -> PossibleValuesParser {
    PossibleValuesParser::new(SOURCES.iter().map(|source| source.name))
}

#[derive(Debug, Args)]
pub(crate) struct Simulate {
    /// The alert source that calls
    #[arg(value_parser = sources())]
    pub(crate) source: String,
    /// The webhook's address [default: this site's own]
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// What the alert says
    #[arg(long, default_value = "Checkout does not answer")]
    pub(crate) message: String,
    /// How long to wait before the alert is cleared, such as 30s
    #[arg(long, value_name = "DURATION", default_value = "30s")]
    pub(crate) wait: String,
    /// Leave the alert firing
    #[arg(long)]
    pub(crate) no_close: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where to listen [default: 127.0.0.1:8000, or a free port]
    #[arg(long)]
    pub(crate) listen: Option<std::net::SocketAddr>,
    /// How long after the page was opened the alert comes, such as 10s
    #[arg(long, value_name = "DURATION", default_value = "10s")]
    pub(crate) alert_after: String,
}

/// How the answer is printed.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct OutputArgs {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// How something is done, and how the answer is printed.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct ActArgs {
    /// Don't ask before subscribers are notified
    #[arg(short, long)]
    pub(crate) yes: bool,
    /// Only show what would be done, and who would be notified
    #[arg(short = 'n', long)]
    pub(crate) dry_run: bool,
    /// Print JSON, and don't ask
    #[arg(long)]
    pub(crate) json: bool,
}
