//! Everything that programs may ask for, in words.

/// [`crate::api::HIGHEST`] in the type that the document's numbers have.
const HIGHEST: f64 = 9_007_199_254_740_991.0;

/// What the document says first.
pub(super) const ABOUT: &str = "What this page says, for programs. Everything may be read from any origin, without a key; all answers are as of \
    one event of the log (`X-Log-Seq`) and have an `ETag`, so ask with `If-None-Match`. Times are RFC 3339 in UTC. An \
    answer that isn’t one is a problem document (RFC 9457). A suspected incident is what monitoring says and no \
    person has confirmed; `/api/v2` leaves it out.";

/// What one address offers.
pub(super) struct ApiOperation {
    /// As OpenAPI writes it: parameters in braces.
    pub(super) path: &'static str,
    pub(super) id: &'static str,
    pub(super) group: &'static str,
    pub(super) summary: &'static str,
    pub(super) says: &'static str,
    pub(super) asks: &'static [ApiParameter],
    pub(super) answer: ResponseShape,
    /// When it is answered with 503.
    pub(super) unavailable: &'static str,
}

/// What is answered.
pub(super) enum ResponseShape {
    /// JSON of one of our shapes.
    Shape(&'static str),
    /// JSON of a shape that somebody else describes.
    Object,
    /// Events, for as long as one listens.
    Stream,
    /// A file of this type.
    File(&'static str),
}

/// A parameter.
pub(super) struct ApiParameter {
    pub(super) name: &'static str,
    pub(super) of: ParameterType,
    pub(super) says: &'static str,
    pub(super) example: &'static str,
}

/// What a parameter holds.
pub(super) enum ParameterType {
    Number(f64, Option<f64>),
    Time,
    /// Words of this shape, separated by commas.
    Words(&'static str),
}

impl ApiParameter {
    /// The number of an incident is the only one.
    pub(super) fn is_in_path(&self) -> bool {
        self.name == "number"
    }
}

const UNKNOWN: &str =
    "The log can’t be read at the moment, and nothing is known of it from before.";
const STATUSPAGE: &str = "Statuspage v2";
const STATUSPAGE_SAYS: &str =
    "In the shape of Atlassian’s Statuspage API v2, for what reads that already.";

const fn document(path: &'static str, id: &'static str, summary: &'static str) -> ApiOperation {
    ApiOperation {
        path,
        id,
        group: STATUSPAGE,
        summary,
        says: STATUSPAGE_SAYS,
        asks: &[],
        answer: ResponseShape::Object,
        unavailable: UNKNOWN,
    }
}

const fn limit(most: f64, says: &'static str) -> ApiParameter {
    ApiParameter { name: "limit", of: ParameterType::Number(1.0, Some(most)), says, example: "10" }
}

const fn file(
    path: &'static str,
    id: &'static str,
    kind: &'static str,
    summary: &'static str,
    says: &'static str,
) -> ApiOperation {
    ApiOperation {
        path,
        id,
        group: FEEDS,
        summary,
        says,
        asks: &[],
        answer: ResponseShape::File(kind),
        unavailable: UNKNOWN,
    }
}

const FEED_SAYS: &str = "One entry an incident, with its whole timeline, in the site’s own language; other languages are at \
    `/de/feed/atom` and the like. An entry keeps its id for ever and moves to the top when something is said.";
const HISTORY_SAYS: &str = "In the form of Statuspage’s history feed, for what takes that apart.";

const CANDOR: &str = "Candor";
const FEEDS: &str = "Feeds and live";

/// All of it.
pub(super) const OPERATIONS: &[ApiOperation] = &[
    ApiOperation {
        path: "/api/v1/board",
        id: "board",
        group: CANDOR,
        summary: "The page as data",
        says: "The headline, what is going on, what is planned, and the last incidents.",
        asks: &[],
        answer: ResponseShape::Shape("Board"),
        unavailable: UNKNOWN,
    },
    ApiOperation {
        path: "/api/v1/board.json",
        id: "board-json",
        group: CANDOR,
        summary: "The page as data, for what wants a file’s name",
        says: "The same bytes as `/api/v1/board`.",
        asks: &[],
        answer: ResponseShape::Shape("Board"),
        unavailable: UNKNOWN,
    },
    ApiOperation {
        path: "/api/v1/incidents",
        id: "incidents",
        group: CANDOR,
        summary: "Incidents, the newest first",
        says: "In pages: `next`, and a `Link` with `rel=\"next\"`, lead to the next one. An answer may have fewer incidents than \
            `limit`, even none, and a next page all the same.",
        asks: &[
            ApiParameter {
                name: "status",
                of: ParameterType::Words("Status"),
                says: "Only those that stand so.",
                example: "confirmed",
            },
            ApiParameter {
                name: "severity",
                of: ParameterType::Words("Severity"),
                says: "Only those that are as bad as this.",
                example: "outage",
            },
            ApiParameter {
                name: "since",
                of: ParameterType::Time,
                says: "Only those that weren’t over before then: a time with its zone (`Z`, `+01:00`), or a day (UTC).",
                example: "2026-11-01",
            },
            ApiParameter {
                name: "until",
                of: ParameterType::Time,
                says: "Only those that began before then: a time with its zone (`Z`, `+01:00`), or a day (UTC).",
                example: "2026-12-01",
            },
            ApiParameter {
                name: "before",
                of: ParameterType::Number(1.0, Some(4_294_967_295.0)),
                says: "Only those with a lower number: the `next` of the page before.",
                example: "42",
            },
            limit(100.0, "How many at most; 25 if nothing is said."),
        ],
        answer: ResponseShape::Shape("Incidents"),
        unavailable: UNKNOWN,
    },
    ApiOperation {
        path: "/api/v1/incidents/{number}",
        id: "incident",
        group: CANDOR,
        summary: "One incident, with its trail",
        says: "The trail holds its events as they were written: texts with their corrections beside them. A text that was \
            withdrawn isn’t in it.",
        asks: &[ApiParameter {
            name: "number",
            of: ParameterType::Number(1.0, Some(4_294_967_295.0)),
            says: "The incident’s number.",
            example: "1",
        }],
        answer: ResponseShape::Shape("Story"),
        unavailable: UNKNOWN,
    },
    ApiOperation {
        path: "/api/v1/events",
        id: "events",
        group: CANDOR,
        summary: "The public log, the oldest first",
        says: "What anybody could tell from a page that it happened. What monitoring reports of an incident that is open \
            already, and what only operators see, is left out, so `seq` has gaps here; the log itself has none. Who did \
            it, and what alerts say, isn’t public.",
        asks: &[
            ApiParameter {
                name: "after",
                of: ParameterType::Number(0.0, Some(HIGHEST)),
                says: "Only later ones than this event: the `next` of the piece before, or the last `seq` you know.",
                example: "0",
            },
            limit(500.0, "How many at most; 100 if nothing is said."),
        ],
        answer: ResponseShape::Shape("Events"),
        unavailable: UNKNOWN,
    },
    ApiOperation {
        path: "/api/v1/head",
        id: "head",
        group: CANDOR,
        summary: "The head of the log, signed",
        says: "Each event’s hash covers the one before it, so the head stands for the whole log. Keep what you get now and \
            then, and nobody can shorten or rewrite the log unseen: a later head with a lower `seq`, or another hash for \
            the same `seq`, is proof. To check one: write `statement` into a file, decode `signature` from Base64 into \
            another, `key` into a third, and `openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in statement \
            -sigfile signature`.",
        asks: &[],
        answer: ResponseShape::Shape("Head"),
        unavailable: UNKNOWN,
    },
    ApiOperation {
        path: "/api/v1/openapi.json",
        id: "openapi",
        group: CANDOR,
        summary: "This document",
        says: "OpenAPI 3.1.",
        asks: &[],
        answer: ResponseShape::Object,
        unavailable: UNKNOWN,
    },
    ApiOperation {
        path: "/events",
        id: "live",
        group: FEEDS,
        summary: "Changes as they happen",
        says: "Server-sent events. At first, and then whenever the page has changed, comes one event `board` with the last \
            state: `id` is the log’s `seq`; `data` is JSON with `seq`, `headline`, `title` (the headline in words), \
            `changed` (the paths of the incidents that changed after event `since`). Nothing is repeated: who comes back \
            with `Last-Event-ID` gets the last state, if it is another one. If `since` is 0, or later than what you know, more \
            may have changed than `changed` says: ask for the page. An event `heartbeat` without data comes every 15 seconds: who hears nothing for much \
            longer should ask for the page instead, since something in between holds the answer back.",
        asks: &[ApiParameter {
            name: "after",
            of: ParameterType::Number(0.0, Some(HIGHEST)),
            says: "The `seq` that you know already, if there is no `Last-Event-ID`.",
            example: "0",
        }],
        answer: ResponseShape::Stream,
        unavailable: "Too many are watching, from your address or in all; ask for the page now and then instead.",
    },
    document(
        "/api/v2/summary.json",
        "summary",
        "Page, status, what is going on and what is planned",
    ),
    document("/api/v2/status.json", "status", "The status in one word and one sentence"),
    document("/api/v2/components.json", "components", "The one component: the whole"),
    document("/api/v2/incidents.json", "all-incidents", "The newest 50 incidents"),
    document("/api/v2/incidents/unresolved.json", "unresolved-incidents", "Incidents that go on"),
    document("/api/v2/scheduled-maintenances.json", "maintenances", "The newest 50 maintenances"),
    document(
        "/api/v2/scheduled-maintenances/upcoming.json",
        "upcoming-maintenances",
        "Maintenances that are planned",
    ),
    document(
        "/api/v2/scheduled-maintenances/active.json",
        "active-maintenances",
        "Maintenances that go on",
    ),
    file("/feed/atom", "feed-atom", "application/atom+xml", "Atom", FEED_SAYS),
    file("/feed/rss", "feed-rss", "application/rss+xml", "RSS 2.0", FEED_SAYS),
    file("/feed/json", "feed-json", "application/feed+json", "JSON Feed 1.1", FEED_SAYS),
    file("/history.atom", "history-atom", "application/atom+xml", "History as Atom", HISTORY_SAYS),
    file("/history.rss", "history-rss", "application/rss+xml", "History as RSS", HISTORY_SAYS),
    file(
        "/calendar.ics",
        "calendar",
        "text/calendar",
        "Planned maintenance as a calendar",
        "What is planned or goes on, and what ended or was called off in the last 30 days. One maintenance alone is at \
            `/calendar/7.ics`.",
    ),
    file(
        "/badge.svg",
        "badge",
        "image/svg+xml",
        "A picture that says how things are",
        "In the reader’s language, or in that of the path (`/de/badge.svg`). `?style=` may be `flat-square`, `plastic` or \
            `for-the-badge`; anything else is `flat`.",
    ),
];
