-- Replies that leave later: ten seconds after they were sent, so that they can be taken back, or at a time that was chosen.
-- `forget_at` is set when one has left, was taken back or could not be sent; its text goes with the first two.
CREATE TABLE scheduled_sends (
    id BIGINT PRIMARY KEY,
    case_id BIGINT NOT NULL,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    verb TEXT NOT NULL,
    body TEXT NOT NULL,
    failure TEXT NOT NULL,
    send_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    forget_at BIGINT,
    UNIQUE (staff_id, key)
);
CREATE INDEX scheduled_sends_due ON scheduled_sends (send_at, id) WHERE state = 'waiting';
CREATE INDEX scheduled_sends_of_case ON scheduled_sends (case_id, id);
CREATE INDEX scheduled_sends_of_staff ON scheduled_sends (staff_id, id) WHERE state = 'waiting';
CREATE INDEX scheduled_sends_by_age ON scheduled_sends (forget_at, id);

-- Who looks at a case or writes in it now. Rows that are not renewed are gone within a minute.
CREATE TABLE presence (
    case_id BIGINT NOT NULL,
    staff_id BIGINT NOT NULL,
    is_typing BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (case_id, staff_id)
);
CREATE INDEX presence_by_age ON presence (seen_at);
