-- How much cluster grant stood beside each unit of a metric, by region and year?
-- Money and people side by side, only where both are known: not what one cost, and no causal claim.
-- A joint grant cannot be split and is left out.
-- grain: one row per region and year with both figures
-- reads: fct_figure, dim_region
-- param: $metric VARCHAR in dim_metric.metric = 'foreign_patients'. What the money stands beside.
-- param: $region VARCHAR in dim_region.region = null. null: all regions.
-- param: $year INTEGER = null. null: all years.
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: cluster_grant_krw DECIMAL (KRW)
-- returns: grant_evidence VARCHAR
-- returns: is_grant_approximate BOOLEAN
-- returns: grant_dissent_count BIGINT (claims)
-- returns: is_grant_lower_bound BOOLEAN
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: value_evidence VARCHAR
-- returns: is_value_approximate BOOLEAN
-- returns: value_dissent_count BIGINT (claims)
-- returns: grant_per_unit_krw DOUBLE (KRW per unit)
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: is_lower_bound BOOLEAN
-- returns: source_ids VARCHAR[]
WITH annual AS (
    SELECT *
    FROM fct_figure
    WHERE
        is_annual_total(period, nationality, department, institution_class)
)

SELECT
    g.region,
    g.year,
    g.value AS cluster_grant_krw,
    g.evidence AS grant_evidence,
    g.is_approximate AS is_grant_approximate,
    g.dissent_count AS grant_dissent_count,
    g.is_lower_bound AS is_grant_lower_bound,
    f.value,
    f.unit,
    f.evidence AS value_evidence,
    f.is_approximate AS is_value_approximate,
    f.dissent_count AS value_dissent_count,
    cast(g.value AS DOUBLE) / cast(f.value AS DOUBLE) AS grant_per_unit_krw,
    weakest_evidence([g.evidence, f.evidence]) AS evidence,
    g.is_approximate OR f.is_approximate AS is_approximate,
    g.dissent_count + f.dissent_count AS dissent_count,
    g.is_lower_bound OR f.is_lower_bound AS is_lower_bound,
    list_sort(list_distinct(list_concat(g.source_ids, f.source_ids))) AS source_ids
FROM annual AS g
INNER JOIN dim_region AS r ON g.region = r.region AND NOT r.is_nation
INNER JOIN annual AS f ON g.region = f.region AND g.year = f.year AND f.value > 0
WHERE
    g.metric = 'cluster_grant_krw'
    AND f.metric = $metric
    AND ($region IS NULL OR g.region = $region)
    AND ($year IS NULL OR g.year = $year)
ORDER BY g.year, g.region
