-- Several processes: who leads, who works, and the trace that a message belongs to.

-- What must be done by one process at a time. Whoever holds the row leads, until the lease ends.
CREATE TABLE leader (
    name TEXT PRIMARY KEY NOT NULL,           -- what is led: relay
    holder TEXT NOT NULL,                     -- the process, by its own unique name
    lease_until INTEGER NOT NULL              -- by the database's clock
) STRICT, WITHOUT ROWID;

-- Heartbeats: one row for each queue that a process works on.
CREATE TABLE worker (
    id TEXT NOT NULL,                         -- the process, by its own unique name
    queue TEXT NOT NULL,
    slots INTEGER NOT NULL,                   -- how many deliveries it sends at the same time
    seen_at INTEGER NOT NULL,                 -- the last heartbeat, by the database's clock
    PRIMARY KEY (id, queue)
) STRICT, WITHOUT ROWID;

ALTER TABLE follow_up ADD COLUMN traceparent TEXT; -- W3C Trace Context of the request that caused it
ALTER TABLE delivery ADD COLUMN traceparent TEXT;  -- the same, handed on
