//! The headline: one honest sentence, the worst first.

use candor_core::{Command, Headline, Severity, Status};

use candor_testkit::story::{Story, declaration, plan, quiet_page, raise, resolve, start};

/// A board for every headline but "all good", the worst first; each opens exactly one incident.
fn causes() -> Vec<(Headline, Vec<Command>)> {
    let declared = |severity, status| vec![Command::Declare(declaration(severity, status))];
    vec![
        (Headline::Outage, declared(Severity::Outage, Status::Confirmed)),
        (Headline::Partial, declared(Severity::Partial, Status::Confirmed)),
        (Headline::Suspected, vec![raise("a")]),
        (Headline::Watching, declared(Severity::Outage, Status::Watching)),
        (Headline::Bug, declared(Severity::Bug, Status::Confirmed)),
        (Headline::Maintenance, declared(Severity::Maintenance, Status::Confirmed)),
        (Headline::Notice, declared(Severity::Notice, Status::Confirmed)),
    ]
}

fn with_commands(commands: &[Command], story: Story) -> Story {
    commands.iter().cloned().fold(story, Story::when)
}

#[test]
fn headline_is_the_worse_of_any_two_incidents() {
    let causes = causes();
    let mut pairs = 0;
    for (worse, (headline, first)) in causes.iter().enumerate() {
        for (milder, (other, second)) in causes.iter().enumerate().skip(worse) {
            let story =
                with_commands(second, with_commands(first, quiet_page())).then_headline(*headline);
            assert!(headline <= other, "{milder}");
            // Every list of open incidents is in the order of the headlines.
            let order: Vec<_> =
                story.board.current().into_iter().map(Headline::of_incident).collect();
            let both =
                if (worse, milder) == (2, 2) { vec![*headline] } else { vec![*headline, *other] };
            assert_eq!(order, both);
            assert_eq!(story.board.decisive().map(Headline::of_incident), Some(*headline));
            pairs += 1;
        }
    }
    println!("{pairs} pairs");
    assert_eq!(pairs, 28);
}

#[test]
fn page_without_open_incidents_is_all_good() {
    quiet_page().then_headline(Headline::AllGood);
    quiet_page()
        .when(Command::Declare(declaration(Severity::Outage, Status::Confirmed)))
        .when(resolve(1))
        .then_headline(Headline::AllGood);
}

#[test]
fn only_outages_are_shown_as_recovering() {
    let watched =
        |severity| quiet_page().when(Command::Declare(declaration(severity, Status::Watching)));
    watched(Severity::Outage).then_headline(Headline::Watching);
    watched(Severity::Partial).then_headline(Headline::Watching);
    watched(Severity::Bug).then_headline(Headline::Bug);
    watched(Severity::Notice).then_headline(Headline::Notice);
    // Maintenance is under way until it ends, also while it is watched.
    watched(Severity::Maintenance).then_headline(Headline::Maintenance);
}

#[test]
fn confirmed_incident_comes_before_a_watched_one_with_the_same_headline() {
    let story = quiet_page()
        .when(Command::Declare(declaration(Severity::Bug, Status::Watching)))
        .when(Command::Declare(declaration(Severity::Bug, Status::Confirmed)))
        .when(Command::Declare(declaration(Severity::Bug, Status::Confirmed)));
    let order: Vec<_> = story.board.current().iter().map(|one| one.number.get()).collect();
    assert_eq!(order, [2, 3, 1]);
}

#[test]
fn maintenance_changes_the_headline_once_it_starts_and_hides_no_incident() {
    let story = quiet_page().when(plan(10, 90)).then_headline(Headline::AllGood);
    let story = story.after_minutes(10).when(start(1)).then_headline(Headline::Maintenance);
    story.when(raise("a")).then_headline(Headline::Suspected);
}

#[test]
fn headline_has_the_same_name_in_rust_and_json() {
    for (headline, _) in causes() {
        assert_eq!(serde_json::to_string(&headline).unwrap(), format!("{:?}", headline.as_str()));
    }
    assert_eq!(Headline::AllGood.as_str(), "all-good");
}
