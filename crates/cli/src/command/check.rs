//! `candor check`: every setting, its source, and what is wrong with it.

use std::path::Path;

use crate::{
    failure::Failure,
    settings::{Given, LIST, Settings, Source},
    terminal,
};

pub(crate) fn run(config: Option<&Path>) -> Result<(), Failure> {
    let mut given = Given::read(config);
    let _ = Settings::of(&mut given);
    let rows: Vec<_> = LIST
        .iter()
        .map(|setting| {
            let source = match given.source(setting.name) {
                Source::Environment => "environment".to_owned(),
                Source::File(path) => path.display().to_string(),
                Source::Default => "default".to_owned(),
            };
            vec![format!("CANDOR_{}", setting.name), source, given.shown(setting)]
        })
        .collect();
    terminal::table(&rows)?;
    if given.problems.is_empty() {
        terminal::line("\nall settings are fine")
    } else {
        terminal::line("")?;
        Err(Failure::Settings(given.problems))
    }
}
