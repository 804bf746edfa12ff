-- name: list_mine
SELECT id, ref_no, title, customer_name, state, kind, channel, owner_id, offered_to, received_at, next_due_at, promise_due_at, anger, severity, escalation, is_waiting, version
FROM cases WHERE owner_id = $1 AND is_open = 1 AND (next_due_at, id) > ($2, $3) ORDER BY next_due_at, id LIMIT $4;

-- name: list_open
SELECT id, ref_no, title, customer_name, state, kind, channel, owner_id, offered_to, received_at, next_due_at, promise_due_at, anger, severity, escalation, is_waiting, version
FROM cases WHERE is_open = 1 AND (subject_id IS NULL OR subject_id <> $1) AND (next_due_at, id) > ($2, $3) ORDER BY next_due_at, id LIMIT $4;

-- name: list_due_before
SELECT id, ref_no, title, customer_name, state, kind, channel, owner_id, offered_to, received_at, next_due_at, promise_due_at, anger, severity, escalation, is_waiting, version
FROM cases WHERE owner_id = $1 AND is_open = 1 AND (next_due_at, id) > ($2, $3) AND next_due_at < $5 ORDER BY next_due_at, id LIMIT $4;

-- name: list_late
SELECT id, ref_no, title, customer_name, state, kind, channel, owner_id, offered_to, received_at, next_due_at, promise_due_at, anger, severity, escalation, is_waiting, version
FROM cases WHERE is_open = 1 AND (subject_id IS NULL OR subject_id <> $1) AND (next_due_at, id) > ($2, $3) AND next_due_at < $5 ORDER BY next_due_at, id LIMIT $4;

-- name: list_offered
SELECT id, ref_no, title, customer_name, state, kind, channel, owner_id, offered_to, received_at, next_due_at, promise_due_at, anger, severity, escalation, is_waiting, version
FROM cases WHERE offered_to = $1 AND (next_due_at, id) > ($2, $3) ORDER BY next_due_at, id LIMIT $4;

-- name: list_furious
SELECT id, ref_no, title, customer_name, state, kind, channel, owner_id, offered_to, received_at, next_due_at, promise_due_at, anger, severity, escalation, is_waiting, version
FROM cases WHERE owner_id = $1 AND is_open = 1 AND anger = 3 AND (next_due_at, id) > ($2, $3) ORDER BY next_due_at, id LIMIT $4;

-- name: list_waiting
SELECT id, ref_no, title, customer_name, state, kind, channel, owner_id, offered_to, received_at, next_due_at, promise_due_at, anger, severity, escalation, is_waiting, version
FROM cases WHERE owner_id = $1 AND is_open = 1 AND is_waiting = 1 AND (next_due_at, id) > ($2, $3) ORDER BY next_due_at, id LIMIT $4;

-- name: list_promises
SELECT id, ref_no, title, customer_name, state, kind, channel, owner_id, offered_to, received_at, next_due_at, promise_due_at, anger, severity, escalation, is_waiting, version
FROM cases WHERE promise_due_at IS NOT NULL AND owner_id = $1 AND (promise_due_at, id) > ($2, $3) AND promise_due_at < $5
ORDER BY promise_due_at, id LIMIT $4;

-- name: list_done
SELECT id, ref_no, title, customer_name, state, kind, channel, owner_id, offered_to, received_at, updated_at AS next_due_at, promise_due_at, anger, severity, escalation, is_waiting, version
FROM cases WHERE is_open = 0 AND (subject_id IS NULL OR subject_id <> $1) AND (updated_at, id) < ($2, $3) ORDER BY updated_at DESC, id DESC LIMIT $4;

-- name: list_counts
SELECT owner_id, state, furious, waiting, n FROM case_counts WHERE owner_id IN (0, $1) LIMIT 200;

-- name: count_soon
SELECT
    (SELECT count(*) FROM (SELECT 1 AS one FROM cases WHERE offered_to = $1 LIMIT 100) AS a) AS offered,
    (SELECT count(*) FROM (SELECT 1 AS one FROM cases WHERE owner_id = $1 AND is_open = 1 AND next_due_at < $2 LIMIT 100) AS b) AS due_soon,
    (SELECT count(*) FROM (SELECT 1 AS one FROM cases WHERE is_open = 1 AND next_due_at < $3 LIMIT 100) AS c) AS late,
    (SELECT count(*) FROM (SELECT 1 AS one FROM cases WHERE promise_due_at IS NOT NULL AND owner_id = $1 AND promise_due_at < $4 LIMIT 100) AS d) AS promises;

-- name: list_story_before
SELECT seq, version, kind, at, recorded_at, actor, payload, personal FROM events
WHERE entity = $1 AND stream = 'case' AND version < $2 ORDER BY version DESC LIMIT $3;

-- name: find_row
SELECT id, ref_no, title, customer_name, state, kind, channel, owner_id, offered_to, received_at, next_due_at, promise_due_at, anger, severity, escalation, is_waiting, version
FROM cases WHERE id = $1 AND (subject_id IS NULL OR subject_id <> $2);

-- name: list_rows_before
SELECT id, ref_no, title, customer_name, state, kind, channel, owner_id, offered_to, received_at, next_due_at, promise_due_at, anger, severity, escalation, is_waiting, version
FROM cases WHERE id < $1 AND (subject_id IS NULL OR subject_id <> $2) ORDER BY id DESC LIMIT $3;

-- name: find_entry
SELECT seq, version, kind, at, recorded_at, actor, payload, personal FROM events WHERE seq = $1;

-- name: list_docs_before
SELECT id, doc FROM cases WHERE id < $1 ORDER BY id DESC LIMIT $2;

-- name: find_newest
SELECT id FROM cases ORDER BY id DESC LIMIT 1;

-- name: list_of_customer
SELECT id FROM cases WHERE customer_id = $1 AND id <> $2 ORDER BY id DESC LIMIT $3;

-- name: list_corrections_before
SELECT seq, entity, payload FROM events WHERE stream = 'case' AND kind = 'emotion_set' AND seq < $1 ORDER BY seq DESC LIMIT $2;

-- name: list_recent_docs
SELECT id, received_at, doc FROM cases WHERE id < $1 ORDER BY id DESC LIMIT $2;

-- name: upsert_presence
INSERT INTO presence (case_id, staff_id, is_typing, seen_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (case_id, staff_id) DO UPDATE SET is_typing = excluded.is_typing, seen_at = excluded.seen_at;

-- name: delete_presence
DELETE FROM presence WHERE case_id = $1 AND staff_id = $2;

-- name: list_present_at
SELECT case_id, staff_id, is_typing FROM presence WHERE case_id = $1 AND seen_at > $2 ORDER BY staff_id LIMIT $3;

-- name: list_present
SELECT case_id, staff_id, is_typing FROM presence WHERE seen_at > $1 ORDER BY case_id, staff_id LIMIT $2;

-- name: delete_absent
DELETE FROM presence WHERE seen_at <= $1;
