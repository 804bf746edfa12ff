-- The head is locked by writing it, which one text can say for both databases.

-- name: lock_head
UPDATE ledger_head SET next_id = next_id WHERE id = 1
RETURNING next_id, seq, hash, reference_day, reference_count

-- name: store_head
UPDATE ledger_head SET next_id = $1, seq = $2, hash = $3, reference_day = $4, reference_count = $5
WHERE id = 1

-- name: find_head
SELECT next_id, seq, hash, reference_day, reference_count FROM ledger_head WHERE id = 1

-- name: append_event
INSERT INTO events (seq, stream, entity, version, kind, at, recorded_at, actor, payload, personal,
    salt, commitment, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)

-- name: list_events_after
SELECT seq, stream, entity, version, kind, at, recorded_at, actor, payload, personal, salt,
    commitment, hash
FROM events WHERE seq > $1 ORDER BY seq LIMIT $2

-- name: list_events_of_entity
SELECT seq, stream, entity, version, kind, at, recorded_at, actor, payload, personal, salt,
    commitment, hash
FROM events WHERE entity = $1 AND stream = $2 AND version > $3 ORDER BY version LIMIT $4

-- name: erase_personal
UPDATE events SET personal = NULL, salt = NULL
WHERE entity = $1 AND stream = $2 AND (personal IS NOT NULL OR salt IS NOT NULL)
