-- Which ranks of regions were announced or printed, as facts of their own?
-- review_rank: announced in the ministry's cluster reviews. rank: by foreign patients, as sources
-- print it. Neither is computed, and neither may be mixed with computed ranks.
-- grain: one row per region and year
-- reads: fct_figure, dim_region
-- param: $metric VARCHAR in dim_metric.metric = 'review_rank'. review_rank or rank; any other metric has no rows.
-- param: $first_year INTEGER = null. First year; null: the first there is.
-- param: $last_year INTEGER = null. Last year; null: the last there is.
-- returns: year INTEGER
-- returns: region VARCHAR
-- returns: announced_rank DECIMAL (rank)
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: source_ids VARCHAR[]
SELECT
    f.year,
    f.region,
    f.value AS announced_rank,
    f.evidence,
    f.is_approximate,
    f.source_ids
FROM fct_figure AS f
INNER JOIN dim_region AS r ON f.region = r.region AND NOT r.is_nation
WHERE
    f.metric = $metric
    AND f.unit = 'rank'
    AND f.period = 'annual'
    AND f.nationality IS NULL
    AND f.department IS NULL
    AND f.institution_class IS NULL
    AND f.year >= coalesce($first_year, f.year)
    AND f.year <= coalesce($last_year, f.year)
ORDER BY f.year, f.value, f.region
