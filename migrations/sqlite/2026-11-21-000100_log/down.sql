DROP TABLE log_head;
DROP TABLE event;
