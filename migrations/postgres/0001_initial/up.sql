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
COMMENT ON COLUMN event.occurred_at IS 'When it happened: by the clock, or as given for the past';
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
COMMENT ON COLUMN log_head.probed_at IS 'Written to test whether writes work; never read';

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
    channel TEXT NOT NULL,
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
COMMENT ON TABLE subscriber IS 'People and programs that are notified. Erasable, never in the log';
COMMENT ON COLUMN subscriber.id IS 'Opaque (UUID): what links and deliveries know them by';
COMMENT ON COLUMN subscriber.channel IS 'mail, or the message format for a URL';
COMMENT ON COLUMN subscriber.address IS 'The email address as given, with the domain in lower case; for other channels a URL, just as secret';
COMMENT ON COLUMN subscriber.address_key IS 'The same in lower case: one address, one subscription';
COMMENT ON COLUMN subscriber.mailbox IS 'The mailbox behind the address, in lower case and without +tag: limits count by it';
COMMENT ON COLUMN subscriber.domain IS 'The mail domain or web host: limits count by it';
COMMENT ON COLUMN subscriber.state IS 'pending until they confirm, then confirmed';
COMMENT ON COLUMN subscriber.created_at IS 'When they first subscribed (microseconds)';
COMMENT ON COLUMN subscriber.asked_at IS 'The latest request to subscribe; decides when a pending subscriber is purged';
COMMENT ON COLUMN subscriber.confirmed_at IS 'When they confirmed';
COMMENT ON COLUMN subscriber.confirmed_seq IS 'The log''s head at that time: they are notified of later events';
COMMENT ON COLUMN subscriber.language IS 'Their language (BCP 47); NULL: the site''s';
COMMENT ON COLUMN subscriber.time_zone IS 'Their time zone (IANA name); NULL: the site''s';
COMMENT ON COLUMN subscriber.scope IS 'all, or incidents (no planned work)';
COMMENT ON COLUMN subscriber.incident IS 'Only this incident, whatever the scope; NULL: all incidents';
COMMENT ON COLUMN subscriber.failing_since IS 'Since when messages have not arrived there (microseconds); NULL: they do';

CREATE TABLE operator (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (kind, key)
);
COMMENT ON TABLE operator IS 'People who may act. Erasable, never in the log';
COMMENT ON COLUMN operator.id IS 'Opaque (UUID): what the log knows them by';
COMMENT ON COLUMN operator.kind IS 'Where they are known: cli, slack, console';
COMMENT ON COLUMN operator.key IS 'Their name or id there';
COMMENT ON COLUMN operator.name IS 'How they are shown';

CREATE TABLE outbox (
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
CREATE INDEX outbox_waiting ON outbox (seq) WHERE state = 'waiting';
CREATE INDEX outbox_unreadable ON outbox (seq) WHERE state = 'unreadable';
COMMENT ON TABLE outbox IS 'What has to be sent because of an event; written in the event''s transaction, expanded into deliveries later';
COMMENT ON COLUMN outbox.id IS 'UUIDv5 of event and kind';
COMMENT ON COLUMN outbox.seq IS 'The event';
COMMENT ON COLUMN outbox.kind IS 'notify-subscribers';
COMMENT ON COLUMN outbox.payload IS 'The notification as JSON; it follows the log until it is sent';
COMMENT ON COLUMN outbox.reason IS 'Why, such as confirmed';
COMMENT ON COLUMN outbox.state IS 'waiting, then expanded; withdrawn: must not be sent any more; unreadable: written by a newer version, and set aside';
COMMENT ON COLUMN outbox.error IS 'Why it can''t be read';
COMMENT ON COLUMN outbox.cursor IS 'The last recipient expanded so far';
COMMENT ON COLUMN outbox.created_at IS 'The event''s recorded_at';
COMMENT ON COLUMN outbox.traceparent IS 'W3C Trace Context of the request that caused it';

CREATE TABLE delivery (
    id TEXT PRIMARY KEY,
    seq BIGINT,
    outbox_id TEXT REFERENCES outbox (id),
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    queue TEXT NOT NULL,
    lane INTEGER NOT NULL DEFAULT 0,
    recipient TEXT NOT NULL,
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
CREATE INDEX delivery_incident ON delivery (incident, recipient, seq) WHERE incident IS NOT NULL;
CREATE INDEX delivery_recipient ON delivery (recipient, created_at);
CREATE INDEX delivery_created ON delivery (created_at);
COMMENT ON TABLE delivery IS 'One message to one recipient, and its state';
COMMENT ON COLUMN delivery.id IS 'UUIDv5 of event, recipient and channel';
COMMENT ON COLUMN delivery.seq IS 'The event; NULL for what no event caused';
COMMENT ON COLUMN delivery.outbox_id IS 'The outbox entry that it was expanded from';
COMMENT ON COLUMN delivery.kind IS 'notice, confirm-subscription';
COMMENT ON COLUMN delivery.channel IS 'mail, hooks, chat';
COMMENT ON COLUMN delivery.queue IS 'The queue: mail, hooks, chat';
COMMENT ON COLUMN delivery.lane IS '0: fast; 1: slow';
COMMENT ON COLUMN delivery.recipient IS 'The subscriber''s id or the chat channel''s name; no foreign key, since deliveries outlive erased subscribers';
COMMENT ON COLUMN delivery.incident IS 'The incident that it is about';
COMMENT ON COLUMN delivery.state IS 'waiting, sending, sent, dead, superseded, withdrawn; unreadable: not understood by this version, and set aside';
COMMENT ON COLUMN delivery.attempt IS 'How many times it was claimed';
COMMENT ON COLUMN delivery.due_at IS 'When it may be claimed: waiting, the next try; sending, the lease''s end; else NULL';
COMMENT ON COLUMN delivery.lease_token IS 'Fencing: grows with each claim';
COMMENT ON COLUMN delivery.created_at IS 'Frozen: the mail''s Date';
COMMENT ON COLUMN delivery.first_attempt_at IS 'The first attempt; given up 24 hours later';
COMMENT ON COLUMN delivery.sent_at IS 'When the other side accepted it';
COMMENT ON COLUMN delivery.answer IS 'The other side''s answer on acceptance';
COMMENT ON COLUMN delivery.last_error IS 'Why the last attempt failed, or why the row can''t be read';
COMMENT ON COLUMN delivery.traceparent IS 'W3C Trace Context of the request that caused it';

CREATE TABLE leader (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    lease_until BIGINT NOT NULL
);
COMMENT ON TABLE leader IS 'Leases for work that one process at a time may do';
COMMENT ON COLUMN leader.name IS 'The name of the work: relay';
COMMENT ON COLUMN leader.holder IS 'The process''s unique name';
COMMENT ON COLUMN leader.lease_until IS 'When the lease ends, by the database''s clock (microseconds)';

CREATE TABLE worker (
    id TEXT NOT NULL,
    queue TEXT NOT NULL,
    slots INTEGER NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (id, queue)
);
COMMENT ON TABLE worker IS 'Heartbeats: one row per process and queue';
COMMENT ON COLUMN worker.id IS 'The process''s unique name';
COMMENT ON COLUMN worker.queue IS 'The queue';
COMMENT ON COLUMN worker.slots IS 'Concurrent sends';
COMMENT ON COLUMN worker.seen_at IS 'The last heartbeat, by the database''s clock (microseconds)';

CREATE TABLE chat_channel (
    name TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('active', 'idle')),
    cursor BIGINT NOT NULL,
    slack_team TEXT,
    slack_channel TEXT,
    slack_channel_name TEXT,
    problem TEXT,
    next_send_at BIGINT NOT NULL DEFAULT 0,
    paused_until BIGINT NOT NULL DEFAULT 0
);
COMMENT ON TABLE chat_channel IS 'Chat channels: where the team is told and acts';
COMMENT ON COLUMN chat_channel.name IS 'slack, webhook';
COMMENT ON COLUMN chat_channel.state IS 'active while configured, else idle';
COMMENT ON COLUMN chat_channel.cursor IS 'The last event that was looked at for this channel';
COMMENT ON COLUMN chat_channel.slack_team IS 'The Slack workspace, once it was found';
COMMENT ON COLUMN chat_channel.slack_channel IS 'The Slack channel''s id';
COMMENT ON COLUMN chat_channel.slack_channel_name IS 'And its name, for operators';
COMMENT ON COLUMN chat_channel.problem IS 'What a person has to fix; NULL while it works';
COMMENT ON COLUMN chat_channel.next_send_at IS 'When the next message may be sent (microseconds)';
COMMENT ON COLUMN chat_channel.paused_until IS 'The other side asked for silence until then (microseconds)';

CREATE TABLE chat_thread (
    chat_channel TEXT NOT NULL,
    incident BIGINT NOT NULL,
    noted_seq BIGINT NOT NULL,
    PRIMARY KEY (chat_channel, incident)
);
COMMENT ON TABLE chat_thread IS 'Threads: one per incident and chat channel';
COMMENT ON COLUMN chat_thread.chat_channel IS 'The chat channel''s name';
COMMENT ON COLUMN chat_thread.incident IS 'The incident''s number';
COMMENT ON COLUMN chat_thread.noted_seq IS 'The last event that has its note';

CREATE TABLE chat_message (
    chat_channel TEXT NOT NULL,
    incident BIGINT NOT NULL,
    key TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('posting', 'posted', 'closed')),
    slack_channel TEXT NOT NULL,
    ts TEXT,
    digest TEXT,
    tried_at BIGINT NOT NULL,
    PRIMARY KEY (chat_channel, incident, key),
    CHECK ((state = 'posting') = (ts IS NULL))
);
CREATE INDEX chat_message_slack ON chat_message (slack_channel, ts);
COMMENT ON TABLE chat_message IS 'Messages that may have to be found or changed again';
COMMENT ON COLUMN chat_message.chat_channel IS 'The chat channel''s name';
COMMENT ON COLUMN chat_message.incident IS 'The incident''s number';
COMMENT ON COLUMN chat_message.key IS 'root, note/<seq>, question/<what>/<since>';
COMMENT ON COLUMN chat_message.id IS 'UUIDv5 of channel, incident and key: in the message''s metadata';
COMMENT ON COLUMN chat_message.state IS 'posting until its arrival is certain, then posted; an answered question is closed';
COMMENT ON COLUMN chat_message.slack_channel IS 'The Slack channel that it is in';
COMMENT ON COLUMN chat_message.ts IS 'Slack''s name for it';
COMMENT ON COLUMN chat_message.digest IS 'SHA-256 of its text, so that only changes are sent';
COMMENT ON COLUMN chat_message.tried_at IS 'The first attempt to post it (microseconds)';

CREATE TABLE unread_alert (
    id TEXT PRIMARY KEY,
    received_at BIGINT NOT NULL,
    source TEXT NOT NULL,
    problem TEXT NOT NULL,
    body TEXT NOT NULL
);
COMMENT ON TABLE unread_alert IS 'Calls to the webhooks of alert sources that couldn''t be read: the newest 1,000, for 30 days';
COMMENT ON COLUMN unread_alert.id IS 'UUIDv7';
COMMENT ON COLUMN unread_alert.received_at IS 'When it came (microseconds)';
COMMENT ON COLUMN unread_alert.source IS 'The source whose address was called, or unknown';
COMMENT ON COLUMN unread_alert.problem IS 'Why it couldn''t be read';
COMMENT ON COLUMN unread_alert.body IS 'What was sent, without its secrets';
