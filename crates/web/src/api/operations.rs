//! The OpenAPI descriptions of the API routes. The route table assigns them to routes.

use crate::route::{ApiParameter, Operation, ParameterKind, ResponseShape};

/// [`crate::http::query::HIGHEST`] as the type of the document's numbers.
const HIGHEST: f64 = 9_007_199_254_740_991.0;

/// The document's introduction.
pub(crate) const ABOUT: &str = "This status page for programs. Everything can be read from any origin, without a key. Each answer reflects the log \
    up to one event (`X-Log-Seq`) and has an `ETag`, so send `If-None-Match`. Times are RFC 3339 in UTC. Errors are \
    problem documents (RFC 9457). A suspected incident was reported by monitoring and not yet confirmed by a person; \
    `/api/v2` leaves it out.";

const UNKNOWN: &str = "The log can’t be read at the moment, and no earlier state is known.";
const STATUSPAGE: &str = "Statuspage v2";
const STATUSPAGE_SAYS: &str =
    "In the format of Atlassian’s Statuspage API v2, for programs that already read it.";

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

const FEED_SAYS: &str = "One entry per incident, with its whole timeline, in the site’s own language; other languages are at \
    `/de/feed/atom` and the like. An entry never changes its id, and moves to the top with each update.";
const HISTORY_SAYS: &str =
    "In the format of Statuspage’s history feed, for programs that parse it.";

const CANDOR: &str = "Candor";
const FEEDS: &str = "Feeds and live";

pub(crate) const BOARD: Operation = Operation {
    id: "board",
    group: CANDOR,
    summary: "The page as data",
    description: "The headline, current incidents, planned maintenance, and recent incidents.",
    parameters: &[],
    response: ResponseShape::Schema("Board"),
    unavailable: UNKNOWN,
};

pub(crate) const BOARD_JSON: Operation = Operation {
    id: "board-json",
    group: CANDOR,
    summary: "The page as data, as a file",
    description: "The same bytes as `/api/v1/board`.",
    parameters: &[],
    response: ResponseShape::Schema("Board"),
    unavailable: UNKNOWN,
};

pub(crate) const INCIDENTS: Operation = Operation {
    id: "incidents",
    group: CANDOR,
    summary: "Incidents, newest first",
    description: "Paginated: `next`, and a `Link` with `rel=\"next\"`, lead to the next page. An answer may hold fewer incidents than \
            `limit`, even none, and still have a next page.",
    parameters: &[
        ApiParameter {
            name: "status",
            kind: ParameterKind::Words("Status"),
            description: "Only incidents with these statuses.",
            example: "confirmed",
        },
        ApiParameter {
            name: "severity",
            kind: ParameterKind::Words("Severity"),
            description: "Only incidents with these severities.",
            example: "outage",
        },
        ApiParameter {
            name: "since",
            kind: ParameterKind::Time,
            description: "Only incidents that ended at this time or later, or are open: a time with its offset (`Z`, `+01:00`), or a day (UTC).",
            example: "2026-11-01",
        },
        ApiParameter {
            name: "until",
            kind: ParameterKind::Time,
            description: "Only incidents that began before this time: a time with its offset (`Z`, `+01:00`), or a day (UTC).",
            example: "2026-12-01",
        },
        ApiParameter {
            name: "before",
            kind: ParameterKind::Number(1.0, Some(4_294_967_295.0)),
            description: "Only incidents with a lower number: the `next` of the previous page.",
            example: "42",
        },
        limit(100.0, "The maximum number of incidents; 25 by default."),
    ],
    response: ResponseShape::Schema("Incidents"),
    unavailable: UNKNOWN,
};

pub(crate) const INCIDENT: Operation = Operation {
    id: "incident",
    group: CANDOR,
    summary: "One incident, with its events",
    description: "`trail` holds its events as they were recorded: texts, and their corrections as separate events. Retracted texts \
            are left out.",
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
    summary: "The public log, oldest first",
    description: "All events that changed the page. Further alerts of an open incident, and events that only operators see, are \
            left out, so `seq` has gaps here; the log itself has none. Operators and alert messages aren’t public.",
    parameters: &[
        ApiParameter {
            name: "after",
            kind: ParameterKind::Number(0.0, Some(HIGHEST)),
            description: "Only events after this one: the `next` of the previous page, or the last `seq` that you know.",
            example: "0",
        },
        limit(500.0, "The maximum number of events; 100 by default."),
    ],
    response: ResponseShape::Schema("Events"),
    unavailable: UNKNOWN,
};

pub(crate) const HEAD: Operation = Operation {
    id: "head",
    group: CANDOR,
    summary: "The head of the log, signed",
    description: "Each event’s hash covers the previous one, so the head stands for the whole log. If you save it from time to \
            time, nobody can shorten or rewrite the log unnoticed: a later head with a lower `seq`, or another hash for \
            the same `seq`, is proof. To verify a head: write `statement` into a file, decode `signature` from Base64 into \
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
    description: "Server-sent events. On connection, and whenever the page changes, an event `board` has the latest \
            state: `id` is the log’s `seq`; `data` is JSON with `seq`, `headline`, `title` (the headline as text), \
            `changed` (the paths of the incidents that changed after event `since`). Nothing is repeated: a client that \
            reconnects with `Last-Event-ID` gets the latest state only if it has changed. If `since` is 0, or later than the \
            `seq` that you know, more than `changed` may have changed: request the page. An event `heartbeat` without data \
            comes every 15 seconds: if nothing comes for much longer, a proxy holds the stream back, so poll the page \
            instead.",
    parameters: &[ApiParameter {
        name: "after",
        kind: ParameterKind::Number(0.0, Some(HIGHEST)),
        description: "The last `seq` that you know, if there is no `Last-Event-ID`.",
        example: "0",
    }],
    response: ResponseShape::Stream,
    unavailable: "Too many viewers are connected, from your address or in total; poll the page instead.",
};

pub(crate) const SUMMARY: Operation =
    document("summary", "Page, status, current incidents and planned maintenance");

pub(crate) const STATUS: Operation = document("status", "The status in one word and one sentence");

pub(crate) const COMPONENTS: Operation =
    document("components", "The one component: the whole service");

pub(crate) const ALL_INCIDENTS: Operation = document("all-incidents", "The newest 50 incidents");

pub(crate) const UNRESOLVED: Operation = document("unresolved-incidents", "Open incidents");

pub(crate) const MAINTENANCES: Operation = document("maintenances", "The newest 50 maintenances");

pub(crate) const UPCOMING: Operation = document("upcoming-maintenances", "Planned maintenances");

pub(crate) const ACTIVE: Operation = document("active-maintenances", "Maintenances under way");

pub(crate) const FEED_ATOM: Operation = file("feed-atom", "Atom", FEED_SAYS);

pub(crate) const FEED_RSS: Operation = file("feed-rss", "RSS 2.0", FEED_SAYS);

pub(crate) const FEED_JSON: Operation = file("feed-json", "JSON Feed 1.1", FEED_SAYS);

pub(crate) const HISTORY_ATOM: Operation = file("history-atom", "History as Atom", HISTORY_SAYS);

pub(crate) const HISTORY_RSS: Operation = file("history-rss", "History as RSS", HISTORY_SAYS);

pub(crate) const CALENDAR: Operation = file(
    "calendar",
    "Planned maintenance as a calendar",
    "Maintenance that is planned or under way, or that ended or was canceled in the last 30 days. A single maintenance is at \
            `/calendar/7.ics`.",
);

pub(crate) const BADGE: Operation = file(
    "badge",
    "The status as an image",
    "In the reader’s language, or in the language of the path (`/de/badge.svg`). `?style=` may be `flat-square`, `plastic` or \
            `for-the-badge`; anything else is `flat`.",
);

/// The operation of the page in the tests.
#[cfg(test)]
pub(crate) const TEST_PAGE: Operation = document("test-page", "A page of the test");
