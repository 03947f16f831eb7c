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
    occurred_at INTEGER NOT NULL,             -- when it happened: by the clock, or by whoever told of the past
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
    probed_at INTEGER NOT NULL DEFAULT 0      -- written to see whether that is possible; nobody reads it
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
