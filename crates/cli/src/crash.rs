//! Ends the process at a place that the fault harness names: `CANDOR_TEST_CRASH=append-commit@3` at the third time it
//! is reached, `append-commit@3+500` half a millisecond later. As `kill -9` does: nothing is cleaned up.
//!
//! `CANDOR_TEST_NOTE=wake-up-taken` writes on stderr when the place was reached, each time, in microseconds since 1970.
//!
//! Only in builds with the feature `failpoints`.

use std::{
    env,
    io::Write as _,
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, UNIX_EPOCH},
};

use rustix::process::{Signal, getpid, kill_process};

/// Arms what the environment names.
pub(crate) fn arm() {
    if let Ok(name) = env::var("CANDOR_TEST_NOTE") {
        let noted = name.clone();
        prepare(&name, move || {
            let now = UNIX_EPOCH.elapsed().unwrap_or_default().as_micros();
            // In one piece, for who reads along.
            let note = format!("note {noted} {now}\n");
            let _ = std::io::stderr().write_all(note.as_bytes());
        });
    }
    let Some((name, nth, delay)) = env::var("CANDOR_TEST_CRASH").ok().and_then(|text| read(&text))
    else {
        return;
    };
    let passes = AtomicU32::new(0);
    let pass = move || {
        if passes.fetch_add(1, Ordering::Relaxed) + 1 != nth {
            return;
        }
        if delay.is_zero() {
            die();
        }
        // The program keeps running meanwhile.
        thread::spawn(move || {
            thread::sleep(delay);
            die();
        });
    };
    prepare(&name, pass);
}

fn prepare(name: &str, pass: impl Fn() + Send + Sync + 'static) {
    if let Err(why) = fail::cfg_callback(name, pass) {
        let _ = writeln!(std::io::stderr(), "{name} can't be prepared: {why}");
    }
}

/// `name@nth+microseconds`
fn read(text: &str) -> Option<(String, u32, Duration)> {
    let (name, when) = text.split_once('@')?;
    let (nth, delay) = when.split_once('+').unwrap_or((when, "0"));
    Some((name.to_owned(), nth.parse().ok()?, Duration::from_micros(delay.parse().ok()?)))
}

fn die() {
    let _ = kill_process(getpid(), Signal::KILL);
}
