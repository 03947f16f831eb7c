-- People: ordinary tables, erasable, never in the log.

-- Who asked to be told.
CREATE TABLE subscriber (
    id TEXT PRIMARY KEY NOT NULL,             -- opaque (UUID): what links and the ledger know them by
    address TEXT NOT NULL,                    -- the e-mail address as it was given, the domain in lower case
    address_key TEXT NOT NULL UNIQUE,         -- the same without case: one address, one subscription
    mailbox TEXT NOT NULL,                    -- where messages end up, without case and +tag: limits count by it
    domain TEXT NOT NULL,                     -- whose server takes them: limits count by it
    state TEXT NOT NULL CHECK (state IN ('pending', 'confirmed')),
    created_at INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,                -- when somebody asked last; a pending one is purged by it
    confirmed_at INTEGER,
    confirmed_seq INTEGER NOT NULL DEFAULT 0, -- where the log ended then: they are told of what came after it
    CHECK ((state = 'confirmed') = (confirmed_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
-- The audience of a notice, in the order in which it is expanded.
CREATE INDEX subscriber_audience ON subscriber (state, id);

-- What the limits of asking count.
CREATE INDEX subscriber_mailbox ON subscriber (mailbox);
CREATE INDEX subscriber_asked ON subscriber (asked_at) WHERE state = 'pending';

-- Who works here.
CREATE TABLE operator (
    id TEXT PRIMARY KEY NOT NULL,             -- opaque (UUID): what the log knows them by
    kind TEXT NOT NULL,                       -- where they are known: cli, slack, console
    key TEXT NOT NULL,                        -- their name or id there
    name TEXT NOT NULL,                       -- how they are shown
    UNIQUE (kind, key)
) STRICT, WITHOUT ROWID;
