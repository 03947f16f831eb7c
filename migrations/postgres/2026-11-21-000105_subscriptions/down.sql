ALTER TABLE subscriber DROP COLUMN failing_since;
ALTER TABLE subscriber DROP COLUMN incident;
ALTER TABLE subscriber DROP COLUMN scope;
ALTER TABLE subscriber DROP COLUMN time_zone;
ALTER TABLE subscriber DROP COLUMN language;
ALTER TABLE subscriber DROP COLUMN channel;
