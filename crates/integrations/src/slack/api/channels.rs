//! Slack channels, their members, and people's names.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Api, ApiError, string};

/// A Slack channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelInfo {
    /// Its id, which hardly ever changes.
    pub id: String,
    /// Its name, without `#`; people change it.
    pub name: String,
    /// Whether one has to be invited.
    pub is_private: bool,
    /// Whether it is archived.
    pub is_archived: bool,
    /// Whether the bot is in it.
    pub is_member: bool,
}

impl Api {
    /// The Slack channel with this name (with or without `#`) or id; none if the bot can't see it.
    ///
    /// Without the scope for private ones, the public ones are looked through.
    ///
    /// # Errors
    /// Slack says no, or nothing.
    pub async fn find_channel(&self, name_or_id: &str) -> Result<Option<ChannelInfo>, ApiError> {
        let wanted = name_or_id.trim();
        if is_id(wanted) {
            return match self.channel_info(wanted).await {
                Err(error) if error.code == "channel_not_found" => Ok(None),
                info => info.map(Some),
            };
        }
        let name = wanted.trim_start_matches('#').to_lowercase();
        match self.named(&name, "public_channel,private_channel").await {
            Err(error)
                if error.needed.as_deref().is_some_and(|needed| needed.contains("groups:read")) =>
            {
                self.named(&name, "public_channel").await
            }
            found => found,
        }
    }

    async fn named(&self, name: &str, types: &str) -> Result<Option<ChannelInfo>, ApiError> {
        let mut found: Option<ChannelInfo> = None;
        let arguments = [("types", types), ("exclude_archived", "false"), ("limit", "500")];
        self.pages("conversations.list", &arguments, |page| {
            let channels = page.get("channels").and_then(Value::as_array).into_iter().flatten();
            for channel in channels.filter_map(info).filter(|channel| channel.name == name) {
                // An archived one is better than none: the person learns what is wrong with it.
                if found.as_ref().is_none_or(|found| found.is_archived) {
                    found = Some(channel);
                }
            }
            found.as_ref().is_some_and(|found| !found.is_archived)
        })
        .await?;
        Ok(found)
    }

    /// The details of a Slack channel.
    ///
    /// # Errors
    /// Slack says no, or nothing.
    pub async fn channel_info(&self, id: &str) -> Result<ChannelInfo, ApiError> {
        let answer = self.ask("conversations.info", &[("channel", id)]).await?;
        let channel = answer.get("channel").and_then(info);
        channel.ok_or_else(|| ApiError::new(super::ErrorClass::NotSent, "unreadable_answer"))
    }

    /// Joins a public Slack channel; without effect if we are in it.
    ///
    /// # Errors
    /// Slack says no (a private one needs an invitation), or nothing.
    pub async fn join(&self, id: &str) -> Result<(), ApiError> {
        self.change("conversations.join", json!({ "channel": id })).await.map(drop)
    }

    /// The user ids of a Slack channel's members.
    ///
    /// # Errors
    /// Slack says no, or nothing.
    pub async fn members(&self, id: &str) -> Result<BTreeSet<String>, ApiError> {
        let mut members = BTreeSet::new();
        let arguments = [("channel", id), ("limit", "500")];
        self.pages("conversations.members", &arguments, |page| {
            members.extend(strings(page, "members"));
            false
        })
        .await?;
        Ok(members)
    }

    /// The user ids of a user group's members.
    ///
    /// # Errors
    /// Slack says no, or nothing.
    pub async fn group_members(&self, group: &str) -> Result<BTreeSet<String>, ApiError> {
        let answer = self.ask("usergroups.users.list", &[("usergroup", group)]).await?;
        Ok(strings(&answer, "users").collect())
    }

    /// A user's display name; none if there is no such user.
    ///
    /// # Errors
    /// Slack says no, or nothing.
    pub async fn user_name(&self, user: &str) -> Result<Option<String>, ApiError> {
        let answer = match self.ask("users.info", &[("user", user)]).await {
            Err(error) if matches!(error.code.as_str(), "user_not_found" | "user_not_visible") => {
                return Ok(None);
            }
            answer => answer?,
        };
        let name = [
            "/user/profile/display_name",
            "/user/profile/real_name",
            "/user/real_name",
            "/user/name",
        ]
        .into_iter()
        .find_map(|path| answer.pointer(path)?.as_str().filter(|name| !name.trim().is_empty()));
        Ok(name.map(str::to_owned))
    }
}

fn info(channel: &Value) -> Option<ChannelInfo> {
    let is = |field| channel.get(field).and_then(Value::as_bool).unwrap_or_default();
    Some(ChannelInfo {
        id: string(channel, "id")?,
        name: string(channel, "name").unwrap_or_default(),
        is_private: is("is_private"),
        is_archived: is("is_archived"),
        is_member: is("is_member"),
    })
}

fn strings<'a>(page: &'a Value, field: &str) -> impl Iterator<Item = String> + use<'a> {
    let list = page.get(field).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned)
}

/// Ids are of capitals and digits; names have no capitals.
fn is_id(text: &str) -> bool {
    text.len() >= 9
        && text.starts_with(['C', 'G'])
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}
