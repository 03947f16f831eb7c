DROP TABLE chat_message;
DROP TABLE chat_thread;
DROP TABLE chat_room;
