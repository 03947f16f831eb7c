//! The app's description for Slack: a manifest (docs.slack.dev, "App manifests"; limits from its published
//! schema) that is pasted once, when the app is made.

use serde_json::{Value, json};

use super::block::cut;

/// What the app may do, and what for.
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
/// The callback of the shortcut that plans a maintenance.
pub const PLAN: &str = "plan";
/// The callback of the shortcut on a message that becomes an update.
pub const POST_AS_UPDATE: &str = "post-as-update";
/// The slash command. Not `/status`: Slack keeps that for itself, and takes no app that asks for it. Whatever it is
/// called in the app, it is read in the same way.
pub const COMMAND: &str = "/candor";

const MAX_NAME: usize = 35;
const MAX_BOT_NAME: usize = 80;
const MAX_DESCRIPTION: usize = 140;
const MAX_LONG_DESCRIPTION: usize = 4_000;

/// The manifest of the app for a site. With `socket_mode`, Slack needs no address of ours.
#[must_use]
pub fn manifest(site_name: &str, site_url: &str, socket_mode: bool) -> Value {
    let name = match site_name.trim() {
        "" => "Status page",
        name => name,
    };
    let url = format!("{}{EVENTS_PATH}", site_url.trim_end_matches('/'));
    let with_url = |mut part: Value| {
        if let (false, Some(fields)) = (socket_mode, part.as_object_mut()) {
            let name = if fields.contains_key("command") { "url" } else { "request_url" };
            fields.insert(name.to_owned(), json!(url));
        }
        part
    };
    let scopes: Vec<_> = SCOPES.iter().map(|(scope, _)| scope).collect();
    let shortcut = |name: &str, kind: &str, callback_id: &str, description: &str| json!({ "name": name, "type": kind, "callback_id": callback_id, "description": description });
    json!({
        "display_information": {
            "name": cut(name, MAX_NAME),
            "description": cut(&format!("Incidents on {name}: confirm, update and resolve them"), MAX_DESCRIPTION),
            "long_description": cut(&long_description(name), MAX_LONG_DESCRIPTION),
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
                shortcut("Declare an incident", "global", DECLARE, "Tell people about an incident"),
                shortcut("Plan maintenance", "global", PLAN, "Announce planned work"),
                shortcut(
                    "Post as status update", "message", POST_AS_UPDATE,
                    "Publish this message as an update of an incident",
                ),
            ],
            "slash_commands": [with_url(json!({
                "command": COMMAND,
                "description": "What is going on, and what to do about it",
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
pub fn document(site_name: &str, site_url: &str, socket_mode: bool) -> String {
    format!("{:#}\n", manifest(site_name, site_url, socket_mode))
}

/// At least 175 characters, whatever the name.
fn long_description(name: &str) -> String {
    format!(
        "Tells the team when monitoring suspects a problem, in one message with two buttons: is it real, or not? Only \
         what a person has confirmed is published on {name}, and subscribers are notified of nothing else. Post \
         updates, resolve incidents and plan maintenance without leaving Slack: from the message, the home tab, the \
         {COMMAND} command or a shortcut."
    )
}
