//! The app's manifest for Slack (docs.slack.dev, "App manifests"; limits from its published schema): it is pasted once,
//! when the app is created.

use candor_content::language::Language;
use serde_json::{Value, json};

use super::block::cut;

/// The scopes that the app needs, and why: for operators, in English.
pub const SCOPES: &[(&str, &str)] = &[
    ("chat:write", "post incidents and keep them up to date"),
    ("channels:read", "find the Slack channel, and see who is in it"),
    ("channels:join", "join the Slack channel, if it is public"),
    ("channels:history", "find a message again when it is unsure whether it was posted"),
    ("groups:read", "find the Slack channel, if it is private"),
    ("groups:history", "find a message again in a private Slack channel"),
    ("users:read", "call people by their names"),
    ("usergroups:read", "let a user group act, and nobody else, where that is set"),
    ("commands", "the slash command, and the shortcuts"),
    ("reactions:read", "propose a message as an update by a reaction"),
];

/// The events that the app subscribes to.
const BOT_EVENTS: [&str; 15] = [
    "app_home_opened",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_id_changed",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_left",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "reaction_added",
    "tokens_revoked",
];

/// The path below the site's address that all of Slack's requests go to.
pub const EVENTS_PATH: &str = "/integrations/slack/events";

/// The callback of the shortcut that declares an incident.
pub const DECLARE: &str = "declare";
/// The callback of the shortcut that plans maintenance.
pub const PLAN: &str = "plan";
/// The callback of the shortcut on a message that becomes an update.
pub const POST_AS_UPDATE: &str = "post-as-update";
/// The slash command. Slack keeps `/status` for itself and refuses an app that asks for it. The app's owner may rename
/// the command: every name is read in the same way.
pub const COMMAND: &str = "/candor";

const MAX_NAME: usize = 35;
const MAX_BOT_NAME: usize = 80;
const MAX_DESCRIPTION: usize = 140;
const MAX_LONG_DESCRIPTION: usize = 4_000;

/// The manifest of the app for a site, with texts in its language. With `socket_mode`, Slack needs no address of ours.
#[must_use]
pub fn manifest(language: Language, site_name: &str, site_url: &str, socket_mode: bool) -> Value {
    let say = |id: &str| language.say(id);
    let unnamed = say("slack-app-name");
    let name = match site_name.trim() {
        "" => &unnamed,
        name => name,
    };
    let values = [("name", name.into()), ("command", COMMAND.into())];
    let url = format!("{}{EVENTS_PATH}", site_url.trim_end_matches('/'));
    let with_url = |mut part: Value| {
        if let (false, Some(fields)) = (socket_mode, part.as_object_mut()) {
            let name = if fields.contains_key("command") { "url" } else { "request_url" };
            fields.insert(name.to_owned(), json!(url));
        }
        part
    };
    let scopes: Vec<_> = SCOPES.iter().map(|(scope, _)| scope).collect();
    let shortcut = |name: &str, kind: &str, callback_id: &str, description: &str| json!({ "name": say(name), "type": kind, "callback_id": callback_id, "description": say(description) });
    json!({
        "display_information": {
            "name": cut(name, MAX_NAME),
            "description": cut(&language.say_with("slack-app-description", &values), MAX_DESCRIPTION),
            "long_description": cut(&language.say_with("slack-app-about", &values), MAX_LONG_DESCRIPTION),
            "background_color": "#1f2937",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": true,
                "messages_tab_enabled": false,
                "messages_tab_read_only_enabled": true,
            },
            "bot_user": { "display_name": cut(name, MAX_BOT_NAME), "always_online": true },
            "shortcuts": [
                shortcut("slack-button-declare", "global", DECLARE, "slack-shortcut-declare"),
                shortcut("slack-button-plan", "global", PLAN, "slack-shortcut-plan"),
                shortcut(
                    "slack-shortcut-update", "message", POST_AS_UPDATE,
                    "slack-shortcut-update-description",
                ),
            ],
            "slash_commands": [with_url(json!({
                "command": COMMAND,
                "description": say("slack-command-description"),
                "usage_hint": "[declare | update | resolve | help]",
                "should_escape": false,
            }))],
        },
        "oauth_config": { "scopes": { "bot": scopes } },
        "settings": {
            "event_subscriptions": with_url(json!({ "bot_events": BOT_EVENTS })),
            "interactivity": with_url(json!({ "is_enabled": true })),
            "org_deploy_enabled": false,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": false,
        },
    })
}

/// The manifest as a file: indented, with a line end.
#[must_use]
pub fn document(language: Language, site_name: &str, site_url: &str, socket_mode: bool) -> String {
    format!("{:#}\n", manifest(language, site_name, site_url, socket_mode))
}
