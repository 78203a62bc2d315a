-- Which figures does each region have in a year, and by how much did its patients change on it?
-- The change of foreign patients is computed from the settled figures of the year and the one
-- before; its evidence is the weaker of the two. Other metrics are figures as they stand.
-- grain: one row per metric and region with a figure, regions alone only
-- reads: fct_figure, dim_region
-- param: $year INTEGER. Calendar year.
-- param: $metrics VARCHAR = null. Metrics joined by commas, foreign_patients_change_pct among them; null: all.
-- returns: metric VARCHAR
-- returns: region VARCHAR
-- returns: value DOUBLE (unit)
-- returns: unit VARCHAR
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: is_lower_bound BOOLEAN
-- returns: source_ids VARCHAR[]
WITH
figure AS (
    SELECT f.*
    FROM fct_figure AS f
    INNER JOIN dim_region AS r ON f.region = r.region AND NOT r.is_nation
    WHERE
        is_annual_total(f.period, f.nationality, f.department, f.institution_class)
),

measure AS (
    SELECT
        metric,
        region,
        cast(value AS DOUBLE) AS value,
        unit,
        evidence,
        is_approximate,
        dissent_count,
        is_lower_bound,
        source_ids
    FROM figure
    WHERE year = $year
    UNION ALL BY NAME
    SELECT
        'foreign_patients_change_pct' AS metric,
        n.region,
        100 * (cast(n.value AS DOUBLE) - cast(p.value AS DOUBLE))
        / nullif(cast(p.value AS DOUBLE), 0) AS value,
        'pct' AS unit,
        weakest_evidence([n.evidence, p.evidence]) AS evidence,
        n.is_approximate OR p.is_approximate AS is_approximate,
        n.dissent_count + p.dissent_count AS dissent_count,
        FALSE AS is_lower_bound,
        list_sort(list_distinct(list_concat(n.source_ids, p.source_ids))) AS source_ids
    FROM figure AS n
    INNER JOIN figure AS p
        ON n.region = p.region AND n.metric = p.metric AND p.year = $year - 1
    WHERE n.metric = 'foreign_patients' AND n.year = $year
)

SELECT
    metric,
    region,
    value,
    unit,
    evidence,
    is_approximate,
    dissent_count,
    is_lower_bound,
    source_ids
FROM measure
WHERE
    value IS NOT NULL
    AND ($metrics IS NULL OR list_contains(string_split($metrics, ','), metric))
ORDER BY metric, value DESC, region
