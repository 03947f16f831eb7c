//! `candor demo`: the whole flow without configuring anything.
//!
//! A page with a believable year behind it, subscribers at example addresses, a mail catcher on this machine in place
//! of a mail server, and an alert that arrives while one looks. Everything lives in a temporary directory and is
//! removed at the end.

mod history;

use std::{
    fs,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    time::Duration,
};

use candor_core::EmailAddress;
use candor_integrations::mail::{
    MailSettings, Mailbox, Security,
    catcher::{CaughtMail, MailCatcher, Policy},
};
use candor_telemetry::{Metrics, Role};
use tokio_util::sync::CancellationToken;

use super::{duration, simulate};
use crate::{
    args,
    error::CliError,
    process::{self, Process, database},
    settings::{AdminListen, Settings},
    terminal,
};

const USUAL: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8000);
const SUBSCRIBERS: [&str; 3] = ["ada@example.com", "grace@example.com", "linus@example.com"];

pub(crate) async fn run(settings: Settings, demo: args::Demo) -> Result<(), CliError> {
    let alert_after = duration(&demo.alert_after)?.unsigned_abs();
    let data_dir = std::env::temp_dir().join(format!("candor-demo-{}", std::process::id()));
    let catcher = MailCatcher::start("127.0.0.1:0", Policy::obliging())
        .await
        .map_err(|e| CliError::io("start the mail catcher", e))?;
    let from = Mailbox::parse("Acme Tickets <status@acme.example>").map_err(CliError::wrong)?;
    let settings = Settings {
        admin_listen: AdminListen::Off,
        database_url: format!("sqlite:{}", data_dir.join("candor.sqlite3").display()),
        data_dir,
        subscribe: candor_core::Address::CHANNELS.to_vec(),
        mail: Some(MailSettings {
            port: catcher.addr().port(),
            ..MailSettings::new(catcher.addr().ip().to_string(), Security::None, from)
        }),
        ..settings
    };
    let (settings, listener) = listen(settings, demo.listen)?;
    let ended = show(&settings, listener, catcher, alert_after).await;
    // The directory is the demo's own; if it can't be removed, the system's temporary files are cleaned some day.
    let _ = fs::remove_dir_all(&settings.data_dir);
    ended
}

async fn show(
    settings: &Settings,
    listener: TcpListener,
    catcher: MailCatcher,
    alert_after: Duration,
) -> Result<(), CliError> {
    // Before anybody serves it: no page has to be rendered for each event of a whole year.
    process::make_data_dir(settings)?;
    let store = database::store(settings)?;
    store.migrate().await?;
    history::write(&store, jiff::Timestamp::now()).await?;
    store.close().await;
    let stop = CancellationToken::new();
    let running = Process::start(Role::Serve, settings, Some(listener), stop.clone()).await?;
    for address in SUBSCRIBERS {
        running.store.add_subscriber(&EmailAddress::parse(address)?).await?;
    }
    explain(settings, alert_after)?;
    process::stop_on_signal(stop.clone())?;
    let mails = tokio::spawn(print_mails(catcher, settings.data_dir.join("mails"), stop.clone()));
    let metrics = running.metrics.clone();
    let opened_long_enough = async {
        page_is_open(&metrics).await;
        tokio::time::sleep(alert_after).await;
    };
    tokio::select! {
        () = opened_long_enough => alert(settings).await?,
        () = stop.cancelled() => {}
    }
    let ended = running.wait().await;
    mails.abort();
    ended
}

/// How often the demo checks whether a visitor has opened the page.
const LOOK_INTERVAL: Duration = Duration::from_millis(100);
/// The front page, as the metrics count it.
const OPENED: &str = r#"candor_http_requests_total{route="/",method="GET",status="200"} "#;

/// Returns once a visitor has opened the page, in a browser with or without scripts.
async fn page_is_open(metrics: &Metrics) {
    let is_opened = |line: &str| line.strip_prefix(OPENED).is_some_and(|count| count != "0");
    while !metrics.render().lines().any(is_opened) {
        tokio::time::sleep(LOOK_INTERVAL).await;
    }
}

fn explain(settings: &Settings, alert_after: Duration) -> Result<(), CliError> {
    let mut command = format!("CANDOR_DATA_DIR={}", settings.data_dir.display());
    if settings.listen != USUAL {
        command = format!("{command} CANDOR_LISTEN={}", settings.listen);
    }
    let command = format!("{command} {}", process::program());
    terminal::line(format!(
        "Acme Tickets has a status page:  {}/\n\nOpen it. {} seconds later monitoring raises an alert: the page says \
         \"might be having issues\", and nobody is notified.\nThen decide, in a second terminal:\n\n  {command} incident confirm \
         --text \"We are looking into it.\"\n  {command} incident dismiss\n\nAfter a confirmation {} subscribers get a \
         mail; it is shown here. Go on with:\n\n  {command} incident update --status watching --text \"A fix is in \
         place.\"\n  {command} incident resolve\n  {command} log verify\n\nCtrl-C ends the demo and removes all of \
         it.\n",
        settings.site_url,
        alert_after.as_secs(),
        SUBSCRIBERS.len(),
    ))
}

async fn alert(settings: &Settings) -> Result<(), CliError> {
    const MESSAGE: &str = "Checkout does not answer";
    let source = simulate::source("opsgenie")?;
    let alert = source.simulate(&simulate::alert(MESSAGE.to_owned()));
    let url = simulate::own_webhook(settings, source)?;
    simulate::send(&url, &format!("alert {MESSAGE:?}"), &alert).await
}

/// Shows every mail on the terminal and keeps it as a file, until the demo ends.
async fn print_mails(
    catcher: MailCatcher,
    folder: std::path::PathBuf,
    stop: CancellationToken,
) -> Result<(), CliError> {
    fs::create_dir_all(&folder).map_err(|e| CliError::io("make the folder for mails", e))?;
    let mut mails = catcher.listen();
    let mut number = 0;
    loop {
        let mail = tokio::select! {
            mail = mails.recv() => mail,
            () = stop.cancelled() => return Ok(()),
        };
        let Some(mail) = mail else { return Ok(()) };
        number += 1;
        print_mail(&mail, &folder.join(format!("{number}.eml")))?;
    }
}

fn print_mail(mail: &CaughtMail, file: &Path) -> Result<(), CliError> {
    fs::write(file, &mail.data).map_err(|e| CliError::io("keep a mail", e))?;
    let subject = mail.header("Subject").unwrap_or_default();
    terminal::line(format!(
        "\n── mail to {} · {subject} · {}",
        mail.to.join(", "),
        file.display()
    ))?;
    let text = mail.text().unwrap_or_default();
    text.trim().lines().try_for_each(|line| terminal::line(format!("   {line}")))
}

/// Takes the wanted address; else the usual port, or a free one if that is taken.
fn listen(
    settings: Settings,
    wanted: Option<SocketAddr>,
) -> Result<(Settings, TcpListener), CliError> {
    let on = |address| process::listen(settings.clone().on_this_machine(address));
    match wanted {
        Some(wanted) => on(wanted),
        None => on(USUAL).or_else(|_in_use| on(SocketAddr::new(USUAL.ip(), 0))),
    }
}
