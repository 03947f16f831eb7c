//! SIGTERM and Ctrl-C.

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::error::CliError;

/// Cancels `stop` on SIGTERM and on Ctrl-C. At the second one the process ends at once, with the exit code by which
/// shells know a program that was ended by that signal.
///
/// # Errors
/// The system refuses to deliver signals.
pub(crate) fn stop_on_signal(stop: CancellationToken) -> Result<(), CliError> {
    let listen = |kind| signal(kind).map_err(|e| CliError::io("listen for signals", e));
    let mut terminate = listen(SignalKind::terminate())?;
    let mut interrupt = listen(SignalKind::interrupt())?;
    tokio::spawn(async move {
        either(&mut terminate, &mut interrupt).await;
        tracing::info!("stopping; a second signal ends this process at once");
        stop.cancel();
        let kind = either(&mut terminate, &mut interrupt).await;
        tracing::warn!("ended at once; deliveries that were being sent are sent again");
        std::process::exit(128 + kind.as_raw_value());
    });
    Ok(())
}

/// Waits for one of the two; which came.
async fn either(terminate: &mut Signal, interrupt: &mut Signal) -> SignalKind {
    tokio::select! {
        _ = terminate.recv() => SignalKind::terminate(),
        _ = interrupt.recv() => SignalKind::interrupt(),
    }
}
