//! `candor slack …`: the app's manifest, in the site's language, and whether token, scopes and channel are right.

use std::sync::Arc;

use candor_content::{language::Language, notification_text::ReaderPreferences};
use candor_core::Board;
use candor_integrations::slack::{
    SlackSettings,
    api::{Api, ChannelInfo, Identity, PostMessage},
    block::Message,
    manifest,
};

use super::{
    check::{CheckResult, show},
    page::existing,
};
use crate::{args, error::CliError, process, settings::Settings, terminal};

pub(crate) async fn run(settings: &Settings, command: args::Slack) -> Result<(), CliError> {
    match command {
        args::Slack::Manifest { socket_mode } => {
            let settings = &process::as_served(settings);
            let (name, language) = name_and_language(settings).await?;
            let app_token = settings.slack.as_ref().and_then(|slack| slack.app_token.as_ref());
            let socket_mode = socket_mode || app_token.is_some();
            let manifest = manifest::document(language, &name, &settings.site_url, socket_mode);
            terminal::line(manifest.trim_end())
        }
        args::Slack::Check => check(settings).await,
    }
}

/// The page's name and language: as the settings or the log have them, if there is a page already.
async fn name_and_language(settings: &Settings) -> Result<(String, Language), CliError> {
    let board = match existing(settings).await {
        Ok(store) => store.load().await?,
        // The app may be created before the page is.
        Err(CliError::Settings(_)) => Arc::new(Board::default()),
        Err(failure) => return Err(failure),
    };
    let language = ReaderPreferences::of_site(&board.site).language;
    Ok((settings.site_name.of(Some(&board.site)).to_owned(), language))
}

/// One step after the other, as far as they lead; each is a row.
async fn check(settings: &Settings) -> Result<(), CliError> {
    let Some(slack) = &settings.slack else {
        return Err(CliError::wrong(
            "Slack is not set up: CANDOR_SLACK_BOT_TOKEN and CANDOR_SLACK_CHANNEL are missing",
        ));
    };
    let api = Api::new(slack).map_err(CliError::wrong)?;
    let mut rows = Vec::new();
    let identity = api.auth_test().await;
    let token = identity.as_ref().map(|identity| known(identity).into());
    rows.push(("token", token.map_err(ToString::to_string)));
    if let Ok(identity) = &identity {
        rows.push(("scopes", scopes(identity)));
        match find(&api, slack).await {
            Ok(channel) => {
                rows.push(("channel", Ok(format!("#{}, {}", channel.name, channel.id).into())));
                rows.push(("message", try_a_message(&api, &channel).await));
            }
            Err(why) => rows.push(("channel", Err(why))),
        }
        if let Some(group) = &slack.user_group {
            let members = api.group_members(group).await;
            let members = members.map(|members| match members.len() {
                1 => "1 person may act".to_owned().into(),
                several => format!("{several} people may act").into(),
            });
            rows.push(("group", members.map_err(|error| error.to_string())));
        }
    }
    rows.push(("requests", way_in(&api, slack, &settings.site_url).await));
    show(&rows)
}

/// Whether the token is one at all; for `candor check`.
pub(crate) async fn token(slack: &SlackSettings) -> CheckResult {
    let api = Api::new(slack).map_err(|why| why.to_string())?;
    let identity = api.auth_test().await.map_err(|error| error.to_string())?;
    Ok(format!("{}; `candor slack check` tries the rest", known(&identity)).into())
}

fn known(identity: &Identity) -> String {
    format!("{} in {} ({})", identity.user, identity.team_name, identity.team)
}

/// Exactly which scopes are missing, and what for.
fn scopes(identity: &Identity) -> CheckResult {
    let missing: Vec<_> = manifest::SCOPES
        .iter()
        .filter(|(scope, _)| !identity.scopes.iter().any(|given| given == scope))
        .map(|(scope, why)| format!("{scope} ({why})"))
        .collect();
    if missing.is_empty() {
        return Ok(format!("all {} that are needed", manifest::SCOPES.len()).into());
    }
    Err(format!(
        "missing: {}; add them under OAuth & Permissions and install the app again",
        missing.join(", ")
    ))
}

/// The channel, with the bot in it.
async fn find(api: &Api, slack: &SlackSettings) -> Result<ChannelInfo, String> {
    let name = &slack.channel;
    let found = api.find_channel(name).await.map_err(|error| error.to_string())?;
    let channel = found.ok_or_else(|| {
        format!("there is no channel {name} that the bot can see; a private one has to invite it")
    })?;
    if channel.is_archived {
        return Err(format!("#{} is archived", channel.name));
    }
    if channel.is_member {
        return Ok(channel);
    }
    if channel.is_private {
        return Err(format!("the bot is not in #{}: invite it there", channel.name));
    }
    api.join(&channel.id).await.map_err(|error| error.to_string())?;
    Ok(channel)
}

async fn try_a_message(api: &Api, channel: &ChannelInfo) -> CheckResult {
    let message = Message {
        text: "This is a test of `candor slack check`; it goes away at once.".to_owned(),
        blocks: Vec::new(),
    };
    let post = PostMessage {
        channel: &channel.id,
        thread_ts: None,
        broadcast: false,
        message: &message,
        id: None,
    };
    let posted = api.post_message(&post).await.map_err(|error| error.to_string())?;
    match api.delete_message(&posted.channel, &posted.ts).await {
        Ok(()) => Ok("posted and deleted".to_owned().into()),
        Err(error) => Err(format!("posted, but it can't be deleted: {error}")),
    }
}

/// How Slack reaches us. What Slack signs can only be proven by a request of Slack's.
async fn way_in(api: &Api, slack: &SlackSettings, site_url: &str) -> CheckResult {
    let Some(app_token) = &slack.app_token else {
        return Ok(format!(
            "Slack calls {site_url}/integrations/slack/events; the signing secret is proven by its first request"
        )
        .into());
    };
    match api.open_connection(app_token).await {
        Ok(_) => Ok("by Socket Mode".to_owned().into()),
        Err(error) => Err(format!("Socket Mode: {error}")),
    }
}
