-- Where does each region with a figure stand among all 17 in a year?
-- Competition ranking (1, 2, 2, 4) before rounding, the greatest value first. Between which places
-- a region stands among all follows for foreign patients from everything printed; of other metrics
-- regions without a figure could stand anywhere: the best rank assumes them all below, the worst
-- all above. Announced ranks are facts of their own and are refused.
-- The place is the certain rank among all, else the rank among the regions with a figure.
-- grain: one row per region with a figure, regions alone only
-- reads: fct_figure, dim_region, fct_bound
-- param: $metric VARCHAR in dim_rankable_metric.metric. Code of the metric; announced ranks are never ranked again, ask announced_ranks.
-- param: $year INTEGER. Calendar year.
-- returns: region VARCHAR
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: is_lower_bound BOOLEAN
-- returns: rank BIGINT
-- returns: of_count BIGINT (regions with a figure)
-- returns: rank_best BIGINT
-- returns: rank_worst BIGINT
-- returns: rank_certain BIGINT
-- returns: place BIGINT
-- returns: region_count BIGINT (regions)
-- returns: low BIGINT (persons)
-- returns: high BIGINT (persons)
-- returns: source_ids VARCHAR[]
WITH
region_total AS (
    SELECT count(*) AS region_count
    FROM dim_region
    WHERE NOT is_nation
),

ranked AS (
    SELECT
        f.region,
        f.value,
        f.unit,
        f.evidence,
        f.is_approximate,
        f.dissent_count,
        f.is_lower_bound,
        rank() OVER (ORDER BY f.value DESC) AS rank,
        count(*) OVER () AS of_count,
        f.source_ids
    FROM fct_figure AS f
    INNER JOIN dim_region AS r ON f.region = r.region AND NOT r.is_nation
    WHERE
        f.metric = $metric
        AND f.year = $year
        AND is_annual_total(f.period, f.nationality, f.department, f.institution_class)
)

SELECT
    d.region,
    d.value,
    d.unit,
    d.evidence,
    d.is_approximate,
    d.dissent_count,
    d.is_lower_bound,
    d.rank,
    d.of_count,
    coalesce(b.rank_best, d.rank) AS rank_best,
    coalesce(b.rank_worst, d.rank + t.region_count - d.of_count) AS rank_worst,
    CASE
        WHEN b.is_rank_certain THEN b.rank_best
        WHEN b.region IS NULL AND d.of_count = t.region_count THEN d.rank
    END AS rank_certain,
    coalesce(rank_certain, d.rank) AS place,
    coalesce(b.region_count, t.region_count) AS region_count,
    b.low,
    b.high,
    d.source_ids
FROM ranked AS d
CROSS JOIN region_total AS t
LEFT JOIN fct_bound AS b
    ON b.metric = $metric AND d.region = b.region AND b.year = $year
ORDER BY d.rank, d.region
