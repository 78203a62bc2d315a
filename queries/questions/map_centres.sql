-- Which promotion centres does the record know at the end of a year, where, and in which state?
-- home_lat and home_lon are the owning city, where an arc begins.
-- grain: one row per centre_id
-- reads: fct_centre_year, dim_centre, dim_region, dim_event, fct_institution_mention
-- param: $owner_region VARCHAR in dim_region.region = null. Region that owns the centres; null: all regions.
-- param: $year INTEGER = null. Year at whose end the state is told; null: the last one.
-- param: $country VARCHAR in dim_country.country = null. Country of the centre, ISO 3166-1 alpha-2; null: all.
-- param: $institution_id VARCHAR in dim_institution.institution_id = null. Institution that operates the centre; null: all.
-- returns: centre_id VARCHAR
-- returns: owner_region VARCHAR
-- returns: city VARCHAR
-- returns: country VARCHAR
-- returns: centre_state VARCHAR
-- returns: is_named BOOLEAN
-- returns: operator VARCHAR
-- returns: planned_on VARCHAR
-- returns: opened_on VARCHAR
-- returns: opened_precision VARCHAR
-- returns: status_as_of VARCHAR
-- returns: counted_2018 VARCHAR
-- returns: lat DOUBLE (degrees, WGS 84)
-- returns: lon DOUBLE (degrees, WGS 84)
-- returns: home_lat DOUBLE (degrees, WGS 84)
-- returns: home_lon DOUBLE (degrees, WGS 84)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
WITH home AS (
    SELECT
        r.region,
        any_value(e.lat) AS lat,
        any_value(e.lon) AS lon
    FROM dim_region AS r
    INNER JOIN dim_event AS e ON r.name_en = e.city_en AND e.country = 'KR'
    GROUP BY r.region
)

SELECT
    c.centre_id,
    c.owner_region,
    c.city_en AS city,
    c.country,
    y.centre_state,
    y.is_named,
    c.operator,
    y.planned_on,
    c.opened_on,
    c.opened_precision,
    c.status_as_of,
    c.counted_2018,
    c.lat,
    c.lon,
    h.lat AS home_lat,
    h.lon AS home_lon,
    c.note,
    y.source_ids
FROM fct_centre_year AS y
INNER JOIN dim_centre AS c ON y.centre_id = c.centre_id
LEFT JOIN home AS h ON c.owner_region = h.region
WHERE
    ($owner_region IS NULL OR c.owner_region = $owner_region)
    AND ($country IS NULL OR c.country = $country)
    AND (
        $institution_id IS NULL
        OR c.centre_id IN (
            SELECT m.thing_id
            FROM fct_institution_mention AS m
            WHERE m.mention_kind = 'centre' AND m.institution_id = $institution_id
        )
    )
    AND y.year = coalesce($year, (SELECT max(l.year) FROM fct_centre_year AS l))
ORDER BY
    list_position(['open', 'planned', 'not confirmed', 'unknown', 'overdue'], y.centre_state),
    c.country,
    c.city_en NULLS LAST,
    c.opened_on,
    c.centre_id
