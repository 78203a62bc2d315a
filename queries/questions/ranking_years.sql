-- Where did each region stand in each of several years, among those with a figure in that year?
-- Competition ranking (1, 2, 2, 4) before rounding, the greatest value first, each year on its own:
-- the regions with a figure differ from year to year. A year without figure stays in, without rank,
-- but for the places that remain possible among all, with what these follow from as its sources.
-- They are said as in `ranking`.
-- grain: one row per year and region that has a figure in any of the years
-- reads: fct_rank, dim_region, fct_bound
-- param: $metric VARCHAR in dim_rankable_metric.metric. Code of the metric; announced ranks are never ranked again, ask announced_ranks.
-- param: $first_year INTEGER = null. First year; null: the first with a figure.
-- param: $last_year INTEGER = null. Last year; null: the last with a figure.
-- returns: year INTEGER
-- returns: region VARCHAR
-- returns: rank BIGINT
-- returns: of_count BIGINT (regions with a figure)
-- returns: among_best BIGINT
-- returns: among_worst BIGINT
-- returns: rank_best BIGINT
-- returns: rank_worst BIGINT
-- returns: rank_certain BIGINT
-- returns: region_count BIGINT (regions)
-- returns: low BIGINT (persons)
-- returns: high BIGINT (persons)
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: is_lower_bound BOOLEAN
-- returns: source_ids VARCHAR[]
WITH
region_total AS (
    SELECT count(*) AS region_count
    FROM dim_region
    WHERE NOT is_nation
),

ranked AS (
    SELECT *
    FROM fct_rank
    WHERE
        metric = $metric
        AND year >= coalesce($first_year, year)
        AND year <= coalesce($last_year, year)
),

span AS (
    SELECT
        coalesce($first_year, min(year)) AS first_year,
        coalesce($last_year, max(year)) AS last_year
    FROM ranked
),

calendar AS (
    SELECT cast(unnest(range(first_year, last_year + 1)) AS INTEGER) AS year
    FROM span
),

region AS (
    SELECT DISTINCT region
    FROM ranked
),

year_total AS (
    SELECT DISTINCT
        year,
        of_count
    FROM ranked
)

SELECT
    c.year,
    g.region,
    d.rank,
    coalesce(y.of_count, 0) AS of_count,
    d.among_best,
    d.among_worst,
    coalesce(u.rank_best, d.rank_best) AS rank_best,
    coalesce(u.rank_worst, d.rank_worst) AS rank_worst,
    if(u.is_rank_certain, u.rank_best, d.rank_certain) AS rank_certain,
    coalesce(u.region_count, t.region_count) AS region_count,
    u.low,
    u.high,
    d.value,
    d.unit,
    coalesce(d.evidence, 'no data') AS evidence,
    coalesce(d.is_approximate, FALSE) AS is_approximate,
    coalesce(d.dissent_count, 0) AS dissent_count,
    coalesce(d.is_lower_bound, FALSE) AS is_lower_bound,
    coalesce(d.source_ids, u.source_ids, []) AS source_ids
FROM calendar AS c
CROSS JOIN region AS g
CROSS JOIN region_total AS t
LEFT JOIN ranked AS d ON c.year = d.year AND g.region = d.region
LEFT JOIN year_total AS y ON c.year = y.year
LEFT JOIN fct_bound AS u
    ON u.metric = $metric AND g.region = u.region AND c.year = u.year
ORDER BY c.year, d.rank NULLS LAST, g.region
