-- The log: one row an event, never changed, never removed.
-- Times are microseconds since 1970 (UTC); ids are UUIDs in lower case; hashes are SHA-256.
CREATE TABLE event (
    seq INTEGER PRIMARY KEY NOT NULL CHECK (seq > 0), -- 1, 2, 3, … without holes, given under the lock of log_head
    event_id TEXT NOT NULL UNIQUE,            -- chosen by the caller, unique for ever: the idempotency key
    batch_id TEXT NOT NULL,                   -- the events of one command share it: the first one's event_id
    batch_ix INTEGER NOT NULL,                -- place in the batch, from 0
    batch_len INTEGER NOT NULL,               -- how many events the batch has
    incident INTEGER,                         -- the incident's number, if it is about one
    type TEXT NOT NULL,                       -- what happened, such as human-confirmed
    schema_version INTEGER NOT NULL,          -- the version of the payload's shape
    occurred_at INTEGER NOT NULL,             -- when it happened: by the clock, or as given for the past
    recorded_at INTEGER NOT NULL,             -- when it was written; never goes back
    source TEXT NOT NULL,                     -- where it comes from: opsgenie, console, cli, …
    source_key TEXT,                          -- the source's own key of the message
    actor TEXT,                               -- the operator's opaque id
    causation_id TEXT,                        -- the event that led to this one
    correlation_id TEXT,                      -- the request that led to this one
    command_hash BLOB NOT NULL,               -- over source, actor and command: tells a retry from an id used twice
    command_salt BLOB,                        -- 16 random bytes, of a batch's first event; NULL once any of it is redacted
    payload TEXT,                             -- canonical JSON exactly as hashed; NULL once redacted
    payload_salt BLOB,                        -- 16 random bytes; NULL once redacted
    payload_commit BLOB NOT NULL,             -- SHA-256 of salt and payload; stays
    prev_hash BLOB NOT NULL,                  -- the hash of the event before
    hash BLOB NOT NULL UNIQUE,                -- over prev_hash, all columns above but payload and salts, and payload_commit
    UNIQUE (batch_id, batch_ix),
    UNIQUE (source, source_key)
) STRICT;
-- The trail of one incident.
CREATE INDEX event_incident ON event (incident, seq) WHERE incident IS NOT NULL;
-- What remains of redacted payloads is found here.
CREATE INDEX event_redactions ON event (seq) WHERE type = 'payload-redacted';

-- One row: where the log ends. Its lock gives the next seq.
CREATE TABLE log_head (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    log_id TEXT NOT NULL,                     -- names this log; the first event's prev_hash is its SHA-256
    seq INTEGER NOT NULL,                     -- the last event; 0 on an empty log
    hash BLOB NOT NULL,                       -- that event's hash
    epoch INTEGER NOT NULL DEFAULT 1,         -- counts how often this log was restored from a backup
    probed_at INTEGER NOT NULL DEFAULT 0      -- written to test whether writes work; never read
) STRICT;

-- The one allowed change: payload and salts go, nothing else does, and a payload-redacted event says so already. The
-- salt of the command goes from the whole batch.
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
WHEN NOT (
    NEW.command_salt IS NULL
    AND NEW.seq IS OLD.seq AND NEW.event_id IS OLD.event_id AND NEW.batch_id IS OLD.batch_id
    AND NEW.batch_ix IS OLD.batch_ix AND NEW.batch_len IS OLD.batch_len AND NEW.incident IS OLD.incident
    AND NEW.type IS OLD.type AND NEW.schema_version IS OLD.schema_version
    AND NEW.occurred_at IS OLD.occurred_at AND NEW.recorded_at IS OLD.recorded_at
    AND NEW.source IS OLD.source AND NEW.source_key IS OLD.source_key AND NEW.actor IS OLD.actor
    AND NEW.causation_id IS OLD.causation_id AND NEW.correlation_id IS OLD.correlation_id
    AND NEW.command_hash IS OLD.command_hash AND NEW.payload_commit IS OLD.payload_commit
    AND NEW.prev_hash IS OLD.prev_hash AND NEW.hash IS OLD.hash
    AND CASE
        WHEN NEW.payload IS OLD.payload AND NEW.payload_salt IS OLD.payload_salt THEN EXISTS (
            SELECT 1 FROM event AS r JOIN event AS b ON b.seq = r.payload ->> '$.seq'
            WHERE r.type = 'payload-redacted' AND b.batch_id = OLD.batch_id
        )
        ELSE NEW.payload IS NULL AND NEW.payload_salt IS NULL AND EXISTS (
            SELECT 1 FROM event AS r WHERE r.type = 'payload-redacted' AND r.payload ->> '$.seq' = OLD.seq
        )
    END
)
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: an event is never changed');
END;

CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: an event is never removed');
END;

-- INSERT OR REPLACE removes the old row without asking the trigger above.
CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
WHEN EXISTS (
    SELECT 1 FROM event AS e
    WHERE e.seq = NEW.seq OR e.event_id = NEW.event_id OR e.hash = NEW.hash
        OR (e.batch_id = NEW.batch_id AND e.batch_ix = NEW.batch_ix)
        OR (e.source = NEW.source AND e.source_key = NEW.source_key)
)
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: an event is never replaced');
END;

-- People: ordinary tables, erasable, never in the log.

-- People and programs that are notified.
CREATE TABLE subscriber (
    id TEXT PRIMARY KEY NOT NULL,             -- opaque (UUID): what links and deliveries know them by
    channel TEXT NOT NULL,
    address TEXT NOT NULL,                    -- the email address as given, the domain in lower case; else a URL, just as secret
    address_key TEXT NOT NULL UNIQUE,         -- the same in lower case: one address, one subscription
    mailbox TEXT NOT NULL,                    -- the mailbox behind the address, without case and +tag: limits count by it
    domain TEXT NOT NULL,                     -- the mail domain or web host: limits count by it
    state TEXT NOT NULL CHECK (state IN ('pending', 'confirmed')),
    created_at INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,                -- the latest request; decides when a pending subscriber is purged
    confirmed_at INTEGER,
    confirmed_seq INTEGER NOT NULL DEFAULT 0, -- the log's head at that time: they are notified of later events
    language TEXT,                            -- BCP 47; NULL: the site's
    time_zone TEXT,                           -- IANA name; NULL: the site's
    scope TEXT NOT NULL CHECK (scope IN ('all', 'incidents')), -- incidents: no planned work
    incident INTEGER,                         -- only this incident, whatever the scope; NULL: all incidents
    failing_since INTEGER,                    -- since when messages have not arrived there; NULL: they do
    CHECK ((state = 'confirmed') = (confirmed_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
-- The audience of a notification, in the order of expansion.
CREATE INDEX subscriber_audience ON subscriber (state, id);

-- What the limits on subscription requests count.
CREATE INDEX subscriber_mailbox ON subscriber (mailbox);
CREATE INDEX subscriber_asked ON subscriber (asked_at) WHERE state = 'pending';

-- People who may act.
CREATE TABLE operator (
    id TEXT PRIMARY KEY NOT NULL,             -- opaque (UUID): what the log knows them by
    kind TEXT NOT NULL,                       -- where they are known: cli, slack, console
    key TEXT NOT NULL,                        -- their name or id there
    name TEXT NOT NULL,                       -- how they are shown
    UNIQUE (kind, key)
) STRICT, WITHOUT ROWID;

-- What has to be sent because of an event, and what became of it.

-- Written in the transaction of its event; expanded into deliveries later.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY NOT NULL,             -- UUIDv5 of event and kind
    seq INTEGER NOT NULL REFERENCES event (seq),
    kind TEXT NOT NULL,                       -- notify-subscribers
    payload TEXT NOT NULL,                    -- the notification as JSON; it follows the log until it is sent
    reason TEXT NOT NULL,                     -- why, such as confirmed
    -- unreadable: written by a newer version, and set aside
    state TEXT NOT NULL CHECK (state IN ('waiting', 'expanded', 'withdrawn', 'unreadable')),
    error TEXT,                               -- why it can't be read
    cursor TEXT,                              -- the last recipient expanded so far
    created_at INTEGER NOT NULL,              -- the event's recorded_at
    traceparent TEXT,                         -- W3C Trace Context of the request that caused it
    UNIQUE (seq, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_waiting ON outbox (seq) WHERE state = 'waiting';
CREATE INDEX outbox_unreadable ON outbox (seq) WHERE state = 'unreadable';

-- One message to one recipient.
CREATE TABLE delivery (
    id TEXT PRIMARY KEY NOT NULL,             -- UUIDv5 of event, recipient and channel
    seq INTEGER,                              -- the event; NULL for what no event caused
    outbox_id TEXT REFERENCES outbox (id),
    kind TEXT NOT NULL,                       -- notice, confirm-subscription
    channel TEXT NOT NULL,                    -- mail, hooks, chat
    queue TEXT NOT NULL,                      -- the queue: mail, hooks, chat
    lane INTEGER NOT NULL DEFAULT 0,          -- 0: fast; 1: slow
    recipient TEXT NOT NULL,                  -- subscriber id or chat channel; no foreign key: deliveries outlive erased subscribers
    incident INTEGER,
    -- unreadable: not understood by this version, and set aside; last_error says why
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'sending', 'sent', 'dead', 'superseded', 'withdrawn', 'unreadable')),
    attempt INTEGER NOT NULL DEFAULT 0,       -- how many times it was claimed
    due_at INTEGER,                           -- when it may be claimed: waiting, the next try; sending, the lease's end; else NULL
    lease_token INTEGER NOT NULL DEFAULT 0,   -- fencing: grows with each claim
    created_at INTEGER NOT NULL,              -- frozen: the mail's Date
    first_attempt_at INTEGER,
    sent_at INTEGER,
    answer TEXT,                              -- the other side's answer on acceptance
    last_error TEXT,
    traceparent TEXT,                         -- W3C Trace Context of the request that caused it
    CHECK ((due_at IS NOT NULL) = (state IN ('waiting', 'sending')))
) STRICT, WITHOUT ROWID;
-- Claims and depth.
CREATE INDEX delivery_due ON delivery (queue, lane, due_at, state) WHERE due_at IS NOT NULL;
CREATE INDEX delivery_dead ON delivery (queue) WHERE state = 'dead';
CREATE INDEX delivery_unreadable ON delivery (created_at) WHERE state = 'unreadable';
-- Other messages about the same incident to the same recipient.
CREATE INDEX delivery_incident ON delivery (incident, recipient, seq) WHERE incident IS NOT NULL;
-- Everything for one recipient, and how many mails they got lately.
CREATE INDEX delivery_recipient ON delivery (recipient, created_at);
-- The newest first, for operators.
CREATE INDEX delivery_created ON delivery (created_at);

-- Several processes: the leader and the workers.

-- Leases for work that one process at a time may do.
CREATE TABLE leader (
    name TEXT PRIMARY KEY NOT NULL,           -- the name of the work: relay
    holder TEXT NOT NULL,                     -- the process's unique name
    lease_until INTEGER NOT NULL              -- by the database's clock
) STRICT, WITHOUT ROWID;

-- Heartbeats: one row per process and queue.
CREATE TABLE worker (
    id TEXT NOT NULL,                         -- the process's unique name
    queue TEXT NOT NULL,
    slots INTEGER NOT NULL,                   -- concurrent sends
    seen_at INTEGER NOT NULL,                 -- the last heartbeat, by the database's clock
    PRIMARY KEY (id, queue)
) STRICT, WITHOUT ROWID;

-- Chat channels: where the team is told and acts.
CREATE TABLE chat_channel (
    name TEXT PRIMARY KEY NOT NULL,           -- slack, webhook
    state TEXT NOT NULL CHECK (state IN ('active', 'idle')), -- active while configured
    cursor INTEGER NOT NULL,                  -- the last event that was looked at for this channel
    slack_team TEXT,                          -- the Slack workspace, once it was found
    slack_channel TEXT,                       -- the Slack channel's id
    slack_channel_name TEXT,                  -- and its name, for operators
    problem TEXT,                             -- what a person has to fix; NULL while it works
    next_send_at INTEGER NOT NULL DEFAULT 0,  -- when the next message may be sent
    paused_until INTEGER NOT NULL DEFAULT 0   -- the other side asked for silence until then
) STRICT, WITHOUT ROWID;

-- Threads: one per incident and chat channel.
CREATE TABLE chat_thread (
    chat_channel TEXT NOT NULL,
    incident INTEGER NOT NULL,
    noted_seq INTEGER NOT NULL,               -- the last event that has its note
    PRIMARY KEY (chat_channel, incident)
) STRICT, WITHOUT ROWID;

-- Messages that may have to be found or changed again.
CREATE TABLE chat_message (
    chat_channel TEXT NOT NULL,
    incident INTEGER NOT NULL,
    key TEXT NOT NULL,                        -- root, note/<seq>, question/<what>/<since>
    id TEXT NOT NULL UNIQUE,                  -- UUIDv5 of channel, incident and key: in the message's metadata
    state TEXT NOT NULL CHECK (state IN ('posting', 'posted', 'closed')), -- posting: its arrival is uncertain
    slack_channel TEXT NOT NULL,              -- where it is
    ts TEXT,                                  -- Slack's name for it
    digest TEXT,                              -- SHA-256 of its text
    tried_at INTEGER NOT NULL,                -- the first attempt to post it
    PRIMARY KEY (chat_channel, incident, key),
    CHECK ((state = 'posting') = (ts IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_message_slack ON chat_message (slack_channel, ts);

-- Calls to the webhooks of alert sources that couldn't be read. The newest 1,000, for 30 days.
CREATE TABLE unread_alert (
    id TEXT PRIMARY KEY NOT NULL,             -- UUIDv7
    received_at INTEGER NOT NULL,
    source TEXT NOT NULL,                     -- the source whose address was called, or unknown
    problem TEXT NOT NULL,                    -- why it couldn't be read
    body TEXT NOT NULL                        -- what was sent, without its secrets
) STRICT, WITHOUT ROWID;
