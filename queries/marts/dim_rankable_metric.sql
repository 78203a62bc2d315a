-- Metrics by which regions can be ranked: an announced rank is a fact and is never
-- ranked again, and a printed upper limit is no figure.
-- grain: one row per metric
-- reads: dim_metric
SELECT
    metric,
    unit
FROM dim_metric
WHERE unit <> 'rank' AND NOT ends_with(metric, '_below')
