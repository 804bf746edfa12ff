-- name: insert_notification
INSERT INTO notifications (id, staff_id, case_id, event_seq, kind, payload, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: raise_unread
INSERT INTO notification_counts (staff_id, unread) VALUES ($1, 1)
ON CONFLICT (staff_id) DO UPDATE SET unread = notification_counts.unread + 1;

-- name: lower_unread
UPDATE notification_counts SET unread = unread - $2 WHERE staff_id = $1;

-- name: count_unread
SELECT unread FROM notification_counts WHERE staff_id = $1;

-- name: list_newest
SELECT id, staff_id, case_id, event_seq, kind, payload, created_at, read_at
FROM notifications WHERE staff_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3;

-- name: list_unread
SELECT id, staff_id, case_id, event_seq, kind, payload, created_at, read_at
FROM notifications WHERE staff_id = $1 AND id < $2 AND read_at IS NULL ORDER BY id DESC LIMIT $3;

-- name: find_notification
SELECT id, staff_id, case_id, event_seq, kind, payload, created_at, read_at
FROM notifications WHERE id = $1 AND staff_id = $2;

-- name: mark_read
UPDATE notifications SET read_at = $3 WHERE id = $1 AND staff_id = $2 AND read_at IS NULL;

-- name: mark_all_read
UPDATE notifications SET read_at = $3 WHERE staff_id = $1 AND id <= $2 AND read_at IS NULL;

-- name: forget_case
UPDATE notifications SET payload = $2 WHERE case_id = $1 AND kind = 'assigned';

-- name: delete_read_before
DELETE FROM notifications WHERE id IN
    (SELECT id FROM notifications WHERE created_at < $1 AND read_at IS NOT NULL
     ORDER BY created_at, id LIMIT $2);
