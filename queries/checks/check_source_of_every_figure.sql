-- Every figure names at least one source.
-- grain: one row per figure
-- reads: fct_figure
SELECT
    metric,
    region,
    year
FROM fct_figure
WHERE coalesce(len(source_ids), 0) = 0
