-- How many foreign patients of a region and year did each class of institution count, and which share was printed?
-- Classes printed together (is_combined) contain others: they are never split, joined or added up.
-- Which classes were published differs from year to year.
-- Parts contradict the whole (is_above_whole) where the single classes count more than all patients,
-- or their printed shares add up to more than 100 and half a point of rounding each.
-- grain: one row per institution class with a count or a printed share
-- reads: fct_figure
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $year INTEGER. Calendar year.
-- returns: institution_class VARCHAR
-- returns: is_combined BOOLEAN
-- returns: value DECIMAL (persons)
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: share_pct DECIMAL (per cent, of the whole the source means)
-- returns: share_evidence VARCHAR
-- returns: is_share_approximate BOOLEAN
-- returns: share_dissent_count BIGINT (claims)
-- returns: is_above_whole BOOLEAN
-- returns: source_ids VARCHAR[]
WITH
figure AS (
    SELECT
        *,
        institution_class IN ('tertiary_general', 'hospital_clinic') AS is_combined
    FROM fct_figure
    WHERE
        region = $region
        AND year = $year
        AND period = 'annual'
        AND institution_class IS NOT NULL
        AND department IS NULL
        AND nationality IS NULL
),

printed_share AS (
    SELECT *
    FROM figure
    WHERE metric = 'share_pct'
),

patient AS (
    SELECT *
    FROM figure
    WHERE metric = 'foreign_patients'
),

whole AS (
    SELECT value
    FROM fct_figure
    WHERE
        metric = 'foreign_patients'
        AND region = $region
        AND year = $year
        AND is_annual_total(period, nationality, department, institution_class)
),

contradiction AS (
    SELECT
        coalesce(
            sum(f.value) FILTER (WHERE f.metric = 'foreign_patients') > max(w.value), FALSE
        )
        OR coalesce(
            sum(f.value - 0.5) FILTER (WHERE f.metric = 'share_pct') > 100, FALSE
        ) AS is_there
    FROM figure AS f
    LEFT JOIN whole AS w ON TRUE
    WHERE NOT f.is_combined
)

SELECT
    coalesce(p.institution_class, s.institution_class) AS institution_class,
    coalesce(p.is_combined, s.is_combined) AS is_combined,
    p.value,
    coalesce(p.evidence, 'no data') AS evidence,
    coalesce(p.is_approximate, FALSE) AS is_approximate,
    coalesce(p.dissent_count, 0) AS dissent_count,
    s.value AS share_pct,
    coalesce(s.evidence, 'no data') AS share_evidence,
    coalesce(s.is_approximate, FALSE) AS is_share_approximate,
    coalesce(s.dissent_count, 0) AS share_dissent_count,
    x.is_there AS is_above_whole,
    list_sort(
        list_distinct(list_concat(coalesce(p.source_ids, []), coalesce(s.source_ids, [])))
    ) AS source_ids
FROM patient AS p
FULL OUTER JOIN printed_share AS s ON p.institution_class = s.institution_class
CROSS JOIN contradiction AS x
ORDER BY
    coalesce(p.is_combined, s.is_combined), p.value DESC NULLS LAST, s.value DESC NULLS LAST,
    coalesce(p.institution_class, s.institution_class)
