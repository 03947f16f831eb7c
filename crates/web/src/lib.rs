//! HTTP in, pages out.
//!
//! Public pages are rendered once for each state of the log, compressed once, and then served from memory: a request
//! is a look-up (`site`). Whatever changes something is answered only after the store has it on disk. Every route
//! stands in `routes`, every error answer in `problem`.

mod alert_hook;
mod api;
mod body;
mod cached_response;
mod client;
mod connection;
mod export;
mod files;
mod headers;
mod health;
mod live;
mod observe;
mod prerendered;
mod problem;
mod public;
mod routes;
mod secret;
mod server;
mod site;
mod slack;
mod subscription;
mod theme;
mod view;

pub use alert_hook::webhook_path;
pub use client::Network;
pub use export::{ExportError, ExportSummary, SiteExporter, keep_exported};
pub use files::open_own;
pub use live::LiveSettings;
pub use routes::TABLE as ROUTES;
pub use secret::SenderSecret;
pub use server::{WebError, WebSettings, bind, serve};
pub use site::noted_head;
pub use theme::{Colour, Logo};
