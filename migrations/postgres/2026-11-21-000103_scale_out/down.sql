ALTER TABLE delivery DROP COLUMN traceparent;
ALTER TABLE follow_up DROP COLUMN traceparent;
DROP TABLE worker;
DROP TABLE leader;
