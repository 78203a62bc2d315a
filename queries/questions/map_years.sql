-- For which years can the promotion centres be shown, and how many are announced and how many named?
-- Announced is the last total that sources print for the year, named is what the record knows of by
-- name, open are those of them that a source saw open that year or later: three rules, three counts.
-- grain: one row per year
-- reads: fct_centre_year, dim_centre, fct_figure
-- param: $owner_region VARCHAR in dim_region.region = null. Region that owns the centres; null: all regions.
-- returns: year INTEGER
-- returns: stated_count DECIMAL (centres)
-- returns: stated_country_count DECIMAL (countries)
-- returns: named_count BIGINT (centres whose opening a source reports)
-- returns: open_count BIGINT (centres)
-- returns: not_confirmed_count BIGINT (centres)
-- returns: planned_count BIGINT (centres)
-- returns: overdue_count BIGINT (centres whose planned date passed without word)
-- returns: unknown_count BIGINT (centres)
-- returns: country_count BIGINT (countries of named centres)
WITH
calendar AS (
    SELECT DISTINCT year
    FROM fct_centre_year
),

centre_year AS (
    SELECT
        y.year,
        y.centre_state,
        y.is_named,
        c.country
    FROM fct_centre_year AS y
    INNER JOIN dim_centre AS c ON y.centre_id = c.centre_id
    WHERE $owner_region IS NULL OR c.owner_region = $owner_region
),

stated AS (
    SELECT
        metric,
        year,
        value
    FROM fct_figure
    WHERE region = $owner_region AND period = 'annual'
)

SELECT
    a.year,
    any_value(c.value) AS stated_count,
    any_value(n.value) AS stated_country_count,
    count(*) FILTER (WHERE s.is_named) AS named_count,
    count(*) FILTER (WHERE s.centre_state = 'open') AS open_count,
    count(*) FILTER (WHERE s.centre_state = 'not confirmed') AS not_confirmed_count,
    count(*) FILTER (WHERE s.centre_state = 'planned') AS planned_count,
    count(*) FILTER (WHERE s.centre_state = 'overdue') AS overdue_count,
    count(*) FILTER (WHERE s.centre_state = 'unknown') AS unknown_count,
    count(DISTINCT s.country) FILTER (WHERE s.is_named) AS country_count
FROM calendar AS a
LEFT JOIN centre_year AS s ON a.year = s.year
LEFT JOIN stated AS c ON a.year = c.year AND c.metric = 'promotion_centres'
LEFT JOIN stated AS n ON a.year = n.year AND n.metric = 'promotion_centre_countries'
GROUP BY a.year
ORDER BY a.year
