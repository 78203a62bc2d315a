-- Metrics that have figures or claims, with their unit.
-- grain: one row per metric
-- reads: fct_claim, fct_tally
SELECT
    metric,
    min(unit) AS unit,
    count(*) AS claim_count
FROM (
    SELECT
        metric,
        unit
    FROM fct_claim
    UNION ALL
    SELECT
        metric,
        unit
    FROM fct_tally
)
GROUP BY metric
