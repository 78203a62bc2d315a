-- For which years can the promotion centres be shown, and how many of each state are there?
-- grain: one row per year
-- reads: fct_centre_year, dim_centre
-- param: $owner_region VARCHAR in dim_region.region = null. Region that owns the centres; null: all regions.
-- returns: year INTEGER
-- returns: open_count BIGINT (centres)
-- returns: not_confirmed_count BIGINT (centres)
-- returns: planned_count BIGINT (centres)
-- returns: unknown_count BIGINT (centres)
-- returns: country_count BIGINT (countries of centres that opened)
WITH
calendar AS (
    SELECT DISTINCT year
    FROM fct_centre_year
),

centre_year AS (
    SELECT
        y.year,
        y.centre_state,
        c.country
    FROM fct_centre_year AS y
    INNER JOIN dim_centre AS c ON y.centre_id = c.centre_id
    WHERE $owner_region IS NULL OR c.owner_region = $owner_region
)

SELECT
    a.year,
    count(*) FILTER (WHERE s.centre_state = 'open') AS open_count,
    count(*) FILTER (WHERE s.centre_state = 'not confirmed') AS not_confirmed_count,
    count(*) FILTER (WHERE s.centre_state = 'planned') AS planned_count,
    count(*) FILTER (WHERE s.centre_state = 'unknown') AS unknown_count,
    count(DISTINCT s.country) FILTER (WHERE s.centre_state <> 'planned') AS country_count
FROM calendar AS a
LEFT JOIN centre_year AS s ON a.year = s.year
GROUP BY a.year
ORDER BY a.year
