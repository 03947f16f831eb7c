//! Where metrics and health are asked for: on a listener of its own, which the world doesn't see.

use std::{io::ErrorKind, net::TcpListener};

use crate::{error::CliError, settings::AdminListen};

/// Takes the admin listener's port. The usual one may be another Candor's on the same machine; then it is any free one.
///
/// # Errors
/// The address that the settings give is in use, or not ours.
pub(super) fn bind(listen: AdminListen) -> Result<Option<TcpListener>, CliError> {
    let Some(address) = listen.address() else { return Ok(None) };
    let bound = match (TcpListener::bind(address), listen) {
        (Err(e), AdminListen::Usual) if e.kind() == ErrorKind::AddrInUse => {
            TcpListener::bind((address.ip(), 0))
        }
        (bound, _) => bound,
    };
    if let Ok(listener) = &bound
        && let Ok(address) = listener.local_addr()
    {
        tracing::info!("metrics and health are at http://{address}/metrics and /healthcheck/");
    }
    bound.map(Some).map_err(|e| {
        CliError::Failed(format!(
            "can't listen on {address}: {e}; CANDOR_ADMIN_LISTEN sets another address for metrics and health, or off"
        ))
    })
}
