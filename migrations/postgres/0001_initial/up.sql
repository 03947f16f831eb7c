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

CREATE TABLE subscriber (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL CHECK (channel IN ('mail', 'webhook', 'slack', 'discord', 'teams')),
    address TEXT NOT NULL,
    address_key TEXT NOT NULL UNIQUE,
    mailbox TEXT NOT NULL,
    domain TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'confirmed')),
    created_at BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    confirmed_seq BIGINT NOT NULL DEFAULT 0,
    language TEXT,
    time_zone TEXT,
    scope TEXT NOT NULL CHECK (scope IN ('all', 'incidents')),
    incident BIGINT,
    failing_since BIGINT,
    CHECK ((state = 'confirmed') = (confirmed_at IS NOT NULL))
);
CREATE INDEX subscriber_audience ON subscriber (state, id);
CREATE INDEX subscriber_mailbox ON subscriber (mailbox);
CREATE INDEX subscriber_asked ON subscriber (asked_at) WHERE state = 'pending';
COMMENT ON TABLE subscriber IS 'Who asked to be told. Erasable, never in the log';
COMMENT ON COLUMN subscriber.id IS 'Opaque (UUID): what links and the ledger know them by';
COMMENT ON COLUMN subscriber.channel IS 'mail, or what understands the message at the address: webhook, slack, discord, teams';
COMMENT ON COLUMN subscriber.address IS 'The e-mail address as it was given, the domain in lower case; of the other channels a URL, as secret';
COMMENT ON COLUMN subscriber.address_key IS 'The same without case: one address, one subscription';
COMMENT ON COLUMN subscriber.mailbox IS 'Where messages end up, without case and +tag: limits count by it';
COMMENT ON COLUMN subscriber.domain IS 'Whose server takes them: limits count by it';
COMMENT ON COLUMN subscriber.state IS 'pending until they confirm, then confirmed';
COMMENT ON COLUMN subscriber.created_at IS 'When they asked first (microseconds)';
COMMENT ON COLUMN subscriber.asked_at IS 'When somebody asked last; a pending one is purged by it';
COMMENT ON COLUMN subscriber.confirmed_at IS 'When they confirmed';
COMMENT ON COLUMN subscriber.confirmed_seq IS 'Where the log ended then: they are told of what came after it';
COMMENT ON COLUMN subscriber.language IS 'The language that they are told in (BCP 47); NULL: the site''s';
COMMENT ON COLUMN subscriber.time_zone IS 'The time zone that times are given in (IANA name); NULL: the site''s';
COMMENT ON COLUMN subscriber.scope IS 'all, or incidents (no planned work)';
COMMENT ON COLUMN subscriber.incident IS 'Only this one, whatever the scope; NULL: all that come';
COMMENT ON COLUMN subscriber.failing_since IS 'Since when nothing that was sent there arrived (microseconds); NULL: it does';

CREATE TABLE operator (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (kind, key)
);
COMMENT ON TABLE operator IS 'Who works here. Erasable, never in the log';
COMMENT ON COLUMN operator.id IS 'Opaque (UUID): what the log knows them by';
COMMENT ON COLUMN operator.kind IS 'Where they are known: cli, slack, console';
COMMENT ON COLUMN operator.key IS 'Their name or id there';
COMMENT ON COLUMN operator.name IS 'How they are shown';

CREATE TABLE follow_up (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL REFERENCES event (seq),
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'expanded', 'withdrawn', 'unreadable')),
    error TEXT,
    cursor TEXT,
    created_at BIGINT NOT NULL,
    traceparent TEXT,
    UNIQUE (seq, kind)
);
CREATE INDEX follow_up_waiting ON follow_up (seq) WHERE state = 'waiting';
CREATE INDEX follow_up_unreadable ON follow_up (seq) WHERE state = 'unreadable';
COMMENT ON TABLE follow_up IS 'What has to be done because of an event; written in its transaction, expanded into deliveries later';
COMMENT ON COLUMN follow_up.id IS 'UUIDv5 of event and kind';
COMMENT ON COLUMN follow_up.seq IS 'The event';
COMMENT ON COLUMN follow_up.kind IS 'notify-subscribers';
COMMENT ON COLUMN follow_up.payload IS 'The follow-up as JSON; its words follow the log until they are sent';
COMMENT ON COLUMN follow_up.reason IS 'Why, such as confirmed';
COMMENT ON COLUMN follow_up.state IS 'waiting, then expanded; withdrawn: nobody is to hear of it any more; unreadable: a newer version wrote it, and it is set aside';
COMMENT ON COLUMN follow_up.error IS 'Why it can''t be read';
COMMENT ON COLUMN follow_up.cursor IS 'The last recipient expanded so far';
COMMENT ON COLUMN follow_up.created_at IS 'The event''s recorded_at';
COMMENT ON COLUMN follow_up.traceparent IS 'W3C Trace Context of the request that caused it';

CREATE TABLE delivery (
    id TEXT PRIMARY KEY,
    seq BIGINT,
    follow_up TEXT REFERENCES follow_up (id),
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    queue TEXT NOT NULL,
    lane INTEGER NOT NULL DEFAULT 0,
    subscriber TEXT NOT NULL,
    incident BIGINT,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'sending', 'sent', 'dead', 'superseded', 'withdrawn', 'unreadable')),
    attempt INTEGER NOT NULL DEFAULT 0,
    due_at BIGINT,
    lease_token BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    first_attempt_at BIGINT,
    sent_at BIGINT,
    answer TEXT,
    last_error TEXT,
    traceparent TEXT,
    CHECK ((due_at IS NOT NULL) = (state IN ('waiting', 'sending')))
);
CREATE INDEX delivery_due ON delivery (queue, lane, due_at, state) WHERE due_at IS NOT NULL;
CREATE INDEX delivery_dead ON delivery (queue) WHERE state = 'dead';
CREATE INDEX delivery_unreadable ON delivery (created_at) WHERE state = 'unreadable';
CREATE INDEX delivery_incident ON delivery (incident, subscriber, seq) WHERE incident IS NOT NULL;
CREATE INDEX delivery_subscriber ON delivery (subscriber, created_at);
CREATE INDEX delivery_created ON delivery (created_at);
COMMENT ON TABLE delivery IS 'One message to one recipient, and what became of it';
COMMENT ON COLUMN delivery.id IS 'UUIDv5 of event, recipient and channel';
COMMENT ON COLUMN delivery.seq IS 'The event; NULL for what no event caused';
COMMENT ON COLUMN delivery.follow_up IS 'The follow-up that it was expanded from';
COMMENT ON COLUMN delivery.kind IS 'notice, confirm-subscription';
COMMENT ON COLUMN delivery.channel IS 'mail, hooks, chat';
COMMENT ON COLUMN delivery.queue IS 'Which workers send it: mail, hooks, chat';
COMMENT ON COLUMN delivery.lane IS '0 goes first; 1: what anybody can cause, or what goes where the last message failed';
COMMENT ON COLUMN delivery.subscriber IS 'The recipient; no foreign key: subscribers are erased, the books stay';
COMMENT ON COLUMN delivery.incident IS 'The incident that it is about';
COMMENT ON COLUMN delivery.state IS 'waiting, sending, sent, dead, superseded, withdrawn; unreadable: this version doesn''t understand it or its recipient, and it is set aside';
COMMENT ON COLUMN delivery.attempt IS 'How often it was claimed';
COMMENT ON COLUMN delivery.due_at IS 'When it may be claimed: waiting, the next try; sending, the lease''s end; else NULL';
COMMENT ON COLUMN delivery.lease_token IS 'Fencing: grows with each claim';
COMMENT ON COLUMN delivery.created_at IS 'Frozen: the mail''s Date';
COMMENT ON COLUMN delivery.first_attempt_at IS 'When it was claimed first; given up 24 hours later';
COMMENT ON COLUMN delivery.sent_at IS 'When the other side took it';
COMMENT ON COLUMN delivery.answer IS 'What the other side said when it took it';
COMMENT ON COLUMN delivery.last_error IS 'Why the last try failed, or why it can''t be read';
COMMENT ON COLUMN delivery.traceparent IS 'W3C Trace Context of the request that caused it';

CREATE TABLE leader (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    lease_until BIGINT NOT NULL
);
COMMENT ON TABLE leader IS 'What must be done by one process at a time. Whoever holds the row leads, until the lease ends';
COMMENT ON COLUMN leader.name IS 'What is led: relay';
COMMENT ON COLUMN leader.holder IS 'The process, by its own unique name';
COMMENT ON COLUMN leader.lease_until IS 'By the database''s clock (microseconds)';

CREATE TABLE worker (
    id TEXT NOT NULL,
    queue TEXT NOT NULL,
    slots INTEGER NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (id, queue)
);
COMMENT ON TABLE worker IS 'Heartbeats: one row for each queue that a process works on';
COMMENT ON COLUMN worker.id IS 'The process, by its own unique name';
COMMENT ON COLUMN worker.queue IS 'The queue';
COMMENT ON COLUMN worker.slots IS 'How many deliveries it sends at the same time';
COMMENT ON COLUMN worker.seen_at IS 'The last heartbeat, by the database''s clock (microseconds)';

CREATE TABLE chat_room (
    name TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('active', 'idle')),
    cursor BIGINT NOT NULL,
    slack_team TEXT,
    slack_channel TEXT,
    slack_channel_name TEXT,
    trouble TEXT,
    next_turn_at BIGINT NOT NULL DEFAULT 0,
    held_until BIGINT NOT NULL DEFAULT 0
);
COMMENT ON TABLE chat_room IS 'Where the team is told';
COMMENT ON COLUMN chat_room.name IS 'slack, webhook';
COMMENT ON COLUMN chat_room.state IS 'active while it is told, else idle';
COMMENT ON COLUMN chat_room.cursor IS 'The last event of the log that was looked at for this room';
COMMENT ON COLUMN chat_room.slack_team IS 'The Slack workspace, once it was found';
COMMENT ON COLUMN chat_room.slack_channel IS 'The Slack channel''s id';
COMMENT ON COLUMN chat_room.slack_channel_name IS 'And its name, for operators';
COMMENT ON COLUMN chat_room.trouble IS 'What a person has to mend; NULL while it works';
COMMENT ON COLUMN chat_room.next_turn_at IS 'Whose turn comes next speaks then (microseconds)';
COMMENT ON COLUMN chat_room.held_until IS 'Nobody sends there before: the other side asked for it (microseconds)';

CREATE TABLE chat_thread (
    room TEXT NOT NULL,
    incident BIGINT NOT NULL,
    noted BIGINT NOT NULL,
    PRIMARY KEY (room, incident)
);
COMMENT ON TABLE chat_thread IS 'What an incident has in a room';
COMMENT ON COLUMN chat_thread.room IS 'The room';
COMMENT ON COLUMN chat_thread.incident IS 'The incident''s number';
COMMENT ON COLUMN chat_thread.noted IS 'The last event that has its note';

CREATE TABLE chat_message (
    room TEXT NOT NULL,
    incident BIGINT NOT NULL,
    key TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('posting', 'posted', 'closed')),
    slack_channel TEXT NOT NULL,
    ts TEXT,
    digest TEXT,
    tried_at BIGINT NOT NULL,
    PRIMARY KEY (room, incident, key),
    CHECK ((state = 'posting') = (ts IS NULL))
);
CREATE INDEX chat_message_place ON chat_message (slack_channel, ts);
COMMENT ON TABLE chat_message IS 'The messages that may have to be found or changed again';
COMMENT ON COLUMN chat_message.room IS 'The room';
COMMENT ON COLUMN chat_message.incident IS 'The incident''s number';
COMMENT ON COLUMN chat_message.key IS 'root, note/<seq>, question/<what>/<since>';
COMMENT ON COLUMN chat_message.id IS 'UUIDv5 of room, incident and key: in the message''s metadata';
COMMENT ON COLUMN chat_message.state IS 'posting while it is unknown whether it is there, then posted; a question that was answered is closed';
COMMENT ON COLUMN chat_message.slack_channel IS 'The Slack channel that it stands in';
COMMENT ON COLUMN chat_message.ts IS 'Slack''s name for it';
COMMENT ON COLUMN chat_message.digest IS 'Of what it says, so that only changes are sent';
COMMENT ON COLUMN chat_message.tried_at IS 'When it was posted first (microseconds)';
