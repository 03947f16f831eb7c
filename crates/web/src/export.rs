//! Writes the public site as files, for any web server, bucket or CDN, so that the page outlives its own server.
//!
//! The export walks the site: from the route table ([`mod@crate::routes`]), from every incident, and along the links of
//! the rendered pages. A link to something that can't be a file (the subscription form, live events) leads to the site
//! itself, so no link is broken.
//!
//! Only files that changed since the last export are written, each atomically; files that no longer belong are removed.
//! The file [`folder::MANIFEST`] lists our files; nothing else in the folder is ever touched.

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

/// Exports the site into a folder, repeatedly.
#[derive(Debug)]
pub struct SiteExporter {
    settings: WebSettings,
    dir: PathBuf,
    /// The result of the last export, so that the next one renders only what has changed.
    seen: Option<ExportedBefore>,
}

/// The result of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExportSummary {
    /// How many files the site consists of.
    pub files: usize,
    /// Their size in bytes.
    pub bytes: u64,
    /// How many files were written, because they are new or changed.
    pub written: usize,
    /// How many files were removed, because they no longer belong.
    pub removed: usize,
    /// How many files that aren't ours occupy a path of ours; they were left unchanged.
    pub foreign: usize,
    /// How long it took.
    pub took: Duration,
}

impl SiteExporter {
    /// An exporter into `dir`, which is created if it doesn't exist.
    #[must_use]
    pub fn new(settings: WebSettings, dir: PathBuf) -> Self {
        Self { settings, dir, seen: None }
    }

    /// Exports the site of `snapshot` as of `now`; does nothing if there is no board. Renders and writes on the calling
    /// thread. After the first export, pages of unchanged incidents are reused until [`SiteExporter::forget`].
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
        let mut style = PageStyle::new(&self.settings, board, snapshot.log_id());
        style.is_live = false;
        let freshness = PageFreshness::Current;
        let head = signed_head(&self.settings, snapshot);
        let source = RenderSource { board: Arc::clone(board), style, freshness, now, head };
        let walk = ExportWalk::new(&self.settings, &source, self.seen.take(), folder);
        let (folder, seen) = walk.along()?;
        let exported = folder.finish(board.seq)?;
        self.seen = Some(seen);
        Ok(ExportSummary { took: begun.elapsed(), ..exported })
    }

    /// Makes the next export render everything.
    pub fn forget(&mut self) {
        self.seen = None;
    }
}

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// An operation on a file failed.
    #[error("can't {what}: {source}")]
    Io {
        /// The operation.
        what: String,
        /// The error of the operating system.
        source: io::Error,
    },
    /// Another process is exporting into the folder.
    #[error("another process is exporting into {0}")]
    Busy(String),
    /// The manifest can't be read, so it isn't known which files are ours.
    #[error("{0} can't be read; remove it, and the files that were exported, and export again")]
    Manifest(String),
}

impl ExportError {
    fn io(what: impl fmt::Display) -> impl FnOnce(io::Error) -> Self {
        let what = what.to_string();
        move |source| Self::Io { what, source }
    }
}
