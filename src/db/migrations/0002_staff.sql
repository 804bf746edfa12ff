-- People, teams, and how they prove who they are. `doc` is the whole staff::Staff or staff::Team; the other columns are what
-- statements select by. Passwords are Argon2id strings; tokens are kept as SHA-256 only.
CREATE TABLE staff (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    login TEXT NOT NULL,
    is_active BIGINT NOT NULL,
    is_admin BIGINT NOT NULL,
    team_id BIGINT NOT NULL,
    doc TEXT NOT NULL
);
CREATE UNIQUE INDEX staff_by_login ON staff (login);
CREATE INDEX staff_by_team ON staff (team_id, id);

CREATE TABLE teams (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    doc TEXT NOT NULL
);

CREATE TABLE leaves (
    id BIGINT PRIMARY KEY,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL CHECK (ends_at > starts_at),
    reason TEXT NOT NULL
);
CREATE INDEX leaves_by_staff ON leaves (staff_id, id);
CREATE INDEX leaves_by_end ON leaves (ends_at, id);

CREATE TABLE credentials (
    staff_id BIGINT PRIMARY KEY REFERENCES staff (id),
    password_hash TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_staff ON sessions (staff_id);
CREATE INDEX sessions_by_seen ON sessions (seen_at);

CREATE TABLE api_keys (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    token_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    created_by BIGINT NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    used_at BIGINT
);
CREATE UNIQUE INDEX api_keys_by_token ON api_keys (token_hash);
