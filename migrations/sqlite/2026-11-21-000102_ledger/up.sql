-- The ledger: what is owed because of an event, and what became of it.

-- Written in the transaction of its event; expanded into deliveries later.
CREATE TABLE follow_up (
    id TEXT PRIMARY KEY NOT NULL,             -- UUIDv5 of event and kind
    seq INTEGER NOT NULL REFERENCES event (seq),
    kind TEXT NOT NULL,                       -- notify-subscribers
    payload TEXT NOT NULL,                    -- the follow-up as JSON, frozen
    reason TEXT NOT NULL,                     -- why, such as confirmed
    -- unreadable: a newer version wrote it; set aside
    state TEXT NOT NULL CHECK (state IN ('waiting', 'expanded', 'unreadable')),
    error TEXT,                               -- why it can't be read
    cursor TEXT,                              -- the last recipient expanded so far
    created_at INTEGER NOT NULL,              -- the event's recorded_at
    UNIQUE (seq, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_up_waiting ON follow_up (seq) WHERE state = 'waiting';
CREATE INDEX follow_up_unreadable ON follow_up (seq) WHERE state = 'unreadable';

-- One message to one recipient.
CREATE TABLE delivery (
    id TEXT PRIMARY KEY NOT NULL,             -- UUIDv5 of event, recipient and channel
    seq INTEGER,                              -- the event; NULL for what no event caused
    follow_up TEXT REFERENCES follow_up (id),
    kind TEXT NOT NULL,                       -- notice, confirm-subscription
    channel TEXT NOT NULL,                    -- mail
    queue TEXT NOT NULL,                      -- which workers send it: mail
    lane INTEGER NOT NULL DEFAULT 0,          -- 0 goes first; 1: what anybody can cause, or what goes where the last message failed
    subscriber TEXT NOT NULL,                 -- no foreign key: subscribers are erased, the books stay
    incident INTEGER,
    -- unreadable: this version doesn't understand it, or its recipient; set aside, the reason is in last_error
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'sending', 'sent', 'dead', 'superseded', 'withdrawn', 'unreadable')),
    attempt INTEGER NOT NULL DEFAULT 0,       -- how often it was claimed
    due_at INTEGER,                           -- when it may be claimed: waiting, the next try; sending, the lease's end; else NULL
    lease_token INTEGER NOT NULL DEFAULT 0,   -- fencing: grows with each claim
    created_at INTEGER NOT NULL,              -- frozen: the mail's Date
    first_attempt_at INTEGER,
    sent_at INTEGER,
    answer TEXT,                              -- what the other side said when it took it
    last_error TEXT,
    CHECK ((due_at IS NOT NULL) = (state IN ('waiting', 'sending')))
) STRICT, WITHOUT ROWID;
-- Claims and depth.
CREATE INDEX delivery_due ON delivery (queue, lane, due_at, state) WHERE due_at IS NOT NULL;
CREATE INDEX delivery_dead ON delivery (queue) WHERE state = 'dead';
CREATE INDEX delivery_unreadable ON delivery (created_at) WHERE state = 'unreadable';
-- Is there a newer one of the same incident for the same recipient?
CREATE INDEX delivery_incident ON delivery (incident, subscriber, seq) WHERE incident IS NOT NULL;
-- What is owed to a subscriber, and how many mails they got lately.
CREATE INDEX delivery_subscriber ON delivery (subscriber, created_at);
-- The newest, for operators.
CREATE INDEX delivery_created ON delivery (created_at);
