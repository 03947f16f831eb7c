//! Reads files that an operator names, up to a limit of size, so that `/dev/zero` does no harm.

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, ErrorKind, Read},
    path::Path,
};

/// The longest file that holds one secret, in bytes.
pub const LONGEST_SECRET: usize = 64 * 1024;
/// The longest file of certificates, in bytes; what systems come with has a quarter of a megabyte.
pub const LONGEST_CERTIFICATES: usize = 4 * 1024 * 1024;

/// Reads a file of at most `most` bytes.
///
/// # Errors
/// It can't be read; [`ErrorKind::FileTooLarge`] if it is longer.
pub fn read(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    read_from(File::open(path)?, most)
}

/// As [`read`], of text.
///
/// # Errors
/// As [`read`], or it isn't UTF-8.
pub fn read_text(path: &Path, most: usize) -> io::Result<String> {
    text_from(File::open(path)?, most)
}

/// As [`read_text`], from what is open already, such as stdin.
///
/// # Errors
/// As [`read_text`].
pub fn text_from(from: impl Read, most: usize) -> io::Result<String> {
    text(read_from(from, most)?)
}

/// The lines of a text, each of at most `most` bytes.
pub fn lines(from: impl Read, most: usize) -> impl Iterator<Item = io::Result<String>> {
    let mut from = BufReader::new(from);
    std::iter::from_fn(move || {
        let mut line = Vec::new();
        // The line's end is one more byte; anything beyond it is too long.
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(2);
        match from.by_ref().take(limit).read_until(b'\n', &mut line) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(why) => return Some(Err(why)),
        }
        if line.ends_with(b"\n") {
            line.pop();
        }
        Some(if line.len() > most { Err(too_large(most)) } else { text(line) })
    })
}

fn read_from(from: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    from.take(limit).read_to_end(&mut bytes)?;
    if bytes.len() > most { Err(too_large(most)) } else { Ok(bytes) }
}

fn text(bytes: Vec<u8>) -> io::Result<String> {
    let invalid = |_| io::Error::new(ErrorKind::InvalidData, "it isn't UTF-8 text");
    String::from_utf8(bytes).map_err(invalid)
}

fn too_large(most: usize) -> io::Error {
    let sentence = format!("it has more than {most} bytes");
    io::Error::new(ErrorKind::FileTooLarge, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endless_file_is_read_only_to_the_limit() {
        let zero = Path::new("/dev/zero");
        assert_eq!(read(zero, 4_096).unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert_eq!(read_text(zero, 4_096).unwrap_err().kind(), ErrorKind::FileTooLarge);
        let endless = lines(File::open(zero).unwrap(), 4_096).next();
        assert_eq!(endless.unwrap().unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert_eq!(text_from(&b"four"[..], 4).unwrap(), "four");
        assert!(text_from(&b"fives"[..], 4).is_err());
        let three: Vec<_> = lines(&b"one\n\nthree"[..], 5).map(Result::unwrap).collect();
        assert_eq!(three, ["one", "", "three"]);
    }
}
