-- name: insert_case
INSERT INTO cases (id, ref_no, version, state, is_open, kind, channel, owner_id, offered_to, customer_id, received_at, updated_at,
    next_due_at, promise_due_at, next_timer_at, anger, severity, escalation, is_waiting, title, customer_name, doc,
    subject_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23);

-- name: update_case
UPDATE cases SET version = $2, state = $3, is_open = $4, kind = $5, channel = $6, owner_id = $7, offered_to = $8, customer_id = $9,
    received_at = $10, updated_at = $11, next_due_at = $12, promise_due_at = $13, next_timer_at = $14, anger = $15, severity = $16,
    escalation = $17, is_waiting = $18, title = $19, customer_name = $20, doc = $21,
    subject_id = $22
WHERE id = $1 AND version = $23;

-- name: find_case_doc
SELECT doc FROM cases WHERE id = $1;

-- name: find_case_by_ref_no
SELECT id FROM cases WHERE ref_no = $1;

-- name: list_due_timers
SELECT id FROM cases WHERE next_timer_at <= $1 ORDER BY next_timer_at, id LIMIT $2;

-- name: count_recent_of_customer
SELECT count(*) FROM (SELECT 1 AS one FROM cases WHERE customer_id = $1 AND received_at > $2 LIMIT 100) AS recent;

-- name: change_count
INSERT INTO case_counts (owner_id, state, furious, waiting, n) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (owner_id, state, furious, waiting) DO UPDATE SET n = case_counts.n + excluded.n;
