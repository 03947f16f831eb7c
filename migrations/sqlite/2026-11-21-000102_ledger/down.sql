DROP TABLE delivery;
DROP TABLE follow_up;
