DROP TABLE operator;
DROP TABLE subscriber;
