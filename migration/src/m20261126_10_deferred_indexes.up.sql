-- Indexes that are left out while a new database is filled, each with the statement that makes it.
CREATE TABLE deferred_index (
    name TEXT NOT NULL PRIMARY KEY,
    make TEXT NOT NULL
);
