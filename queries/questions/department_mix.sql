-- How many foreign patients of a region and year did each department count, and which share was printed?
-- A patient may count in several departments: the counts exceed the patients and are not added up.
-- Departments printed together (is_combined) contain others and are never split or joined.
-- Parts contradict the whole (is_above_whole) where a department counts more than all patients.
-- grain: one row per department with a count or a printed share
-- reads: fct_figure
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $year INTEGER. Calendar year.
-- returns: department VARCHAR
-- returns: is_combined BOOLEAN
-- returns: value DECIMAL (persons)
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: share_pct DECIMAL (per cent, mostly of department counts)
-- returns: share_evidence VARCHAR
-- returns: is_share_approximate BOOLEAN
-- returns: share_dissent_count BIGINT (claims)
-- returns: is_above_whole BOOLEAN
-- returns: source_ids VARCHAR[]
WITH
figure AS (
    SELECT
        *,
        department IN ('derm_plastic', 'derm_plastic_dental') AS is_combined
    FROM fct_figure
    WHERE
        region = $region
        AND year = $year
        AND period = 'annual'
        AND department IS NOT NULL
        AND institution_class IS NULL
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

contradiction AS (
    SELECT coalesce(bool_or(p.value > w.value), FALSE) AS is_there
    FROM patient AS p
    INNER JOIN fct_figure AS w
        ON
            p.metric = w.metric
            AND p.region = w.region
            AND p.year = w.year
            AND p.period = w.period
            AND w.nationality IS NULL
            AND w.department IS NULL
            AND w.institution_class IS NULL
)

SELECT
    coalesce(p.department, s.department) AS department,
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
FULL OUTER JOIN printed_share AS s ON p.department = s.department
CROSS JOIN contradiction AS x
ORDER BY
    coalesce(p.is_combined, s.is_combined), p.value DESC NULLS LAST, s.value DESC NULLS LAST,
    coalesce(p.department, s.department)
