-- How do a region's foreign patients of a year divide by nationality, and how many are left over?
-- A member or group that is contained in another row is 'counted elsewhere'. Rows 'nationality',
-- 'group' and 'rest' add up to the total. Where the published ones exceed the total or each other, they contradict
-- it, and the rest (other or unpublished nationalities) and all shares stand without value. Shares only
-- where the total is firm: one exact, final and uncontested figure.
-- grain: one row per nationality or group with a figure, and one for the rest if there is a total
-- reads: fct_figure, fct_nationality_part
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $year INTEGER. Calendar year.
-- returns: part VARCHAR
-- returns: nationality VARCHAR
-- returns: counted_in VARCHAR
-- returns: value DECIMAL (persons)
-- returns: share_pct DOUBLE (per cent of the region's patients)
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: total_value DECIMAL (persons)
-- returns: total_evidence VARCHAR
-- returns: is_total_approximate BOOLEAN
-- returns: total_dissent_count BIGINT (claims)
-- returns: source_ids VARCHAR[]
WITH
published AS (
    SELECT
        part,
        nationality,
        counted_in,
        value,
        evidence,
        is_approximate,
        dissent_count,
        source_ids,
        is_contradictory
    FROM fct_nationality_part
    WHERE region = $region AND year = $year
),

whole AS (
    SELECT
        *,
        is_firm_figure(evidence, is_approximate) AS is_firm
    FROM fct_figure
    WHERE
        metric = 'foreign_patients'
        AND region = $region
        AND year = $year
        AND is_annual_total(period, nationality, department, institution_class)
),

counted AS (
    SELECT
        coalesce(sum(p.value), 0) AS value,
        weakest_evidence(list(p.evidence)) AS evidence,
        coalesce(bool_or(p.is_approximate), FALSE) AS is_approximate,
        coalesce(sum(p.dissent_count), 0) AS dissent_count,
        coalesce(bool_or(p.is_contradictory), FALSE) AS is_contradictory,
        coalesce(flatten(list(p.source_ids)), []) AS source_ids
    FROM published AS p
    WHERE p.part <> 'counted elsewhere'
),

rest AS (
    SELECT
        'rest' AS part,
        if(c.is_contradictory, NULL, w.value - c.value) AS value,
        if(c.is_contradictory, 'no data', weakest_evidence([w.evidence, c.evidence])) AS evidence,
        w.is_approximate OR c.is_approximate AS is_approximate,
        cast(w.dissent_count + c.dissent_count AS BIGINT) AS dissent_count,
        list_sort(list_distinct(list_concat(w.source_ids, c.source_ids))) AS source_ids
    FROM whole AS w, counted AS c
),

row_of_answer AS (
    SELECT * EXCLUDE (is_contradictory)
    FROM published
    UNION ALL BY NAME
    SELECT *
    FROM rest
)

SELECT
    r.part,
    r.nationality,
    r.counted_in,
    r.value,
    if(
        w.is_firm AND NOT c.is_contradictory,
        100 * cast(r.value AS DOUBLE) / nullif(cast(w.value AS DOUBLE), 0), NULL
    ) AS share_pct,
    r.evidence,
    r.is_approximate,
    r.dissent_count,
    w.value AS total_value,
    coalesce(w.evidence, 'no data') AS total_evidence,
    coalesce(w.is_approximate, FALSE) AS is_total_approximate,
    coalesce(w.dissent_count, 0) AS total_dissent_count,
    r.source_ids
FROM row_of_answer AS r
CROSS JOIN counted AS c
LEFT JOIN whole AS w ON TRUE
ORDER BY
    r.part = 'rest',
    max(r.value) OVER (PARTITION BY coalesce(r.counted_in, r.nationality)) DESC,
    coalesce(r.counted_in, r.nationality),
    r.part = 'counted elsewhere',
    r.value DESC,
    r.nationality
