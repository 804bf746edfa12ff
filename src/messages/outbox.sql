-- name: insert_send
INSERT INTO scheduled_sends (id, case_id, staff_id, key, request_hash, state, verb, body, failure, send_at, created_at)
VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, '', $8, $9)

-- name: find_send
SELECT id, case_id, staff_id, key, request_hash, state, verb, body, failure, send_at, created_at
FROM scheduled_sends WHERE id = $1

-- name: find_send_by_key
SELECT id, case_id, staff_id, key, request_hash, state, verb, body, failure, send_at, created_at
FROM scheduled_sends WHERE staff_id = $1 AND key = $2

-- name: list_sends_of_case
SELECT id, case_id, staff_id, key, request_hash, state, verb, body, failure, send_at, created_at
FROM scheduled_sends WHERE case_id = $1 AND state IN ('waiting', 'failed') ORDER BY id LIMIT $2

-- name: list_sends_due
SELECT id, case_id, staff_id, key, request_hash, state, verb, body, failure, send_at, created_at
FROM scheduled_sends WHERE state = 'waiting' AND send_at <= $1 ORDER BY send_at, id LIMIT $2

-- name: count_waiting_sends
SELECT COUNT(*) FROM scheduled_sends WHERE staff_id = $1 AND state = 'waiting'

-- name: end_send
UPDATE scheduled_sends SET state = $2, body = $3, failure = $4, forget_at = $5 WHERE id = $1

-- name: delete_sends_before
DELETE FROM scheduled_sends WHERE id IN
    (SELECT id FROM scheduled_sends WHERE forget_at < $1 ORDER BY forget_at, id LIMIT $2)

-- name: forget_sends
DELETE FROM scheduled_sends WHERE case_id = $1
