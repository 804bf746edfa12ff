-- name: create_job
INSERT INTO import_jobs (id, version, state, lease_until, file_name, file_hash, mapping_hash,
    mapping, content, header, delimiter, started_by, language, next_line, row_count, imported,
    duplicates, rejected, bytes_done, bytes_total, created_at, updated_at, trouble)
VALUES ($1, 1, $2, 0, $3, $4, $5, $6, $7, '[]', $8, $9, $10, 0, 0, 0, 0, 0, 0, $11, $12, $12, '')

-- name: find_job
SELECT id, version, state, lease_until, file_name, file_hash, mapping_hash, mapping, header,
    delimiter, started_by, language, next_line, row_count, imported, duplicates, rejected,
    bytes_done, bytes_total, created_at, updated_at, trouble
FROM import_jobs WHERE id = $1

-- name: find_unfinished_job
SELECT id, version, state, lease_until, file_name, file_hash, mapping_hash, mapping, header,
    delimiter, started_by, language, next_line, row_count, imported, duplicates, rejected,
    bytes_done, bytes_total, created_at, updated_at, trouble
FROM import_jobs
WHERE file_hash = $1 AND mapping_hash = $2 AND state <> 'done' AND content IS NULL
ORDER BY id DESC LIMIT 1

-- name: list_jobs
SELECT id, version, state, lease_until, file_name, file_hash, mapping_hash, mapping, header,
    delimiter, started_by, language, next_line, row_count, imported, duplicates, rejected,
    bytes_done, bytes_total, created_at, updated_at, trouble
FROM import_jobs WHERE id < $1 ORDER BY id DESC LIMIT $2

-- name: list_waiting_jobs
SELECT id, version, state, lease_until, file_name, file_hash, mapping_hash, mapping, header,
    delimiter, started_by, language, next_line, row_count, imported, duplicates, rejected,
    bytes_done, bytes_total, created_at, updated_at, trouble
FROM import_jobs
WHERE content IS NOT NULL AND state IN ('waiting', 'running') ORDER BY id LIMIT 10

-- name: find_job_content
SELECT content FROM import_jobs WHERE id = $1 AND content IS NOT NULL

-- name: update_job
UPDATE import_jobs SET version = $2, state = $3, lease_until = $4, header = $5, next_line = $6,
    row_count = $7, imported = $8, duplicates = $9, rejected = $10, bytes_done = $11,
    updated_at = $12, trouble = $13
WHERE id = $1 AND next_line = $14 AND version = $15

-- name: drop_job_content
UPDATE import_jobs SET content = NULL WHERE id = $1

-- name: add_reject
INSERT INTO import_rejects (job_id, line, refusal, cells) VALUES ($1, $2, $3, $4)

-- name: list_rejects
SELECT line, refusal, cells FROM import_rejects
WHERE job_id = $1 AND line > $2 ORDER BY line LIMIT $3
