DROP TABLE log_head;
DROP TABLE event;
DROP FUNCTION event_may_change();
DROP FUNCTION event_is_never_removed();
