-- From which countries did a region's foreign patients of a year come, as far as was published?
-- Where the published ones contradict the total or each other, there are no shares.
-- grain: one row per nationality, groups of nationalities included
-- reads: fct_figure, fct_nationality_part
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $year INTEGER. Calendar year.
-- returns: nationality VARCHAR
-- returns: value DECIMAL (persons)
-- returns: share_pct DOUBLE (per cent of the region's patients)
-- returns: previous_value DECIMAL (persons)
-- returns: change_pct DOUBLE (per cent)
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: source_ids VARCHAR[]
WITH patient AS (
    SELECT *
    FROM fct_figure
    WHERE
        metric = 'foreign_patients'
        AND region = $region
        AND is_annual_cell(period, department, institution_class)
)

SELECT
    n.nationality,
    n.value,
    if(
        c.is_contradictory, NULL,
        100 * cast(n.value AS DOUBLE) / nullif(cast(t.value AS DOUBLE), 0)
    ) AS share_pct,
    p.value AS previous_value,
    100 * (cast(n.value AS DOUBLE) - cast(p.value AS DOUBLE)) / nullif(cast(p.value AS DOUBLE), 0)
        AS change_pct,
    n.evidence,
    n.is_approximate,
    n.dissent_count,
    n.source_ids
FROM patient AS n
INNER JOIN fct_nationality_part AS c
    ON n.region = c.region AND n.year = c.year AND n.nationality = c.nationality
LEFT JOIN patient AS t ON n.year = t.year AND t.nationality IS NULL
LEFT JOIN patient AS p ON n.year - 1 = p.year AND n.nationality = p.nationality
WHERE n.year = $year AND n.nationality IS NOT NULL
ORDER BY n.value DESC, n.nationality
