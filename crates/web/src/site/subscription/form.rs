//! Reads the subscription form: a subscription request, or an error for each field.

use candor_content::{language::Language, notification_text::zone_name};
use candor_core::{
    Address, EmailAddress, HookKind, IncidentNumber, Preferences, Scope, SubscriptionRequest,
};
use candor_integrations::webhook::{RefusedUrl, Targets};
use serde::Deserialize;

use crate::view::{
    PageStyle,
    subscription::{FilledForm, ONE},
};

/// The fields of the form.
#[derive(Deserialize)]
pub(crate) struct SubscribeFields {
    /// `mail`, or a kind of webhook.
    #[serde(default)]
    channel: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    time_zone: String,
    #[serde(default)]
    scope: String,
    /// The incident that the form was opened for.
    #[serde(default)]
    about: String,
}

/// The query that opens the form for an incident.
#[derive(Deserialize)]
pub(crate) struct SubscribeOffer {
    #[serde(default)]
    incident: String,
}

/// The result of reading a form.
pub(super) struct FormOutcome {
    /// The request; none if a field has an error.
    pub(super) subscription: Option<SubscriptionRequest>,
    /// The form as it was filled in, with its errors.
    pub(super) filled: FilledForm,
}

impl SubscribeOffer {
    pub(super) fn number(&self) -> Option<IncidentNumber> {
        IncidentNumber::parse(&self.incident).ok()
    }
}

impl SubscribeFields {
    /// The incident that the form was opened for.
    pub(super) fn number(&self) -> Option<IncidentNumber> {
        IncidentNumber::parse(&self.about).ok()
    }

    /// Reads address and preferences. Host names aren't resolved here: the time that takes would reveal what is in our
    /// network.
    pub(super) fn read(
        &self,
        style: &PageStyle,
        targets: &Targets,
        offered: &[&'static str],
        incident: Option<(IncidentNumber, String)>,
    ) -> FormOutcome {
        let (preferences, mut filled) = self.preferences(style, incident);
        let kind = HookKind::of(&self.channel);
        let address = match kind {
            Some(kind) => targets
                .normal(&self.url)
                .map(|url| Address::Hook(kind, url))
                .map_err(|refused| filled.url_wrong = Some(style.language.say(sentence(refused)))),
            None => match EmailAddress::parse(&self.email) {
                Ok(address) if address.is_public() => Ok(address),
                Ok(_) => Err("email-wrong-private"),
                Err(_form) => Err("email-wrong"),
            }
            .map(Address::Mail)
            .map_err(|wrong| filled.email_wrong = Some(style.language.say(wrong))),
        };
        let is_offered = kind.map_or(Address::MAIL, HookKind::as_str);
        let is_offered = offered.contains(&is_offered);
        filled.channel_wrong = (!is_offered).then(|| style.language.say("channel-wrong"));
        filled.offered = offered.to_vec();
        filled.channel = kind.map_or(Address::MAIL, HookKind::as_str);
        filled.email.clone_from(&self.email);
        filled.url.clone_from(&self.url);
        let subscription = address
            .ok()
            .zip(preferences)
            .filter(|_| is_offered)
            .map(|(address, preferences)| SubscriptionRequest { address, preferences });
        FormOutcome { subscription, filled }
    }

    /// Reads the preferences.
    pub(super) fn preferences(
        &self,
        style: &PageStyle,
        incident: Option<(IncidentNumber, String)>,
    ) -> (Option<Preferences>, FilledForm) {
        let language = Language::of_tag(&self.language);
        let named = self.time_zone.trim();
        let zone = zone_name(named);
        let wrong = !named.is_empty() && zone.is_none();
        let only = incident.as_ref().map(|(number, _)| *number).filter(|_| self.scope == ONE);
        let preferences = Preferences {
            language: language.map(|language| language.tag().to_owned()),
            time_zone: zone,
            scope: Scope::of(&self.scope).unwrap_or_default(),
            incident: only,
        };
        let mut filled = FilledForm::of(style, &preferences, incident);
        filled.time_zone = named.to_owned();
        filled.zone_wrong = wrong.then(|| style.language.say("zone-wrong"));
        ((!wrong).then_some(preferences), filled)
    }
}

/// The message about a refused URL.
fn sentence(refused: RefusedUrl) -> &'static str {
    match refused {
        RefusedUrl::Unreadable => "url-wrong-unreadable",
        RefusedUrl::TooLong => "url-wrong-long",
        RefusedUrl::NotHttps => "url-wrong-insecure",
        RefusedUrl::Credentials => "url-wrong-credentials",
        RefusedUrl::Port => "url-wrong-port",
        RefusedUrl::NotPublic => "url-wrong-private",
        RefusedUrl::Ourselves => "url-wrong-ourselves",
    }
}
