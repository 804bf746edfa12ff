-- name: insert_cause
INSERT INTO causes (id, version, code, parent, name_en, name_zh, regulator_code, is_active)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: update_cause
UPDATE causes SET version = $2, parent = $3, name_en = $4, name_zh = $5, regulator_code = $6, is_active = $7
WHERE id = $1;

-- name: list_causes
SELECT id, version, code, parent, name_en, name_zh, regulator_code, is_active
FROM causes ORDER BY id LIMIT $1;
