-- What was sent along with messages. The bytes lie in the blob store under their SHA-256.
CREATE TABLE attachments (
    id TEXT PRIMARY KEY,
    case_id BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL
);
CREATE INDEX attachments_of_case ON attachments (case_id, created_at, id);
CREATE INDEX attachments_by_blob ON attachments (sha256);

-- The blob store where the database is the only thing the nodes share: base64 in pieces.
CREATE TABLE blobs (
    sha256 TEXT NOT NULL,
    part BIGINT NOT NULL,
    parts BIGINT NOT NULL,
    base64 TEXT NOT NULL,
    PRIMARY KEY (sha256, part)
);

-- Texts that handlers begin from, one row for each language.
CREATE TABLE templates (
    id BIGINT PRIMARY KEY,
    code TEXT NOT NULL,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    purpose TEXT NOT NULL,
    variables TEXT NOT NULL,
    version BIGINT NOT NULL,
    is_active BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX templates_by_code ON templates (code, language);
