//! How HTML of other pages is converted.

use candor_content::markdown::{to_html, to_plain};
use proptest::prelude::*;

use super::*;

#[test]
fn how_something_looks_becomes_markdown() {
    for (html, markdown) in [
        ("Degraded.<br />We look.", "Degraded.\nWe look."),
        ("a<br><br/>b<BR >\r\n  c<br />\n\nd", "a\n\nb\nc\n\nd"),
        ("<p>One</p><p>Two</p>\n<p>Three", "One\n\nTwo\n\nThree"),
        ("<p>One<br/>\n</p>\n\n<div>Two</div>three", "One\n\nTwo\n\nthree"),
        ("<b>bold</b> <strong> b </strong><i>i</i>, <em></em>", "**bold**  **b** *i*, "),
        ("<b>Note:</b>text, a<i>(b)</i>, <b>Note:</b> x", "**Note:** text, a *(b)*, **Note:** x"),
        ("<b>a</b><b>b</b> <b>c<br><br>d</b>", "**ab** **c**\n\n**d**"),
        ("<s>old</s><u>new</u>", "~~old~~new"),
        (
            r#"See <a href="https://example.org/a?b=1&amp;c=2">the [form]</a>."#,
            r"See [the \[form\]](<https://example.org/a?b=1&c=2>).",
        ),
        ("<a href='https://e.org/__x__'>https://e.org/__x__</a>", "<https://e.org/__x__>"),
        ("<a href=mailto:ops@example.org>write\nus</a>", "[write us](<mailto:ops@example.org>)"),
        (r#"<a href="https://e.org"></a>x<a name="y">z</a>"#, "xz"),
        (
            r#"<img src="https://e.org/i.png" alt="Graph"><img src="data:x">"#,
            "[Graph](<https://e.org/i.png>)image",
        ),
        ("Two:<ul>\n  <li>one<li> <p>two</p> </li>\n</ul>\nend", "Two:\n\n- one\n- two\n\nend"),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c<br>d</li></ol>", "1. a\n   - b\n2. c\n   d"),
        ("<li>alone</li>", "- alone"),
        ("x<h2>Root\ncause</h2>y<hr/>z", "x\n\n#### Root cause\n\ny\n\n---\n\nz"),
        ("<blockquote>a<br><br>b</blockquote>c", "> a\n>\n> b\n\nc"),
        ("<code>a &lt; `b`</code>", "`` a < `b` ``"),
        ("<pre>\na\n  b &amp;\n</pre>c", "```\na\n  b &\n```\n\nc"),
        ("<table><tr><th>a</th><th>b</th></tr>\n<tr><td>1<td>2</table>", "a | b\n1 | 2"),
        ("5 &lt; 6 &amp;&nbsp;7<br/>&#42;", "5 &lt; 6 &amp;&nbsp;7\n&#42;"),
    ] {
        assert_eq!(to_markdown(html).trim_end_matches(['\n']), markdown, "{html}");
    }
}

#[test]
fn text_that_is_not_html_stays() {
    for text in [
        "**Plain** `a<b>c</b>`\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "if a < b and c > d, i <3 u, x <- y, <5ms",
        "Set <your-token> or <HOST>, see <https://example.org> and <ops@example.org>.",
        "```\n<br />\n```",
        "<!channel> </ > <b",
        "a <b and nothing more",
    ] {
        assert_eq!(to_markdown(text), text);
    }
}

#[test]
fn nothing_that_does_something_survives() {
    for (hostile, shown) in [
        ("a<script>if (a<b) alert('</p>')</script>b", "ab"),
        ("a<script>alert(1)", "a"),
        ("a<style>*{}</style><!-- b --><iframe src=x>c</iframe>d", "ad"),
        ("<a href=\"javascript:alert(1)\">x</a> <a href='/x'>y</a>", "x y"),
        (
            "<a href=\"https://e.org/>)[x](javascript:alert(1)\">x</a>",
            "[x](<https://e.org/%3E)[x](javascript:alert(1)>)",
        ),
        ("<img src=x onerror=alert(1)><b onclick=x>y</b>", "image**y**"),
        ("<a href=\"https://e.org/\n<script>\">x</a>", "x"),
        ("<svg/onload=alert(1)>x</svg>y", "y"),
    ] {
        assert_eq!(to_markdown(hostile), shown, "{hostile}");
    }
}

#[test]
fn deep_and_long_ones_cost_little() {
    for part in
        ["<b>", "<ul><li>", "<p>x", "</b>", "<a href=https://e.org>", "[x](", "<", "<blockquote>a"]
    {
        let long = part.repeat(MAX_BYTES / 16 / part.len());
        let markdown = to_markdown(&long);
        assert!(markdown.len() < long.len() * 8, "{part}: {}", markdown.len());
    }
}

const TAGS: &[&str] = &[
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<br />",
    "<p>",
    "</p>",
    "<ul>",
    "<ol>",
    "<li>",
    "</li>",
    "</ul>",
    "<a href=\"https://e.org/x\">",
    "<a href='javascript:x'>",
    "</a>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "<script>",
    "</script>",
    "<h1>",
    "</h1>",
    "<blockquote>",
    "</blockquote>",
    "<td>",
    "<tr>",
    "<!--",
    "-->",
    "`",
    "```\n",
    "*",
    "[",
    "](",
    ")",
    "\n",
    "\n\n",
    "    ",
    "&lt;",
    "<",
    ">",
    "word",
    "ö",
    "\u{1f600}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_mixture_is_read_and_the_result_is_safe(
        parts in prop::collection::vec(prop_oneof![prop::sample::select(TAGS).prop_map(str::to_owned), "\\PC{0,4}"], 0..60)
    ) {
        let markdown = to_markdown(&parts.concat()).into_owned();
        let html = to_html(&markdown);
        prop_assert!(!html.contains("<script") && !html.contains("href=\"javascript"), "{html}");
        prop_assert!(to_plain(&markdown).len() <= markdown.len() * 4);
    }

    #[test]
    fn without_an_element_nothing_changes(text in "[^<]{0,200}") {
        prop_assert_eq!(&to_markdown(&text), &text);
    }
}
