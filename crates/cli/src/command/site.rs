//! `candor site …`: what the page says about itself. It is part of the log, like everything on the page.

use std::{io::ErrorKind, path::Path};

use candor_content::language::Language;
use candor_core::{Command, EmailAddress, Link, SiteConfigured, SiteName, Title};
use candor_integrations::file;
use candor_web::{Color, Logo};

use super::page::OpenPage;
use crate::{args, error::CliError, settings::Settings, terminal};

pub(crate) async fn run(settings: &Settings, command: args::SiteCommand) -> Result<(), CliError> {
    let mut page = OpenPage::open(settings).await?;
    if let args::SiteCommand::Set { name, time_zone, languages, accent, logo, contact, links } =
        command
    {
        let change = SiteConfigured {
            name,
            time_zone: time_zone.as_deref().map(super::known_zone).transpose()?,
            languages: some(self::languages(&languages)?),
            contact: contact.map(reachable).transpose()?,
            links: match links.as_slice() {
                [none] if none == NONE => Some(Vec::new()),
                links => some(links.iter().map(|raw| link(raw)).collect::<Result<_, _>>()?),
            },
            accent: accent.map(|text| color(&text)).transpose()?,
            logo: logo.map(|file| picture(&file)).transpose()?,
        };
        super::execute(&page, Command::ConfigureSite(change)).await?;
        let answered = async {
            page.board = page.store.load().await?;
            show(&page)?;
            page.acted().await
        };
        return CliError::after_doing(answered.await);
    }
    show(&page)
}

/// The page's current settings.
fn show(page: &OpenPage) -> Result<(), CliError> {
    let site = &page.board.site;
    let own = || Language::all().map(Language::tag).collect::<Vec<_>>().join(", ");
    let from = match (&site.name, page.name()) {
        (Some(set), name) if set.as_str() != name => {
            format!(" (by CANDOR_SITE_NAME, which wins over {:?}, set here)", set.as_str())
        }
        (None, SiteName::DEFAULT) => " (nobody has set it)".to_owned(),
        (_, _) => String::new(),
    };
    terminal::line(format!("name:       {}{from}", page.name()))?;
    terminal::line(format!("time zone:  {}", site.time_zone.as_deref().unwrap_or("UTC")))?;
    let languages = site.languages.as_ref().map_or_else(own, |tags| tags.join(", "));
    terminal::line(format!("languages:  {languages}"))?;
    terminal::line(format!("accent:     {}", accent(site.accent.as_deref())))?;
    let logo = site.logo.as_deref().filter(|logo| *logo != NONE);
    terminal::line(format!("logo:       {}", if logo.is_some() { "set" } else { NONE }))?;
    terminal::line(format!("contact:    {}", site.contact.as_deref().unwrap_or("none")))?;
    for Link { label, url } in site.links.iter().flatten() {
        terminal::line(format!("link:       {label} = {url}"))?;
    }
    Ok(())
}

/// The given value; none if it was not given.
fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

fn languages(tags: &[String]) -> Result<Vec<String>, CliError> {
    let languages: Vec<_> = tags.iter().map(|tag| language(tag)).collect::<Result<_, _>>()?;
    let is_again =
        |(index, tag): (usize, &String)| languages.iter().take(index).any(|other| other == tag);
    match languages.iter().enumerate().find(|one| is_again(*one)) {
        Some((_, tag)) => Err(CliError::wrong(format!("--language is given twice for {tag}"))),
        None => Ok(languages),
    }
}

fn language(tag: &str) -> Result<String, CliError> {
    let spoken = || Language::all().map(Language::tag).collect::<Vec<_>>().join(", ");
    let language = Language::matching(tag).ok_or_else(|| {
        CliError::wrong(format!("the page doesn’t speak {tag:?}; it speaks {}", spoken()))
    })?;
    Ok(language.tag().to_owned())
}

/// The word that removes a setting.
const NONE: &str = SiteConfigured::NONE;

fn color(text: &str) -> Result<String, CliError> {
    if text == NONE {
        return Ok(text.to_owned());
    }
    let color: Color = text.parse().map_err(|why| CliError::wrong(format!("{text:?}: {why}")))?;
    Ok(color.to_string())
}

/// The color, and what is shown in its place where it could not be read.
fn accent(set: Option<&str>) -> String {
    let Some(own) = set.and_then(|text| text.parse::<Color>().ok()) else {
        return NONE.to_owned();
    };
    match own.readable() {
        [light, dark] if light == own && dark == own => own.to_string(),
        [light, dark] => {
            format!("{own}, so that it can be read: {light} on light pages, {dark} on dark ones")
        }
    }
}

fn picture(path: &Path) -> Result<String, CliError> {
    if path == Path::new(NONE) {
        return Ok(NONE.to_owned());
    }
    let name = path.display();
    if !path.metadata().map_err(|why| CliError::wrong(format!("{name}: {why}")))?.is_file() {
        return Err(CliError::wrong(format!("{name} is not a file")));
    }
    let bytes = file::read(path, Logo::LONGEST).map_err(|why| {
        let is_too_large = why.kind() == ErrorKind::FileTooLarge;
        let why = if is_too_large { Logo::too_large() } else { why.to_string() };
        CliError::wrong(format!("{name}: {why}"))
    })?;
    let logo = Logo::of_file(bytes).map_err(|why| CliError::wrong(format!("{name}: {why}")))?;
    Ok(logo.to_string())
}

fn reachable(contact: String) -> Result<String, CliError> {
    let is_address = EmailAddress::parse(&contact).is_ok();
    if contact == NONE || is_address || contact.starts_with("https://") {
        return Ok(contact);
    }
    Err(CliError::wrong("a contact is a mail address, or a page that begins with https://"))
}

fn link(raw: &str) -> Result<Link, CliError> {
    let wrong =
        || CliError::wrong(format!("{raw:?} is not a link, such as \"Help=https://example.org\""));
    let (label, url) = raw.split_once('=').ok_or_else(wrong)?;
    if !url.starts_with("https://") {
        return Err(wrong());
    }
    Ok(Link { label: Title::parse(label)?, url: url.to_owned() })
}
