//! Type names are unique in the workspace.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

#[test]
fn no_two_types_have_one_name() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut places: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for member in fs::read_dir(crates).unwrap() {
        types_in(&member.unwrap().path().join("src"), &mut places);
    }
    assert!(places.len() > 400, "only {} types were found", places.len());
    places.retain(|_, places| places.len() > 1);
    assert!(places.is_empty(), "more than one type is called {places:#?}");
}

/// Collects the types that the files of a folder define.
fn types_in(folder: &Path, places: &mut BTreeMap<String, Vec<PathBuf>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            types_in(&path, places);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            for name in fs::read_to_string(&path).unwrap().lines().filter_map(type_defined_in) {
                places.entry(name.to_owned()).or_default().push(path.clone());
            }
        }
    }
}

/// The name of the type that a line defines.
fn type_defined_in(line: &str) -> Option<&str> {
    let words = line.trim_start();
    let words = match words.strip_prefix("pub") {
        Some(rest) => rest.strip_prefix('(').map_or(rest, |rest| rest.split_once(')').unwrap().1),
        None => words,
    };
    let (keyword, rest) = words.trim_start().split_once(' ')?;
    // An indented `type` belongs to a trait.
    let defines = matches!(keyword, "struct" | "enum" | "trait" | "union")
        || (keyword == "type" && !line.starts_with(' '));
    let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next();
    // A macro's `$name` is none.
    name.filter(|name| defines && !name.is_empty())
}

#[test]
fn a_type_is_found_in_every_form_of_its_definition() {
    for (line, name) in [
        ("struct Plain;", Some("Plain")),
        ("pub(crate) enum Inner<'a> {", Some("Inner")),
        ("    pub(in crate::view) trait Nested: Send {", Some("Nested")),
        ("pub type Alias = u8;", Some("Alias")),
        ("    type Output = u8;", None),
        ("pub struct $name {", None),
        ("/// A struct is no definition.", None),
        ("let type_name = 1;", None),
    ] {
        assert_eq!(type_defined_in(line), name, "{line}");
    }
}
