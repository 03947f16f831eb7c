//! Every kind of page, in every state and in two languages: axe-core, the checkers of HTML, CSS and SVG, and whether it
//! fits, in a real browser.

use super::{node, story::Story};

#[test]
fn every_page_in_every_state_is_accessible_valid_and_fits() {
    let mut story = Story::begin();
    let home = story.home();
    node::judged("pages.mjs", &home, 500, |ask| {
        assert_eq!(ask, "next");
        story.next()
    });
}
