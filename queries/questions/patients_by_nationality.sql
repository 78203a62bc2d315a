-- How do a region's foreign patients of a year divide by nationality, and how many are left over?
-- A group of nationalities counts only if not every member has a figure of its own; a member or
-- group that is contained in another row is 'counted elsewhere'. Of groups that overlap, the greater
-- counts. Rows 'nationality', 'group' and 'rest' add up to the total; the rest (other or unpublished
-- nationalities) stands without value where the published ones exceed the total. Shares only where
-- the total is firm: one exact, final and uncontested figure.
-- grain: one row per nationality or group with a figure, and one for the rest if there is a total
-- reads: fct_figure
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $year INTEGER. Calendar year.
-- returns: part VARCHAR
-- returns: nationality VARCHAR
-- returns: counted_in VARCHAR
-- returns: value DECIMAL (persons)
-- returns: share_pct DOUBLE (per cent of the region's patients)
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: total_value DECIMAL (persons)
-- returns: total_evidence VARCHAR
-- returns: source_ids VARCHAR[]
WITH
figure AS (
    SELECT
        nationality,
        string_split(nationality, ';') AS members,
        value,
        evidence,
        list_position(
            ['settled', 'single source', 'provisional', 'approximate', 'contested'], evidence
        ) AS evidence_order,
        is_approximate,
        source_ids
    FROM fct_figure
    WHERE
        metric = 'foreign_patients'
        AND region = $region
        AND year = $year
        AND period = 'annual'
        AND department IS NULL
        AND institution_class IS NULL
),

single AS (
    SELECT coalesce(list(nationality), []) AS codes
    FROM figure
    WHERE len(members) = 1
),

open_group AS (
    SELECT f.*
    FROM figure AS f, single AS s
    WHERE len(f.members) > 1 AND NOT list_has_all(s.codes, f.members)
),

counted_group AS (
    SELECT g.*
    FROM open_group AS g
    WHERE
        NOT EXISTS (
            SELECT 1
            FROM open_group AS o
            WHERE
                list_has_any(o.members, g.members)
                AND (o.value > g.value OR (o.value = g.value AND o.nationality < g.nationality))
        )
),

published AS (
    SELECT
        CASE
            WHEN g.nationality = f.nationality THEN 'group'
            WHEN g.nationality IS NOT NULL OR len(f.members) > 1 THEN 'counted elsewhere'
            ELSE 'nationality'
        END AS part,
        f.*,
        if(part = 'counted elsewhere', coalesce(g.nationality, f.nationality), NULL) AS counted_in
    FROM figure AS f
    LEFT JOIN counted_group AS g ON list_has_any(f.members, g.members)
    WHERE f.nationality IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY f.nationality ORDER BY g.value DESC NULLS LAST) = 1
),

whole AS (
    SELECT
        *,
        evidence IN ('settled', 'single source') AND NOT is_approximate AS is_firm
    FROM figure
    WHERE nationality IS NULL
),

counted AS (
    SELECT
        coalesce(sum(value), 0) AS value,
        coalesce(max(evidence_order), 1) AS evidence_order,
        coalesce(bool_or(is_approximate), FALSE) AS is_approximate,
        coalesce(flatten(list(source_ids)), []) AS source_ids
    FROM published
    WHERE part <> 'counted elsewhere'
),

rest AS (
    SELECT
        'rest' AS part,
        CASE WHEN w.value >= c.value THEN w.value - c.value END AS value,
        CASE
            WHEN w.value >= c.value
                THEN
                    list_extract(
                        ['settled', 'single source', 'provisional', 'approximate', 'contested'],
                        greatest(w.evidence_order, c.evidence_order)
                    )
            ELSE 'no data'
        END AS evidence,
        w.is_approximate OR c.is_approximate AS is_approximate,
        list_sort(list_distinct(list_concat(w.source_ids, c.source_ids))) AS source_ids
    FROM whole AS w, counted AS c
),

row_of_answer AS (
    SELECT * EXCLUDE (members, evidence_order)
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
    if(w.is_firm, 100 * cast(r.value AS DOUBLE) / cast(w.value AS DOUBLE), NULL) AS share_pct,
    r.evidence,
    r.is_approximate,
    w.value AS total_value,
    coalesce(w.evidence, 'no data') AS total_evidence,
    r.source_ids
FROM row_of_answer AS r
LEFT JOIN whole AS w ON TRUE
ORDER BY
    r.part = 'rest',
    max(r.value) OVER (PARTITION BY coalesce(r.counted_in, r.nationality)) DESC,
    coalesce(r.counted_in, r.nationality),
    r.part = 'counted elsewhere',
    r.value DESC,
    r.nationality
