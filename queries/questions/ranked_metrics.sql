-- For which metrics and years does the record have figures of single regions that can be ranked?
-- Whole years and all patients together only; a figure of several regions together is none of one.
-- grain: one row per metric and year
-- reads: fct_figure, dim_region, dim_rankable_metric
-- returns: metric VARCHAR
-- returns: year INTEGER
-- returns: of_count BIGINT (regions with a figure)
-- returns: regions VARCHAR[]
SELECT
    f.metric,
    f.year,
    count(*) AS of_count,
    list_sort(list(f.region)) AS regions
FROM fct_figure AS f
INNER JOIN dim_region AS r ON f.region = r.region AND NOT r.is_nation
INNER JOIN dim_rankable_metric AS m ON f.metric = m.metric
WHERE
    is_annual_total(f.period, f.nationality, f.department, f.institution_class)
    AND f.year IS NOT NULL
GROUP BY f.metric, f.year
ORDER BY f.metric, f.year
