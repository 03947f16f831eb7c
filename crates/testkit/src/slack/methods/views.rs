//! `views.*`: modals and home tabs.

use serde_json::{Map, Value, json};

use super::{FakeRefusal, MethodOutcome, text};
use crate::slack::{
    judge,
    state::{FakeState, Modal},
};

/// How many modals may be stacked.
const MAX_STACK: usize = 3;

fn given(arguments: &Map<String, Value>, kind: &str) -> Result<Value, FakeRefusal> {
    let view = arguments.get("view").ok_or("invalid_arguments")?;
    judge::view(view)?;
    if view.get("type").and_then(Value::as_str) == Some(kind) {
        Ok(view.clone())
    } else {
        Err("invalid_arguments".into())
    }
}

fn answer(modal: &Modal) -> MethodOutcome {
    Ok(json!({ "view": FakeState::shown(modal) }))
}

impl FakeState {
    fn hash(&mut self) -> String {
        let ts = self.ts();
        format!("{ts}.h")
    }

    pub(super) fn open_view(
        &mut self,
        arguments: &Map<String, Value>,
        push: bool,
    ) -> MethodOutcome {
        let view = given(arguments, "modal")?;
        let (user, from) = self.pull(text(arguments, "trigger_id"))?;
        self.show(&user, view, push.then_some(from).flatten().as_deref())
    }

    /// Shows a modal: alone, or on the stack that `below` is in.
    pub(in crate::slack) fn show(
        &mut self,
        user: &str,
        view: Value,
        below: Option<&str>,
    ) -> MethodOutcome {
        let (id, hash) = (self.id("V"), self.hash());
        let root = below.and_then(|below| self.modals.iter().find(|modal| modal.id == below));
        let root_id = root.map_or_else(|| id.clone(), |below| below.root_id.clone());
        if root.is_none() {
            self.modals.retain(|modal| modal.user != user);
        }
        if self.modals.iter().filter(|modal| modal.root_id == root_id).count() >= MAX_STACK {
            return Err("push_limit_reached".into());
        }
        let modal = Modal { id, root_id, hash, user: user.to_owned(), view };
        let answer = answer(&modal);
        self.modals.push(modal);
        answer
    }

    pub(super) fn update_view(&mut self, arguments: &Map<String, Value>) -> MethodOutcome {
        let view = given(arguments, "modal")?;
        let (id, expected) = (text(arguments, "view_id"), text(arguments, "hash"));
        let hash = self.hash();
        let modal = self.modals.iter_mut().find(|modal| modal.id == id).ok_or("not_found")?;
        if !expected.is_empty() && expected != modal.hash {
            return Err("hash_conflict".into());
        }
        (modal.view, modal.hash) = (view, hash);
        answer(modal)
    }

    pub(super) fn publish_view(&mut self, arguments: &Map<String, Value>) -> MethodOutcome {
        let view = given(arguments, "home")?;
        let (user, expected) = (text(arguments, "user_id"), text(arguments, "hash"));
        if !self.users.contains_key(user) {
            return Err("user_not_found".into());
        }
        let (id, hash) = (self.id("V"), self.hash());
        let home = self.homes.entry(user.to_owned()).or_insert_with(|| Modal {
            root_id: id.clone(),
            id,
            hash: String::new(),
            user: user.to_owned(),
            view: Value::Null,
        });
        if !expected.is_empty() && expected != home.hash {
            return Err("hash_conflict".into());
        }
        (home.view, home.hash) = (view, hash);
        answer(home)
    }
}
