//! The OpenAPI descriptions of the API routes. The route table assigns them to routes.

use crate::route::{ApiParameter, Operation, ParameterKind, ResponseShape};

/// [`crate::http::query::HIGHEST`] as the type of the document's numbers.
const HIGHEST: f64 = 9_007_199_254_740_991.0;

/// The document's introduction.
pub(crate) const ABOUT: &str = "What this page says, for programs. Everything may be read from any origin, without a key; all answers are as of \
    one event of the log (`X-Log-Seq`) and have an `ETag`, so ask with `If-None-Match`. Times are RFC 3339 in UTC. An \
    answer that isn’t one is a problem document (RFC 9457). A suspected incident is what monitoring says and no \
    person has confirmed; `/api/v2` leaves it out.";

const UNKNOWN: &str =
    "The log can’t be read at the moment, and nothing is known of it from before.";
const STATUSPAGE: &str = "Statuspage v2";
const STATUSPAGE_SAYS: &str =
    "In the shape of Atlassian’s Statuspage API v2, for what reads that already.";

const fn document(id: &'static str, summary: &'static str) -> Operation {
    Operation {
        id,
        group: STATUSPAGE,
        summary,
        description: STATUSPAGE_SAYS,
        parameters: &[],
        response: ResponseShape::Object,
        unavailable: UNKNOWN,
    }
}

const fn limit(most: f64, description: &'static str) -> ApiParameter {
    let kind = ParameterKind::Number(1.0, Some(most));
    ApiParameter { name: "limit", kind, description, example: "10" }
}

const fn file(id: &'static str, summary: &'static str, description: &'static str) -> Operation {
    Operation {
        id,
        group: FEEDS,
        summary,
        description,
        parameters: &[],
        response: ResponseShape::File,
        unavailable: UNKNOWN,
    }
}

const FEED_SAYS: &str = "One entry an incident, with its whole timeline, in the site’s own language; other languages are at \
    `/de/feed/atom` and the like. An entry keeps its id for ever and moves to the top when something is said.";
const HISTORY_SAYS: &str = "In the form of Statuspage’s history feed, for what takes that apart.";

const CANDOR: &str = "Candor";
const FEEDS: &str = "Feeds and live";

pub(crate) const BOARD: Operation = Operation {
    id: "board",
    group: CANDOR,
    summary: "The page as data",
    description: "The headline, what is going on, what is planned, and the last incidents.",
    parameters: &[],
    response: ResponseShape::Schema("Board"),
    unavailable: UNKNOWN,
};

pub(crate) const BOARD_JSON: Operation = Operation {
    id: "board-json",
    group: CANDOR,
    summary: "The page as data, for what wants a file’s name",
    description: "The same bytes as `/api/v1/board`.",
    parameters: &[],
    response: ResponseShape::Schema("Board"),
    unavailable: UNKNOWN,
};

pub(crate) const INCIDENTS: Operation = Operation {
    id: "incidents",
    group: CANDOR,
    summary: "Incidents, the newest first",
    description: "In pages: `next`, and a `Link` with `rel=\"next\"`, lead to the next one. An answer may have fewer incidents than \
            `limit`, even none, and a next page all the same.",
    parameters: &[
        ApiParameter {
            name: "status",
            kind: ParameterKind::Words("Status"),
            description: "Only those that stand so.",
            example: "confirmed",
        },
        ApiParameter {
            name: "severity",
            kind: ParameterKind::Words("Severity"),
            description: "Only those that are as bad as this.",
            example: "outage",
        },
        ApiParameter {
            name: "since",
            kind: ParameterKind::Time,
            description: "Only those that weren’t over before then: a time with its zone (`Z`, `+01:00`), or a day (UTC).",
            example: "2026-11-01",
        },
        ApiParameter {
            name: "until",
            kind: ParameterKind::Time,
            description: "Only those that began before then: a time with its zone (`Z`, `+01:00`), or a day (UTC).",
            example: "2026-12-01",
        },
        ApiParameter {
            name: "before",
            kind: ParameterKind::Number(1.0, Some(4_294_967_295.0)),
            description: "Only those with a lower number: the `next` of the page before.",
            example: "42",
        },
        limit(100.0, "How many at most; 25 if nothing is said."),
    ],
    response: ResponseShape::Schema("Incidents"),
    unavailable: UNKNOWN,
};

pub(crate) const INCIDENT: Operation = Operation {
    id: "incident",
    group: CANDOR,
    summary: "One incident, with its trail",
    description: "The trail holds its events as they were written: texts with their corrections beside them. A text that was \
            withdrawn isn’t in it.",
    parameters: &[ApiParameter {
        name: "number",
        kind: ParameterKind::Number(1.0, Some(4_294_967_295.0)),
        description: "The incident’s number.",
        example: "1",
    }],
    response: ResponseShape::Schema("Story"),
    unavailable: UNKNOWN,
};

pub(crate) const EVENTS: Operation = Operation {
    id: "events",
    group: CANDOR,
    summary: "The public log, the oldest first",
    description: "What anybody could tell from a page that it happened. What monitoring reports of an incident that is open \
            already, and what only operators see, is left out, so `seq` has gaps here; the log itself has none. Who did \
            it, and what alerts say, isn’t public.",
    parameters: &[
        ApiParameter {
            name: "after",
            kind: ParameterKind::Number(0.0, Some(HIGHEST)),
            description: "Only later ones than this event: the `next` of the piece before, or the last `seq` you know.",
            example: "0",
        },
        limit(500.0, "How many at most; 100 if nothing is said."),
    ],
    response: ResponseShape::Schema("Events"),
    unavailable: UNKNOWN,
};

pub(crate) const HEAD: Operation = Operation {
    id: "head",
    group: CANDOR,
    summary: "The head of the log, signed",
    description: "Each event’s hash covers the one before it, so the head stands for the whole log. Keep what you get now and \
            then, and nobody can shorten or rewrite the log unseen: a later head with a lower `seq`, or another hash for \
            the same `seq`, is proof. To check one: write `statement` into a file, decode `signature` from Base64 into \
            another, `key` into a third, and `openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in statement \
            -sigfile signature`.",
    parameters: &[],
    response: ResponseShape::Schema("Head"),
    unavailable: UNKNOWN,
};

pub(crate) const OPENAPI: Operation = Operation {
    id: "openapi",
    group: CANDOR,
    summary: "This document",
    description: "OpenAPI 3.1.",
    parameters: &[],
    response: ResponseShape::Object,
    unavailable: UNKNOWN,
};

pub(crate) const LIVE: Operation = Operation {
    id: "live",
    group: FEEDS,
    summary: "Changes as they happen",
    description: "Server-sent events. At first, and then whenever the page has changed, comes one event `board` with the last \
            state: `id` is the log’s `seq`; `data` is JSON with `seq`, `headline`, `title` (the headline in words), \
            `changed` (the paths of the incidents that changed after event `since`). Nothing is repeated: who comes back \
            with `Last-Event-ID` gets the last state, if it is another one. If `since` is 0, or later than what you know, more \
            may have changed than `changed` says: ask for the page. An event `heartbeat` without data comes every 15 seconds: who hears nothing for much \
            longer should ask for the page instead, since something in between holds the answer back.",
    parameters: &[ApiParameter {
        name: "after",
        kind: ParameterKind::Number(0.0, Some(HIGHEST)),
        description: "The `seq` that you know already, if there is no `Last-Event-ID`.",
        example: "0",
    }],
    response: ResponseShape::Stream,
    unavailable: "Too many viewers are connected, from your address or in all; ask for the page now and then instead.",
};

pub(crate) const SUMMARY: Operation =
    document("summary", "Page, status, what is going on and what is planned");

pub(crate) const STATUS: Operation = document("status", "The status in one word and one sentence");

pub(crate) const COMPONENTS: Operation = document("components", "The one component: the whole");

pub(crate) const ALL_INCIDENTS: Operation = document("all-incidents", "The newest 50 incidents");

pub(crate) const UNRESOLVED: Operation = document("unresolved-incidents", "Incidents that go on");

pub(crate) const MAINTENANCES: Operation = document("maintenances", "The newest 50 maintenances");

pub(crate) const UPCOMING: Operation =
    document("upcoming-maintenances", "Maintenances that are planned");

pub(crate) const ACTIVE: Operation = document("active-maintenances", "Maintenances that go on");

pub(crate) const FEED_ATOM: Operation = file("feed-atom", "Atom", FEED_SAYS);

pub(crate) const FEED_RSS: Operation = file("feed-rss", "RSS 2.0", FEED_SAYS);

pub(crate) const FEED_JSON: Operation = file("feed-json", "JSON Feed 1.1", FEED_SAYS);

pub(crate) const HISTORY_ATOM: Operation = file("history-atom", "History as Atom", HISTORY_SAYS);

pub(crate) const HISTORY_RSS: Operation = file("history-rss", "History as RSS", HISTORY_SAYS);

pub(crate) const CALENDAR: Operation = file(
    "calendar",
    "Planned maintenance as a calendar",
    "What is planned or goes on, and what ended or was called off in the last 30 days. One maintenance alone is at \
            `/calendar/7.ics`.",
);

pub(crate) const BADGE: Operation = file(
    "badge",
    "A picture that says how things are",
    "In the reader’s language, or in that of the path (`/de/badge.svg`). `?style=` may be `flat-square`, `plastic` or \
            `for-the-badge`; anything else is `flat`.",
);

/// The operation of the page in the tests.
#[cfg(test)]
pub(crate) const TEST_PAGE: Operation = document("test-page", "A page of the test");
