-- What share has each nationality in the change of a region's foreign patients between two years?
-- Only nationalities, and groups that cannot be split, with figures of both years stand on their
-- own; a member is not shown beside its group. The rest is what the total changed beyond them: other
-- nationalities, and those published for one year only. Rows 'nationality', 'group' and 'rest' add
-- up to 'total' exactly. Where the published nationalities of a year exceed its total, they contradict
-- it, and the rest stands without value, and no part in percentage points of the total. The year 2008 precedes registration and is no baseline.
-- grain: one row for the total, one per nationality or group of both years, one for the rest
-- reads: fct_figure, fct_nationality_part
-- param: $region VARCHAR in dim_region.region. ISO 3166-2:KR code, KR for the country.
-- param: $year INTEGER. Calendar year.
-- param: $base INTEGER. The year to compare with, 2009 or later.
-- returns: part VARCHAR
-- returns: nationality VARCHAR
-- returns: base_value DECIMAL (persons)
-- returns: value DECIMAL (persons)
-- returns: change DECIMAL (persons)
-- returns: change_points DOUBLE (percentage points of the base year's total)
-- returns: change_pct DOUBLE (per cent)
-- returns: evidence VARCHAR
-- returns: is_approximate BOOLEAN
-- returns: dissent_count BIGINT (claims)
-- returns: source_ids VARCHAR[]
WITH
figure AS (
    SELECT
        year,
        nationality,
        value,
        evidence,
        is_approximate,
        dissent_count,
        source_ids
    FROM fct_figure
    WHERE
        metric = 'foreign_patients'
        AND region = $region
        AND is_annual_cell(period, department, institution_class)
),

pair AS (
    SELECT
        f.nationality,
        string_split(f.nationality, ';') AS members,
        b.value AS base_value,
        f.value,
        weakest_evidence([b.evidence, f.evidence]) AS evidence,
        b.is_approximate OR f.is_approximate AS is_approximate,
        b.dissent_count + f.dissent_count AS dissent_count,
        list_concat(b.source_ids, f.source_ids) AS source_ids
    FROM figure AS f
    INNER JOIN figure AS b ON f.nationality IS NOT DISTINCT FROM b.nationality
    WHERE f.year = $year AND b.year = $base AND $base >= 2009
),

single AS (
    SELECT coalesce(list(nationality), []) AS codes
    FROM pair
    WHERE len(members) = 1
),

open_group AS (
    SELECT p.*
    FROM pair AS p, single AS s
    WHERE len(p.members) > 1 AND NOT list_has_all(s.codes, p.members)
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

counted AS (
    SELECT
        'group' AS part,
        *
    FROM counted_group
    UNION ALL
    SELECT
        'nationality' AS part,
        p.*
    FROM pair AS p
    WHERE
        len(p.members) = 1
        AND NOT EXISTS (
            SELECT 1 FROM counted_group AS g WHERE list_has_any(g.members, p.members)
        )
),

whole AS (
    SELECT
        'total' AS part,
        *
    FROM pair
    WHERE nationality IS NULL
),

together AS (
    SELECT
        coalesce(sum(base_value), 0) AS base_value,
        coalesce(sum(value), 0) AS value,
        weakest_evidence(list(evidence)) AS evidence,
        coalesce(bool_or(is_approximate), FALSE) AS is_approximate,
        coalesce(sum(dissent_count), 0) AS dissent_count,
        coalesce(flatten(list(source_ids)), []) AS source_ids
    FROM counted
),

contradiction AS (
    SELECT
        coalesce(bool_or(c.base_value > w.base_value OR c.value > w.value), FALSE)
        OR EXISTS (
            SELECT 1
            FROM fct_nationality_part AS n
            WHERE n.region = $region AND n.year IN ($base, $year) AND n.is_contradictory
        ) AS is_there
    FROM whole AS w, together AS c
),

row_of_answer AS (
    SELECT * FROM whole
    UNION ALL BY NAME
    SELECT * FROM counted
    UNION ALL BY NAME
    SELECT
        'rest' AS part,
        if(x.is_there, NULL, w.base_value - c.base_value) AS base_value,
        if(x.is_there, NULL, w.value - c.value) AS value,
        if(x.is_there, NULL, weakest_evidence([w.evidence, c.evidence])) AS evidence,
        w.is_approximate OR c.is_approximate AS is_approximate,
        w.dissent_count + c.dissent_count AS dissent_count,
        list_concat(w.source_ids, c.source_ids) AS source_ids
    FROM whole AS w, together AS c, contradiction AS x
)

SELECT
    r.part,
    r.nationality,
    r.base_value,
    r.value,
    r.value - r.base_value AS change,
    if(
        x.is_there AND r.part <> 'total', NULL,
        100 * cast(r.value - r.base_value AS DOUBLE) / nullif(cast(w.base_value AS DOUBLE), 0)
    ) AS change_points,
    100 * cast(r.value - r.base_value AS DOUBLE) / nullif(cast(r.base_value AS DOUBLE), 0)
        AS change_pct,
    coalesce(r.evidence, 'no data') AS evidence,
    r.is_approximate,
    cast(r.dissent_count AS BIGINT) AS dissent_count,
    list_sort(list_distinct(r.source_ids)) AS source_ids
FROM row_of_answer AS r
CROSS JOIN contradiction AS x
LEFT JOIN whole AS w ON TRUE
ORDER BY r.part <> 'total', r.part = 'rest', abs(r.value - r.base_value) DESC, r.nationality
