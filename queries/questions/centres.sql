-- Which overseas promotion centres of a region can the record name?
-- grain: one row per centre_id
-- reads: dim_centre
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
-- returns: status_as_of VARCHAR
-- returns: counted_2018 VARCHAR
-- returns: lat DOUBLE (degrees, WGS 84)
-- returns: lon DOUBLE (degrees, WGS 84)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    centre_id,
    city_en AS city,
    city_ko,
    country,
    operator,
    opened_on,
    opened_precision,
    status,
    status_as_of,
    counted_2018,
    lat,
    lon,
    note,
    source_ids
FROM dim_centre
WHERE owner_region = $owner_region AND ($year IS NULL OR opened_year <= $year)
ORDER BY opened_on NULLS LAST, centre_id
