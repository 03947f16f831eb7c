//! The pages of subscribing and leaving.

use maud::{Markup, html};

use super::{
    Look,
    layout::{self, Here, Page},
};

/// The form; with what is wrong, if something is.
pub(crate) fn form(look: &Look, value: &str, wrong: Option<&str>) -> String {
    let title = "Get updates";
    page(
        look,
        title,
        Here::Subscribe,
        html! {
            h1 { (title) }
            p {
                "We write to you when a person has confirmed an incident, when a fix is in place and when it is over, "
                "and about planned maintenance. Never because of an alarm that nobody has checked."
            }
            form method="post" action="/subscribe" novalidate {
                label for="email" { "Your e-mail address" }
                div.row {
                    input #email type="email" name="email" value=(value) required autocomplete="email" inputmode="email"
                        spellcheck="false" autocapitalize="none" dir="ltr" maxlength="254" placeholder="name@example.org"
                        aria-invalid=[wrong.map(|_| "true")] aria-describedby=[wrong.map(|_| "wrong")];
                    button.button.main type="submit" { "Subscribe" }
                }
                @if let Some(wrong) = wrong { p.wrong #wrong role="alert" { (sentence(wrong)) } }
                div.unseen aria-hidden="true" {
                    label for="website" { "Leave this empty" }
                    input #website type="text" name="website" tabindex="-1" autocomplete="off";
                }
            }
            p.facts {
                "You get one mail with a link to confirm. The address is used for these updates only, and erased as soon "
                "as you unsubscribe."
            }
        },
    )
}

/// Said to everybody who gave an address.
pub(crate) fn check_your_mail(look: &Look) -> String {
    let title = "Check your mail";
    page(
        look,
        title,
        Here::Subscribe,
        html! {
            h1 { (title) }
            p { "If this address isn’t subscribed yet, a mail with a link is on its way to it. Follow the link to confirm." }
            p.facts { "Nothing has come after a few minutes? Look into the spam folder, or " a href="/subscribe" { "try again" } "." }
        },
    )
}

/// Before confirming.
pub(crate) fn ask_to_confirm(look: &Look) -> String {
    let title = "Confirm your subscription";
    page(
        look,
        title,
        Here::Elsewhere,
        html! {
            h1 { (title) }
            p { "One more click, and we will write to you about incidents and maintenance of " bdi { (look.name) } "." }
            form method="post" { button.button.main type="submit" { "Yes, keep me updated" } }
            p.facts { "You didn’t ask for this? Then just close this page, and nothing will be sent." }
        },
    )
}

/// After confirming.
pub(crate) fn confirmed(look: &Look) -> String {
    let title = "You are subscribed";
    page(
        look,
        title,
        Here::Elsewhere,
        html! {
            h1 { (title) }
            p { "We will write to you when there is something to say. Each mail has a link to unsubscribe." }
            p { a href="/" { "How things are now" } }
        },
    )
}

/// Before leaving.
pub(crate) fn ask_to_unsubscribe(look: &Look) -> String {
    let title = "Unsubscribe";
    page(
        look,
        title,
        Here::Elsewhere,
        html! {
            h1 { "Unsubscribe?" }
            p { "You will get no more mails about " bdi { (look.name) } ", and your address is erased." }
            form method="post" { button.button.main type="submit" { "Yes, unsubscribe" } }
            p.facts { "You can subscribe again at any time." }
        },
    )
}

/// After leaving.
pub(crate) fn unsubscribed(look: &Look) -> String {
    let title = "You are unsubscribed";
    page(
        look,
        title,
        Here::Elsewhere,
        html! {
            h1 { (title) }
            p { "Your address is erased, and no more mails are sent to it." }
            p { a href="/subscribe" { "Subscribe again" } " · " a href="/" { "How things are now" } }
        },
    )
}

fn page(look: &Look, title: &str, here: Here, body: Markup) -> String {
    layout::page(Page {
        look,
        title,
        description: title,
        path: None,
        is_kept: false,
        here,
        main: html! { section.plain { (body) } },
    })
}

/// Begins with a capital and ends with a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).chain(['.']).collect()
}
