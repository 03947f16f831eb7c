//! Reads and writes our own files in folders that others can write to. Symbolic links in their place are never
//! followed, so that nobody can make us read or write elsewhere.

use std::{
    fs::{self, File, OpenOptions, Permissions},
    io::{self, Read as _, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
};

use rustix::{fs::OFlags, io::Errno};

/// Opens one of our files.
///
/// # Errors
/// It is a symbolic link, or can't be opened.
pub fn open_own(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    let no_follow = i32::try_from(OFlags::NOFOLLOW.bits()).map_err(io::Error::other)?;
    options.custom_flags(no_follow).open(path).map_err(|error| match error.raw_os_error() {
        Some(code) if code == Errno::LOOP.raw_os_error() => is_a_link(path),
        _ => error,
    })
}

/// Reads one of our files.
///
/// # Errors
/// It is a symbolic link, or can't be read.
pub(crate) fn read_own(path: &Path) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    open_own(path, OpenOptions::new().read(true))?.read_to_end(&mut content)?;
    Ok(content)
}

/// Who reads a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FilePurpose {
    /// This process only, also after a crash.
    Own,
    /// A web server, whatever the umask.
    Public,
}

/// Replaces one of our files atomically: readers see the old file or the new one. Removes whatever is at `unfinished`.
pub(crate) fn replace(
    path: &Path,
    unfinished: &Path,
    content: &[u8],
    purpose: FilePurpose,
) -> io::Result<()> {
    match fs::remove_file(unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    // A new file follows no link, and a rename replaces a link.
    let mut file = OpenOptions::new().write(true).create_new(true).open(unfinished)?;
    file.write_all(content)?;
    match purpose {
        FilePurpose::Own => file.sync_all()?,
        FilePurpose::Public => file.set_permissions(Permissions::from_mode(0o644))?,
    }
    fs::rename(unfinished, path)
}

/// Creates the folders of `name` below `dir`; fails if one of them is a link.
pub(crate) fn make_folders(dir: &Path, name: &Path, purpose: FilePurpose) -> io::Result<()> {
    let mut folder = dir.to_owned();
    for part in name.components() {
        folder.push(part);
        match fs::create_dir(&folder) {
            Ok(()) if purpose == FilePurpose::Public => {
                fs::set_permissions(&folder, Permissions::from_mode(0o755))?;
            }
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            Ok(()) | Err(_) => no_links(&folder)?,
        }
    }
    Ok(())
}

/// Fails for a symbolic link.
pub(crate) fn no_links(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Err(is_a_link(path)),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}

fn is_a_link(path: &Path) -> io::Error {
    io::Error::other(format!("{} is a symbolic link, and is not followed", path.display()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn symbolic_links_are_not_followed() {
        let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (ours, theirs) = (ours.path(), theirs.path());
        let precious = theirs.join("precious");
        fs::write(&precious, "precious").unwrap();
        let [file, unfinished, folder] = ["file", "file.new", "folder"].map(|name| ours.join(name));
        symlink(&precious, &file).unwrap();
        symlink(&precious, &unfinished).unwrap();
        symlink(theirs, &folder).unwrap();

        let error = open_own(&file, File::options().write(true).create(true)).unwrap_err();
        assert!(error.to_string().contains("file is a symbolic link"), "{error}");
        assert!(read_own(&file).is_err());
        replace(&file, &unfinished, b"ours", FilePurpose::Own).unwrap();
        assert_eq!(read_own(&file).unwrap(), b"ours");
        make_folders(ours, Path::new("folder/deeper"), FilePurpose::Own).unwrap_err();
        no_links(&folder).unwrap_err();
        make_folders(ours, Path::new("a/b"), FilePurpose::Own).unwrap();
        make_folders(ours, Path::new("a/b/c"), FilePurpose::Own).unwrap();

        assert_eq!(fs::read(&precious).unwrap(), b"precious");
        assert_eq!(fs::read_dir(theirs).unwrap().count(), 1, "nothing was made there");
    }
}
