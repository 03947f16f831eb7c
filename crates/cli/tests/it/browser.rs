//! The main flow as a visitor sees it, in headless Chromium on a small phone's screen.

mod corpus;
mod operator;
mod pages;
mod past;
mod pictures;
mod stages;
mod walks;

use candor_testkit::{
    browser::Browser,
    mailbox::{MailSink, link},
    site::{Installation, opsgenie},
    until,
};

/// The narrowest phone that counts, in CSS pixels.
const WIDTH: u32 = 360;
const HEIGHT: u32 = 740;

#[test]
fn a_visitor_follows_an_incident_and_is_notified_by_mail() {
    let mailbox = MailSink::open();
    let site =
        Installation::new().with("SITE_NAME", "Acme Tickets").mailing_to(mailbox.address).started();
    let visitor = Visitor::of(&site);

    visitor.reads("/", &["Acme Tickets is working normally"]);
    site.acknowledged(&opsgenie("Create", "one", 1_700_000_000_000_000_000));
    visitor.reads("/", &["might be having issues", "Suspected"]);
    site.candor(&[
        "incident",
        "confirm",
        "1",
        "--title",
        "Checkout is down",
        "--text",
        "We **look** into it.",
    ])
    .well();
    visitor.reads("/", &["Checkout is down", "We look into it.", "Confirmed"]);

    // The permalink says the same.
    visitor.browser.click("main h3 a, main h2 a");
    visitor.sees(&["Checkout is down", "We look into it."]);

    visitor.browser.click("a[href$='/subscribe']");
    visitor.sees(&["Get updates"]);
    visitor.browser.type_into("input[type=email]", "ada@example");
    visitor.browser.click("main form button");
    visitor.sees(&["name@example.org"]);
    visitor.browser.type_into("input[type=email]", "ada@example.org");
    visitor.browser.click("main form button");
    visitor.sees(&["Check your mail"]);
    let confirm = link(&mailbox.exactly(1)[0], &format!("{}/subscribe/", visitor.home));
    visitor.browser.go(&confirm);
    visitor.sees(&["Confirm your subscription"]);
    visitor.browser.click("main form button");
    visitor.sees(&["You are subscribed"]);

    site.candor(&[
        "incident",
        "update",
        "1",
        "--status",
        "watching",
        "--text",
        "A fix is in place.",
    ])
    .well();
    visitor.reads("/", &["A fix is in place."]);
    site.candor(&["incident", "resolve", "1", "--text", "It is over."]).well();
    visitor.reads("/", &["Acme Tickets is working normally", "Checkout is down"]);

    let mails = mailbox.exactly(3);
    let leave = link(&mails[2], &format!("{}/unsubscribe/", visitor.home));
    visitor.browser.go(&leave);
    visitor.sees(&["Unsubscribe?"]);
    visitor.browser.click("main form button");
    visitor.sees(&["You are unsubscribed"]);
    site.candor(&["incident", "declare", "--title", "Another one"]).well();
    visitor.reads("/", &["Another one"]);
    assert_eq!(site.candor(&["subscriber", "list", "--json"]).json(), serde_json::json!([]));
    assert_eq!(mailbox.count(), 3, "whoever left is told nothing more");
}

#[test]
fn malicious_text_stays_text_and_long_words_dont_break_the_page() {
    let site = Installation::new().with("SITE_NAME", "Acme <b>Tickets</b>").started();
    let visitor = Visitor::of(&site);
    let title =
        format!("<script>document.title='owned'</script> {}", "Donaudampfschifffahrt".repeat(4));
    let text = format!(
        "<img src=x onerror=\"document.title='owned'\"> [click](javascript:document.title='owned') \u{202e}🔥\n\n{}\n\n    {}\n",
        "unbreakable".repeat(40),
        "a long line of code ".repeat(20),
    );
    site.candor(&["incident", "declare", "--title", &title, "--text", &text]).well();
    visitor.reads("/", &["<script>document.title='owned'</script>", "Acme <b>Tickets</b>"]);
    visitor.browser.click("main h3 a, main h2 a");
    visitor.sees(&["<script>document.title='owned'</script>", "unbreakable"]);
    assert_ne!(visitor.browser.run("return document.title"), "owned");
    let links = "return [...document.links].filter(a => !a.protocol.startsWith('http') && a.protocol != 'mailto:').length";
    assert_eq!(visitor.browser.run(links), 0, "no link runs a script");
    visitor.reads("/2020-01-01/7", &["Not found"]);
}

/// Somebody with a browser who looks at the pages of one site.
struct Visitor {
    browser: Browser,
    home: String,
}

impl Visitor {
    fn of(site: &Installation) -> Self {
        let home = format!("http://{}", site.address);
        Self { browser: Browser::open(WIDTH, HEIGHT, &home), home }
    }

    /// Looks at a page again and again until it says all of this.
    fn reads(&self, path: &str, words: &[&str]) {
        until(&format!("{path} to say {words:?}"), || {
            self.browser.go(&format!("{}{path}", self.home));
            says(&self.browser.text(), words).then_some(())
        });
        self.sees(words);
    }

    /// The page at operator says all of this, is no wider than the screen, and the browser has nothing to complain of.
    fn sees(&self, words: &[&str]) {
        // A click returns before the page that it leads to is there.
        let text = until(&format!("the page to say {words:?}"), || {
            let text = self.browser.text();
            says(&text, words).then_some(text)
        });
        assert_eq!(self.browser.run("return innerWidth"), WIDTH);
        let width = self.browser.run("return document.documentElement.scrollWidth");
        assert!(
            width.as_u64() <= Some(WIDTH.into()),
            "{width} pixels on a screen of {WIDTH}: {text}"
        );
        assert_eq!(self.browser.complaints(), Vec::<String>::new());
    }
}

/// Whether a page says all of this, in whatever case its style shows it.
fn says(text: &str, words: &[&str]) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let text = plain(text);
    words.iter().all(|word| text.contains(&plain(word)))
}
