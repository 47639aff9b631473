UPDATE source SET close_after_misses = 2 WHERE provider = 'jsonld' AND close_after_misses = 4;

DROP TABLE source_answer;
