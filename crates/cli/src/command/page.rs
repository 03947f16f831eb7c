//! The page that a command works on: found, never made by accident, and named once something was done to it.

use std::sync::Arc;

use candor_core::{Board, IncidentNumber, Severity};
use candor_store::Store;

use super::time_args::PageTime;
use crate::{
    error::CliError,
    process::{self, database},
    secrets,
    settings::Settings,
    terminal,
};

/// An existing Candor, opened for a command that ends again.
pub(crate) struct OpenPage {
    /// As the process has them that serves the page.
    pub(crate) settings: Settings,
    pub(crate) store: Store,
    pub(crate) board: Arc<Board>,
    /// How times are read and said on this page.
    pub(crate) clock: PageTime,
}

/// How many subscribers get a notification.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recipients {
    pub(crate) all: u64,
    /// Of those, the ones whose mails wait, because no running process has a mail server.
    waiting: u64,
    /// The process that must be started before anything is sent; none if it runs.
    missing: Option<&'static str>,
}

impl Recipients {
    /// Why some of them don't get it now; none if all do.
    pub(crate) fn waits(self) -> Option<String> {
        let verb = if self.waiting == 1 { "waits" } else { "wait" };
        let mails = terminal::count(self.waiting, "mail");
        (self.waiting > 0).then(|| {
            format!("{mails} {verb}: no running process has a mail server; set CANDOR_MAIL_HOST")
        })
    }

    /// That they are notified, or will be.
    pub(crate) fn sentence(self) -> String {
        let notified = self.all.saturating_sub(self.waiting);
        let when = match (self.missing, notified) {
            (Some(missing), _) => format!("will be notified once {missing} runs"),
            (None, 1) => "is notified".to_owned(),
            (None, _) => "are notified".to_owned(),
        };
        let notified =
            (notified > 0).then(|| format!("{} {when}", terminal::count(notified, "subscriber")));
        let parts: Vec<_> = notified.into_iter().chain(self.waits()).collect();
        match parts.as_slice() {
            [] => "there are no subscribers to notify yet".to_owned(),
            parts => parts.join("; "),
        }
    }
}

impl OpenPage {
    /// Opens the database, which has to be there, and brings its schema up to date.
    ///
    /// # Errors
    /// There is no Candor where the settings say (exit code 2, with the place); the database can't be reached, or isn't
    /// of this version.
    pub(crate) async fn open(settings: &Settings) -> Result<Self, CliError> {
        let store = existing(settings).await?;
        if settings.automigrate {
            store.migrate().await?;
        }
        Self::of(settings, store).await
    }

    /// As [`OpenPage::open`], and creates the database if there is none.
    ///
    /// # Errors
    /// As [`OpenPage::open`], or the database can't be made.
    pub(crate) async fn open_or_create(settings: &Settings) -> Result<Self, CliError> {
        if !settings.on_postgres() {
            process::make_data_dir(settings)?;
        }
        let store = database::store(settings)?;
        database::new_enough(&store).await?;
        store.migrate().await?;
        if !settings.on_postgres() {
            // Feeds and the export name the page by it, from the first time on.
            secrets::links(settings)?;
        }
        Self::of(settings, store).await
    }

    async fn of(settings: &Settings, store: Store) -> Result<Self, CliError> {
        let board = store.load().await?;
        let clock = PageTime::of(&board);
        Ok(Self { settings: process::as_served(settings), store, board, clock })
    }

    /// Prints which page a command has acted on, and warns if nothing serves it.
    ///
    /// # Errors
    /// Stdout can't be written, or the database can't be reached.
    pub(crate) async fn acted(&self) -> Result<(), CliError> {
        self.say()?;
        self.warn_if_unserved().await
    }

    /// Prints which page it is.
    ///
    /// # Errors
    /// Stdout can't be written.
    pub(crate) fn say(&self) -> Result<(), CliError> {
        terminal::line(format!("page: {} ({})", self.name(), self.place()))
    }

    /// How many subscribers are notified of this incident, and how many of them can't be reached yet.
    ///
    /// # Errors
    /// The database can't be reached.
    pub(crate) async fn reach(
        &self,
        incident: IncidentNumber,
        severity: Severity,
    ) -> Result<Recipients, CliError> {
        let all = self.store.audience().await?.count(Some(incident), severity);
        let now = self.store.audience_now().await?.count(Some(incident), severity);
        Ok(Recipients { all, waiting: all.saturating_sub(now), missing: self.missing().await? })
    }

    /// The process that must run before anyone is notified; none if it does.
    async fn missing(&self) -> Result<Option<&'static str>, CliError> {
        Ok(if !self.settings.on_postgres() {
            (!process::is_in_use(&self.settings.data_dir)).then_some("`candor serve`")
        } else {
            self.store.workers().await?.is_empty().then_some("a worker")
        })
    }

    /// Warns on stderr if no process serves this page or sends its notifications.
    ///
    /// # Errors
    /// The database can't be reached.
    pub(crate) async fn warn_if_unserved(&self) -> Result<(), CliError> {
        match self.missing().await? {
            None => {}
            Some(_) if self.settings.on_postgres() => terminal::warn(
                "no worker runs at the moment: nobody is notified until `candor worker` or `candor serve` does",
            ),
            Some(_) => terminal::warn(
                "nothing serves this page at the moment; start it with `candor serve`",
            ),
        }
        Ok(())
    }

    /// The page's name.
    pub(crate) fn name(&self) -> &str {
        self.settings.site_name.of(Some(&self.board.site))
    }

    /// Where the page is reached, and where its log is.
    fn place(&self) -> String {
        format!("{}, log in {}", self.settings.site_url, self.settings.database_shown())
    }
}

/// The store of a Candor that is there already.
///
/// # Errors
/// There is no page where the settings say: exit code 2, with the place. Or the database can't be reached or used, or is
/// kept from this user.
pub(crate) async fn existing(settings: &Settings) -> Result<Store, CliError> {
    if !database::has_file(settings)? {
        return Err(nothing_there(settings));
    }
    let store = database::store(settings)?;
    database::new_enough(&store).await?;
    if store.is_empty().await? { Err(nothing_there(settings)) } else { Ok(store) }
}

/// The refusal to work on nothing, and how to say where the page is.
fn nothing_there(settings: &Settings) -> CliError {
    let place = settings.database_shown();
    let what = match settings.sqlite_file() {
        Some(file) if !file.exists() => format!("{place} doesn't exist"),
        _ => format!("{place} holds none"),
    };
    CliError::wrong(format!(
        "no Candor here: {what}. Run this in the folder in which Candor runs, or set CANDOR_DATA_DIR or \
         CANDOR_DATABASE_URL as it has them; nothing was made"
    ))
}
