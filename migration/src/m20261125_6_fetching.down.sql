DROP TABLE source_answer;
