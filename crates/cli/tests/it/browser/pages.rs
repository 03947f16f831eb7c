//! Every page in every state and in two languages: axe-core, HTML, CSS and SVG checkers, and whether it fits the
//! screen.

use candor_testkit::browser;

use super::stages::Stages;

#[test]
fn every_page_in_every_state_is_accessible_valid_and_fits() {
    let mut stages = Stages::begin();
    let home = stages.home();
    browser::judged("pages.mjs", &home, 500, |ask| {
        assert_eq!(ask, "next");
        stages.next()
    });
}
