-- Which ranks of regions were announced or printed, as facts of their own?
-- review_rank: announced in the ministry's cluster reviews, each programme by itself. rank: by foreign
-- patients, as sources print it. Neither is computed, and neither may be mixed with computed ranks.
-- grain: one row per region, year and programme_id
-- reads: fct_figure, fct_tally_item, fct_claim, dim_region
-- param: $metric VARCHAR in dim_metric.metric = 'review_rank'. review_rank or rank; any other metric has no rows.
-- param: $first_year INTEGER = null. First year; null: the first there is.
-- param: $last_year INTEGER = null. Last year; null: the last there is.
-- returns: year INTEGER
-- returns: region VARCHAR
-- returns: programme_id VARCHAR
-- returns: announced_rank DECIMAL (rank)
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: source_ids VARCHAR[]
WITH announced AS (
    SELECT
        i.metric,
        i.year,
        i.region,
        i.item_id AS programme_id,
        i.value,
        i.evidence,
        i.is_approximate,
        i.dissent_count,
        list_sort(list(DISTINCT c.source_id)) AS source_ids
    FROM fct_tally_item AS i
    INNER JOIN fct_claim AS c ON i.cell_id = c.cell_id AND c.agreement IN ('chosen', 'same')
    WHERE i.unit = 'rank'
    GROUP BY ALL
    UNION ALL BY NAME
    SELECT
        metric,
        year,
        region,
        value,
        evidence,
        is_approximate,
        dissent_count,
        source_ids
    FROM fct_figure
    WHERE
        unit = 'rank'
        AND NOT is_tally
        AND is_annual_total(period, nationality, department, institution_class)
)

SELECT
    f.year,
    f.region,
    f.programme_id,
    f.value AS announced_rank,
    f.evidence,
    f.is_approximate,
    f.dissent_count,
    f.source_ids
FROM announced AS f
INNER JOIN dim_region AS r ON f.region = r.region AND NOT r.is_nation
WHERE
    f.metric = $metric
    AND f.year >= coalesce($first_year, f.year)
    AND f.year <= coalesce($last_year, f.year)
ORDER BY f.year, f.value, f.region, f.programme_id
