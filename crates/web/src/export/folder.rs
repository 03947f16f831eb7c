//! The exported folder: which files in it are ours, and how they are replaced.

use std::{
    collections::BTreeMap,
    fs::{self, File, Permissions, TryLockError},
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{ExportError, ExportSummary};
use crate::files::{FilePurpose, make_folders, no_links, open_own, read_own, replace};

/// The list of our files.
pub(super) const MANIFEST: &str = ".candor-export.json";
/// Files that are about to be written for the first time, one per line; removed once the manifest lists them.
const CLAIMS_FILE: &str = ".candor-export.claims";
/// Locked while the folder is written.
const LOCK_FILE: &str = ".candor-export.lock";
/// The name of a file until it is complete.
const UNFINISHED_FILE: &str = "candor-unfinished";
/// Files with a hash in their names stay, for copies of pages that still link to them.
const HASHED_FILES: &str = "static/";
const FORMAT: &str = "candor-export/1";

/// The files that are ours.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Manifest {
    format: String,
    /// The last event that was exported.
    seq: u64,
    files: BTreeMap<String, FolderEntry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FolderEntry {
    size: u64,
    /// Empty while it isn't known whether the file was written.
    sha256: String,
}

/// A folder that this process has locked.
pub(super) struct Folder {
    dir: PathBuf,
    /// Our files as of the last export.
    manifest: Manifest,
    /// Our files as of this export.
    files: BTreeMap<String, FolderEntry>,
    claims: Option<File>,
    done: ExportSummary,
    /// Holds the lock while it is open.
    _lock: File,
}

impl Folder {
    /// Locks the folder, and creates it if it doesn't exist.
    pub(super) fn open(dir: &Path) -> Result<Self, ExportError> {
        let shown = dir.display();
        make_folder(dir).map_err(ExportError::io(format!("make the folder {shown}")))?;
        let lock = open_own(&dir.join(LOCK_FILE), File::options().write(true).create(true))
            .map_err(ExportError::io(format!("write into the folder {shown}")))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ExportError::Busy(shown.to_string())),
            Err(TryLockError::Error(error)) => {
                return Err(ExportError::io(format!("lock the folder {shown}"))(error));
            }
        }
        let path = dir.join(MANIFEST);
        let mut manifest = match read_own(&path) {
            Ok(json) => serde_json::from_slice(&json)
                .ok()
                .filter(|manifest: &Manifest| manifest.format == FORMAT)
                .filter(|manifest| manifest.files.keys().all(|name| is_inside(name)))
                .ok_or_else(|| ExportError::Manifest(path.display().to_string()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Manifest::default(),
            Err(error) => return Err(ExportError::io(format!("read {}", path.display()))(error)),
        };
        let claims = read_own(&dir.join(CLAIMS_FILE)).unwrap_or_default();
        let claims = String::from_utf8_lossy(&claims);
        for name in claims.lines().filter(|name| is_inside(name)) {
            let unsure = FolderEntry { size: 0, sha256: String::new() };
            manifest.files.entry(name.to_owned()).or_insert(unsure);
        }
        Ok(Self {
            dir: dir.to_owned(),
            manifest,
            files: BTreeMap::new(),
            claims: None,
            done: ExportSummary::default(),
            _lock: lock,
        })
    }

    /// Makes sure that the file has this content. Content without a body is unchanged since the last export.
    pub(super) fn put(&mut self, name: &str, content: FileContent) -> Result<(), ExportError> {
        if self.files.contains_key(name) {
            // Two documents share this file name; the first one wins.
            return Ok(());
        }
        let FileContent { body, mut entry } = content;
        self.done.files += 1;
        self.done.bytes += entry.size;
        let path = self.dir.join(name);
        // A folder can't be replaced; a symbolic link can, if it stands in place of a file of ours.
        let there = fs::symlink_metadata(&path).ok().filter(|there| !there.is_dir());
        let as_it_was = |known: &FolderEntry, there: &fs::Metadata| {
            there.is_file() && there.len() == entry.size && known.sha256 == entry.sha256
        };
        match (self.manifest.files.get(name), there, body) {
            (None, Some(_), _) => {
                tracing::warn!(
                    name,
                    "the export would overwrite a file that isn't ours; it was left alone"
                );
                self.done.foreign += 1;
                return Ok(());
            }
            (Some(known), Some(there), _) if as_it_was(known, &there) => {}
            (known, _, Some(body)) => {
                if known.is_none() {
                    self.claim(name)?;
                }
                write(&self.dir, name, &body)?;
                self.done.written += 1;
            }
            // The file was changed or removed by someone else, and its content wasn't rendered: the next full export
            // repairs it.
            (_, _, None) => entry.sha256.clear(),
        }
        self.files.insert(name.to_owned(), entry);
        Ok(())
    }

    /// Removes files that no longer belong, and writes the manifest.
    pub(super) fn finish(mut self, seq: u64) -> Result<ExportSummary, ExportError> {
        for (name, entry) in &self.manifest.files {
            if self.files.contains_key(name) {
                continue;
            }
            if name.starts_with(HASHED_FILES) {
                self.files.insert(name.clone(), entry.clone());
                continue;
            }
            remove(&self.dir, name)?;
            self.done.removed += 1;
        }
        if self.done.written + self.done.removed > 0 || self.manifest.files != self.files {
            let manifest = Manifest { format: FORMAT.to_owned(), seq, files: self.files };
            let json = serde_json::to_vec(&manifest)
                .map_err(|error| ExportError::io("write JSON")(error.into()))?;
            write(&self.dir, MANIFEST, &json)?;
        }
        let _ = fs::remove_file(self.dir.join(CLAIMS_FILE));
        Ok(self.done)
    }

    /// Records that a new file is ours before it exists, so that a killed process recognizes it later.
    fn claim(&mut self, name: &str) -> Result<(), ExportError> {
        let failed = |error| ExportError::io(format!("write into {}", self.dir.display()))(error);
        let claims = match &mut self.claims {
            Some(claims) => claims,
            none => {
                let path = self.dir.join(CLAIMS_FILE);
                let opened = open_own(&path, File::options().append(true).create(true));
                none.insert(opened.map_err(failed)?)
            }
        };
        claims.write_all(format!("{name}\n").as_bytes()).map_err(failed)
    }
}

/// The content of a file.
#[derive(Debug, Clone)]
pub(super) struct FileContent {
    /// None if it is unchanged since the last export.
    body: Option<Vec<u8>>,
    entry: FolderEntry,
}

impl FileContent {
    pub(super) fn new(body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        let digest = HEXLOWER.encode(&Sha256::digest(&body));
        let size = u64::try_from(body.len()).unwrap_or(u64::MAX);
        Self { body: Some(body), entry: FolderEntry { size, sha256: digest } }
    }

    /// The same content, without the body that has been written.
    pub(super) fn written(&self) -> Self {
        Self { body: None, entry: self.entry.clone() }
    }
}

/// Replaces a file atomically: readers see the old file or the new one.
fn write(dir: &Path, name: &str, body: &[u8]) -> Result<(), ExportError> {
    let path = dir.join(name);
    let failed = |error| ExportError::io(format!("write {}", path.display()))(error);
    if let Some(folder) = Path::new(name).parent() {
        make_folders(dir, folder, FilePurpose::Public).map_err(failed)?;
    }
    let unfinished = dir.join(format!("{name}.{UNFINISHED_FILE}"));
    replace(&path, &unfinished, body, FilePurpose::Public).map_err(failed)
}

/// Creates a folder and its parents, readable by web servers whatever the umask.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        make_folder(above)?;
    }
    match fs::create_dir(folder) {
        Ok(()) => fs::set_permissions(folder, Permissions::from_mode(0o755)),
        Err(_) if folder.is_dir() => Ok(()),
        Err(error) => Err(error),
    }
}

/// Removes a file, and folders that are empty afterwards.
fn remove(dir: &Path, name: &str) -> Result<(), ExportError> {
    let path = dir.join(name);
    for folder in Path::new(name).ancestors().skip(1) {
        no_links(&dir.join(folder))
            .map_err(ExportError::io(format!("remove {}", path.display())))?;
    }
    match fs::remove_file(&path) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(ExportError::io(format!("remove {}", path.display()))(error)),
    }
    let mut folder = path.parent();
    // Fails for folders that aren't empty, as it should.
    while let Some(empty) = folder.filter(|folder| *folder != dir && fs::remove_dir(folder).is_ok())
    {
        folder = empty.parent();
    }
    Ok(())
}

/// Whether the name stays within the folder.
pub(super) fn is_inside(name: &str) -> bool {
    !name.is_empty()
        && name.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains('\\'))
}
