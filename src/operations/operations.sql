-- name: list_case_rows
SELECT id, ref_no, version, state, is_open, kind, channel, owner_id, offered_to, customer_id,
    subject_id, received_at, updated_at, next_due_at, promise_due_at, next_timer_at, anger, severity,
    escalation, is_waiting, title, customer_name, doc
FROM cases WHERE id > $1 ORDER BY id LIMIT $2

-- name: count_cases
SELECT count(*) FROM cases

-- name: list_count_differences
SELECT coalesce(counted.owner_id, kept.owner_id) AS owner_id,
    coalesce(counted.state, kept.state) AS state, coalesce(counted.n, 0) AS n_counted,
    coalesce(kept.n, 0) AS n_kept
FROM (
    SELECT owner_id, state, CASE WHEN anger >= 3 THEN 1 ELSE 0 END AS furious, is_waiting, count(*) AS n
    FROM cases GROUP BY owner_id, state, CASE WHEN anger >= 3 THEN 1 ELSE 0 END, is_waiting
    UNION ALL
    SELECT 0, state, CASE WHEN anger >= 3 THEN 1 ELSE 0 END, is_waiting, count(*)
    FROM cases GROUP BY state, CASE WHEN anger >= 3 THEN 1 ELSE 0 END, is_waiting
) AS counted
FULL JOIN case_counts AS kept ON kept.owner_id = counted.owner_id AND kept.state = counted.state
    AND kept.furious = counted.furious AND kept.waiting = counted.is_waiting
WHERE coalesce(counted.n, 0) <> coalesce(kept.n, 0)
ORDER BY 1, 2 LIMIT 20

-- name: list_customer_rows
SELECT id, merged_into, version, doc FROM customers WHERE id > $1 ORDER BY id LIMIT $2

-- name: list_staff_rows
SELECT id, version, doc FROM staff WHERE id > $1 ORDER BY id LIMIT $2

-- name: list_team_rows
SELECT id, version, doc FROM teams WHERE id > $1 ORDER BY id LIMIT $2

-- name: list_export_rows
SELECT cases.id, cases.ref_no, cases.state, cases.kind, cases.channel, cases.owner_id, cases.received_at,
    cases.updated_at, cases.next_due_at, cases.anger, cases.severity, cases.escalation,
    cases.customer_name, cases.title, cases.doc, staff.doc AS owner_doc
FROM cases LEFT JOIN staff ON staff.id = cases.owner_id
WHERE cases.id > $1 ORDER BY cases.id LIMIT $2
