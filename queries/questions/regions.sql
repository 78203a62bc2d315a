-- Which regions are there, and how many figures does the record have for each?
-- grain: one row per region
-- reads: dim_region, fct_figure
-- returns: region VARCHAR
-- returns: kind VARCHAR
-- returns: is_nation BOOLEAN
-- returns: figure_count BIGINT (figures)
SELECT
    r.region,
    r.kind,
    r.is_nation,
    count(f.metric) AS figure_count
FROM dim_region AS r
LEFT JOIN fct_figure AS f ON r.region = f.region
GROUP BY ALL
ORDER BY r.region
