-- Statements that cannot be true beside weightier ones, and those that each contradicts.
-- They take no part in any bound.
-- grain: one row per statement left out and statement that it contradicts
-- reads: solved.contradiction, fct_bound_statement
SELECT
    c.statement_id AS claim_id,
    s.claim_ids,
    s.kind,
    s.year,
    s.region,
    s.value,
    s.source_ids,
    a.statement_id AS against_claim_id,
    a.kind AS against_kind,
    a.year AS against_year,
    a.region AS against_region,
    a.value AS against_value,
    a.source_ids AS against_source_ids
FROM (
    SELECT
        statement_id,
        unnest(against_ids) AS against_id
    FROM solved.contradiction
) AS c
INNER JOIN fct_bound_statement AS s ON c.statement_id = s.statement_id
INNER JOIN fct_bound_statement AS a ON c.against_id = a.statement_id
