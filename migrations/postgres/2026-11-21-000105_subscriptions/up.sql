ALTER TABLE subscriber ADD COLUMN channel TEXT NOT NULL DEFAULT 'mail'
    CHECK (channel IN ('mail', 'webhook', 'slack', 'discord', 'teams'));
COMMENT ON COLUMN subscriber.address IS 'The e-mail address, the domain in lower case; of the other channels a URL, as secret';
COMMENT ON COLUMN subscriber.channel IS 'mail, or what understands the message at the address: webhook, slack, discord, teams';
ALTER TABLE subscriber ADD COLUMN language TEXT;
COMMENT ON COLUMN subscriber.language IS 'The language that they are told in (BCP 47); NULL: the site''s';
ALTER TABLE subscriber ADD COLUMN time_zone TEXT;
COMMENT ON COLUMN subscriber.time_zone IS 'The time zone that times are given in (IANA name); NULL: the site''s';
ALTER TABLE subscriber ADD COLUMN scope TEXT NOT NULL DEFAULT 'all' CHECK (scope IN ('all', 'incidents'));
COMMENT ON COLUMN subscriber.scope IS 'all, or incidents (no planned work)';
ALTER TABLE subscriber ADD COLUMN incident BIGINT;
COMMENT ON COLUMN subscriber.incident IS 'Only this one, whatever the scope; NULL: all that come';
ALTER TABLE subscriber ADD COLUMN failing_since BIGINT;
COMMENT ON COLUMN subscriber.failing_since IS 'Since when nothing that was sent there arrived (microseconds); NULL: it does';
COMMENT ON COLUMN delivery.channel IS 'mail, hooks, chat';
COMMENT ON COLUMN delivery.queue IS 'Which workers send it: mail, hooks, chat';
