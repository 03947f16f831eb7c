//! Every colour that text is set in has at least 4.5:1 (WCAG 2.2, 1.4.3) on everything that it is set on.

use std::collections::BTreeMap;

use super::layout::STYLE;

/// The colours of one scheme, by name.
type Scheme = BTreeMap<String, [f64; 3]>;

/// The schemes in the order of the style sheet: light, dark.
fn schemes() -> Vec<Scheme> {
    let root = STYLE.split(":root {").skip(1).take(2);
    root.map(|block| block.split('}').next().unwrap().lines().filter_map(token).collect()).collect()
}

fn token(line: &str) -> Option<(String, [f64; 3])> {
    let (name, value) = line.trim().strip_prefix("--")?.split_once(": #")?;
    Some((name.to_owned(), colour(value.trim_end_matches(';'))))
}

/// The ratio between two colours, such as `#ffffff` and `#bb1f1f`.
pub(super) fn of_hex(one: &str, other: &str) -> f64 {
    let colour = |hex: &str| colour(hex.trim_start_matches('#'));
    ratio(colour(one), colour(other))
}

fn colour(hex: &str) -> [f64; 3] {
    let hex: String = if hex.len() == 3 {
        hex.chars().flat_map(|digit| [digit; 2]).collect()
    } else {
        hex.to_owned()
    };
    let channel =
        |index: usize| u8::from_str_radix(hex.get(index..index + 2).unwrap(), 16).unwrap();
    [0, 2, 4].map(|index| f64::from(channel(index)) / 255.0)
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |channel: f64| {
        if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn ratio(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn all_text_can_be_read_in_both_schemes() {
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
        // The main button is the page's colour on the text's, and on the quiet one when pointed at.
        pairs.extend(["text", "quiet"].map(|ground| ("page".to_owned(), ground.to_owned())));
        for (ink, ground) in pairs {
            let ratio = ratio(scheme[&ink], scheme[&ground]);
            assert!(ratio >= 4.5, "{name}: {ink} on {ground} has only {ratio:.2}:1");
            least = least.min(ratio);
        }
    }
    println!("least contrast: {least:.2}:1");
}
