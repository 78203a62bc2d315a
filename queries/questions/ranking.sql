-- Where does each region with a figure stand among all 17 in a year?
-- Competition ranking (1, 2, 2, 4) before rounding, the greatest value first. Ranks among the
-- regions with a figure (rank, among_best to among_worst where rounding or a lower bound leaves it
-- open) and among all (rank_best to rank_worst, rank_certain where these are one) are two counts.
-- For foreign patients and their share the latter follow from everything printed; of other metrics
-- regions without a figure could stand anywhere. Announced ranks are facts of their own and are
-- refused.
-- grain: one row per region with a figure, regions alone only
-- reads: fct_rank
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
-- returns: among_best BIGINT
-- returns: among_worst BIGINT
-- returns: rank_best BIGINT
-- returns: rank_worst BIGINT
-- returns: rank_certain BIGINT
-- returns: region_count BIGINT (regions)
-- returns: low BIGINT (persons)
-- returns: high BIGINT (persons)
-- returns: source_ids VARCHAR[]
SELECT
    region,
    value,
    unit,
    evidence,
    is_approximate,
    dissent_count,
    is_lower_bound,
    rank,
    of_count,
    among_best,
    among_worst,
    rank_best,
    rank_worst,
    rank_certain,
    region_count,
    low,
    high,
    source_ids
FROM fct_rank
WHERE metric = $metric AND year = $year
ORDER BY rank, region
