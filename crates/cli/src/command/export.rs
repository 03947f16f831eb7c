//! `candor export`: the public page as files.

use std::path::PathBuf;

use candor_web::{ExportSummary, SiteExporter};
use jiff::Timestamp;

use super::page::OpenPage;
use crate::{error::CliError, process, secrets, settings::Settings, terminal};

pub(crate) async fn run(settings: &Settings, dir: PathBuf) -> Result<(), CliError> {
    process::keep_apart(settings, &dir)?;
    let page = OpenPage::open(settings).await?;
    let snapshot = page.store.load_snapshot().await?;
    let links = secrets::existing_links(settings)?;
    let shown = dir.display().to_string();
    let mut exporter = SiteExporter::new(process::page_settings(settings, links), dir);
    let exporting = move || exporter.export(&snapshot, Timestamp::now());
    let done = tokio::task::spawn_blocking(exporting)
        .await
        .map_err(|error| CliError::Failed(error.to_string()))?
        .map_err(|error| CliError::Failed(error.to_string()))?;
    let ExportSummary { files, bytes, written, removed, foreign, took } = done;
    terminal::line(format!(
        "{shown}: {}, {:.1} MB; {written} written, {removed} removed, in {:.1} s",
        terminal::count(files, "file"),
        f64::from(u32::try_from(bytes / 1024).unwrap_or(u32::MAX)) / 1024.0,
        took.as_secs_f64(),
    ))?;
    if foreign > 0 {
        terminal::line(match foreign {
            1 => "1 file that isn't ours stands in the way, and was left as it is".to_owned(),
            several => format!(
                "{several} files that aren't ours stand in the way, and were left as they are"
            ),
        })?;
    }
    Ok(())
}
