-- name: put_credential
INSERT INTO credentials (staff_id, password_hash, changed_at) VALUES ($1, $2, $3)
ON CONFLICT (staff_id) DO UPDATE
SET password_hash = excluded.password_hash, changed_at = excluded.changed_at;

-- name: find_credential_by_login
SELECT s.id, s.is_active, c.password_hash
FROM staff AS s JOIN credentials AS c ON c.staff_id = s.id WHERE s.login = $1;

-- name: find_credential
SELECT s.id, s.is_active, c.password_hash
FROM staff AS s JOIN credentials AS c ON c.staff_id = s.id WHERE s.id = $1;

-- name: insert_session
INSERT INTO sessions (token_hash, staff_id, created_at, seen_at) VALUES ($1, $2, $3, $4);

-- name: find_session
SELECT staff_id, created_at, seen_at FROM sessions WHERE token_hash = $1;

-- name: touch_session
UPDATE sessions SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2;

-- name: delete_session
DELETE FROM sessions WHERE token_hash = $1;

-- name: delete_sessions_of
DELETE FROM sessions WHERE staff_id = $1;

-- name: delete_stale_sessions
DELETE FROM sessions WHERE token_hash IN
    (SELECT token_hash FROM sessions WHERE seen_at < $1 ORDER BY seen_at LIMIT $2);

-- name: insert_key
INSERT INTO api_keys (id, version, token_hash, name, roles, created_by, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: find_key
SELECT id, version, name, roles, created_by, created_at, expires_at, revoked_at, used_at
FROM api_keys WHERE id = $1;

-- name: find_key_by_token
SELECT id, version, name, roles, created_by, created_at, expires_at, revoked_at, used_at
FROM api_keys WHERE token_hash = $1;

-- name: list_keys
SELECT id, version, name, roles, created_by, created_at, expires_at, revoked_at, used_at
FROM api_keys WHERE id > $1 ORDER BY id LIMIT $2;

-- name: revoke_key
UPDATE api_keys SET version = $2, revoked_at = $3 WHERE id = $1;

-- name: touch_key
UPDATE api_keys SET used_at = $2 WHERE id = $1 AND (used_at IS NULL OR used_at < $2);
