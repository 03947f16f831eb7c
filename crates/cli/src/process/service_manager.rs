//! Messages to the service manager: systemd's `Type=notify` and `WatchdogSec=` (`sd_notify(3)`,
//! `sd_watchdog_enabled(3)`).

use std::env;

use candor_telemetry::Role;
use sd_notify::NotifyState;
use tokio::time::{MissedTickBehavior, interval};

/// Whether a service manager listens.
pub(super) fn listens() -> bool {
    env::var_os("NOTIFY_SOCKET").is_some()
}

/// This process does its work.
pub(super) fn ready(role: Role) {
    let status = match role {
        Role::Serve => "serves the page and sends notifications",
        Role::Web => "serves the page",
        Role::Worker => "sends notifications",
    };
    notify(&[NotifyState::Ready, NotifyState::Status(status)]);
}

/// The process is stopping.
pub(super) fn stopping() {
    notify(&[NotifyState::Stopping, NotifyState::Status("ends what is under way")]);
}

/// Reports at half of the watchdog's time, for ever; also while the process drains. Each report has been through the
/// runtime's queue and through its threads for what blocks: where one of them is stuck, nothing is reported.
pub(super) async fn keep_watchdog_quiet() {
    let Some(patience) = sd_notify::watchdog_enabled().filter(|patience| !patience.is_zero())
    else {
        return;
    };
    let mut tick = interval(patience / 2);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        let queued = tokio::spawn(async {}).await;
        let blocking = tokio::task::spawn_blocking(|| ()).await;
        if queued.is_ok() && blocking.is_ok() {
            notify(&[NotifyState::Watchdog]);
        }
    }
}

fn notify(states: &[NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::warn!(%error, "the service manager could not be told");
    }
}
