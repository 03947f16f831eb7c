CREATE TABLE event (
    seq BIGINT PRIMARY KEY CHECK (seq > 0),
    event_id TEXT NOT NULL UNIQUE,
    batch_id TEXT NOT NULL,
    batch_ix INTEGER NOT NULL,
    batch_len INTEGER NOT NULL,
    incident BIGINT,
    type TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    occurred_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    source TEXT NOT NULL,
    source_key TEXT,
    actor TEXT,
    causation_id TEXT,
    correlation_id TEXT,
    command_hash BYTEA NOT NULL,
    command_salt BYTEA,
    payload TEXT,
    payload_salt BYTEA,
    payload_commit BYTEA NOT NULL,
    prev_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL UNIQUE,
    UNIQUE (batch_id, batch_ix),
    UNIQUE (source, source_key)
);
CREATE INDEX event_incident ON event (incident, seq) WHERE incident IS NOT NULL;
CREATE INDEX event_redactions ON event (seq) WHERE type = 'payload-redacted';

COMMENT ON TABLE event IS 'The log: one row an event, never changed, never removed. Times are microseconds since 1970 (UTC); ids are UUIDs in lower case; hashes are SHA-256';
COMMENT ON COLUMN event.seq IS '1, 2, 3, … without holes, given under the lock of log_head';
COMMENT ON COLUMN event.event_id IS 'Chosen by the caller, unique for ever: the idempotency key';
COMMENT ON COLUMN event.batch_id IS 'The events of one command share it: the first one''s event_id';
COMMENT ON COLUMN event.batch_ix IS 'Place in the batch, from 0';
COMMENT ON COLUMN event.batch_len IS 'How many events the batch has';
COMMENT ON COLUMN event.incident IS 'The incident''s number, if it is about one';
COMMENT ON COLUMN event.type IS 'What happened, such as human-confirmed';
COMMENT ON COLUMN event.schema_version IS 'The version of the payload''s shape';
COMMENT ON COLUMN event.occurred_at IS 'When it happened: by the clock, or by whoever told of the past';
COMMENT ON COLUMN event.recorded_at IS 'When it was written; never goes back';
COMMENT ON COLUMN event.source IS 'Where it comes from: opsgenie, console, cli, …';
COMMENT ON COLUMN event.source_key IS 'The source''s own key of the message';
COMMENT ON COLUMN event.actor IS 'The operator''s opaque id';
COMMENT ON COLUMN event.causation_id IS 'The event that led to this one';
COMMENT ON COLUMN event.correlation_id IS 'The request that led to this one';
COMMENT ON COLUMN event.command_hash IS 'Over source, actor and command: tells a retry from an id used twice';
COMMENT ON COLUMN event.command_salt IS '16 random bytes, of a batch''s first event; NULL once any of it is redacted';
COMMENT ON COLUMN event.payload IS 'Canonical JSON exactly as hashed; NULL once redacted';
COMMENT ON COLUMN event.payload_salt IS '16 random bytes; NULL once redacted';
COMMENT ON COLUMN event.payload_commit IS 'SHA-256 of salt and payload; stays';
COMMENT ON COLUMN event.prev_hash IS 'The hash of the event before';
COMMENT ON COLUMN event.hash IS 'Over prev_hash, all columns before it but payload and salts, and payload_commit';

CREATE TABLE log_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    log_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    epoch INTEGER NOT NULL DEFAULT 1,
    probed_at BIGINT NOT NULL DEFAULT 0
);
COMMENT ON TABLE log_head IS 'One row: where the log ends. Its lock gives the next seq';
COMMENT ON COLUMN log_head.id IS 'Always 1';
COMMENT ON COLUMN log_head.log_id IS 'Names this log; the first event''s prev_hash is its SHA-256';
COMMENT ON COLUMN log_head.seq IS 'The last event; 0 on an empty log';
COMMENT ON COLUMN log_head.hash IS 'That event''s hash';
COMMENT ON COLUMN log_head.epoch IS 'Counts how often this log was restored from a backup';
COMMENT ON COLUMN log_head.probed_at IS 'Written to see whether that is possible; nobody reads it';

-- The one allowed change: payload and salts go, nothing else does, and a payload-redacted event says so already. The
-- salt of the command goes from the whole batch.
CREATE FUNCTION event_may_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    redacted event := OLD;
    unsalted event := OLD;
BEGIN
    redacted.payload := NULL;
    redacted.payload_salt := NULL;
    redacted.command_salt := NULL;
    unsalted.command_salt := NULL;
    IF NEW IS NOT DISTINCT FROM unsalted AND EXISTS (
        SELECT 1 FROM event r JOIN event b ON b.seq = (r.payload::json ->> 'seq')::bigint
        WHERE r.type = 'payload-redacted' AND b.batch_id = OLD.batch_id
    ) THEN
        RETURN NEW;
    END IF;
    IF OLD.payload IS NOT NULL AND NEW IS NOT DISTINCT FROM redacted AND EXISTS (
        SELECT 1 FROM event r WHERE r.type = 'payload-redacted' AND (r.payload::json ->> 'seq')::bigint = OLD.seq
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the log is append-only: an event is never changed';
END $$;
COMMENT ON FUNCTION event_may_change() IS 'Refuses every change of an event but its redaction';

CREATE FUNCTION event_is_never_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only: an event is never removed';
END $$;
COMMENT ON FUNCTION event_is_never_removed() IS 'Refuses DELETE and TRUNCATE of events';

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
    FOR EACH ROW EXECUTE FUNCTION event_may_change();
CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION event_is_never_removed();
CREATE TRIGGER event_is_never_truncated BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION event_is_never_removed();
