-- The chain of everything that happened, and cases as they stand. Times are microseconds UTC; ids come from ledger_head.
CREATE TABLE ledger_head (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    next_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    reference_day BIGINT NOT NULL,
    reference_count BIGINT NOT NULL
);
INSERT INTO ledger_head (id, next_id, seq, hash, reference_day, reference_count) VALUES (1, 100, 0, '', 0, 0);

CREATE TABLE events (
    seq BIGINT PRIMARY KEY,
    stream TEXT NOT NULL,
    entity BIGINT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    payload TEXT NOT NULL,
    personal TEXT,
    salt TEXT,
    commitment TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE UNIQUE INDEX events_of_entity ON events (entity, stream, version);

CREATE TABLE cases (
    id BIGINT PRIMARY KEY,
    ref_no TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    owner_id BIGINT NOT NULL CHECK (owner_id > 0),
    offered_to BIGINT,
    customer_id BIGINT,
    subject_id BIGINT,
    received_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    next_due_at BIGINT NOT NULL,
    promise_due_at BIGINT,
    next_timer_at BIGINT,
    anger BIGINT NOT NULL,
    severity BIGINT NOT NULL,
    escalation BIGINT NOT NULL,
    is_waiting BIGINT NOT NULL,
    title TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    doc TEXT NOT NULL
);
CREATE UNIQUE INDEX cases_by_ref_no ON cases (ref_no);
CREATE INDEX cases_by_owner_due ON cases (owner_id, next_due_at, id) WHERE is_open = 1;
CREATE INDEX cases_by_due ON cases (next_due_at, id) WHERE is_open = 1;
CREATE INDEX cases_by_timer ON cases (next_timer_at, id) WHERE next_timer_at IS NOT NULL;
CREATE INDEX cases_by_promise ON cases (owner_id, promise_due_at, id) WHERE promise_due_at IS NOT NULL;
CREATE INDEX cases_by_offer ON cases (offered_to, next_due_at, id) WHERE offered_to IS NOT NULL;
CREATE INDEX cases_by_customer ON cases (customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX cases_furious ON cases (owner_id, next_due_at, id) WHERE is_open = 1 AND anger = 3;
CREATE INDEX cases_done ON cases (updated_at, id) WHERE is_open = 0;
CREATE INDEX cases_waiting ON cases (owner_id, next_due_at, id) WHERE is_open = 1 AND is_waiting = 1;

-- How many cases there are of each sort, kept with every change; owner 0 is everybody.
CREATE TABLE case_counts (
    owner_id BIGINT NOT NULL,
    state TEXT NOT NULL,
    furious BIGINT NOT NULL,
    waiting BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (owner_id, state, furious, waiting)
);
