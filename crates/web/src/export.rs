//! Writes the public site as files, for any web server, bucket or CDN, so that the page outlives its own server.
//!
//! What to write is found by walking: from the route table ([`mod@crate::routes`]), from every incident, and along the
//! links of what was rendered. A link to something that can't be a file (the form to subscribe, live events) leads to the
//! site itself, so no link is broken.
//!
//! Only what differs from the last time is written, each file as a whole; what no longer belongs is removed. The file
//! [`folder::MANIFEST`] says what is ours; nothing else in the folder is ever touched.

mod assets;
mod continuous;
mod folder;
mod links;
mod walk;

use std::{
    fmt, io,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use candor_store::Snapshot;
use jiff::Timestamp;

use crate::{
    pages::signed_head,
    settings::WebSettings,
    view::{PageFreshness, PageStyle, RenderSource},
};
pub use continuous::keep_exported;
use folder::Folder;
use walk::{ExportWalk, ExportedBefore};

/// Writes the site into a folder, again and again.
#[derive(Debug)]
pub struct SiteExporter {
    settings: WebSettings,
    dir: PathBuf,
    /// What the last export saw, so that the next one renders what has changed.
    seen: Option<ExportedBefore>,
}

/// What an export did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExportSummary {
    /// The files that the site consists of.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// Files that were written, because they are new or have changed.
    pub written: usize,
    /// Files that were removed, because they no longer belong.
    pub removed: usize,
    /// Files of somebody else that stand where one of ours should; they were left as they are.
    pub foreign: usize,
    /// How long it took.
    pub took: Duration,
}

impl SiteExporter {
    /// An exporter into `dir`, which is made if it isn't there.
    #[must_use]
    pub fn new(settings: WebSettings, dir: PathBuf) -> Self {
        Self { settings, dir, seen: None }
    }

    /// Writes the site of `snapshot` as of `now`; nothing if there is no board. Renders and writes on the calling thread.
    /// After the first time, the pages of incidents that haven't changed are taken as they are, until
    /// [`SiteExporter::forget`].
    ///
    /// # Errors
    /// The folder can't be written, or another process is exporting into it.
    pub fn export(
        &mut self,
        snapshot: &Snapshot,
        now: Timestamp,
    ) -> Result<ExportSummary, ExportError> {
        let begun = Instant::now();
        let Some(board) = &snapshot.board else { return Ok(ExportSummary::default()) };
        let folder = Folder::open(&self.dir)?;
        let mut look = PageStyle::new(&self.settings, board, snapshot.log_id());
        look.is_live = false;
        let freshness = PageFreshness::Current;
        let head = signed_head(&self.settings, snapshot);
        let source = RenderSource { board: Arc::clone(board), look, freshness, now, head };
        let walk = ExportWalk::new(&self.settings, &source, self.seen.take(), folder);
        let (folder, seen) = walk.along()?;
        let exported = folder.finish(board.seq)?;
        self.seen = Some(seen);
        Ok(ExportSummary { took: begun.elapsed(), ..exported })
    }

    /// Lets the next export render everything.
    pub fn forget(&mut self) {
        self.seen = None;
    }
}

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The operating system refused.
    #[error("can't {what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// What it said.
        source: io::Error,
    },
    /// Another process has the folder in hand.
    #[error("another process is exporting into {0}")]
    Busy(String),
    /// The list of what is ours can't be read, so nothing is known to be ours.
    #[error("{0} can't be read; remove it, and the files that were exported, and export again")]
    Manifest(String),
}

impl ExportError {
    fn io(what: impl fmt::Display) -> impl FnOnce(io::Error) -> Self {
        let what = what.to_string();
        move |source| Self::Io { what, source }
    }
}
