-- name: find_by_identity
SELECT content_hash, case_id FROM intake
WHERE channel = $1 AND external_id = $2 ORDER BY id LIMIT 100

-- name: keep_raw
INSERT INTO intake (id, channel, external_id, content_hash, raw, raw_form, received_at, recorded_at,
    status, case_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: list_raw_of_case
SELECT id, channel, external_id, raw, raw_form, received_at, status FROM intake
WHERE case_id = $1 AND id > $2 ORDER BY id LIMIT $3

-- name: forget_raw
UPDATE intake SET raw = '', raw_form = 'forgotten' WHERE case_id = $1 AND raw_form <> 'forgotten'
