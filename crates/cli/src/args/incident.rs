//! What operators do about incidents and planned work, and in how many languages they say it.

use candor_content::language::Language;
use candor_core::{IncidentNumber, LanguageTag, Severity, Status, Title};
use clap::{Args, Subcommand};

use super::{ActArgs, OutputArgs};

#[derive(Debug, Subcommand)]
pub(crate) enum IncidentCommand {
    /// List the open incidents
    List {
        /// Also those that are over
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Show one incident with everything that was said and done
    Show {
        /// Its number
        number: IncidentNumber,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Open an incident
    Declare {
        /// Its title
        #[arg(long)]
        title: Title,
        #[command(flatten)]
        titles: Titles,
        /// maintenance, notice, bug, partial or outage
        #[arg(long, default_value = "outage")]
        severity: Severity,
        /// confirmed, watching or resolved
        #[arg(long, default_value = "confirmed")]
        status: Status,
        /// When it began, such as "2026-11-21 14:05" [default: now]
        #[arg(long, value_name = "TIME")]
        started_at: Option<String>,
        /// When it ended, if it is over [default: now]
        #[arg(long, value_name = "TIME")]
        ended_at: Option<String>,
        /// A sentence or two above the timeline
        #[arg(long)]
        summary: Option<String>,
        /// The first entry (Markdown; - reads stdin)
        #[arg(long)]
        text: Option<String>,
        #[command(flatten)]
        translations: Translations,
        /// Notify nobody of this incident
        #[arg(long)]
        silent: bool,
        /// Let new alerts join this outage instead of opening a suspected incident
        #[arg(long)]
        takes_alerts: bool,
        #[command(flatten)]
        how: ActArgs,
    },
    /// Confirm a suspected incident; only now are subscribers notified
    Confirm {
        #[command(flatten)]
        which: WhichIncident,
        /// How bad it is
        #[arg(long)]
        severity: Option<Severity>,
        /// Its title
        #[arg(long)]
        title: Option<Title>,
        #[command(flatten)]
        titles: Titles,
        #[command(flatten)]
        message: MessageArgs,
        /// Take two people: the first one proposes, and another one confirms
        #[arg(long)]
        two_people: bool,
    },
    /// Dismiss a suspected incident as a false alarm
    Dismiss {
        #[command(flatten)]
        which: WhichIncident,
        /// Why: for the team, and never public
        #[arg(long)]
        text: Option<String>,
        #[command(flatten)]
        how: ActArgs,
    },
    /// Confirm an incident that was dismissed: it lasted until then, and subscribers are notified once
    WasReal(MaintenanceStep),
    /// Post an update
    Update {
        #[command(flatten)]
        which: WhichIncident,
        /// What to say (Markdown; - reads stdin)
        #[arg(long)]
        text: String,
        #[command(flatten)]
        translations: Translations,
        /// confirmed or watching, if that changes
        #[arg(long)]
        status: Option<Status>,
        /// How bad it is, if that changes
        #[arg(long)]
        severity: Option<Severity>,
        /// Its title, if that changes
        #[arg(long)]
        title: Option<Title>,
        #[command(flatten)]
        titles: Titles,
        #[command(flatten)]
        notify: NotifyFlags,
        #[command(flatten)]
        how: ActArgs,
    },
    /// Resolve an incident
    Resolve {
        #[command(flatten)]
        which: WhichIncident,
        /// When it ended [default: now]
        #[arg(long, value_name = "TIME")]
        ended_at: Option<String>,
        #[command(flatten)]
        message: MessageArgs,
    },
    /// Correct the text of an entry; it shows as edited, and nobody is notified
    Correct {
        /// Its number
        number: IncidentNumber,
        /// The entry: the number of its event, see `candor incident show`
        entry: u64,
        /// What it says now (Markdown; - reads stdin)
        #[arg(long)]
        text: String,
        #[command(flatten)]
        translations: Translations,
        #[command(flatten)]
        how: ActArgs,
    },
    /// Withdraw the text of an entry; it shows as withdrawn, and nobody is notified
    Retract {
        /// Its number
        number: IncidentNumber,
        /// The entry: the number of its event, see `candor incident show`
        entry: u64,
        #[command(flatten)]
        how: ActArgs,
    },
    /// Set the severity; nobody is notified
    Severity {
        /// Its number
        number: IncidentNumber,
        /// notice, bug, partial or outage; what is maintenance stays maintenance
        severity: Severity,
        #[command(flatten)]
        how: ActArgs,
    },
    /// Correct when it began or ended; nobody is notified
    #[command(group = clap::ArgGroup::new("times").required(true).multiple(true).args(["started_at", "ended_at"]))]
    Times {
        /// Its number
        number: IncidentNumber,
        /// When it began, such as "2026-11-21 14:05" [default: unchanged]
        #[arg(long, value_name = "TIME")]
        started_at: Option<String>,
        /// When it ended, if it is over [default: unchanged]
        #[arg(long, value_name = "TIME")]
        ended_at: Option<String>,
        #[command(flatten)]
        how: ActArgs,
    },
    /// Stop notifying subscribers of it
    Silence {
        /// Its number
        number: IncidentNumber,
        /// Notify them again
        #[arg(long)]
        off: bool,
        #[command(flatten)]
        how: ActArgs,
    },
    /// Change its title
    Title {
        /// Its number
        number: IncidentNumber,
        /// Its new title
        title: Title,
        #[command(flatten)]
        translations: Translations,
        #[command(flatten)]
        how: ActArgs,
    },
    /// Set the summary: the sentence or two above the timeline
    Summary {
        /// Its number
        number: IncidentNumber,
        /// What it says now (- reads stdin) [default: nothing, which removes the summary]
        #[arg(long)]
        text: Option<String>,
        #[command(flatten)]
        translations: Translations,
        #[command(flatten)]
        how: ActArgs,
    },
    /// Publish a post-mortem
    Postmortem {
        /// Its number
        number: IncidentNumber,
        /// The post-mortem (Markdown; - reads stdin)
        #[arg(long)]
        text: String,
        #[command(flatten)]
        translations: Translations,
        #[command(flatten)]
        how: ActArgs,
    },
    /// Reopen an incident that wasn't over, or wasn't a false alarm
    Reopen {
        /// Its number
        number: IncidentNumber,
        /// Why; it is shown on the page (Markdown; - reads stdin)
        #[arg(long)]
        why: String,
        #[command(flatten)]
        translations: Translations,
        #[command(flatten)]
        notify: NotifyFlags,
        #[command(flatten)]
        how: ActArgs,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum MaintenanceCommand {
    /// List planned work
    List {
        /// Also those that are over
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Announce planned work
    Plan {
        /// Its title
        #[arg(long)]
        title: Title,
        #[command(flatten)]
        titles: Titles,
        /// When it begins, such as "2026-11-23 02:00" (in the page's time zone)
        #[arg(long, value_name = "TIME")]
        start: String,
        #[command(flatten)]
        ends: EndArgs,
        /// What to expect (Markdown; - reads stdin)
        #[arg(long)]
        text: Option<String>,
        #[command(flatten)]
        translations: Translations,
        /// Start by itself
        #[arg(long)]
        auto_start: bool,
        /// End by itself
        #[arg(long)]
        auto_end: bool,
        /// Notify nobody of it
        #[arg(long)]
        silent: bool,
        #[command(flatten)]
        how: ActArgs,
    },
    /// Move planned work to another time; of work that is under way, only the end
    Move {
        /// Its number
        number: IncidentNumber,
        /// When it begins now [default: unchanged]
        #[arg(long, value_name = "TIME")]
        start: Option<String>,
        #[command(flatten)]
        ends: EndArgs,
        /// Why (Markdown; - reads stdin)
        #[arg(long)]
        text: Option<String>,
        #[command(flatten)]
        translations: Translations,
        #[command(flatten)]
        notify: NotifyFlags,
        #[command(flatten)]
        how: ActArgs,
    },
    /// Start planned work now
    Start(MaintenanceStep),
    /// End planned work
    End(MaintenanceStep),
    /// Cancel planned work
    Cancel(MaintenanceStep),
}

/// When planned work ends: one of the two.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct EndArgs {
    /// When it ends
    #[arg(long, value_name = "TIME")]
    pub(crate) end: Option<String>,
    /// How long it takes, such as 30m or 2h
    #[arg(long = "for", value_name = "DURATION")]
    pub(crate) lasts: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct MaintenanceStep {
    /// Its number
    pub(crate) number: IncidentNumber,
    #[command(flatten)]
    pub(crate) message: MessageArgs,
}

/// The text, whether subscribers get it, and how the command is run.
#[derive(Debug, Args)]
pub(crate) struct MessageArgs {
    /// The text (Markdown; - reads stdin)
    #[arg(long)]
    pub(crate) text: Option<String>,
    #[command(flatten)]
    pub(crate) translations: Translations,
    #[command(flatten)]
    pub(crate) notify: NotifyFlags,
    #[command(flatten)]
    pub(crate) how: ActArgs,
}

/// Which incident: by number, or the only one that fits.
#[derive(Debug, Args)]
pub(crate) struct WhichIncident {
    /// Its number; may be left out if only one incident fits
    pub(crate) number: Option<IncidentNumber>,
}

/// Whether subscribers are notified.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct NotifyFlags {
    /// Notify subscribers even without a new status
    #[arg(long)]
    pub(crate) notify: bool,
    /// Don't notify subscribers of this change
    #[arg(long)]
    pub(crate) no_notify: bool,
}

impl From<NotifyFlags> for candor_core::Notify {
    fn from(flags: NotifyFlags) -> Self {
        match (flags.notify, flags.no_notify) {
            (true, _) => Self::Yes,
            (_, true) => Self::No,
            _ => Self::Default,
        }
    }
}

/// What is written, in other languages than the page's own.
#[derive(Debug, Default, Args)]
pub(crate) struct Translations {
    /// The same in another language, such as de="Wir arbeiten daran."; once for each language
    #[arg(long = "in", value_name = "LANGUAGE=TEXT")]
    pub(crate) translations: Vec<TranslatedArg>,
}

/// The title in other languages than the page's own.
#[derive(Debug, Default, Args)]
pub(crate) struct Titles {
    /// The title in another language, such as de="Suche langsam"; once for each language
    #[arg(long = "title-in", value_name = "LANGUAGE=TITLE")]
    pub(crate) titles: Vec<TranslatedArg>,
}

/// Words in a language that the page speaks.
#[derive(Debug, Clone)]
pub(crate) struct TranslatedArg {
    pub(crate) language: LanguageTag,
    pub(crate) words: String,
}

impl std::str::FromStr for TranslatedArg {
    type Err = String;

    fn from_str(raw: &str) -> Result<Self, String> {
        let Some((tag, words)) = raw.split_once('=') else {
            return Err(
                "write the language, = and the words, such as de=\"Es ist vorbei.\"".to_owned()
            );
        };
        let tag = tag.trim();
        let language = Language::matching(tag).ok_or_else(|| {
            let known: Vec<_> = Language::all().map(Language::tag).collect();
            format!("the page doesn't speak {tag:?}; it speaks {}", known.join(", "))
        })?;
        let language = LanguageTag::parse(language.tag()).map_err(|e| e.to_string())?;
        Ok(Self { language, words: words.to_owned() })
    }
}
