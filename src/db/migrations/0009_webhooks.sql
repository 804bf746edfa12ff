-- Who is told about events, how far each has been told, and the latest attempts. A row is worked on by whoever holds its lease.
CREATE TABLE webhooks (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    state TEXT NOT NULL,
    secret TEXT NOT NULL,
    former_secret TEXT NOT NULL,
    former_until BIGINT NOT NULL,
    created_by BIGINT NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    lease_owner TEXT NOT NULL,
    lease_until BIGINT NOT NULL
);
CREATE INDEX webhooks_due ON webhooks (next_attempt_at, id) WHERE state = 'active';

CREATE TABLE webhook_deliveries (
    id BIGINT PRIMARY KEY,
    webhook_id BIGINT NOT NULL REFERENCES webhooks (id),
    event_seq BIGINT NOT NULL,
    event TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    at BIGINT NOT NULL,
    duration_ms BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    status BIGINT NOT NULL,
    excerpt TEXT NOT NULL
);
CREATE INDEX webhook_deliveries_of ON webhook_deliveries (webhook_id, id);
