//! Modals and the home tab.

use serde_json::{Value, json};

use super::{Api, ApiError, returned};
use crate::slack::block::SlackView;

/// A modal or home tab as Slack shows it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedView {
    /// Its id.
    pub id: String,
    /// Guards an update against another one.
    pub hash: String,
}

impl Api {
    /// Opens a modal for the person whose click or command gave the trigger.
    ///
    /// # Errors
    /// The trigger is used up or older than three seconds; Slack says no, or nothing.
    pub async fn open_view(
        &self,
        trigger_id: &str,
        view: &SlackView,
    ) -> Result<OpenedView, ApiError> {
        let call = json!({ "trigger_id": trigger_id, "view": view });
        opened(&self.change("views.open", call).await?)
    }

    /// Changes what a modal shows; with `hash`, only if it is still the same.
    ///
    /// # Errors
    /// The modal is closed or another one by now; Slack says no, or nothing.
    pub async fn update_view(
        &self,
        view_id: &str,
        hash: Option<&str>,
        view: &SlackView,
    ) -> Result<OpenedView, ApiError> {
        let mut call = json!({ "view_id": view_id, "view": view });
        if let (Some(hash), Some(fields)) = (hash, call.as_object_mut()) {
            fields.insert("hash".to_owned(), json!(hash));
        }
        opened(&self.change("views.update", call).await?)
    }

    /// Shows a person their home tab.
    ///
    /// # Errors
    /// Slack says no, or nothing.
    pub async fn publish_home(&self, user: &str, view: &SlackView) -> Result<OpenedView, ApiError> {
        let call = json!({ "user_id": user, "view": view });
        opened(&self.change("views.publish", call).await?)
    }
}

fn opened(answer: &Value) -> Result<OpenedView, ApiError> {
    let view = answer.get("view").unwrap_or(&Value::Null);
    Ok(OpenedView { id: returned(view, "id")?, hash: returned(view, "hash")? })
}
