-- How the published nationalities of a region's foreign patients of a year divide the total.
-- A group of nationalities counts only if not every member has a figure of its own; a member or
-- group that is contained in another row is 'counted elsewhere'. Of groups that overlap, the greater
-- counts. Rows 'nationality' and 'group' never count a person twice, nor do single nationalities:
-- where either exceed the total, sources contradict each other and nothing is computed from the two
-- (is_contradictory). So they do where the members of a group, none of them rounded, count more than
-- the group, or all of them less.
-- grain: one row per region, year and nationality or group
-- reads: fct_figure
WITH
figure AS (
    SELECT
        region,
        year,
        nationality,
        string_split(nationality, ';') AS members,
        value,
        evidence,
        is_approximate,
        dissent_count,
        source_ids
    FROM fct_figure
    WHERE
        metric = 'foreign_patients'
        AND is_annual_cell(period, department, institution_class)
        AND year IS NOT NULL
),

single AS (
    SELECT
        region,
        year,
        list(nationality) AS codes
    FROM figure
    WHERE len(members) = 1
    GROUP BY region, year
),

open_group AS (
    SELECT f.*
    FROM figure AS f
    LEFT JOIN single AS s ON f.region = s.region AND f.year = s.year
    WHERE len(f.members) > 1 AND NOT list_has_all(coalesce(s.codes, []), f.members)
),

counted_group AS (
    SELECT g.*
    FROM open_group AS g
    WHERE
        NOT EXISTS (
            SELECT 1
            FROM open_group AS o
            WHERE
                g.region = o.region
                AND g.year = o.year
                AND list_has_any(o.members, g.members)
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
    LEFT JOIN counted_group AS g
        ON f.region = g.region AND f.year = g.year AND list_has_any(f.members, g.members)
    WHERE f.nationality IS NOT NULL
    QUALIFY
        row_number() OVER (
            PARTITION BY f.region, f.year, f.nationality ORDER BY g.value DESC NULLS LAST
        ) = 1
),

member AS (
    SELECT
        g.region,
        g.year,
        g.nationality,
        g.value,
        count(*) = len(g.members) AS is_complete,
        sum(m.value) AS member_value,
        g.is_approximate OR bool_or(m.is_approximate) AS is_approximate
    FROM figure AS g
    INNER JOIN figure AS m
        ON
            g.region = m.region
            AND g.year = m.year
            AND list_contains(g.members, m.nationality)
    WHERE len(g.members) > 1
    GROUP BY g.region, g.year, g.nationality, g.members, g.value, g.is_approximate
),

torn_group AS (
    SELECT DISTINCT
        region,
        year
    FROM member
    WHERE
        NOT is_approximate
        AND (member_value > value OR (is_complete AND member_value < value))
)

SELECT
    p.region,
    p.year,
    p.part,
    p.nationality,
    p.counted_in,
    p.value,
    p.evidence,
    p.is_approximate,
    p.dissent_count,
    p.source_ids,
    coalesce(
        greatest(
            sum(p.value) FILTER (WHERE p.part <> 'counted elsewhere') OVER of_year,
            sum(p.value) FILTER (WHERE NOT contains(p.nationality, ';')) OVER of_year
        ) > w.value,
        FALSE
    )
    OR t.region IS NOT NULL AS is_contradictory
FROM published AS p
LEFT JOIN figure AS w ON p.region = w.region AND p.year = w.year AND w.nationality IS NULL
LEFT JOIN torn_group AS t ON p.region = t.region AND p.year = t.year
WINDOW of_year AS (PARTITION BY p.region, p.year)
