//! The fault harness: breaks real processes of Candor, and counts which mails were lost and which were repeated.
//!
//! `scripts/faults` builds and runs it. It starts real PostgreSQL and Redis servers, `candor web` and `candor worker`.
//! Mails go to a server of its own; what must arrive is computed from the commands and their answers, never read from
//! the database. The exit code is 0 if every line passed.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a harness that can't go on has nothing to say but where it stopped"
)]

mod backlog;
mod chat;
mod crashes;
mod database;
mod disk;
mod expectations;
mod figures;
mod interrupted;
mod kills;
mod load;
mod log;
mod mail_failures;
mod network;
mod newer_version;
mod process;
mod proxy;
mod redis;
mod restarts;
mod restore;
mod sink;
mod site;
mod standby;
mod storm;
mod table;

use std::{
    any::Any,
    env,
    panic::{self, AssertUnwindSafe, catch_unwind},
    process::ExitCode,
    sync::Mutex,
    thread,
    time::Instant,
};

use site::{Harness, Size};
use table::{Line, Table};

/// Injects a fault and fills its line of the table.
type Inject = Box<dyn Fn(&Harness, &mut Line) + Sync>;

/// A fault: its name, its description, and its code.
struct Fault {
    name: String,
    what: String,
    inject: Inject,
}

fn fault(
    name: impl Into<String>,
    what: impl Into<String>,
    inject: impl Fn(&Harness, &mut Line) + Sync + 'static,
) -> Fault {
    Fault { name: name.into(), what: what.into(), inject: Box::new(inject) }
}

/// The faults that don't break servers used by others: several of them run at the same time.
fn faults() -> Vec<Fault> {
    let mut faults =
        vec![fault("worker-kill", "SIGKILL of a random worker, every 2 s", crashes::random_worker)];
    faults.extend(crashes::append_points());
    faults.extend(crashes::worker_points());
    faults.extend(chat::points());
    faults.extend([
        fault("kill-all", "SIGKILL of web, worker and Redis together", kills::all_together),
        fault("no-memory", "no more memory, then SIGKILL", kills::no_memory),
        fault(
            "rolling-restart",
            "SIGTERM, one process after the other, under load",
            restarts::rolling,
        ),
        fault("freeze", "SIGSTOP past two leases, then SIGCONT", restarts::freeze),
        fault("flushall", "FLUSHALL in a fan-out", redis::flush),
        fault("redis-restart", "Redis killed, back empty after a while", redis::restart),
        fault("redis-gone", "Redis gone for good", redis::gone),
        fault("redis-failover", "a replica that lags takes Redis's place", redis::failover),
        fault("redis-full", "Redis has no memory: noeviction, allkeys-lru", redis::full),
        fault("backlog", "owed with no worker, then one", backlog::drain),
        fault("clock", "the clock of one process is wrong (±20 min, ±1 day)", restarts::clock),
    ]);
    faults.extend(network::faults());
    faults.extend([
        fault(
            "mail-failures",
            "a mail server that defers, refuses and hangs up",
            mail_failures::mail_server,
        ),
        fault("mail-away", "no mail server for a while", mail_failures::away),
        fault("storm", "commands in an alert storm, SQLite", storm::act),
        fault("unreadable-rows", "rows that nobody can read", newer_version::rows),
        fault("unknown-event", "an event that nobody knows", newer_version::event),
        fault("standby-sync", "a synchronous standby is promoted", standby::synchronous),
        fault("standby-async", "a standby that lags is promoted", standby::asynchronous),
        fault("log-forked", "the same, and its log has grown", standby::forked),
        fault("restore", "a backup is restored", restore::restore),
        fault("lock-held", "somebody holds the log's lock", database::lock_held),
        fault("read-only", "PostgreSQL takes no writes", database::read_only),
        fault("interrupted", "the harness is ended in the middle", interrupted::ended),
        fault("disk-kill", "SIGKILL at the k-th write or fsync, SQLite", disk::kill_at_write),
        fault("disk-fsync", "the k-th fsync fails (EIO), SQLite", disk::fsync_fails),
        fault("writers", "8 writers, 2 % rolled back, 4 readers", log::writers),
        fault("fight", "32 clients fight over one incident", log::fight),
    ]);
    faults
}

/// The faults that break PostgreSQL for everybody: they run one after another, after the others.
fn faults_for_all() -> Vec<Fault> {
    vec![
        fault("postgres-restart", "PostgreSQL restarted under load", database::restart),
        fault("postgres-kill", "PostgreSQL killed (-9) under load", database::kill),
        fault("postgres-hung", "PostgreSQL stands still (SIGSTOP)", database::hung),
        fault("postgres-down", "PostgreSQL down, pages asked for", database::down),
    ]
}

/// How many run at the same time; most of them mostly wait.
const TOGETHER: usize = 4;

/// Run only by name, since these are no faults.
const FIGURES: &str = "figures";

/// The arguments of the command line.
struct Asked {
    size: Size,
    names: Vec<String>,
}

fn asked() -> Result<Asked, String> {
    let mut asked = Asked { size: Size::Usual, names: Vec::new() };
    for argument in env::args().skip(1) {
        match argument.as_str() {
            "--short" => asked.size = Size::Short,
            "--full" => asked.size = Size::Full,
            option if option.starts_with('-') => {
                return Err(format!("there is no option {option}"));
            }
            name => asked.names.push(name.to_owned()),
        }
    }
    let known: Vec<String> =
        faults().into_iter().chain(faults_for_all()).map(|fault| fault.name).collect();
    for name in &asked.names {
        if name != FIGURES
            && name != interrupted::HOLD
            && !known.iter().any(|one| one.starts_with(name.as_str()))
        {
            return Err(format!("there is no fault {name}; there are {}", known.join(", ")));
        }
    }
    Ok(asked)
}

fn main() -> ExitCode {
    let asked = match asked() {
        Ok(asked) => asked,
        Err(why) => {
            eprintln!("faults: {why}");
            return ExitCode::from(2);
        }
    };
    expectations::prove();
    let candor = candor_testkit::process::candor();
    let folder = candor_testkit::process::kept_folder("faults");
    let begin = Instant::now();
    // Panics end up in the table; their location is enough here.
    panic::set_hook(Box::new(|panic| eprintln!("  {panic}")));
    if asked.names.iter().any(|name| name == interrupted::HOLD) {
        interrupted::hold(&Harness::new(candor, None, asked.size));
        return ExitCode::SUCCESS;
    }
    let harness = Harness::new(candor, Some(folder.join("logs")), asked.size);
    if asked.names.iter().any(|name| name == FIGURES) {
        figures::measure(&harness);
        return ExitCode::SUCCESS;
    }
    let results = folder.join("results.jsonl");
    let table = Mutex::new(Table::new(&results));
    let is_asked = |fault: &Fault| {
        asked.names.is_empty()
            || asked.names.iter().any(|name| fault.name.starts_with(name.as_str()))
    };
    let mut order = 0..;
    for (together, faults) in [(TOGETHER, faults()), (1, faults_for_all())] {
        let asked = faults.iter().filter(|fault| is_asked(fault));
        let asked: Vec<_> = order.by_ref().zip(asked).collect();
        let next = Mutex::new(asked.into_iter());
        thread::scope(|scope| {
            for _ in 0..together {
                scope.spawn(|| {
                    loop {
                        // In its own statement: the lock isn't held while the fault runs.
                        let fault = next.lock().unwrap().next();
                        let Some((order, fault)) = fault else { return };
                        let line = run(fault, &harness);
                        table.lock().unwrap().add(order, line);
                    }
                });
            }
        });
    }
    let table = table.into_inner().unwrap();
    println!(
        "\n{table}\n{} s; as lines of JSON in {}",
        begin.elapsed().as_secs(),
        results.display()
    );
    if table.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs one fault. If it panics, that is the result.
fn run(fault: &Fault, harness: &Harness) -> Line {
    eprintln!("… {}: {}", fault.name, fault.what);
    let begin = Instant::now();
    let mut line = Line::new(&fault.what);
    let ended = catch_unwind(AssertUnwindSafe(|| (fault.inject)(harness, &mut line)));
    if let Err(panic) = ended {
        line.wrong.push(words(&*panic));
    }
    line.took = begin.elapsed();
    eprintln!(
        "… {} took {} s: {}",
        fault.name,
        line.took.as_secs(),
        if line.passed() { "pass" } else { "FAIL" }
    );
    line
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it ended in the middle")
        .to_owned()
}

/// A number below `sides`.
fn random_below(sides: usize) -> usize {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).unwrap();
    usize::try_from(u32::from_ne_bytes(bytes)).unwrap() % sides
}
