//! What operators see: metrics, traces, logs, and the admin listener.
