-- What came in, as it came in: kept before anything is acknowledged, known by channel and external id.
CREATE TABLE intake (
    id BIGINT PRIMARY KEY,
    channel TEXT NOT NULL,
    external_id TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    raw TEXT NOT NULL,
    raw_form TEXT NOT NULL CHECK (raw_form IN ('text', 'base64', 'forgotten')),
    received_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    case_id BIGINT NOT NULL
);
CREATE UNIQUE INDEX intake_by_identity ON intake (channel, external_id, content_hash);
CREATE INDEX intake_by_case ON intake (case_id);

CREATE TABLE import_jobs (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    lease_until BIGINT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    mapping_hash TEXT NOT NULL,
    mapping TEXT NOT NULL,
    content TEXT,
    header TEXT NOT NULL,
    delimiter TEXT NOT NULL,
    started_by BIGINT NOT NULL,
    language TEXT NOT NULL,
    next_line BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    imported BIGINT NOT NULL,
    duplicates BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    bytes_done BIGINT NOT NULL,
    bytes_total BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    trouble TEXT NOT NULL
);
CREATE INDEX import_jobs_by_file ON import_jobs (file_hash, mapping_hash, id);
CREATE INDEX import_jobs_unfinished ON import_jobs (id) WHERE content IS NOT NULL;

CREATE TABLE import_rejects (
    job_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    refusal TEXT NOT NULL,
    cells TEXT NOT NULL,
    PRIMARY KEY (job_id, line)
);
