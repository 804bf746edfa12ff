-- name: insert_blob_part
INSERT INTO blobs (sha256, part, parts, base64) VALUES ($1, $2, $3, $4)
ON CONFLICT (sha256, part) DO UPDATE SET parts = excluded.parts, base64 = excluded.base64

-- name: find_blob_part
SELECT parts, base64 FROM blobs WHERE sha256 = $1 AND part = $2

-- name: insert_attachment
INSERT INTO attachments (id, case_id, sha256, file_name, media_type, bytes, created_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: find_attachment
SELECT id, case_id, sha256, file_name, media_type, bytes, created_at, created_by FROM attachments WHERE id = $1

-- name: list_attachments
SELECT id, case_id, sha256, file_name, media_type, bytes, created_at, created_by FROM attachments
WHERE case_id = $1 ORDER BY created_at, id LIMIT $2

-- name: count_attachments
SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN created_at > $2 THEN 1 ELSE 0 END), 0) AS BIGINT) FROM attachments
WHERE case_id = $1

-- name: delete_attachments
DELETE FROM attachments WHERE case_id = $1

-- name: find_blob_use
SELECT 1 FROM attachments WHERE sha256 = $1 LIMIT 1

-- name: delete_blob
DELETE FROM blobs WHERE sha256 = $1

-- name: insert_template
INSERT INTO templates (id, version, code, language, title, body, purpose, variables, is_active, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: update_template
UPDATE templates SET version = $3, code = $4, language = $5, title = $6, body = $7, purpose = $8, variables = $9,
    is_active = $10, updated_at = $11
WHERE id = $1 AND version = $2

-- name: find_template
SELECT id, version, code, language, title, body, purpose, variables, is_active, updated_at FROM templates WHERE id = $1

-- name: find_template_by_code
SELECT id, version, code, language, title, body, purpose, variables, is_active, updated_at FROM templates
WHERE code = $1 AND language = $2

-- name: list_templates
SELECT id, version, code, language, title, body, purpose, variables, is_active, updated_at FROM templates
WHERE (code, language) > ($1, $2) ORDER BY code, language LIMIT $3
