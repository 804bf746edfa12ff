-- name: insert_link
INSERT INTO portal_links (token_hash, case_id, created_at) VALUES ($1, $2, $3) ON CONFLICT (token_hash) DO NOTHING

-- name: find_link
SELECT case_id FROM portal_links WHERE token_hash = $1

-- name: delete_links_of_case
DELETE FROM portal_links WHERE case_id = $1

-- name: insert_key
INSERT INTO portal_key (id, secret) VALUES (1, $1) ON CONFLICT (id) DO NOTHING

-- name: find_key
SELECT secret FROM portal_key WHERE id = 1

-- name: list_told
SELECT version, kind, at, actor, payload, personal FROM events
WHERE stream = 'case' AND entity = $1 AND version < $2
  AND (kind IN ('first_responded', 'acknowledged', 'message_sent', 'letter_sent', 'progress_update_sent', 'info_requested', 'promise_made')
    OR (kind IN ('received', 'message_received', 'info_received', 'customer_accepted', 'customer_countered', 'followed_up')
      AND actor NOT LIKE 'staff:%' AND actor NOT LIKE 'key:%'))
ORDER BY version DESC LIMIT $3
