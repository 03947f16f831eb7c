//! Slack's handling of the answer to a submission.

use serde_json::Value;

use super::{form, judge, state::FakeState};

impl FakeState {
    pub(super) fn answered(
        &mut self,
        user: &str,
        answer: &Value,
    ) -> Result<Vec<(String, String)>, String> {
        let top = self.modals.iter().rposition(|modal| modal.user == user);
        let top = top.ok_or_else(|| format!("{user} sees no modal"))?;
        let action = answer.get("response_action").and_then(Value::as_str);
        match action {
            None => drop(self.modals.remove(top)),
            Some("clear") => self.modals.retain(|modal| modal.user != user),
            Some("errors") => return self.errors(top, answer),
            Some("update" | "push") => {
                let view = answer.get("view").ok_or("there is no view")?;
                judge::view(view).map_err(|wrong| wrong.messages.join("\n"))?;
                let (view, ts) = (view.clone(), self.ts());
                let Some(modal) = self.modals.get_mut(top) else { return Ok(Vec::new()) };
                if action == Some("update") {
                    (modal.view, modal.hash) = (view, format!("{ts}.h"));
                } else {
                    let below = modal.id.clone();
                    self.show(user, view, Some(&below))
                        .map_err(|refusal| format!("{refusal:?}"))?;
                }
            }
            Some(other) => return Err(format!("there is no response_action {other}")),
        }
        Ok(Vec::new())
    }

    fn errors(&self, top: usize, answer: &Value) -> Result<Vec<(String, String)>, String> {
        let inputs =
            self.modals.get(top).map(|modal| form::inputs(&modal.view)).unwrap_or_default();
        let errors =
            answer.get("errors").and_then(Value::as_object).ok_or("there are no errors")?;
        let mut shown = Vec::new();
        for (block, error) in errors {
            if !inputs.contains(block) {
                return Err(format!("{block} is no input of this modal, but {inputs:?} are"));
            }
            let error =
                error.as_str().filter(|error| !error.is_empty()).ok_or("an error is no text")?;
            shown.push((block.clone(), error.to_owned()));
        }
        if shown.is_empty() { Err("there are no errors".to_owned()) } else { Ok(shown) }
    }
}
