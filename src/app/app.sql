-- name: insert_answer
INSERT INTO answers (scope, key, request_hash, status, body, created_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (scope, key) DO NOTHING;

-- name: find_answer
SELECT request_hash, status, body FROM answers WHERE scope = $1 AND key = $2;

-- name: delete_answers_before
DELETE FROM answers WHERE created_at < $1;

-- name: find_last_seq
SELECT seq FROM ledger_head WHERE id = 1;

-- name: list_events_before
SELECT seq, stream, entity, version, kind, at, recorded_at, actor, payload, personal, salt, commitment, hash
FROM events WHERE seq < $1 ORDER BY seq DESC LIMIT $2;
