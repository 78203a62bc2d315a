-- Where does each region stand in a year, and how did value and rank change since a former year?
-- Competition ranking (1, 2, 2, 4) before rounding, the greatest value first. Places are compared
-- only among the regions with a figure in both years, ranked anew in each; a region with a figure
-- in one of them has no movement, nor one whose place a lower bound leaves open. Between which
-- places it stands among all is said as in `ranking`.
-- grain: one row per region with a figure in the year, regions alone only
-- reads: fct_rank
-- param: $metric VARCHAR in dim_rankable_metric.metric. Code of the metric; announced ranks are never ranked again, ask announced_ranks.
-- param: $year INTEGER. Calendar year.
-- param: $previous_year INTEGER = null. Year to compare with; null: none, and nothing is compared.
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
-- returns: previous_year INTEGER
-- returns: previous_value DECIMAL (unit)
-- returns: previous_evidence VARCHAR
-- returns: is_previous_approximate BOOLEAN
-- returns: previous_dissent_count BIGINT (claims)
-- returns: is_previous_lower_bound BOOLEAN
-- returns: change DECIMAL (unit)
-- returns: change_pct DOUBLE (per cent)
-- returns: both_count BIGINT (regions with a figure in both years)
-- returns: both_rank BIGINT
-- returns: previous_both_rank BIGINT
-- returns: movement BIGINT (places, up is positive)
-- returns: source_ids VARCHAR[]
WITH
both_years AS (
    SELECT
        n.region,
        p.value AS previous_value,
        p.evidence AS previous_evidence,
        p.is_approximate AS is_previous_approximate,
        p.dissent_count AS previous_dissent_count,
        p.is_lower_bound AS is_previous_lower_bound,
        p.unpublished_ids AS previous_unpublished_ids,
        p.source_ids AS previous_source_ids,
        count(*) OVER () AS both_count,
        rank() OVER (ORDER BY n.value DESC) AS both_rank,
        rank() OVER (ORDER BY p.value DESC) AS previous_both_rank,
        n.is_lower_bound AND both_rank > 1
        OR coalesce(bool_or(n.is_lower_bound) OVER not_above, FALSE)
        OR p.is_lower_bound AND previous_both_rank > 1
        OR coalesce(bool_or(p.is_lower_bound) OVER not_above_before, FALSE) AS is_open
    FROM fct_rank AS n
    INNER JOIN fct_rank AS p
        ON n.metric = p.metric AND n.region = p.region AND n.unit = p.unit
    WHERE n.metric = $metric AND n.year = $year AND p.year = $previous_year
    WINDOW
        not_above AS (ORDER BY n.value RANGE UNBOUNDED PRECEDING EXCLUDE CURRENT ROW),
        not_above_before AS (ORDER BY p.value RANGE UNBOUNDED PRECEDING EXCLUDE CURRENT ROW)
)

SELECT
    d.region,
    d.rank,
    d.of_count,
    d.among_best,
    d.among_worst,
    d.rank_best,
    d.rank_worst,
    d.rank_certain,
    d.region_count,
    d.low,
    d.high,
    d.value,
    d.unit,
    d.evidence,
    d.is_approximate,
    d.dissent_count,
    d.is_lower_bound,
    if(b.region IS NULL, NULL, $previous_year) AS previous_year,
    b.previous_value,
    coalesce(b.previous_evidence, 'no data') AS previous_evidence,
    coalesce(b.is_previous_approximate, FALSE) AS is_previous_approximate,
    coalesce(b.previous_dissent_count, 0) AS previous_dissent_count,
    coalesce(b.is_previous_lower_bound, FALSE) AS is_previous_lower_bound,
    if(d.unpublished_ids = b.previous_unpublished_ids, d.value - b.previous_value, NULL) AS change,
    if(
        d.unit IN ('pct', 'rank') OR d.is_lower_bound OR b.is_previous_lower_bound, NULL,
        100 * (cast(d.value AS DOUBLE) - cast(b.previous_value AS DOUBLE))
        / nullif(cast(b.previous_value AS DOUBLE), 0)
    ) AS change_pct,
    b.both_count,
    b.both_rank,
    b.previous_both_rank,
    if(b.is_open, NULL, b.previous_both_rank - b.both_rank) AS movement,
    list_sort(
        list_distinct(list_concat(d.source_ids, coalesce(b.previous_source_ids, [])))
    ) AS source_ids
FROM fct_rank AS d
LEFT JOIN both_years AS b ON d.region = b.region
WHERE d.metric = $metric AND d.year = $year
ORDER BY d.rank, d.region
