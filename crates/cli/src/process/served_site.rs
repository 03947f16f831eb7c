//! What the page is called and where it is reached, noted in the data directory by the process that serves it, so that
//! commands say the same although their shell has other settings.

use std::{
    fs::{self, File},
    io::Write as _,
};

use candor_core::SiteName;
use serde::{Deserialize, Serialize};

use crate::{error::CliError, settings::Settings};

/// The note's name in the data directory.
const NOTE: &str = "page.json";

#[derive(Debug, Serialize, Deserialize)]
struct ServedNote {
    site_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_name: Option<String>,
}

/// Notes what this process serves.
///
/// # Errors
/// The data directory can't be written.
pub(super) fn note(settings: &Settings) -> Result<(), CliError> {
    let site_name = settings.site_name.given().map(str::to_owned);
    let note = ServedNote { site_url: settings.site_url.clone(), site_name };
    let path = settings.data_dir.join(NOTE);
    let text = serde_json::to_string(&note).map_err(|e| CliError::Failed(e.to_string()))?;
    let file = candor_web::open_own(&path, File::options().write(true).create(true).truncate(true));
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|e| CliError::io(format!("write {}", path.display()), e))
}

/// The same settings with what the process that serves the page has noted, where they say nothing themselves.
pub(crate) fn as_served(settings: &Settings) -> Settings {
    let settings = settings.clone();
    let note = fs::read_to_string(settings.data_dir.join(NOTE)).ok();
    let Some(note) = note.and_then(|text| serde_json::from_str::<ServedNote>(&text).ok()) else {
        return settings;
    };
    let site_url = if settings.site_url_is_given { settings.site_url } else { note.site_url };
    let site_name = match (settings.site_name.given(), note.site_name) {
        (None, Some(noted)) => SiteName::from(noted),
        (_, _) => settings.site_name,
    };
    Settings { site_url, site_name, ..settings }
}
