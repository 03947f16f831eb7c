//! The raw settings, from the file and from the environment.

use std::{
    collections::BTreeMap,
    env, fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use candor_integrations::file;

use super::{LIST, Setting};

/// The longest settings file, in bytes.
const LONGEST_CONFIG: usize = 1024 * 1024;

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SettingSource {
    Environment,
    File(PathBuf),
    Default,
}

/// A value, and where it was set.
#[derive(Debug)]
pub(super) struct GivenValue {
    text: String,
    source: SettingSource,
    /// How the user wrote the name.
    said: String,
}

/// The raw settings.
#[derive(Debug)]
pub(crate) struct GivenSettings {
    pub(super) values: BTreeMap<&'static str, GivenValue>,
    /// The files that secrets were read from.
    pub(super) files: BTreeMap<&'static str, PathBuf>,
    /// Unknown names and unreadable files: one sentence each.
    pub(crate) problems: Vec<String>,
}

impl GivenSettings {
    /// Reads the environment and the file: `config` if given, else `candor.toml` in the working directory if there is
    /// one.
    pub(crate) fn read(config: Option<&Path>) -> Self {
        let mut given =
            Self { values: BTreeMap::new(), files: BTreeMap::new(), problems: Vec::new() };
        let by_name = Path::new("candor.toml");
        match config {
            Some(path) => given.read_file(path),
            None if fs::symlink_metadata(by_name)
                .is_err_and(|why| why.kind() == ErrorKind::NotFound) => {}
            // A dangling link, or a folder without permission, is not an absent file.
            None => given.read_file(by_name),
        }
        given.read_environment(
            env::vars_os().filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()))),
        );
        given
    }

    pub(super) fn read_file(&mut self, path: &Path) {
        let table = file::read_text(path, LONGEST_CONFIG)
            .map_err(|e| e.to_string())
            .and_then(|text| text.parse::<toml::Table>().map_err(|e| e.message().to_owned()));
        match table {
            Err(why) => self
                .problems
                .push(format!("the settings file {} can't be read: {why}", path.display())),
            Ok(table) => {
                for (key, value) in table {
                    let text = match value {
                        toml::Value::String(text) => text,
                        toml::Value::Integer(_)
                        | toml::Value::Float(_)
                        | toml::Value::Boolean(_) => value.to_string(),
                        toml::Value::Datetime(_)
                        | toml::Value::Array(_)
                        | toml::Value::Table(_) => {
                            self.problems
                                .push(format!("{key} in {} is not one value", path.display()));
                            continue;
                        }
                    };
                    self.take(&key, &key, text, &SettingSource::File(path.to_owned()));
                }
            }
        }
    }

    pub(super) fn read_environment(
        &mut self,
        variables: impl Iterator<Item = (String, Option<String>)>,
    ) {
        for (variable, value) in variables {
            let Some(name) = variable.strip_prefix("CANDOR_") else { continue };
            if name == "CONFIG" || name.starts_with("TEST_") {
                continue;
            }
            match value {
                None => self.problems.push(format!("{variable} isn't valid UTF-8")),
                Some(value) => {
                    self.take(
                        &variable,
                        &name.to_ascii_lowercase(),
                        value,
                        &SettingSource::Environment,
                    );
                }
            }
        }
    }

    /// Takes one value; `said` is how the user wrote the name.
    fn take(&mut self, said: &str, key: &str, value: String, source: &SettingSource) {
        let found = |key: &str| LIST.iter().find(|setting| setting.name.eq_ignore_ascii_case(key));
        if let Some(setting) = found(key) {
            self.insert(setting.name, said, value, source);
            self.files.remove(setting.name);
            return;
        }
        match key.strip_suffix("_file").and_then(found) {
            Some(setting) if setting.secret => {
                match file::read_text(Path::new(&value), file::LONGEST_SECRET) {
                    Ok(text) if text.trim().is_empty() => {
                        self.problems.push(format!("{said}: {value} is empty"));
                    }
                    Ok(text) => {
                        self.insert(setting.name, said, text.trim().to_owned(), source);
                        self.files.insert(setting.name, PathBuf::from(value));
                    }
                    Err(why) => self.problems.push(format!("{said}: {value} can't be read: {why}")),
                }
            }
            _ => self.problems.push(format!(
                "{said} is not a setting of this version; `candor check` lists the ones there are"
            )),
        }
    }

    /// Keeps a value, which wins over that of another source. Two of one source have no order.
    fn insert(&mut self, name: &'static str, said: &str, text: String, source: &SettingSource) {
        let value = GivenValue { text, source: source.clone(), said: said.to_owned() };
        if let Some(other) = self.values.insert(name, value)
            && other.source == *source
        {
            let other = other.said;
            self.problems.push(format!("{other} and {said} are both given; leave one of them out"));
        }
    }

    /// The value, if one was given and isn't empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(|value| value.text.trim()).filter(|value| !value.is_empty())
    }

    /// The file that the secret was read from, if it was read from one.
    pub(super) fn file(&self, name: &str) -> Option<&Path> {
        self.files.get(name).map(PathBuf::as_path)
    }

    /// Whether the setting is there, with nothing in it.
    pub(super) fn is_empty(&self, name: &str) -> bool {
        self.values.contains_key(name) && self.get(name).is_none()
    }

    /// Where the value came from.
    pub(crate) fn source(&self, name: &str) -> SettingSource {
        match (self.get(name), self.values.get(name)) {
            (Some(_), Some(value)) => value.source.clone(),
            _ => SettingSource::Default,
        }
    }

    /// The value in a form that may be shown.
    pub(crate) fn shown(&self, setting: &Setting) -> String {
        match self.get(setting.name) {
            None => setting.default.to_owned(),
            Some(_) if setting.secret => "(set, not shown)".to_owned(),
            Some(value) => value.to_owned(),
        }
    }
}
