//! The catalogue of metrics is what the code emits and what is rendered.

use std::{
    collections::BTreeSet,
    io::Write as _,
    process::{Command, Stdio},
};

use candor_telemetry::{
    Metrics, Role,
    catalogue::{METRICS, PROCESS, markdown},
};
use candor_testkit::Database;

use crate::refreshing::refreshed;

/// The names that have a `# TYPE` line, and those that have a `# HELP` line.
fn named(page: &str, line: &str) -> BTreeSet<String> {
    let lines = page.lines().filter_map(|text| text.strip_prefix(line));
    lines.filter_map(|rest| rest.split(' ').next()).map(str::to_owned).collect()
}

async fn a_page() -> String {
    let database = Database::sqlite();
    let store = database.store().await;
    store.follow();
    let metrics = refreshed(&store, Vec::new()).await;
    store.close().await;
    metrics.render()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_rendered_is_the_catalogue_and_nothing_else() {
    let page = a_page().await;
    let wanted: BTreeSet<String> = METRICS
        .iter()
        .map(|metric| metric.name)
        .chain(PROCESS.iter().copied())
        .map(str::to_owned)
        .collect();
    assert_eq!(named(&page, "# TYPE "), wanted);
    assert_eq!(named(&page, "# HELP "), wanted);
    let summaries =
        page.lines().filter(|line| line.starts_with("# TYPE ") && line.ends_with("summary"));
    assert_eq!(summaries.count(), 0);
}

#[test]
fn every_combination_of_the_lists_is_there_at_zero_from_the_start() {
    let page = Metrics::new(Role::Worker).unwrap().render();
    for line in [
        r#"candor_deliveries_total{channel="mail",outcome="lost_lease"} 0"#,
        r#"candor_job_runs_total{queue="default",job="retention",status="expected_error"} 0"#,
        r#"candor_queue_jobs{queue="hooks",state="dead"} 0"#,
        r#"candor_alert_intake_total{source="opsgenie",outcome="unavailable"} 0"#,
        r#"candor_events_appended_total{type="postmortem-published"} 0"#,
        r#"candor_http_requests_total{route="unmatched",method="GET",status="503"} 0"#,
        r#"candor_job_wait_seconds_bucket{queue="chat",le="1800"} 0"#,
        r#"candor_health_check_status{check="redis"} 1"#,
        r#"candor_redis_up 0"#,
    ] {
        assert!(page.lines().any(|found| found == line), "{line} is missing in\n{page}");
    }
    let build = page.lines().find(|line| line.starts_with("candor_build_info{")).unwrap();
    assert!(build.contains(r#"role="worker""#) && build.ends_with(" 1"), "{build}");
    println!(
        "series before the first request: {}",
        page.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn promtool_finds_nothing_to_say() {
    let mut promtool = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| {
            panic!("promtool can't be run ({error}); install the package prometheus")
        });
    promtool.stdin.take().unwrap().write_all(a_page().await.as_bytes()).unwrap();
    let output = promtool.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success() && said.trim().is_empty(), "{}: {said}", output.status);
}

/// What the code of this repository emits by the facade's macros, by reading it: names must stand there literally.
#[test]
fn every_emitted_name_stands_in_the_catalogue() {
    let crates = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let known: BTreeSet<&str> = METRICS.iter().map(|metric| metric.name).collect();
    let mut emitted = BTreeSet::new();
    let mut folders = vec![std::path::PathBuf::from(crates)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs")
                && path.components().any(|part| part.as_os_str() == "src")
            {
                let text = std::fs::read_to_string(&path).unwrap();
                for macro_name in ["counter!(", "gauge!(", "histogram!("] {
                    for rest in text.split(macro_name).skip(1) {
                        let name = rest.trim_start().strip_prefix('"').unwrap_or_else(|| {
                            panic!("{}: {macro_name} without a literal name", path.display())
                        });
                        emitted.insert(name[..name.find('"').unwrap()].to_owned());
                    }
                }
            }
        }
    }
    let unknown: Vec<_> = emitted.iter().filter(|name| !known.contains(name.as_str())).collect();
    assert!(unknown.is_empty(), "not in the catalogue: {unknown:?}");
    println!("{} names in the catalogue, {} emitted", known.len(), emitted.len());
    assert!(emitted.len() > 30, "the search finds nothing any more");
}

#[test]
fn the_table_for_operators_is_up_to_date() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/metrics.md");
    let page = markdown();
    if std::env::var_os("CANDOR_UPDATE").is_some() {
        std::fs::write(file, &page).unwrap();
    }
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    assert_eq!(kept, page, "run this test with CANDOR_UPDATE=1 and look at the difference");
}
