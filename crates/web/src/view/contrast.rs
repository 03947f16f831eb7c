//! Every text color has a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3) to every background it is used on.

use std::collections::BTreeMap;

use super::layout::STYLE;
use crate::view::theme::{Color, DARK, LIGHT, READABLE};

/// The colors of one scheme, by name.
type Scheme = BTreeMap<String, Color>;

/// The schemes in the order of the style sheet: light, dark.
fn schemes() -> Vec<Scheme> {
    let root = STYLE.split(":root {").skip(1).take(2);
    root.map(|block| block.split('}').next().unwrap().lines().filter_map(token).collect()).collect()
}

fn token(line: &str) -> Option<(String, Color)> {
    let (name, value) = line.trim().strip_prefix("--")?.split_once(": ")?;
    Some((name.to_owned(), value.trim_end_matches(';').parse().ok()?))
}

#[test]
fn all_text_has_enough_contrast_in_both_color_schemes() {
    let schemes = schemes();
    assert_eq!(schemes.len(), 2);
    let mut least = f64::MAX;
    for (scheme, name) in schemes.iter().zip(["light", "dark"]) {
        let tints: Vec<_> = scheme.keys().filter_map(|key| key.strip_suffix("-tint")).collect();
        assert_eq!(tints.len(), 9, "a tint for every tone");
        let mut pairs = Vec::new();
        for ground in ["page", "card"] {
            pairs.extend(["text", "quiet"].map(|ink| (ink.to_owned(), ground.to_owned())));
            pairs.extend(tints.iter().map(|tone| ((*tone).to_owned(), ground.to_owned())));
        }
        for tone in tints {
            pairs.extend(
                ["text", "quiet", tone].map(|ink| (ink.to_owned(), format!("{tone}-tint"))),
            );
        }
        // The main button has the page's color as text on the text color, or on the quiet one while hovered.
        pairs.extend(["text", "quiet"].map(|ground| ("page".to_owned(), ground.to_owned())));
        for (ink, ground) in pairs {
            let ratio = scheme[&ink].contrast(scheme[&ground]);
            assert!(ratio >= READABLE, "{name}: {ink} on {ground} has only {ratio:.2}:1");
            least = least.min(ratio);
        }
    }
    let grounds = [LIGHT, DARK].map(|[page, card]| (page, card));
    let own: Vec<_> = schemes.iter().map(|scheme| (scheme["page"], scheme["card"])).collect();
    assert_eq!(own, grounds, "the site's color is held against what is on the page");
    println!("least contrast: {least:.2}:1");
}
