CREATE TABLE follow_up (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL REFERENCES event (seq),
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'expanded', 'unreadable')),
    error TEXT,
    cursor TEXT,
    created_at BIGINT NOT NULL,
    UNIQUE (seq, kind)
);
CREATE INDEX follow_up_waiting ON follow_up (seq) WHERE state = 'waiting';
CREATE INDEX follow_up_unreadable ON follow_up (seq) WHERE state = 'unreadable';
COMMENT ON TABLE follow_up IS 'What has to be done because of an event; written in its transaction, expanded into deliveries later';
COMMENT ON COLUMN follow_up.id IS 'UUIDv5 of event and kind';
COMMENT ON COLUMN follow_up.seq IS 'The event';
COMMENT ON COLUMN follow_up.kind IS 'notify-subscribers';
COMMENT ON COLUMN follow_up.payload IS 'The follow-up as JSON, frozen';
COMMENT ON COLUMN follow_up.reason IS 'Why, such as confirmed';
COMMENT ON COLUMN follow_up.state IS 'waiting, then expanded; unreadable: a newer version wrote it, and it is set aside';
COMMENT ON COLUMN follow_up.error IS 'Why it can''t be read';
COMMENT ON COLUMN follow_up.cursor IS 'The last recipient expanded so far';
COMMENT ON COLUMN follow_up.created_at IS 'The event''s recorded_at';

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
COMMENT ON COLUMN delivery.channel IS 'mail';
COMMENT ON COLUMN delivery.queue IS 'Which workers send it: mail';
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
