//! What operators write is shown as they meant it, and can do nothing else.

use candor_integrations::markdown::{to_html, to_plain};
use proptest::prelude::*;

#[test]
fn what_people_write_looks_as_they_mean_it() {
    let cases = [
        ("One.\nTwo.", "<p dir=\"auto\">One.<br>\nTwo.</p>\n"),
        ("One.\n\nTwo.", "<p dir=\"auto\">One.</p>\n<p dir=\"auto\">Two.</p>\n"),
        (
            "**bold** *soft* ~~gone~~ `code <b>`",
            "<p dir=\"auto\"><strong>bold</strong> <em>soft</em> <del>gone</del> <code>code &lt;b&gt;</code></p>\n",
        ),
        (
            "# Big\n##### Small",
            "<h4 dir=\"auto\">Big</h4>\n<p dir=\"auto\"><strong>Small</strong></p>\n",
        ),
        (
            "- one\n- two",
            "<ul dir=\"auto\">\n<li dir=\"auto\">one</li>\n<li dir=\"auto\">two</li>\n</ul>\n",
        ),
        ("3. three", "<ol dir=\"auto\" start=\"3\">\n<li dir=\"auto\">three</li>\n</ol>\n"),
        ("```sh\nls <x>\n```", "<pre dir=\"auto\"><code>ls &lt;x&gt;\n</code></pre>\n"),
        (
            "| a | b |\n|--:|---|\n| 1 | 2 |",
            "<table>\n<thead><tr><th dir=\"auto\" align=\"right\">a</th><th dir=\"auto\">b</th></tr></thead>\n<tbody>\n\
             <tr><td dir=\"auto\" align=\"right\">1</td><td dir=\"auto\">2</td></tr>\n</tbody></table>\n",
        ),
        (
            "[the page](https://example.org/a?b=1&c=2)",
            "<p dir=\"auto\"><a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"noopener nofollow\">the page</a></p>\n",
        ),
        (
            "See (https://example.org/x_(y)), or http://a.example.",
            "<p dir=\"auto\">See (<a href=\"https://example.org/x_(y)\" rel=\"noopener nofollow\">https://example.org/x_(y)</a>), \
             or <a href=\"http://a.example\" rel=\"noopener nofollow\">http://a.example</a>.</p>\n",
        ),
        (
            "![a graph](https://example.org/graph.png)",
            "<p dir=\"auto\"><a href=\"https://example.org/graph.png\" rel=\"noopener nofollow\">a graph</a></p>\n",
        ),
        ("![a graph](graph.png)", "<p dir=\"auto\">a graph</p>\n"),
        ("a\n\n---\n\nb", "<p dir=\"auto\">a</p>\n<hr>\n<p dir=\"auto\">b</p>\n"),
        ("", ""),
    ];
    for (markdown, html) in cases {
        assert_eq!(to_html(markdown), html);
    }
}

#[test]
fn html_is_shown_as_the_text_it_is() {
    assert_eq!(
        to_html("<script>alert(1)</script>\n\nHi <b onclick=x>there</b>"),
        "<p dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt;\n</p>\n\
         <p dir=\"auto\">Hi &lt;b onclick=x&gt;there&lt;/b&gt;</p>\n"
    );
}

#[test]
fn a_link_leads_to_the_web_or_a_mailbox_or_is_none() {
    for target in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "/relative",
        "https:evil",
    ] {
        let html = to_html(&format!("[x](<{target}>) <{target}>"));
        assert!(!html.contains("href"), "{html}");
    }
    assert!(to_html("<ann@example.org>").contains("href=\"mailto:ann@example.org\""));
}

#[test]
fn plain_text_keeps_the_meaning() {
    let markdown = "# Cause\nA **disk** was full.\nIt is replaced.\n\n- one\n- [two](https://example.org/2)\n  1. deep\n\n\
                    | a | b |\n|---|---|\n| 1 | 2 |\n\n<https://example.org> & <b>raw</b>\n\n> said";
    assert_eq!(
        to_plain(markdown),
        "Cause\n\nA disk was full.\nIt is replaced.\n\n- one\n- two (https://example.org/2)\n  1. deep\n\n\
         a | b\n1 | 2\n\nhttps://example.org & <b>raw</b>\n\nsaid"
    );
}

#[test]
fn a_hostile_text_stays_small() {
    for hostile in [
        ">".repeat(65_536),
        "- ".repeat(32_768),
        "*a_ ".repeat(16_384),
        "[".repeat(65_536),
        format!("{}\n{}\n{}", "|a".repeat(8_000), "|-".repeat(8_000), "|\n".repeat(12_000)),
        "http://".repeat(9_000),
    ] {
        assert!(to_html(&hostile).len() < 2 * 1024 * 1024);
        assert!(to_plain(&hostile).len() < 2 * 1024 * 1024);
    }
}

/// The parts that break sanitisers, to be mixed.
fn nasty() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<script>",
        "</script>",
        "<img src=x onerror=alert(1)>",
        "javascript:",
        "[a](",
        ")",
        "](",
        "![",
        "](<",
        ">)",
        "<a href=\"",
        "\" onclick=\"x",
        "' onload='",
        "&#x6a;avascript:",
        "&lt;",
        "<!--",
        "-->",
        "<![CDATA[",
        "`",
        "```",
        "\n",
        "\n\n",
        "    ",
        "> ",
        "- ",
        "# ",
        "| a |\n|---|\n",
        "https://a.example/\"onx=1",
        "<https://a\" onx=1>",
        "[r]: javascript:alert(1)\n",
        "[r]",
        "\u{0}",
        "\u{202e}",
        "é",
        "<svg/onload=1>",
        "&quot;",
        "*",
        "_",
        "~~",
    ]);
    prop::collection::vec(
        prop_oneof![3 => pieces.prop_map(str::to_owned), 1 => any::<String>()],
        0..24,
    )
    .prop_map(|pieces| pieces.concat())
}

/// The tags of the output; panics where one isn't among those that the module writes.
fn tags(html: &str) -> Vec<&str> {
    let known = [
        "p",
        "h4",
        "strong",
        "em",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "br",
        "hr",
    ];
    html.split('<')
        .skip(1)
        .map(|rest| {
            let tag = rest.split_once('>').expect("every tag ends").0;
            let name = tag.trim_start_matches('/').split(' ').next().unwrap();
            assert!(known.contains(&name), "{tag:?} in {html}");
            tag
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_ever_becomes_markup_of_its_own(text in nasty()) {
        let html = to_html(&text);
        let allowed = [" dir=\"auto\"", " align=\"left\"", " align=\"center\"", " align=\"right\"", " rel=\"noopener nofollow\""];
        let mut open = Vec::new();
        for tag in tags(&html) {
            let mut attributes = tag.split_once(' ').map_or(String::new(), |(_, rest)| format!(" {rest}"));
            for known in allowed {
                attributes = attributes.replacen(known, "", 1);
            }
            if let Some(rest) = attributes.strip_prefix(" href=\"") {
                let (target, rest) = rest.split_once('"').unwrap();
                let target = target.to_ascii_lowercase();
                prop_assert!(["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme)), "{}", html);
                attributes = rest.to_owned();
            }
            if let Some(rest) = attributes.strip_prefix(" start=\"") {
                attributes = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('"').to_owned();
            }
            prop_assert_eq!(&attributes, "", "{}", html);
            match tag.strip_prefix('/') {
                Some(name) => prop_assert_eq!(open.pop(), Some(name.to_owned()), "{}", html),
                None if matches!(tag, "br" | "hr") => {}
                None => open.push(tag.split(' ').next().unwrap().to_owned()),
            }
        }
        prop_assert!(open.is_empty(), "{}", html);
    }

    #[test]
    fn any_text_has_a_plain_form(text in nasty()) {
        let _ = to_plain(&text);
    }
}
