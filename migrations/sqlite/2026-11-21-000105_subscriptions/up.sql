-- What subscribers want, and where else than by mail they are told.

-- mail, or what understands the message at `address`, which is a URL then: as secret as a mail address
ALTER TABLE subscriber ADD COLUMN channel TEXT NOT NULL DEFAULT 'mail'
    CHECK (channel IN ('mail', 'webhook', 'slack', 'discord', 'teams'));
ALTER TABLE subscriber ADD COLUMN language TEXT;      -- BCP 47; NULL: the site's
ALTER TABLE subscriber ADD COLUMN time_zone TEXT;     -- IANA name; NULL: the site's
-- all, or incidents (no planned work)
ALTER TABLE subscriber ADD COLUMN scope TEXT NOT NULL DEFAULT 'all' CHECK (scope IN ('all', 'incidents'));
ALTER TABLE subscriber ADD COLUMN incident INTEGER;   -- only this one, whatever the scope; NULL: all that come
ALTER TABLE subscriber ADD COLUMN failing_since INTEGER; -- since when nothing that was sent there arrived; NULL: it does
