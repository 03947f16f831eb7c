//! The log lines of the servers in this test run.

use std::{
    io,
    sync::{LazyLock, Mutex},
};

use tracing::Level;

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

static LISTENING: LazyLock<()> = LazyLock::new(|| {
    tracing_subscriber::fmt()
        .with_max_level(Level::DEBUG)
        .with_ansi(false)
        .with_writer(|| Writer)
        .try_init()
        .ok();
});

struct Writer;

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Starts capturing, once.
pub(crate) fn listen() {
    LazyLock::force(&LISTENING);
}

/// All lines so far.
pub(crate) fn captured() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap()).into_owned()
}
