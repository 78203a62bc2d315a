-- What was the target of a region for a year, and how far was it reached?
-- A target is an aim or forecast, never a figure. Attainment needs a settled figure of the year.
-- grain: one row
-- reads: fct_figure
-- param: $metric VARCHAR in dim_metric.metric = 'foreign_patients'. Metric whose target is asked for.
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $year INTEGER. Calendar year.
-- returns: region VARCHAR
-- returns: year INTEGER
-- returns: value DECIMAL (unit)
-- returns: target DECIMAL (unit)
-- returns: attainment_pct DOUBLE (per cent)
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: target_evidence VARCHAR
-- returns: is_target_approximate BOOLEAN
-- returns: target_dissent_count BIGINT (claims)
-- returns: source_ids VARCHAR[]
WITH annual AS (
    SELECT *
    FROM fct_figure
    WHERE
        region = $region
        AND year = $year
        AND is_annual_total(period, nationality, department, institution_class)
)

SELECT
    $region AS region,
    $year AS year,
    f.value,
    t.value AS target,
    100 * cast(f.value AS DOUBLE) / nullif(cast(t.value AS DOUBLE), 0) AS attainment_pct,
    if(f.value IS NULL OR t.value IS NULL, 'no data', f.evidence) AS evidence,
    coalesce(f.is_approximate, FALSE) AS is_approximate,
    coalesce(f.dissent_count, 0) AS dissent_count,
    coalesce(t.evidence, 'no data') AS target_evidence,
    coalesce(t.is_approximate, FALSE) AS is_target_approximate,
    coalesce(t.dissent_count, 0) AS target_dissent_count,
    list_sort(list_concat(coalesce(f.source_ids, []), coalesce(t.source_ids, []))) AS source_ids
FROM (SELECT 1) AS q
LEFT JOIN annual AS f ON f.metric = $metric
LEFT JOIN annual AS t
    ON
        t.metric = CASE $metric
            WHEN 'foreign_patients' THEN 'target_patients'
            ELSE 'target_' || $metric
        END
