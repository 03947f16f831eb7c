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

ALTER TABLE follow_up ADD COLUMN traceparent TEXT;
COMMENT ON COLUMN follow_up.traceparent IS 'W3C Trace Context of the request that caused it';
ALTER TABLE delivery ADD COLUMN traceparent TEXT;
COMMENT ON COLUMN delivery.traceparent IS 'W3C Trace Context of the request that caused it';
