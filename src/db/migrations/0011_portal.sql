-- Secret links by which complainants follow their case: only a hash of each is here.
CREATE TABLE portal_links (
    token_hash TEXT PRIMARY KEY,
    case_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX portal_links_of_case ON portal_links (case_id);

-- What forms and links of the portal are signed with, the same for every node: one row.
CREATE TABLE portal_key (
    id BIGINT PRIMARY KEY,
    secret TEXT NOT NULL
);
