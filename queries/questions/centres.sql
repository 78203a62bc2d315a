-- Which overseas promotion centres of a region can the record name?
-- is_named is what counts: an opening that a source reports, not one that was only planned.
-- grain: one row per centre_id
-- reads: dim_centre, fct_centre_year
-- param: $owner_region VARCHAR in dim_region.region. Region that owns the centres.
-- param: $year INTEGER = null. Opened up to the end of this year; null: all.
-- returns: centre_id VARCHAR
-- returns: city VARCHAR
-- returns: city_ko VARCHAR
-- returns: country VARCHAR
-- returns: operator VARCHAR
-- returns: opened_on VARCHAR
-- returns: opened_precision VARCHAR
-- returns: status VARCHAR
-- returns: centre_state VARCHAR
-- returns: is_named BOOLEAN
-- returns: status_as_of VARCHAR
-- returns: counted_2018 VARCHAR
-- returns: lat DOUBLE (degrees, WGS 84)
-- returns: lon DOUBLE (degrees, WGS 84)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    c.centre_id,
    c.city_en AS city,
    c.city_ko,
    c.country,
    c.operator,
    c.opened_on,
    c.opened_precision,
    c.status,
    y.centre_state,
    y.is_named,
    c.status_as_of,
    c.counted_2018,
    c.lat,
    c.lon,
    c.note,
    c.source_ids
FROM dim_centre AS c
INNER JOIN fct_centre_year AS y ON c.centre_id = y.centre_id
WHERE
    c.owner_region = $owner_region
    AND y.year = coalesce($year, (SELECT max(l.year) FROM fct_centre_year AS l))
    AND ($year IS NULL OR c.opened_year <= $year)
ORDER BY c.opened_on NULLS LAST, c.centre_id
