-- Visits of a batch counted by one column add up to all visits of the month and region.
-- grain: one row per batch, month, region and breakdown that does not add up
-- reads: stg_visit_count
SELECT
    p.batch_id,
    p.month,
    p.region,
    p.breakdown,
    sum(p.visit_count) AS added_count,
    any_value(t.visit_count) AS total_count
FROM stg_visit_count AS p
LEFT JOIN stg_visit_count AS t
    ON p.batch_id = t.batch_id AND p.month = t.month AND p.region = t.region AND t.breakdown = ''
WHERE p.breakdown <> ''
GROUP BY p.batch_id, p.month, p.region, p.breakdown
HAVING added_count IS DISTINCT FROM total_count
