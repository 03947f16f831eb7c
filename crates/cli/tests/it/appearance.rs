//! The page's color and logo: what an operator sets is shown, what can't be used is refused.

use candor_testkit::site::Installation;

const MARK: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path d=\"M0 8 4 0l4 8\"/></svg>";

#[test]
fn a_color_that_could_not_be_read_is_shown_as_one_that_can() {
    let site = Installation::new().started();
    let mark = site.write("mark.svg", MARK);
    let said = site.candor(&["site", "set", "--accent", "#fc0", "--logo", mark.to_str().unwrap()]);
    let said = said.well();
    assert!(said.contains("#ffcc00, so that it can be read: #"), "{said}");
    assert!(said.contains("on light pages, #ffcc00 on dark ones"), "{said}");
    assert!(said.contains("logo:       set"), "{said}");
    site.board_at(1);
    assert_eq!(site.get("/favicon.svg").text(), MARK);

    let said = site.candor(&["site", "set", "--accent", "none", "--logo", "none"]).well();
    assert!(said.contains("accent:     none\nlogo:       none"), "{said}");
    site.board_at(2);
    assert_ne!(site.get("/favicon.svg").text(), MARK);
}

#[test]
fn a_wrong_color_or_picture_is_refused_with_a_sentence() {
    let site = Installation::new().started();
    let text = site.write("logo.txt", "a picture in words");
    let large = site.write("large.svg", &format!("{MARK}{}", " ".repeat(9_000)));
    for (option, value, sentence) in [
        ("--accent", "red", "\"red\": a color is written as #1c6b40 or #fc0"),
        ("--logo", text.to_str().unwrap(), "a logo is an SVG or a PNG file"),
        ("--logo", large.to_str().unwrap(), "may have 4096"),
        ("--logo", "/no/such/file", "/no/such/file: No such file"),
        ("--logo", "/dev/zero", "/dev/zero is not a file"),
    ] {
        let refused = site.candor(&["site", "set", option, value]).failed(2);
        assert!(refused.contains(sentence), "{refused}");
    }
}
