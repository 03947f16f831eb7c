CREATE TABLE subscriber (
    id TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    address_key TEXT NOT NULL UNIQUE,
    mailbox TEXT NOT NULL,
    domain TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'confirmed')),
    created_at BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    confirmed_seq BIGINT NOT NULL DEFAULT 0,
    CHECK ((state = 'confirmed') = (confirmed_at IS NOT NULL))
);
CREATE INDEX subscriber_audience ON subscriber (state, id);
CREATE INDEX subscriber_mailbox ON subscriber (mailbox);
CREATE INDEX subscriber_asked ON subscriber (asked_at) WHERE state = 'pending';
COMMENT ON TABLE subscriber IS 'Who asked to be told. Erasable, never in the log';
COMMENT ON COLUMN subscriber.id IS 'Opaque (UUID): what links and the ledger know them by';
COMMENT ON COLUMN subscriber.address IS 'The e-mail address as it was given, the domain in lower case';
COMMENT ON COLUMN subscriber.address_key IS 'The same without case: one address, one subscription';
COMMENT ON COLUMN subscriber.mailbox IS 'Where messages end up, without case and +tag: limits count by it';
COMMENT ON COLUMN subscriber.domain IS 'Whose server takes them: limits count by it';
COMMENT ON COLUMN subscriber.state IS 'pending until they confirm, then confirmed';
COMMENT ON COLUMN subscriber.created_at IS 'When they asked first (microseconds)';
COMMENT ON COLUMN subscriber.asked_at IS 'When somebody asked last; a pending one is purged by it';
COMMENT ON COLUMN subscriber.confirmed_at IS 'When they confirmed';
COMMENT ON COLUMN subscriber.confirmed_seq IS 'Where the log ended then: they are told of what came after it';

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
