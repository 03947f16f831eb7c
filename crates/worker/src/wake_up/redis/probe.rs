//! Checks whether a Redis server can carry wake-ups; the errors say what to fix.

use std::time::Duration;

use candor_store::Queue;
use redis::{
    Client, Cmd, ErrorKind, RedisError, RedisResult, Value, aio::MultiplexedConnection, cmd,
};
use tokio::time::timeout;

use super::{RedisProblem, RedisReport, RedisSettings, key, link::connection_config};

/// The oldest version that we support.
const OLDEST_VERSION: (u32, u32) = (6, 2);

pub(super) async fn run(
    settings: &RedisSettings,
    deadline: Duration,
) -> Result<RedisReport, RedisProblem> {
    let client = settings.client()?;
    let at = settings.address();
    let probed = timeout(deadline, probe(settings, &client, deadline)).await;
    probed.unwrap_or_else(|_elapsed| {
        Err(RedisProblem::Unreachable(format!("{at} did not answer within {deadline:?}")))
    })
}

async fn probe(
    settings: &RedisSettings,
    client: &Client,
    deadline: Duration,
) -> Result<RedisReport, RedisProblem> {
    let at = settings.address();
    let config = connection_config(deadline);
    let conn = client.get_multiplexed_async_connection_with_config(&config).await;
    let mut conn = conn.map_err(|error| connecting(&at, &error))?;
    let info: RedisResult<String> = cmd("INFO").query_async(&mut conn).await;
    let info = info.map_err(|error| connecting(&at, &error))?;
    let field = |name: &str| {
        info.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
    };
    let Some(version) = field("redis_version") else {
        return Err(RedisProblem::Refused(format!("what answers at {at} is no Redis")));
    };
    let mut numbers = version.split('.').map_while(|number| number.parse().ok());
    if (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) < OLDEST_VERSION {
        return Err(RedisProblem::Refused(format!(
            "{at} is Redis {version}; 6.2 or newer is needed"
        )));
    }
    if field("redis_mode") == Some("cluster") {
        return Err(RedisProblem::Refused(format!(
            "{at} is a node of a Redis Cluster; a single Redis (with replicas, if you like) is needed"
        )));
    }
    let mut warnings = Vec::new();
    if let Some(policy) = field("maxmemory_policy")
        && policy != "noeviction"
        && !policy.starts_with("volatile-")
    {
        warnings.push(format!(
            "{at} has maxmemory-policy {policy}: when its memory is full it throws wake-ups away, and deliveries \
             wait until SQL is polled; set noeviction"
        ));
    }
    rehearse(&mut conn, &key(&settings.prefix, Queue::Default), client, &at).await?;
    Ok(RedisReport { version: version.to_owned(), warnings })
}

/// Does once what workers do, on a list that nobody reads.
async fn rehearse(
    conn: &mut MultiplexedConnection,
    key: &str,
    client: &Client,
    at: &str,
) -> Result<(), RedisProblem> {
    let user =
        client.get_connection_info().redis_settings().username().unwrap_or("default").to_owned();
    let refused = |what: &str, error: &RedisError| match error.code() {
        Some("NOPERM") => RedisProblem::Refused(format!(
            "the user {user} at {at} may not do what workers do: {what} on {key}; give it ~{prefix}* +@read +@write \
             +@connection +info",
            prefix = key.trim_end_matches("default"),
        )),
        _ => RedisProblem::Refused(format!("{at} refuses {what} on {key}: {}", one_line(error))),
    };
    let step = |name: &'static str, arguments: &[&str]| -> (&'static str, Cmd) {
        let mut command = cmd(name);
        command.arg(arguments);
        (name, command)
    };
    let commands = [
        step("LPUSH", &[key, "1"]),
        step("LTRIM", &[key, "0", "999"]),
        step("LLEN", &[key]),
        step("BLPOP", &[key, "1"]),
        step("PING", &[]),
    ];
    let mut problem = None;
    for (name, command) in commands {
        let done: RedisResult<Value> = command.query_async(conn).await;
        if let Err(error) = done {
            // Continues, so that nothing is left behind where that is allowed.
            problem.get_or_insert_with(|| refused(name, &error));
        }
    }
    problem.map_or(Ok(()), Err)
}

/// The error of a failed connection.
fn connecting(at: &str, error: &RedisError) -> RedisProblem {
    let text = one_line(error);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let refused = |why: &str| RedisProblem::Refused(format!("{at}: {why} ({text})"));
    if has(&["certificate"]) {
        refused("its certificate is not trusted; name its authority in CANDOR_REDIS_CA_FILE")
    } else if has(&["WRONGPASS", "invalid username-password", "invalid password"]) {
        refused("the user or the password is wrong")
    } else if has(&["NOAUTH"]) {
        refused("it asks for a password, and none is set")
    } else if has(&["NOPERM"]) {
        refused("the user may not do what workers do")
    } else if has(&["LOADING"]) || error.is_timeout() || error.is_connection_refusal() {
        RedisProblem::Unreachable(format!("{at}: {text}"))
    } else {
        let kind = error.kind();
        if kind == ErrorKind::AuthenticationFailed {
            refused("the user or the password is wrong")
        } else if matches!(
            kind,
            ErrorKind::Parse | ErrorKind::UnexpectedReturnType | ErrorKind::Client
        ) {
            refused("what answers there is no Redis")
        } else if matches!(kind, ErrorKind::Server(_)) {
            refused("it refuses us")
        } else {
            RedisProblem::Unreachable(format!("{at}: {text}"))
        }
    }
}

/// The error on one line; parse errors have several.
fn one_line(error: &RedisError) -> String {
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}
