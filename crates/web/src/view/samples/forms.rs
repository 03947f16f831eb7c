//! Pages of subscribing and unsubscribing, and error pages.

use super::*;

#[test]
fn pages_of_subscribing_and_unsubscribing() {
    let style = outage().style();
    let empty = FilledForm::new(&style, None);
    insta::assert_snapshot!("subscribe", lines(&subscription::form(&style, &empty)));
    let incident = (IncidentNumber::FIRST, "<b>Checkout</b>".to_owned());
    let mut wrong = FilledForm::new(&style, Some(incident));
    wrong.email = "\"><script>".to_owned();
    wrong.email_wrong = Some(style.language.say("email-wrong"));
    wrong.time_zone = "<Mars>".to_owned();
    wrong.zone_wrong = Some(style.language.say("zone-wrong"));
    insta::assert_snapshot!("subscribe-wrong", lines(&subscription::form(&style, &wrong)));
    insta::assert_snapshot!(
        "check-your-mail",
        lines(&subscription::sent(&style, true, "a…@example.org"))
    );
    insta::assert_snapshot!(
        "check-your-channel",
        lines(&subscription::sent(&style, false, "hooks.example.org/…"))
    );
    insta::assert_snapshot!("ask-to-confirm", lines(&subscription::ask_to_confirm(&style)));
    let closed = FilledForm { offered: Vec::new(), ..empty.clone() };
    insta::assert_snapshot!("subscribe-closed", lines(&subscription::form(&style, &closed)));
    let managed = ManagedSubscription {
        address: "hooks.example.org/…".to_owned(),
        pending: true,
        leave: "/unsubscribe/x".to_owned(),
        done: Some(SubscriptionChange::Saved),
    };
    insta::assert_snapshot!("manage", lines(&subscription::manage(&style, &empty, &managed)));
    let confirmed = ManagedSubscription {
        done: Some(SubscriptionChange::Confirmed),
        pending: false,
        ..managed
    };
    insta::assert_snapshot!("confirmed", lines(&subscription::manage(&style, &empty, &confirmed)));
    let program = subscription::confirmed_program(&style, "whsec_c2VjcmV0", "/subscription/x");
    insta::assert_snapshot!("confirmed-program", lines(&program));
    insta::assert_snapshot!("expired", lines(&subscription::expired(&style, "a…@example.org")));
    insta::assert_snapshot!("ask-to-unsubscribe", lines(&subscription::ask_to_unsubscribe(&style)));
    insta::assert_snapshot!("unsubscribed", lines(&subscription::unsubscribed(&style)));
    let before = subscription::unsubscribed_before(&style);
    insta::assert_snapshot!("unsubscribed-before", lines(&before));
}

#[actix_web::test]
async fn error_pages_have_the_same_design() {
    let answer =
        problem::answer(&SampleLog::default().style(), &Problem::NotFound, Some("/2026-11-21/7"));
    let body = actix_web::body::to_bytes(answer.into_body()).await.unwrap();
    insta::assert_snapshot!("not-found", lines(std::str::from_utf8(&body).unwrap()));
}
