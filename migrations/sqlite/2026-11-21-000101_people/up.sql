-- People: ordinary tables, erasable, never in the log.

-- Who asked to be told.
CREATE TABLE subscriber (
    id TEXT PRIMARY KEY NOT NULL,             -- opaque (UUID): what links and the ledger know them by
    address TEXT NOT NULL UNIQUE,             -- the e-mail address, the domain in lower case
    state TEXT NOT NULL CHECK (state IN ('pending', 'confirmed')),
    created_at INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,                -- when somebody asked last; a pending one is purged by it
    confirmed_at INTEGER,
    confirmed_seq INTEGER NOT NULL DEFAULT 0, -- where the log ended then: they are told of what came after it
    CHECK ((state = 'confirmed') = (confirmed_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
-- The audience of a notice, in the order in which it is expanded.
CREATE INDEX subscriber_audience ON subscriber (state, id);

-- Who works here.
CREATE TABLE operator (
    id TEXT PRIMARY KEY NOT NULL,             -- opaque (UUID): what the log knows them by
    kind TEXT NOT NULL,                       -- where they are known: cli, slack, console
    key TEXT NOT NULL,                        -- their name or id there
    name TEXT NOT NULL,                       -- how they are shown
    UNIQUE (kind, key)
) STRICT, WITHOUT ROWID;
