//! The pages for subscribing, changing preferences, and unsubscribing.

use candor_content::{language::Language, link::MANAGE_DAYS};
use candor_core::{Address, HookKind, IncidentNumber, Preferences, Scope};
use maud::{Markup, html};

use super::{
    PageStyle, calendar, feed,
    layout::{self, NavigationEntry, PageContent},
};

/// The time zones that the form suggests; any other can be typed.
const ZONES: &[&str] = &[
    "UTC",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "America/Argentina/Buenos_Aires",
    "America/Bogota",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Toronto",
    "Asia/Dubai",
    "Asia/Hong_Kong",
    "Asia/Jakarta",
    "Asia/Kolkata",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Europe/Amsterdam",
    "Europe/Berlin",
    "Europe/Istanbul",
    "Europe/Kyiv",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Paris",
    "Europe/Prague",
    "Europe/Rome",
    "Europe/Warsaw",
    "Pacific/Auckland",
];

/// The value of `scope` for a subscription to one incident.
pub(crate) const ONE: &str = "one";

/// The content of the form.
#[derive(Debug, Clone)]
pub(crate) struct FilledForm {
    /// The channels that are offered; none if subscribing is closed.
    pub(crate) offered: Vec<&'static str>,
    pub(crate) channel: &'static str,
    pub(crate) email: String,
    pub(crate) url: String,
    pub(crate) time_zone: String,
    /// Too many requests were made recently.
    pub(crate) busy: bool,
    /// The error below each field.
    pub(crate) channel_wrong: Option<String>,
    pub(crate) email_wrong: Option<String>,
    pub(crate) url_wrong: Option<String>,
    pub(crate) zone_wrong: Option<String>,
    pub(crate) language: Language,
    pub(crate) scope: Scope,
    /// The incident that the form can be limited to.
    pub(crate) incident: Option<(IncidentNumber, String)>,
    pub(crate) only: bool,
}

impl FilledForm {
    /// An empty form; `incident` is the one whose page led here.
    pub(crate) fn new(style: &PageStyle, incident: Option<(IncidentNumber, String)>) -> Self {
        let only = incident.as_ref().map(|(number, _)| *number);
        Self::of(style, &Preferences { incident: only, ..Preferences::default() }, incident)
    }

    /// A form filled with these preferences.
    pub(crate) fn of(
        style: &PageStyle,
        preferences: &Preferences,
        incident: Option<(IncidentNumber, String)>,
    ) -> Self {
        let language = preferences.language.as_deref().and_then(Language::matching);
        Self {
            offered: Address::CHANNELS.to_vec(),
            busy: false,
            channel_wrong: None,
            channel: Address::MAIL,
            email: String::new(),
            url: String::new(),
            time_zone: preferences.time_zone.clone().unwrap_or_default(),
            email_wrong: None,
            url_wrong: None,
            zone_wrong: None,
            language: language.unwrap_or(style.language),
            scope: preferences.scope,
            only: preferences.incident.is_some(),
            incident,
        }
    }
}

/// A subscription, apart from its preferences.
pub(crate) struct ManagedSubscription {
    /// The subscriber's address, shortened.
    pub(crate) address: String,
    pub(crate) pending: bool,
    /// The link to unsubscribe.
    pub(crate) leave: String,
    /// What the request has just changed.
    pub(crate) done: Option<SubscriptionChange>,
}

/// A change that the page acknowledges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SubscriptionChange {
    Confirmed,
    Saved,
}

/// The form for subscribing, with its errors.
pub(crate) fn form(style: &PageStyle, filled: &FilledForm) -> String {
    let say = |id| style.say(id);
    if filled.offered.is_empty() {
        return page(
            style,
            "subscribe-title",
            NavigationEntry::Subscribe,
            html! {
                h1 { (say("subscribe-title")) }
                p { (say("subscribe-closed")) }
                (feeds(style))
            },
        );
    }
    page(
        style,
        "subscribe-title",
        NavigationEntry::Subscribe,
        html! {
            h1 { (say("subscribe-title")) }
            p { (say("subscribe-intro")) }
            @if filled.busy { p.wrong role="alert" { (say("subscribe-busy")) } }
            form.wishes method="post" action=(style.href("/subscribe")) novalidate {
                (channels(style, filled))
                (preference_fields(style, filled))
                p { button.button.main type="submit" { (say("subscribe-button")) } }
            }
            p.facts { (say("subscribe-promise")) }
            (feeds(style))
        },
    )
}

/// The feeds and calendars, which need no subscription.
fn feeds(style: &PageStyle) -> Markup {
    let feeds = [
        ("Atom", feed::ATOM),
        ("RSS", feed::RSS),
        ("JSON Feed", feed::JSON),
        ("iCalendar", calendar::ALL),
    ];
    html! {
        section aria-labelledby="feeds" {
            h2 #feeds { (style.say("integrate-feeds")) }
            p { (style.say("integrate-feeds-why")) }
            ul.feeds {
                @for (name, path) in feeds { li { a href=(feed::path_of(style, path)) { (name) } } }
            }
        }
    }
}

fn channels(style: &PageStyle, filled: &FilledForm) -> Markup {
    let say = |id| style.say(id);
    let offers = |name: &str| filled.offered.contains(&name);
    let hooks: Vec<_> = HookKind::ALL.into_iter().filter(|kind| offers(kind.as_str())).collect();
    let mut channels: Vec<_> =
        hooks.iter().map(|kind| (kind.as_str(), kind.label().to_owned())).collect();
    if offers(Address::MAIL) {
        channels.insert(0, (Address::MAIL, say("channel-mail")));
    }
    let first = channels.first().map_or("", |(name, _)| name);
    let chosen = if offers(filled.channel) { filled.channel } else { first };
    html! {
        fieldset {
            legend { (say("channel-legend")) }
            @for (name, label) in &channels {
                label.choice {
                    input type="radio" name="channel" value=(name) checked[*name == chosen];
                    " " (label)
                }
            }
            (wrong("channel-wrong", filled.channel_wrong.as_deref()))
            @if offers(Address::MAIL) {
            div.field.mail {
                label for="email" { (say("email-label")) }
                input #email type="email" name="email" value=(filled.email) autocomplete="email" inputmode="email"
                    spellcheck="false" autocapitalize="none" dir="ltr" maxlength="254" placeholder="name@example.org"
                    aria-invalid=[invalid(filled.email_wrong.as_deref())]
                    aria-describedby=[filled.email_wrong.as_ref().map(|_| "email-wrong")];
                (wrong("email-wrong", filled.email_wrong.as_deref()))
            }
            }
            @if !hooks.is_empty() {
            div.field.hook {
                label for="url" { (say("url-label")) }
                input #url type="url" name="url" value=(filled.url) autocomplete="off" inputmode="url"
                    spellcheck="false" autocapitalize="none" dir="ltr" maxlength="2000" placeholder="https://"
                    aria-invalid=[invalid(filled.url_wrong.as_deref())]
                    aria-describedby=(described("url", filled.url_wrong.as_deref()));
                (wrong("url-wrong", filled.url_wrong.as_deref()))
                p.facts #url-hint {
                    @if !hooks.iter().all(|kind| kind.is_program()) { (say("url-hint-chat")) " " }
                    @if hooks.iter().any(|kind| kind.is_program()) { (say("url-hint-program")) }
                }
            }
            }
        }
    }
}

/// The fields of the preferences, for new and existing subscriptions alike.
fn preference_fields(style: &PageStyle, filled: &FilledForm) -> Markup {
    let say = |id| style.say(id);
    let scopes =
        [(Scope::All, say("preferences-all")), (Scope::Incidents, say("preferences-incidents"))];
    let site_zone = style.zone.iana_name().unwrap_or("UTC");
    html! {
        fieldset {
            legend { (say("preferences-legend")) }
            @for (scope, label) in scopes {
                label.choice {
                    input type="radio" name="scope" value=(scope.as_str()) checked[scope == filled.scope && !filled.only];
                    " " (label)
                }
            }
            @if let Some((number, title)) = &filled.incident {
                input type="hidden" name="about" value=(number);
                label.choice {
                    input type="radio" name="scope" value=(ONE) checked[filled.only];
                    span { (style.say_markup("preferences-one", &[], &[("incident", html! { bdi { (title) } })])) }
                }
            }
        }
        fieldset {
            legend { (say("how-legend")) }
            div.field {
                label for="language" { (say("language-label")) }
                select #language name="language" {
                    @for language in Language::all() {
                        option value=(language.tag()) lang=(language.tag()) selected[language == filled.language] {
                            (language.name())
                        }
                    }
                }
            }
            div.field {
                label for="time_zone" { (say("zone-label")) }
                input #time_zone type="text" name="time_zone" value=(filled.time_zone) list="zones" dir="ltr"
                    autocomplete="off" spellcheck="false" autocapitalize="none" maxlength="64"
                    aria-invalid=[invalid(filled.zone_wrong.as_deref())]
                    aria-describedby=(described("zone", filled.zone_wrong.as_deref()));
                datalist #zones { @for zone in ZONES { option value=(zone); } }
                (wrong("zone-wrong", filled.zone_wrong.as_deref()))
                p.facts #zone-hint {
                    (style.say_with("zone-hint", &[("zone", site_zone.into())]))
                }
            }
        }
    }
}

fn invalid(wrong: Option<&str>) -> Option<&'static str> {
    wrong.map(|_| "true")
}

/// The ids of the elements that describe a field: its error, if any, and its hint.
fn described(field: &str, wrong: Option<&str>) -> String {
    let hint = format!("{field}-hint");
    wrong.map_or(hint.clone(), |_| format!("{field}-wrong {hint}"))
}

fn wrong(id: &str, sentence: Option<&str>) -> Markup {
    html! { @if let Some(sentence) = sentence { p.wrong id=(id) role="alert" { (sentence) } } }
}

/// The answer to everybody who gave an address; `to` is that address, shortened.
pub(crate) fn sent(style: &PageStyle, by_mail: bool, to: &str) -> String {
    let (title, text, late) = if by_mail {
        ("sent-title", "sent-mail", "sent-late")
    } else {
        ("sent-hook-title", "sent-hook", "sent-hook-late")
    };
    let to = html! { bdi dir="ltr" { (to) } };
    let again = html! { a href=(style.href("/subscribe")) { (style.say("try-again")) } };
    page(
        style,
        title,
        NavigationEntry::Subscribe,
        html! {
            h1 { (style.say(title)) }
            p { (style.say_markup(text, &[], &[("address", to)])) }
            p.facts { (style.say_markup(late, &[], &[("again", again)])) }
        },
    )
}

/// Asks for the click that confirms.
pub(crate) fn ask_to_confirm(style: &PageStyle) -> String {
    ask(style, ["confirm-title", "confirm-question", "confirm-button", "confirm-not-you"])
}

/// Asks for the click that unsubscribes.
pub(crate) fn ask_to_unsubscribe(style: &PageStyle) -> String {
    ask(
        style,
        ["unsubscribe-title", "unsubscribe-question", "unsubscribe-button", "unsubscribe-back"],
    )
}

/// A question about the site, with a button that says yes.
fn ask(style: &PageStyle, [title, question, yes, aside]: [&str; 4]) -> String {
    let site = html! { bdi { (style.name) } };
    let say = |id| style.say(id);
    page(
        style,
        title,
        NavigationEntry::Elsewhere,
        html! {
            h1 { (say(title)) }
            p { (style.say_markup(question, &[], &[("site", site)])) }
            form method="post" { button.button.main type="submit" { (say(yes)) } }
            p.facts { (say(aside)) }
        },
    )
}

/// The page after confirming a webhook: the only time that its secret is shown.
pub(crate) fn confirmed_program(style: &PageStyle, secret: &str, manage: &str) -> String {
    let say = |id| style.say(id);
    page(
        style,
        "confirmed-title",
        NavigationEntry::Elsewhere,
        html! {
            h1 { (say("confirmed-title")) }
            p { (say("confirmed-text")) }
            h2 { (say("manage-secret")) }
            p { code dir="ltr" { (secret) } }
            p.facts { (say("manage-secret-hint")) }
            p { a href=(manage) { (say("button-manage")) } " · " a href=(style.href("/")) { (say("current-status-link")) } }
        },
    )
}

/// The page of an expired link; `to` is the shortened address that a new link can be sent to.
pub(crate) fn expired(style: &PageStyle, to: &str) -> String {
    renewal(style, "expired-title", to, None)
}

/// The page of a confirmation link that was used before. `to` is the shortened address that a link to the subscription
/// can be sent to; `expired` is the path of that form.
pub(crate) fn already_confirmed(style: &PageStyle, to: &str, expired: &str) -> String {
    renewal(style, "confirmed-title", to, Some(expired))
}

/// Offers to send a new link; `action` is the path of the form if it isn't this page's own.
fn renewal(style: &PageStyle, title: &str, to: &str, action: Option<&str>) -> String {
    let say = |id| style.say(id);
    let days = [("days", usize::try_from(MANAGE_DAYS).unwrap_or_default().into())];
    let to = html! { bdi dir="ltr" { (to) } };
    page(
        style,
        title,
        NavigationEntry::Elsewhere,
        html! {
            h1 { (say(title)) }
            p { (style.say_markup("expired-text", &days, &[("address", to)])) }
            form method="post" action=[action] { button.button.main type="submit" { (say("expired-button")) } }
        },
    )
}

/// The page on which subscribers see and change their preferences.
pub(crate) fn manage(
    style: &PageStyle,
    filled: &FilledForm,
    managed: &ManagedSubscription,
) -> String {
    let say = |id| style.say(id);
    let is_new = managed.done == Some(SubscriptionChange::Confirmed);
    page(
        style,
        if is_new { "confirmed-title" } else { "manage-title" },
        NavigationEntry::Elsewhere,
        html! {
            @if is_new {
                h1 { (say("confirmed-title")) }
                p.saved role="status" { (say("confirmed-text")) }
                p { a href=(style.href("/")) { (say("current-status-link")) } }
                h2 { (say("manage-title")) }
            } @else {
                h1 { (say("manage-title")) }
                @if managed.done == Some(SubscriptionChange::Saved) { p.saved role="status" { (say("manage-saved")) } }
            }
            p {
                (style.say_markup("manage-where", &[], &[("address", html! { bdi dir="ltr" { (managed.address) } })]))
            }
            @if managed.pending { p { strong { (say("manage-pending")) } } }
            form.wishes method="post" novalidate {
                (preference_fields(style, filled))
                p { button.button.main type="submit" { (say("manage-button")) } }
            }
            h2 { (say("manage-leave")) }
            p { (style.say_markup("unsubscribe-question", &[], &[("site", html! { bdi { (style.name) } })])) }
            form method="post" action=(managed.leave) {
                button.button type="submit" { (say("unsubscribe-button")) }
            }
        },
    )
}

/// The page after unsubscribing.
pub(crate) fn unsubscribed(style: &PageStyle) -> String {
    ended_page(style, ["unsubscribed-title", "unsubscribed-text"])
}

/// The page after unsubscribing from a subscription that had already ended.
pub(crate) fn unsubscribed_before(style: &PageStyle) -> String {
    ended_page(style, ["unsubscribed-before-title", "unsubscribed-before-text"])
}

fn ended_page(style: &PageStyle, [title, text]: [&str; 2]) -> String {
    let say = |id| style.say(id);
    page(
        style,
        title,
        NavigationEntry::Elsewhere,
        html! {
            h1 { (say(title)) }
            p { (say(text)) }
            p {
                a href=(style.href("/subscribe")) { (say("subscribe-again")) }
                " · " a href=(style.href("/")) { (say("current-status-link")) }
            }
        },
    )
}

/// The layout of these pages; `title` is the id of a message.
fn page(style: &PageStyle, title: &str, here: NavigationEntry, body: Markup) -> String {
    let title = style.say(title);
    layout::page(PageContent {
        style,
        title: &title,
        description: &title,
        path: (here == NavigationEntry::Subscribe).then_some("/subscribe"),
        is_kept: false,
        here,
        main: html! { section.plain { (body) } },
    })
}
