-- name: insert_customer
INSERT INTO customers (id, name, name_key, tier, is_internal, merged_into, survivor_id, version, doc)
VALUES ($1, $2, $3, $4, $5, NULL, $1, $6, $7)

-- name: update_customer
UPDATE customers SET name = $3, name_key = $4, tier = $5, is_internal = $6, version = $7, doc = $8
WHERE id = $1 AND version = $2

-- name: find_customer
SELECT doc FROM customers WHERE id = $1

-- name: find_survivor
SELECT s.doc FROM customers c JOIN customers s ON s.id = c.survivor_id WHERE c.id = $1

-- name: set_merged_into
UPDATE customers SET merged_into = $2 WHERE id = $1

-- name: set_survivor
WITH RECURSIVE same (id) AS (
    SELECT id FROM customers WHERE id = $1
    UNION
    SELECT c.id FROM customers c JOIN same ON c.merged_into = same.id
)
UPDATE customers SET survivor_id = $2 WHERE id IN (SELECT id FROM same)

-- name: list_ids_of_survivor
SELECT id FROM customers WHERE survivor_id = $1 AND id <> $1 ORDER BY id LIMIT 1000

-- name: list_newest
SELECT id, doc FROM customers WHERE merged_into IS NULL AND id < $1 ORDER BY id DESC LIMIT $2

-- name: list_by_name
SELECT id, name_key, doc FROM customers
WHERE merged_into IS NULL AND name_key >= $1 AND name_key < $2 AND (name_key, id) > ($3, $4)
ORDER BY name_key, id LIMIT $5

-- name: list_by_contact
SELECT DISTINCT c.id, c.doc FROM customer_contacts k JOIN customers c ON c.id = k.customer_id
WHERE k.value = $1 AND k.kind IN ('phone', 'email', 'wechat', 'account') ORDER BY c.id LIMIT $2

-- name: find_contact
SELECT customer_id FROM customer_contacts WHERE kind = $1 AND value = $2

-- name: insert_contact
INSERT INTO customer_contacts (kind, value, customer_id) VALUES ($1, $2, $3) ON CONFLICT (kind, value) DO NOTHING

-- name: delete_contact
DELETE FROM customer_contacts WHERE kind = $1 AND value = $2 AND customer_id = $3

-- name: delete_contacts
DELETE FROM customer_contacts WHERE customer_id = $1

-- name: update_contacts_owner
UPDATE customer_contacts SET customer_id = $2 WHERE customer_id = $1

-- name: release_contact
INSERT INTO customer_contacts (kind, value, customer_id) VALUES ($1, $2, $3)
ON CONFLICT (kind, value) DO UPDATE SET customer_id = excluded.customer_id WHERE customer_contacts.customer_id = $4

-- name: insert_duplicate
INSERT INTO customer_duplicates (customer_id, other_id, noted_at, is_ruled_out) VALUES ($1, $2, $3, 0)
ON CONFLICT (customer_id, other_id) DO NOTHING

-- name: upsert_ruled_out
INSERT INTO customer_duplicates (customer_id, other_id, noted_at, is_ruled_out) VALUES ($1, $2, $3, 1)
ON CONFLICT (customer_id, other_id) DO UPDATE SET is_ruled_out = 1

-- name: list_noted_duplicates
SELECT c.id, c.doc FROM customers c
WHERE c.merged_into IS NULL AND c.id <> $1 AND c.id IN (
    SELECT b.survivor_id FROM customers a
    JOIN customer_duplicates d ON d.customer_id = a.id
    JOIN customers b ON b.id = d.other_id
    WHERE a.survivor_id = $1 AND d.is_ruled_out = 0
    UNION
    SELECT b.survivor_id FROM customers a
    JOIN customer_duplicates d ON d.other_id = a.id
    JOIN customers b ON b.id = d.customer_id
    WHERE a.survivor_id = $1 AND d.is_ruled_out = 0
)
ORDER BY c.id LIMIT $2

-- name: list_namesakes
SELECT id, doc FROM customers
WHERE merged_into IS NULL AND name_key = $2 AND id <> $1 AND NOT EXISTS (
    SELECT 1 FROM customer_duplicates d
    WHERE d.is_ruled_out = 1
        AND ((d.customer_id = $1 AND d.other_id = customers.id) OR (d.other_id = $1 AND d.customer_id = customers.id))
)
ORDER BY id LIMIT $3

-- name: list_cases
SELECT id, ref_no, state, kind, channel, title, owner_id, is_open, anger, received_at, updated_at FROM cases
WHERE customer_id IN (SELECT c.id FROM customers c WHERE c.survivor_id = $1) AND id < $2
    AND (subject_id IS NULL OR subject_id <> $4)
ORDER BY id DESC LIMIT $3

-- name: count_cases
SELECT COUNT(*), CAST(COALESCE(SUM(is_open), 0) AS BIGINT),
    CAST(COALESCE(SUM(CASE WHEN received_at >= $2 THEN 1 ELSE 0 END), 0) AS BIGINT),
    COALESCE(MAX(received_at), 0)
FROM (
    SELECT is_open, received_at FROM cases
    WHERE customer_id IN (SELECT c.id FROM customers c WHERE c.survivor_id = $1)
        AND (subject_id IS NULL OR subject_id <> $4)
    ORDER BY id DESC LIMIT $3
) newest

-- name: list_case_docs
SELECT doc FROM cases
WHERE customer_id IN (SELECT c.id FROM customers c WHERE c.survivor_id = $1) AND (subject_id IS NULL OR subject_id <> $3)
ORDER BY id DESC LIMIT $2
