//! The messages that the program uses, read from its sources.

use std::{collections::BTreeSet, fs, path::Path, str::FromStr as _};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::messages::Messages;

/// The functions that say a message.
const SAYING: [&str; 3] = ["say", "say_with", "say_markup"];

/// A call that says a message.
#[derive(Debug)]
pub(super) struct Call {
    place: String,
    /// The message; several where one of them is chosen. One with `{}` in it stands for each that has a word there.
    ids: Vec<String>,
    /// The names of the values, if they are listed there.
    pub(super) values: Option<BTreeSet<String>>,
}

/// What the sources say.
#[derive(Debug, Default)]
pub(super) struct Sources {
    pub(super) files: usize,
    pub(super) calls: Vec<Call>,
    /// Every string in them.
    strings: BTreeSet<String>,
}

impl Sources {
    pub(super) fn of_the_program() -> Self {
        let crates = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        let mut files = Vec::new();
        for package in fs::read_dir(crates).unwrap() {
            collect(&package.unwrap().path().join("src"), &mut files);
        }
        let files: Vec<_> =
            files.iter().map(|(path, file)| (path.as_str(), file.as_str())).collect();
        Self::read(&files)
    }

    pub(super) fn read(files: &[(&str, &str)]) -> Self {
        let mut sources = Self { files: files.len(), ..Self::default() };
        for (path, file) in files {
            // What tests say doesn't count.
            let file = file.split("\n#[cfg(test)]\nmod ").next().unwrap();
            let tokens =
                TokenStream::from_str(file).unwrap_or_else(|error| panic!("{path}: {error}"));
            sources.look_at(path, tokens);
        }
        sources
    }

    fn look_at(&mut self, path: &str, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let before = index.checked_sub(1).and_then(|index| tokens.get(index));
                    let saying = before.is_some_and(|before| {
                        matches!(before, TokenTree::Ident(name) if SAYING.iter().any(|say| name == say))
                    });
                    if saying && group.delimiter() == Delimiter::Parenthesis {
                        let mut call =
                            Call { place: path.to_owned(), ids: Vec::new(), values: None };
                        read_call(group, &mut call);
                        if !call.ids.is_empty() {
                            self.calls.push(call);
                        }
                    }
                    self.look_at(path, group.stream());
                }
                TokenTree::Literal(_) => self.strings.extend(string(token)),
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }

    /// Messages that aren't there, that nobody says, and that are said without a value.
    pub(super) fn compare(&self, original: &Messages) -> Vec<String> {
        let mut faults = Vec::new();
        let mut used: BTreeSet<&str> =
            original.ids().filter(|id| self.strings.contains(*id)).collect();
        for Call { place, ids, values } in &self.calls {
            for id in ids {
                let meant: Vec<_> =
                    original.ids().filter(|candidate| is_meant(id, candidate)).collect();
                if meant.is_empty() {
                    faults.push(format!("{place} says {id}, which is no message"));
                }
                for (message, values) in
                    meant.iter().filter_map(|id| original.get(id).zip(values.as_ref()))
                {
                    let needed = message.all();
                    let lacking: Vec<_> = needed.difference(values).collect();
                    if !lacking.is_empty() {
                        faults.push(format!("{place} says {id} without {lacking:?}"));
                    }
                }
                used.extend(meant);
            }
        }
        let unused = original.ids().filter(|id| !used.contains(id));
        faults.extend(unused.map(|id| format!("nobody says {id}")));
        faults
    }
}

/// Whether `said` means the message `id`; `{…}` in it is one word.
fn is_meant(said: &str, id: &str) -> bool {
    let (mut said, mut id) = (said.split('-'), id.split('-'));
    loop {
        match (said.next(), id.next()) {
            (None, None) => return true,
            (Some(word), Some(other)) if word == other || word.starts_with('{') => {}
            _ => return false,
        }
    }
}

/// Reads the message and the values of a call.
fn read_call(arguments: &Group, call: &mut Call) {
    let tokens: Vec<_> = arguments.stream().into_iter().collect();
    let mut listed = true;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            // Others say things, too: a mail server's answers are no messages.
            TokenTree::Literal(_) => call.ids.extend(string(token).filter(|it| !it.contains(' '))),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                // `match …` or `if …`: each arm has its message.
                read_call(group, call);
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                let names = names(group);
                listed = listed && names.is_some();
                call.values.get_or_insert_default().extend(names.into_iter().flatten());
            }
            TokenTree::Group(group) => {
                let of_format = matches!(
                    index.checked_sub(2).and_then(|from| tokens.get(from)),
                    Some(TokenTree::Ident(name)) if name == "format"
                );
                if of_format {
                    call.ids.extend(group.stream().into_iter().next().as_ref().and_then(string));
                }
            }
            // `&values`: what they are can't be seen here.
            TokenTree::Ident(name) => {
                let before = index.checked_sub(1).and_then(|before| tokens.get(before));
                let borrowed =
                    matches!(before, Some(TokenTree::Punct(mark)) if mark.as_char() == '&');
                listed = listed && (!borrowed || name == "format");
            }
            TokenTree::Punct(_) => {}
        }
    }
    if !listed {
        call.values = None;
    }
}

/// The names in `[("name", …), …]`; none if something else is among them.
fn names(list: &Group) -> Option<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for token in list.stream() {
        match token {
            TokenTree::Group(pair) => {
                names.insert(pair.stream().into_iter().next().as_ref().and_then(string)?);
            }
            TokenTree::Punct(_) => {}
            TokenTree::Ident(_) | TokenTree::Literal(_) => return None,
        }
    }
    Some(names)
}

/// What a literal says, if it is a string.
fn string(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else { return None };
    let literal = literal.to_string();
    let inner = literal.trim_start_matches(['r', '#']).trim_end_matches('#');
    Some(inner.strip_prefix('"')?.strip_suffix('"')?.to_owned())
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}
