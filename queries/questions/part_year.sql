-- Which figures of a region and year cover only part of the year, and what is the full year?
-- The two stand side by side to be read, never to be compared as like with like.
-- grain: one row per figure of a part of the year
-- reads: fct_figure
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $year INTEGER. Calendar year.
-- returns: metric VARCHAR
-- returns: period VARCHAR
-- returns: nationality VARCHAR
-- returns: department VARCHAR
-- returns: value DECIMAL (unit)
-- returns: unit VARCHAR
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: annual_value DECIMAL (unit)
-- returns: annual_evidence VARCHAR
-- returns: is_annual_approximate BOOLEAN
-- returns: annual_dissent_count BIGINT (claims)
-- returns: source_ids VARCHAR[]
SELECT
    p.metric,
    p.period,
    p.nationality,
    p.department,
    p.value,
    p.unit,
    p.evidence,
    p.is_approximate,
    p.dissent_count,
    a.value AS annual_value,
    coalesce(a.evidence, 'no data') AS annual_evidence,
    coalesce(a.is_approximate, FALSE) AS is_annual_approximate,
    coalesce(a.dissent_count, 0) AS annual_dissent_count,
    list_sort(list_concat(p.source_ids, coalesce(a.source_ids, []))) AS source_ids
FROM fct_figure AS p
LEFT JOIN fct_figure AS a
    ON
        p.metric = a.metric
        AND p.region = a.region
        AND p.year = a.year
        AND a.period = 'annual'
        AND p.nationality IS NOT DISTINCT FROM a.nationality
        AND p.department IS NOT DISTINCT FROM a.department
        AND p.institution_class IS NOT DISTINCT FROM a.institution_class
WHERE p.region = $region AND p.year = $year AND p.period IN ('half1', 'to-june', 'to-october')
ORDER BY p.metric, p.nationality NULLS FIRST, p.department NULLS FIRST
