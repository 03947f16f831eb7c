//! HTTP in, pages out.
//!
//! Public pages are rendered and compressed once for each state of the log, and then served from memory: a request is a
//! lookup (`pages`). A request that changes something is answered only after the store has committed it to disk.
//!
//! Its three main types:
//!
//! * [`WebSettings`]: what a server needs to know; [`serve`] runs it until it is stopped;
//! * [`SiteExporter`]: writes the site as files;
//! * `Route` (`route.rs`): one row of the table of everything that is served. The row names the handler, and says all
//!   there is to say about an address: headers, languages, caching, metrics label, export, OpenAPI.
//!
//! Where to look: `routes` is that table; `site`, `api`, `alerts` and `slack` are the handlers, `state` is what they
//! share; `http` is what every request passes through; `view` renders pages and documents from the board, `pages` keeps
//! them; `problem` lists every error answer.
//!
//! ```
//! let routes = candor_web::routes();
//! assert!(routes.iter().any(|(pattern, methods)| *pattern == "/history" && methods.contains(&"GET")));
//! ```

mod alerts;
mod api;
mod export;
mod files;
mod http;
mod pages;
mod problem;
mod route;
mod routes;
mod server;
mod settings;
mod site;
mod slack;
mod state;
mod view;

pub use alerts::webhook_path;
pub use export::{ExportError, ExportSummary, SiteExporter, keep_exported};
pub use files::open_own;
pub use pages::noted_head;
pub use routes::routes;
pub use server::{WebError, bind, serve};
pub use settings::{LiveSettings, Network, SenderSecret, WebSettings};
pub use view::theme::{Color, Logo};
