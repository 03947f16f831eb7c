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
