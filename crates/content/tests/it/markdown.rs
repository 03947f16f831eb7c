//! Markdown is shown as its author meant it, and can do nothing else.

use candor_content::markdown::{to_html, to_plain};
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

/// The marks of an address and of a formula are no markup, wherever they are shown.
#[test]
fn what_only_looks_like_markup_stays_as_it_was_typed() {
    let job = "https://ci.example.org/job/__main__/12";
    let link =
        |address: &str| format!("<a href=\"{address}\" rel=\"noopener nofollow\">{address}</a>");
    let cases = [
        (format!("See {job}."), format!("See {}.", link(job))),
        (format!("**See {job}**"), format!("<strong>See {}</strong>", link(job))),
        (
            "https://example.org/__init__ and __that__".to_owned(),
            format!("{} and <strong>that</strong>", link("https://example.org/__init__")),
        ),
        (
            "https://example.org/*a*/~b~/_c_, _so_".to_owned(),
            format!("{}, <em>so</em>", link("https://example.org/*a*/~b~/_c_")),
        ),
        (
            "*(http://a.example/x_y)*".to_owned(),
            format!("<em>({})</em>", link("http://a.example/x_y")),
        ),
        ("2*3*4 = 24, not 2*3 *4*".to_owned(), "2*3*4 = 24, not 2*3 <em>4</em>".to_owned()),
        ("これは**重要**です".to_owned(), "これは<strong>重要</strong>です".to_owned()),
        (
            "[a](https://example.org/__x__) `https://example.org/__y__`".to_owned(),
            "<a href=\"https://example.org/__x__\" rel=\"noopener nofollow\">a</a> \
             <code>https://example.org/__y__</code>"
                .to_owned(),
        ),
    ];
    for (markdown, html) in cases {
        assert_eq!(to_html(&markdown), format!("<p dir=\"auto\">{html}</p>\n"));
    }
    assert_eq!(to_plain(&format!("See {job} now")), format!("See {job} now"));
    assert_eq!(to_plain("2*3*4"), "2*3*4");
    assert_eq!(
        to_plain("Logins ~~work again~~ are **still** failing"),
        "Logins ~~work again~~ are still failing"
    );
    // Without a scheme it is no link, and an address all the same.
    for bare in
        ["www.x.example/__y__", "ci.example.org:8080/*a*/__main__/12", "(www.x.example/_a_)"]
    {
        assert_eq!(to_plain(bare), bare);
        assert_eq!(to_html(bare), format!("<p dir=\"auto\">{bare}</p>\n"));
    }
    assert_eq!(to_plain("this/*that* and *so*"), "this/that and so");
}

/// Odd, but seen: what a wiki, a search, a dashboard or a shell puts into an address.
const ADDRESSES: &[&str] = &[
    "https://en.example.org/wiki/Murphy's_law",
    "https://example.org/it's/'quoted'/x",
    "https://fonts.example.org/css?family=Open+Sans:400,700|Roboto",
    "https://grafana.example.org/d/a-b_c/x?orgId=1&var-host=~.*&from=now-6h&to=now",
    "https://example.org/a;v=1.2/b,c!d$e&f=(g)*h+i@j:k",
    "https://example.org/wiki/Rust_(programming_language)#Ownership_(and_borrowing)",
    "https://example.org/~ann/~bo/",
    "https://example.org/search?q=a%20b%7Cc%27d&r[]=1&r[0]=2",
    "https://[2001:db8::1]:8443/__status__",
    "http://user@example.org:8080/*/x?*=1",
    "https://ci.example.org/job/__main__/~~x~~/12/",
    "https://example.org/#!/a/_b_/c",
    "https://example.org?x=_y_",
    "https://example.org/a...b/..;/c",
    "https://example.org/{id}/^x^",
    "https://bücher.example/straße/東京",
];

#[test]
fn every_address_is_whole_wherever_it_is_shown() {
    let escape =
        |text: &str| text.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&quot;");
    for address in ADDRESSES {
        let html = escape(address);
        let link = format!("<a href=\"{html}\" rel=\"noopener nofollow\">{html}</a>");
        let inside = [
            ("See ", " now", "", ""),
            ("See ", ", or *not*.", "", ""),
            ("See '", "' *now*", "", ""),
            ("(", ")", "", ""),
            ("**See ", "**", "<strong>", "</strong>"),
            ("| a | b |\n|---|---|\n|", "|**c**|", "", ""),
        ];
        for (before, after, open, close) in inside {
            if open == "<strong>" && address.contains('*') {
                // Nobody can tell which marks are meant.
                continue;
            }
            // In a table, it is told apart from the cell.
            let in_table = before.starts_with('|');
            let typed = if in_table { address.replace('|', "\\|") } else { (*address).to_owned() };
            let text = format!("{before}{typed}{after}");
            let (html, plain) = (to_html(&text), to_plain(&text));
            assert!(html.contains(&link), "{text}: {html}");
            assert!(html.contains(open) && html.contains(close), "{text}: {html}");
            assert_eq!(html.contains("<strong>c</strong>"), in_table, "{text}: {html}");
            assert!(plain.contains(address), "{text}: {plain}");
        }
    }
    let page = to_html("https://example.org's page, https://a.example|b");
    assert!(page.contains(">https://example.org</a>&#39;s page"), "{page}");
    assert!(page.contains(">https://a.example</a>|b"), "{page}");
}

proptest! {
    /// All characters of RFC 3986, in any order, but for what HTML calls an entity.
    #[test]
    fn any_address_is_whole(path in "[A-Za-z0-9._~:/?#@!$&'()*+,=%-]{0,40}") {
        let address = format!("https://ci.example.org/{path}/z");
        let text = format!("*See* {address} and *that*");
        let html = address.replace('&', "&amp;").replace('\'', "&#39;");
        let link = format!("<a href=\"{html}\" rel=\"noopener nofollow\">{html}</a>");
        let wanted = format!("<p dir=\"auto\"><em>See</em> {link} and <em>that</em></p>\n");
        prop_assert_eq!(to_html(&text), wanted);
        prop_assert_eq!(to_plain(&text), format!("See {address} and that"));
    }
}

/// Whatever is repeated, a text costs about as much as any other of its length.
#[test]
fn no_text_keeps_the_program_busy() {
    let pieces = [
        "(",
        ")",
        "[",
        "]",
        "![",
        "](",
        "](x",
        "[a](",
        "*",
        "**",
        "_",
        "__",
        "~",
        "~~",
        "`",
        "``",
        "<",
        ">",
        "<a ",
        "<!--",
        "<?",
        "<![CDATA[",
        "&",
        "&#",
        "&amp;",
        "\\",
        "|",
        "|a",
        "|-",
        "#",
        "-",
        "+",
        "=",
        "1.",
        "> ",
        "- ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n|-|",
        "[x]: y\n",
        "[x]",
        "[x][",
        "[^x]",
        "*a ",
        "a* ",
        "_a_",
        "*_",
        "**a *b ",
        "~a~ ",
        "http://",
        "http://a",
        "https://a.example/(",
        "https://a.example/)",
        "https://a.example/_",
        "://",
        "http://-",
        "x)",
        "x_*~",
        "!",
        ".",
        "…",
        "é",
        "\u{202e}",
    ];
    let first = ["", "https://a.example/", "[a](", "| a |\n|---|\n", "a "];
    let mut slowest = (std::time::Duration::ZERO, String::new());
    for piece in pieces {
        for first in first {
            let text = format!("{first}{}", piece.repeat(60_000 / piece.len()));
            let begun = std::time::Instant::now();
            let made = (to_html(&text), to_plain(&text));
            let took = begun.elapsed();
            assert!(made.0.len() + made.1.len() < 4 * 1024 * 1024, "{first:?} {piece:?}");
            if took > slowest.0 {
                slowest = (took, format!("{first:?}, then {piece:?}"));
            }
        }
    }
    println!("both forms of 60 kB, the slowest: {slowest:?}");
    assert!(slowest.0.as_secs() < 5, "this hangs: {slowest:?}");
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
fn malicious_text_stays_small() {
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

/// The parts that break sanitizers, to be mixed.
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
