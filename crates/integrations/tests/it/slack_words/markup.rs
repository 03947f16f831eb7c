//! Markup in Slack looks as its author meant it, and nothing in it pings or runs.

use candor_integrations::slack::mrkdwn::{self, from_markdown, to_markdown};
use proptest::prelude::*;

use crate::support::time;

#[test]
fn three_characters_are_escaped_and_no_more() {
    assert_eq!(
        mrkdwn::escape("<!channel> & \"it's\" *bold* 😀"),
        "&lt;!channel&gt; &amp; \"it's\" *bold* 😀"
    );
}

#[test]
fn a_time_is_shown_in_the_readers_zone_and_in_utc_elsewhere() {
    assert_eq!(
        mrkdwn::date(time("2026-11-21T14:05:30Z"), "2026-11-21 14:05 <UTC>"),
        "<!date^1795269930^{date_short_pretty} {time}|2026-11-21 14:05 &lt;UTC&gt;>"
    );
}

#[test]
fn operators_markdown_looks_right_in_slack() {
    let cases = [
        ("One.\nTwo.", "One.\nTwo."),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("**bold** *soft* ~~gone~~ `a <b>`", "*bold* _soft_ ~gone~ `a &lt;b&gt;`"),
        ("**bold *both* bold**", "*bold _both_ bold*"),
        ("un**break**able", "un\u{200B}*break*\u{200B}able"),
        ("**over\nthe line**", "*over*\n*the line*"),
        ("# Big **one**\ntext", "*Big one*\n\ntext"),
        (
            "- one\n- two\n  1. deep\n  2. deeper\n- three",
            "• one\n• two\n    1. deep\n    2. deeper\n• three",
        ),
        ("- one\n\n- two\n\nafter", "• one\n\n• two\n\nafter"),
        ("> said\n> twice\n\nand", "> said\n> twice\n\nand"),
        ("```sh\nls <x> && `y`\n```\nafter", "```\nls &lt;x&gt; &amp;&amp; ˋyˋ\n```\n\nafter"),
        ("    indented\n", "```\nindented\n```"),
        (
            "[the page](https://example.org/a?b=1&c=2)",
            "<https://example.org/a?b=1&amp;c=2|the page>",
        ),
        ("<https://example.org>", "<https://example.org>"),
        ("See https://example.org/x.", "See <https://example.org/x>."),
        // An address is whole, whatever marks it has in it.
        (
            "At https://ci.example.org/job/__main__/12 now",
            "At <https://ci.example.org/job/__main__/12> now",
        ),
        (
            "https://example.org/wiki/Rust_(language)#A_(b)",
            "<https://example.org/wiki/Rust_(language)#A_(b)>",
        ),
        ("https://a.example/?x=~.*&y=a|b", "<https://a.example/?x=~.*&amp;y=a%7Cb>"),
        ("https://[2001:db8::1]:8443/__status__", "<https://[2001:db8::1]:8443/__status__>"),
        ("https://bücher.example/straße/東京", "<https://bücher.example/straße/東京>"),
        ("<ann@example.org>", "<mailto:ann@example.org|ann@example.org>"),
        ("[x](javascript:alert(1)) [y](/relative)", "x y"),
        ("[a|b>c](https://e.example/a|b>c)", "<https://e.example/a%7Cb%3Ec|a|b&gt;c>"),
        ("![a graph](https://example.org/g.png)", "<https://example.org/g.png|a graph>"),
        ("<!channel> <@U1> <b>raw</b>", "&lt;!channel&gt; &lt;@U1&gt; &lt;b&gt;raw&lt;/b&gt;"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2"),
        ("a\n\n---\n\nb", "a\n\n———\n\nb"),
        ("", ""),
    ];
    for (markdown, expected) in cases {
        assert_eq!(from_markdown(markdown), expected, "{markdown:?}");
    }
}

#[test]
fn signs_that_slack_would_take_for_a_look_are_changed_only_where_it_would() {
    for (markdown, expected) in [
        (r"\*not bold\*", "∗not bold∗"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        (r"a \~b\~", "a ∼b∼"),
        ("about ~5 min", "about ~5 min"),
    ] {
        assert_eq!(from_markdown(markdown), expected);
    }
    assert_eq!(mrkdwn::bold("5* hotel"), "*5∗ hotel*");
    assert_eq!(mrkdwn::text("a\nb\tc"), "a b c");
}

#[test]
fn a_slack_message_becomes_markdown_that_mentions_no_one() {
    let cases = [
        ("*bold* _soft_ ~gone~ `code *x*`", "**bold** _soft_ ~~gone~~ `code *x*`"),
        ("2 * 3 * 4, a*b*c", "2 * 3 * 4, a*b*c"),
        (
            "<https://example.org|the page> <https://example.org/a>",
            "[the page](https://example.org) <https://example.org/a>",
        ),
        ("*<https://example.org|bold link>*", "**[bold link](https://example.org)**"),
        ("<mailto:ann@example.org|ann@example.org>", "<ann@example.org>"),
        (
            "<!channel> look: <@U024BE7LH> and <@U1|ada> in <#C1|general>",
            "look: and ada in #general",
        ),
        ("<!subteam^S1|@ops> at <!date^1795269900^{time}|14:05 UTC>", "ops at 14:05 UTC"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("&gt; said\n• one\n• two", "> said\n- one\n- two"),
        ("before ```a &lt; b\n*c*``` after", "before\n```\na < b\n*c*\n```\n after"),
        ("one ` tick", "one ` tick"),
        ("broken <https://x", "broken https://x"),
    ];
    for (message, expected) in cases {
        assert_eq!(to_markdown(message), expected, "{message:?}");
    }
}

#[test]
fn messages_outside_slack_have_times_in_utc_and_ping_no_one() {
    let said = "🔴 *Down &lt;@123&gt; @channel*, since <!date^1795269900^{date_short_pretty} {time}|2026-11-21 14:05 UTC>\n\
                <https://status.example.org/@x|Ask @all> or ann@example.org, <https://e.example/@y>";
    assert_eq!(
        mrkdwn::anywhere(said),
        "🔴 *Down &lt;@\u{200b}123&gt; @\u{200b}channel*, since 2026-11-21 14:05 UTC\n\
         <https://status.example.org/@x|Ask @\u{200b}all> or ann@example.org, <https://e.example/@y>"
    );
    assert_eq!(
        mrkdwn::elsewhere(said),
        "🔴 **Down <@\u{200b}123> @\u{200b}channel**, since 2026-11-21 14:05 UTC\n\
         [Ask @\u{200b}all](https://status.example.org/@x) or ann@example.org, <https://e.example/@y>"
    );
    assert_eq!(mrkdwn::anywhere("<!here> a <@U1|ada> <#C1>"), " a ada ");
}

#[test]
fn there_and_back_means_the_same() {
    for markdown in ["**bold** and `code`", "[x](https://example.org)", "- one\n- two", "a\n\nb"] {
        assert_eq!(to_markdown(&from_markdown(markdown)), markdown);
    }
}

#[test]
fn malicious_text_stays_small_and_quick() {
    for hostile in [
        ">".repeat(65_536),
        "- ".repeat(32_768),
        "*a_ ".repeat(16_384),
        "[".repeat(65_536),
        "<".repeat(65_536),
        "http://a ".repeat(7_000),
        "`".repeat(65_535),
        "*_~`".repeat(16_384),
        "[a](".repeat(15_000),
        "https://a.example/(".repeat(3_000),
        "x_*~".repeat(15_000),
    ] {
        assert!(from_markdown(&hostile).len() < 2 * 1024 * 1024);
        assert!(to_markdown(&hostile).len() < 2 * 1024 * 1024);
    }
}

/// Parts that act in Slack, or break what keeps them from acting.
pub(super) fn nasty() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<!channel>",
        "<!here|x>",
        "<@U024BE7LH>",
        "<#C1|general>",
        "<https://evil.example|Reset>",
        "<mailto:a@b.example|x>",
        "[a](https://e.example/<!channel>)",
        "[<!here>](https://e.example)",
        "[a](",
        ")",
        "](",
        "|",
        ">",
        "<",
        "&",
        "&lt;!channel&gt;",
        "&amp;lt;",
        "```",
        "`",
        "\n",
        "\n\n",
        "*",
        "_",
        "~",
        "**",
        "# ",
        "> ",
        "- ",
        "1. ",
        "    ",
        "| a |\n|---|\n",
        "https://a.example/x|y>z",
        "\u{200d}",
        "\u{202e}",
        "👩‍👩‍👧‍👦",
        "é",
        "e\u{301}",
        "🇩🇪",
        "\\",
        "<b>",
        "<!--",
        "-->",
        "![x](http://i.example/<@U1>)",
        "@channel",
        "word ",
        "\u{0}",
        "\u{fe0f}",
    ]);
    prop::collection::vec(
        prop_oneof![3 => pieces.prop_map(str::to_owned), 1 => any::<String>()],
        0..40,
    )
    .prop_map(|pieces| pieces.concat())
}

/// Everything between `<` and `>`; panics where one stands alone.
pub(super) fn tokens(markup: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = markup;
    while let Some((_, after)) = rest.split_once('<') {
        let (token, behind) =
            after.split_once('>').unwrap_or_else(|| panic!("every token ends: {markup}"));
        assert!(!token.contains('<'), "{token:?} in {markup:?}");
        tokens.push(token.to_owned());
        rest = behind;
    }
    tokens
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_anybody_wrote_acts(text in nasty()) {
        for token in tokens(&from_markdown(&text)) {
            prop_assert!(["http://", "https://", "mailto:"].iter().any(|scheme| token.to_ascii_lowercase().starts_with(scheme)), "{}", token);
            prop_assert!(!token.contains('\n'), "{}", token);
        }
        prop_assert!(tokens(&mrkdwn::text(&text)).is_empty());
        prop_assert!(tokens(&mrkdwn::bold(&text)).is_empty());
        for token in tokens(&from_markdown(&to_markdown(&text))) {
            prop_assert!(["http://", "https://", "mailto:"].iter().any(|scheme| token.to_ascii_lowercase().starts_with(scheme)), "{}", token);
        }
    }
}
