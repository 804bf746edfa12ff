-- name: insert_staff
INSERT INTO staff (id, version, login, is_active, is_admin, team_id, doc)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (login) DO NOTHING;

-- name: update_staff
UPDATE staff SET version = $2, is_active = $3, is_admin = $4, team_id = $5, doc = $6 WHERE id = $1;

-- name: find_staff
SELECT doc FROM staff WHERE id = $1;

-- name: list_staff
SELECT doc FROM staff WHERE id > $1 AND ($2 = 0 OR is_active = 1) AND ($3 = 0 OR team_id = $3)
ORDER BY id LIMIT $4;

-- name: count_other_admins
SELECT count(*) FROM staff WHERE is_active = 1 AND is_admin = 1 AND id <> $1;

-- name: insert_team
INSERT INTO teams (id, version, doc) VALUES ($1, $2, $3);

-- name: update_team
UPDATE teams SET version = $2, doc = $3 WHERE id = $1;

-- name: find_team
SELECT doc FROM teams WHERE id = $1;

-- name: list_teams
SELECT doc FROM teams WHERE id > $1 ORDER BY id LIMIT $2;

-- name: insert_leave
INSERT INTO leaves (id, staff_id, starts_at, ends_at, reason) VALUES ($1, $2, $3, $4, $5);

-- name: delete_leave
DELETE FROM leaves WHERE id = $1 AND staff_id = $2;

-- name: find_leave
SELECT id, staff_id, starts_at, ends_at, reason FROM leaves WHERE id = $1 AND staff_id = $2;

-- name: list_leaves
SELECT id, staff_id, starts_at, ends_at, reason FROM leaves WHERE staff_id = $1 AND id > $2
ORDER BY id LIMIT $3;

-- name: list_leaves_after
SELECT id, staff_id, starts_at, ends_at, reason FROM leaves
WHERE (ends_at, id) > ($1, $2) ORDER BY ends_at, id LIMIT $3;

-- name: list_open_cases
SELECT owner_id, CAST(sum(n) AS BIGINT) AS open_cases FROM case_counts
WHERE owner_id > $1 AND state NOT IN
    ('closed', 'not_complaint', 'withdrawn', 'declined', 'merged', 'archived', 'erased')
GROUP BY owner_id ORDER BY owner_id LIMIT $2;
