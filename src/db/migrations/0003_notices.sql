-- What the program tells a member of staff, newest first by id, and how much of it is unread.
CREATE TABLE notifications (
    id BIGINT PRIMARY KEY,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    case_id BIGINT,
    event_seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    read_at BIGINT
);
CREATE INDEX notifications_of_staff ON notifications (staff_id, id);
CREATE INDEX notifications_unread ON notifications (staff_id, id) WHERE read_at IS NULL;
CREATE INDEX notifications_by_age ON notifications (created_at, id);

CREATE TABLE notification_counts (
    staff_id BIGINT PRIMARY KEY REFERENCES staff (id),
    unread BIGINT NOT NULL CHECK (unread >= 0)
);
