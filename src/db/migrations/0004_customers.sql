-- Customers as they stand. survivor_id is the end of the chain of merged_into, the record itself when it stands alone;
-- name_key is the search form of the name in hexadecimal, so that a prefix is one range under every collation.
CREATE TABLE customers (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    tier TEXT NOT NULL,
    is_internal BIGINT NOT NULL,
    merged_into BIGINT,
    survivor_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    doc TEXT NOT NULL
);
CREATE INDEX customers_by_name ON customers (name_key, id) WHERE merged_into IS NULL;
CREATE INDEX customers_by_survivor ON customers (survivor_id, id);
CREATE INDEX customers_by_merged_into ON customers (merged_into, id) WHERE merged_into IS NOT NULL;

-- Contacts that say who somebody is, by the form in which spellings are compared. A contact belongs to one customer, who
-- is never a merged one.
CREATE TABLE customer_contacts (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (kind, value)
);
CREATE INDEX customer_contacts_by_customer ON customer_contacts (customer_id);

-- Two who may be one (customer_id < other_id), or were found not to be.
CREATE TABLE customer_duplicates (
    customer_id BIGINT NOT NULL,
    other_id BIGINT NOT NULL,
    noted_at BIGINT NOT NULL,
    is_ruled_out BIGINT NOT NULL,
    PRIMARY KEY (customer_id, other_id)
);
CREATE INDEX customer_duplicates_by_other ON customer_duplicates (other_id, customer_id);
