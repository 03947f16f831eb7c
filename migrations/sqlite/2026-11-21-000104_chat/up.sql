-- Where the team is told, and what stands there.

CREATE TABLE chat_room (
    name TEXT PRIMARY KEY NOT NULL,           -- slack, webhook
    state TEXT NOT NULL CHECK (state IN ('active', 'idle')), -- whether it is told
    cursor INTEGER NOT NULL,                  -- the last event of the log that was looked at for this room
    slack_team TEXT,                          -- the Slack workspace, once it was found
    slack_channel TEXT,                       -- the Slack channel's id
    slack_channel_name TEXT,                  -- and its name, for operators
    trouble TEXT,                             -- what a person has to mend; NULL while it works
    next_turn_at INTEGER NOT NULL DEFAULT 0,  -- whose turn comes next speaks then
    held_until INTEGER NOT NULL DEFAULT 0     -- nobody sends there before: the other side asked for it
) STRICT, WITHOUT ROWID;

-- What an incident has in a room.
CREATE TABLE chat_thread (
    room TEXT NOT NULL,
    incident INTEGER NOT NULL,
    noted INTEGER NOT NULL,                   -- the last event that has its note
    PRIMARY KEY (room, incident)
) STRICT, WITHOUT ROWID;

-- The messages that may have to be found or changed again.
CREATE TABLE chat_message (
    room TEXT NOT NULL,
    incident INTEGER NOT NULL,
    key TEXT NOT NULL,                        -- root, note/<seq>, question/<what>/<since>
    id TEXT NOT NULL UNIQUE,                  -- UUIDv5 of room, incident and key: in the message's metadata
    state TEXT NOT NULL CHECK (state IN ('posting', 'posted', 'closed')), -- posting: whether it is there is unknown
    slack_channel TEXT NOT NULL,              -- where it stands
    ts TEXT,                                  -- Slack's name for it
    digest TEXT,                              -- of what it says
    tried_at INTEGER NOT NULL,                -- when it was posted first
    PRIMARY KEY (room, incident, key),
    CHECK ((state = 'posting') = (ts IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_message_place ON chat_message (slack_channel, ts);
