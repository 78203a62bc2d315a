-- How the published nationalities of a region's foreign patients of a year divide the total.
-- A group of nationalities counts only if not every member has a figure of its own; a member or
-- group that is contained in another row is 'counted elsewhere'. Of groups that overlap, the greater
-- counts. Rows 'nationality' and 'group' never count a person twice, nor do single nationalities:
-- where either exceed the total (is_above_total), sources contradict each other and nothing is computed from the two.
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
        AND period = 'annual'
        AND department IS NULL
        AND institution_class IS NULL
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
    ) AS is_above_total
FROM published AS p
LEFT JOIN figure AS w ON p.region = w.region AND p.year = w.year AND w.nationality IS NULL
WINDOW of_year AS (PARTITION BY p.region, p.year)
