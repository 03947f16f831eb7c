//! One trace leads from an operator's command to the mail.

use candor_core::{ActorId, IncidentAction, Notify};
use candor_store::{AppendOutcome, AppendRequest};
use candor_telemetry::{LogSettings, Role, init_logs_to};
use candor_testkit::otlp::{Collected, Collector};
use tracing::Instrument as _;

use crate::test_site::TestSite;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_belongs_to_the_trace_of_the_request_that_caused_it() {
    let collector = Collector::start();
    let settings = LogSettings { filter: "warn", json: false, ansi: false, role: Role::Worker };
    let logs = init_logs_to(settings, Some(&collector.endpoint())).unwrap();
    let site = TestSite::on_sqlite().await;
    site.add_subscribers(3).await;
    let incident = site.suspect().await;

    let worker = site.start();
    let request = async {
        let traceparent = candor_telemetry::traceparent();
        let (severity, title, text, notify) = (None, None, None, Notify::Default);
        let command = IncidentAction::Confirm { severity, title, text, notify }.on(incident);
        let person = ActorId::parse("somebody").unwrap();
        let request =
            AppendRequest { traceparent, ..AppendRequest::new(command, Some(person), "test") };
        assert!(matches!(site.store.execute(request).await, Ok(AppendOutcome::Appended(_))));
    };
    let span = tracing::info_span!(target: "candor::trace", "request", otel.kind = "server");
    request.instrument(span).await;
    site.mailbox_has(3).await;
    worker.stop().await;
    drop(logs);

    let named = |name: &str| collector.wait_for(name, |span| span.name == name);
    let (request, expand) = (named("request"), named("expand"));
    assert_eq!(request.parent, "");
    let executed = |span: &Collected| span.name == "execute" && span.parent == request.id;
    assert_eq!(collector.wait_for("execute", executed).trace, request.trace);
    assert_eq!(expand.parent, request.id);
    let spans = collector.spans();
    let delivers: Vec<_> = spans.iter().filter(|span| span.name == "deliver").collect();
    assert_eq!(delivers.len(), 3);
    for deliver in delivers {
        assert_eq!((&deliver.trace, &deliver.parent), (&request.trace, &request.id));
        assert_eq!(deliver.attributes["job"], "notice");
        let send = spans.iter().find(|span| span.name == "send" && span.parent == deliver.id);
        assert_eq!(send.map(|send| &send.trace), Some(&request.trace));
    }
    println!("one trace: {} spans, {} mails", spans.len(), 3);
    let told = format!("{spans:?}");
    assert!(!told.contains("@example"), "no address in a span: {told}");
}
