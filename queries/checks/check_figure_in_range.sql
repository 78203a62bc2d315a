-- Only a change can be negative; a share of patients lies between 0 and 100.
-- grain: one row per figure
-- reads: fct_figure
SELECT
    metric,
    region,
    year,
    nationality,
    value
FROM fct_figure
WHERE
    (value < 0 AND NOT contains(metric, 'growth'))
    OR (starts_with(metric, 'share_pct') AND value > 100)
