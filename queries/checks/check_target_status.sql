-- An aim is never a figure: status target and metrics named target go together.
-- grain: one row per claim
-- reads: fct_claim
SELECT
    claim_id,
    metric,
    status
FROM fct_claim
WHERE (status = 'target') <> starts_with(metric, 'target_')
