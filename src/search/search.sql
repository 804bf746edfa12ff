-- What is different by nature: FTS5 on SQLite, tsvector on PostgreSQL, over the same tokens.

-- name: insert_entry_sqlite
INSERT INTO search_index (rowid, tokens) VALUES ($1, $2)

-- name: insert_entry_postgres
INSERT INTO search_index (seq, tokens) VALUES ($1, CAST($2 AS tsvector)) ON CONFLICT (seq) DO NOTHING

-- name: delete_entry_sqlite
INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', $1, $2)

-- name: delete_entry_postgres
DELETE FROM search_index WHERE seq = $1

-- name: list_hits_sqlite
SELECT e.seq, e.entity FROM search_index JOIN events e ON e.seq = search_index.rowid
WHERE search_index MATCH $1 AND search_index.rowid < $2 ORDER BY search_index.rowid DESC LIMIT $3

-- name: list_hits_postgres
SELECT e.seq, e.entity FROM search_index s JOIN events e ON e.seq = s.seq
WHERE s.tokens @@ CAST($1 AS tsquery) AND s.seq < $2 ORDER BY s.seq DESC LIMIT $3

-- name: find_last_entry_sqlite
SELECT rowid FROM search_index ORDER BY rowid DESC LIMIT 1

-- name: find_last_entry_postgres
SELECT seq FROM search_index ORDER BY seq DESC LIMIT 1
