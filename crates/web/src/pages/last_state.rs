//! The last known state on disk: what is served when the process starts without a database.
//!
//! `last-state/pages.json` holds the pages as they look when the log can't be read; `last-state/head.json` holds the
//! head of the log, which `candor log verify` takes as an anchor. Both are replaced atomically.

use std::{collections::BTreeMap, io, path::Path, sync::Arc, time::Duration};

use candor_content::language::Language;
use candor_core::Board;
use candor_store::{Freshness, NotedHead, Snapshot, Store};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::{sync::watch, task::JoinHandle};

use super::{RenderedPage, Site, language, signed_head};
use crate::{
    files::{self, FilePurpose},
    route::{Content, Languages, RenderedContent, RouteTable},
    settings::WebSettings,
    view::{PageFreshness, PageStyle, RenderSource, front},
};

const FOLDER: &str = "last-state";
const PAGES_FILE: &str = "pages.json";
const HEAD_FILE: &str = "head.json";
/// How often the saved state's time is refreshed while nothing happens.
const REFRESH_INTERVAL: Duration = Duration::from_secs(300);

/// The minimum interval between two writes, since the log's own writes take precedence.
const MIN_INTERVAL: Duration = Duration::from_millis(500);

/// The content of `pages.json`.
#[derive(Serialize, Deserialize)]
struct SavedState {
    seq: u64,
    /// The languages' tags, the site's own first.
    #[serde(default)]
    languages: Vec<String>,
    /// By path, which begins with the language for pages.
    documents: BTreeMap<String, String>,
}

/// The content of `head.json`: the head of the log as last seen.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct SavedHead {
    log: String,
    epoch: u32,
    seq: u64,
    hash: String,
}

/// The saved pages; an empty site if there are none, or none that can be read.
pub(super) fn load(routes: &'static RouteTable, settings: &WebSettings) -> Site {
    let path = settings.data_dir.join(FOLDER).join(PAGES_FILE);
    let stored: Option<SavedState> = files::read_own(&path).ok().and_then(|bytes| {
        serde_json::from_slice(&bytes)
            .inspect_err(|error| tracing::warn!(%error, "the last known state can't be read"))
            .ok()
    });
    let SavedState { seq, languages, documents: stored } = stored.unwrap_or_else(|| SavedState {
        seq: 0,
        languages: Vec::new(),
        documents: BTreeMap::new(),
    });
    let offered: Arc<[Language]> =
        languages.iter().filter_map(|tag| Language::of_tag(tag)).collect();
    let mut site = Site::new(routes, PageStyle::unknown(settings, Arc::clone(&offered)), None);
    for (path, body) in stored {
        // Written by another version, which had a page that this one doesn't know.
        let Some(route) = routes.find(&path) else { continue };
        let Some(Content { kind, .. }) = route.route.content else { continue };
        let page = Arc::new(RenderedPage::new(RenderedContent { route, kind, body }, seq, None));
        match language::of_path(&path, &offered) {
            Some((language, rest)) => site.add(Some(language), rest.to_owned(), page),
            None => site.add(None, path, page),
        }
    }
    site
}

/// Writes the last known state in the background.
pub(crate) struct LastStateWriter {
    latest: watch::Sender<Option<Snapshot>>,
    task: JoinHandle<()>,
}

impl LastStateWriter {
    pub(crate) fn start(
        routes: &'static RouteTable,
        settings: &WebSettings,
        store: Store,
        stopped: watch::Receiver<bool>,
    ) -> Self {
        let (latest, states) = watch::channel(None);
        Self { latest, task: tokio::spawn(keep(routes, settings.clone(), store, states, stopped)) }
    }

    /// Writes `snapshot` soon; of several in a row, only the latest.
    pub(crate) fn note(&self, snapshot: &Snapshot) {
        if snapshot.board.is_some() && snapshot.freshness == Freshness::Fresh {
            self.latest.send_replace(Some(snapshot.clone()));
        }
    }

    /// Returns when the latest one is written.
    pub(crate) async fn finish(self) {
        drop(self.latest);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the last known state could not be saved");
        }
    }
}

async fn keep(
    routes: &'static RouteTable,
    settings: WebSettings,
    store: Store,
    mut states: watch::Receiver<Option<Snapshot>>,
    mut stopped: watch::Receiver<bool>,
) {
    let settings = Arc::new(settings);
    let mut written: Option<(Arc<Board>, Timestamp)> = None;
    let mut noted = read_head(&settings.data_dir.join(FOLDER).join(HEAD_FILE));
    loop {
        let goes_on = states.changed().await.is_ok();
        let Some(snapshot) = states.borrow_and_update().clone() else {
            if goes_on { continue } else { break }
        };
        if let Some(noted) = noted.take()
            && began_an_epoch(&store, &noted).await
            && goes_on
        {
            // This snapshot is of the previous epoch; one of the new epoch follows.
            continue;
        }
        let Some(board) = snapshot.board.as_ref().map(Arc::clone) else { continue };
        let now = Timestamp::now();
        let due = written.as_ref().is_none_or(|(was, at)| {
            // After a redaction and in a new epoch the board changes although the last event may not.
            !Arc::ptr_eq(was, &board)
                || Duration::try_from(now.duration_since(*at))
                    .is_ok_and(|age| age >= REFRESH_INTERVAL)
        });
        if due || !goes_on {
            let settings = Arc::clone(&settings);
            let writing =
                tokio::task::spawn_blocking(move || write(routes, &settings, &snapshot, now));
            match writing.await {
                Ok(Ok(())) => written = Some((board, now)),
                Ok(Err(error)) => tracing::warn!(%error, "the last known state can't be written"),
                Err(error) => tracing::error!(%error, "the last known state can't be rendered"),
            }
        }
        if !goes_on {
            break;
        }
        tokio::select! {
            () = tokio::time::sleep(MIN_INTERVAL) => {}
            _ = stopped.wait_for(|stopped| *stopped) => {}
        }
    }
}

fn write(
    routes: &RouteTable,
    settings: &WebSettings,
    snapshot: &Snapshot,
    now: Timestamp,
) -> io::Result<()> {
    let Some(board) = &snapshot.board else { return Ok(()) };
    let folder = settings.data_dir.join(FOLDER);
    files::make_folders(&settings.data_dir, Path::new(FOLDER), FilePurpose::Own)?;
    let source = RenderSource {
        board: Arc::clone(board),
        style: PageStyle::new(settings, board, snapshot.log_id()),
        freshness: PageFreshness::LastKnown(now),
        now,
        head: signed_head(settings, snapshot),
    };
    let style = &source.style;
    let own = style.language.tag();
    let prerendered = routes.prerendered().map(|(route, content)| {
        let path = route.route.pattern;
        let body = (content.render)(&source.context(style, path)).unwrap_or_default();
        let is_page = route.route.languages == Languages::Negotiated;
        (if is_page { format!("/{own}{path}") } else { path.to_owned() }, body)
    });
    let linked = front::mentioned(board, now).into_iter().filter_map(|incident| {
        let path = incident.path();
        let content = routes.render(&source, style, &path)?;
        Some((format!("/{own}{path}"), content.body))
    });
    let sheet = (style.theme.path.clone(), style.theme.sheet.clone());
    let stored = SavedState {
        seq: board.seq,
        languages: style.offered.iter().map(|language| language.tag().to_owned()).collect(),
        documents: prerendered.chain(linked).chain([sheet]).collect(),
    };
    replace(&folder.join(PAGES_FILE), &serde_json::to_vec(&stored)?)?;
    match (&snapshot.head_hash, snapshot.log_id()) {
        (Some(hash), Some(log)) => {
            let (log, hash) = (log.to_owned(), hash.clone());
            let head = SavedHead { log, epoch: snapshot.epoch, seq: board.seq, hash };
            note_head(&folder.join(HEAD_FILE), &head)
        }
        (None, _) | (_, None) => Ok(()),
    }
}

/// The head of the log that the pages in this data directory were last rendered from.
///
/// It is saved outside the database, so that a truncated log is noticed. None if there is no such file, or none that can
/// be parsed.
///
/// # Errors
/// This user may not read the file.
pub fn noted_head(data_dir: &Path) -> io::Result<Option<NotedHead>> {
    let bytes = match files::read_own(&data_dir.join(FOLDER).join(HEAD_FILE)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        read => read?,
    };
    let head: Option<SavedHead> = serde_json::from_slice(&bytes).ok();
    Ok(head.map(|SavedHead { log, epoch, seq, hash }| NotedHead {
        of: Some((log, epoch)),
        seq,
        hash,
    }))
}

fn read_head(path: &Path) -> Option<SavedHead> {
    files::read_own(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok())
}

/// Begins a new epoch if the log no longer holds the event that was saved here: a backup was restored while this
/// process was down, and the same numbers now name other events. Returns whether it did.
async fn began_an_epoch(store: &Store, noted: &SavedHead) -> bool {
    match store.begin_epoch_unless(&noted.log, noted.epoch, noted.seq, &noted.hash).await {
        Ok(None) => false,
        Ok(Some(epoch)) => {
            tracing::error!(
                event = noted.seq,
                epoch,
                "the log was restored from a backup that lacks an event seen here; a new epoch begins"
            );
            true
        }
        Err(error) => {
            tracing::warn!(error = %error.chain(), "can't tell whether the log was restored");
            false
        }
    }
}

/// Advances the saved head, never back except in a new epoch, so that a log that became shorter or was replaced is
/// noticed.
fn note_head(path: &Path, head: &SavedHead) -> io::Result<()> {
    match read_head(path) {
        Some(noted) if noted == *head => Ok(()),
        Some(noted) if noted.log == head.log && noted.epoch < head.epoch => {
            replace(path, &serde_json::to_vec(head)?)
        }
        Some(noted) if noted.seq >= head.seq => {
            tracing::error!(
                noted = noted.seq,
                found = head.seq,
                "the log is not the one that was seen here before; run `candor log verify`"
            );
            Ok(())
        }
        Some(_) | None => replace(path, &serde_json::to_vec(head)?),
    }
}

/// Replaces a file atomically: after a crash it is the old or the new one.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    files::replace(path, &path.with_extension("new"), content, FilePurpose::Own)
}
