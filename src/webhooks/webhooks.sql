-- name: insert_webhook
INSERT INTO webhooks (id, version, name, url, events, state, secret, former_secret, former_until, created_by,
    created_at, last_seq, failures, next_attempt_at, lease_owner, lease_until)
VALUES ($1, 1, $2, $3, $4, 'active', $5, '', 0, $6, $7, $8, 0, $7, '', 0);

-- name: find_webhook
SELECT id, version, name, url, events, state, created_by, created_at, last_seq, failures, next_attempt_at
FROM webhooks WHERE id = $1;

-- name: list_webhooks
SELECT id, version, name, url, events, state, created_by, created_at, last_seq, failures, next_attempt_at
FROM webhooks WHERE id > $1 ORDER BY id LIMIT $2;

-- name: count_webhooks
SELECT count(*) FROM webhooks;

-- name: update_webhook
UPDATE webhooks SET version = $2, name = $3, url = $4, events = $5, state = $6, failures = $7, next_attempt_at = $8
WHERE id = $1;

-- name: delete_webhook
DELETE FROM webhooks WHERE id = $1;

-- name: find_secrets
SELECT secret, former_secret, former_until FROM webhooks WHERE id = $1;

-- name: update_secrets
UPDATE webhooks SET secret = $2, former_secret = $3, former_until = $4 WHERE id = $1;

-- name: find_due
SELECT id, version, name, url, events, state, created_by, created_at, last_seq, failures, next_attempt_at
FROM webhooks WHERE state = 'active' AND next_attempt_at <= $1 AND last_seq < $2 AND lease_until <= $1
ORDER BY next_attempt_at, id LIMIT 1;

-- name: take_lease
UPDATE webhooks SET lease_owner = $2, lease_until = $3
WHERE id = $1 AND state = 'active' AND lease_until <= $4;

-- name: advance
UPDATE webhooks SET last_seq = $3, failures = 0, lease_until = $4
WHERE id = $1 AND lease_owner = $2 AND last_seq < $3;

-- name: postpone
UPDATE webhooks SET failures = $3, next_attempt_at = $4 WHERE id = $1 AND lease_owner = $2;

-- name: give_back
UPDATE webhooks SET lease_owner = '', lease_until = 0, next_attempt_at = CASE WHEN next_attempt_at < $3 THEN $3
    ELSE next_attempt_at END
WHERE id = $1 AND lease_owner = $2;

-- name: insert_delivery
INSERT INTO webhook_deliveries (id, webhook_id, event_seq, event, attempt, at, duration_ms, outcome, status, excerpt)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: find_delivery
SELECT id, webhook_id, event_seq, event, attempt, at, duration_ms, outcome, status, excerpt
FROM webhook_deliveries WHERE id = $1 AND webhook_id = $2;

-- name: list_deliveries
SELECT id, webhook_id, event_seq, event, attempt, at, duration_ms, outcome, status, excerpt
FROM webhook_deliveries WHERE webhook_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3;

-- name: trim_deliveries
DELETE FROM webhook_deliveries WHERE webhook_id = $1 AND id <
    (SELECT min(id) FROM
        (SELECT id FROM webhook_deliveries WHERE webhook_id = $1 ORDER BY id DESC LIMIT $2) AS kept);

-- name: delete_deliveries
DELETE FROM webhook_deliveries WHERE webhook_id = $1;
