-- Why are the centres named at the end of 2018 not those that may be among the 20 counted then?
-- Two rules: a centre is named once a source reports its opening, and a candidate by what is known of
-- the 20. Here stand those that one of the rules counts and the other does not.
-- grain: one row per centre_id
-- reads: fct_centre_year, dim_centre
-- param: $owner_region VARCHAR in dim_region.region. Region that owns the centres.
-- returns: centre_id VARCHAR
-- returns: city VARCHAR
-- returns: country VARCHAR
-- returns: is_named BOOLEAN
-- returns: centre_state VARCHAR
-- returns: counted_2018 VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    c.centre_id,
    c.city_en AS city,
    c.country,
    y.is_named,
    y.centre_state,
    c.counted_2018,
    y.source_ids
FROM fct_centre_year AS y
INNER JOIN dim_centre AS c ON y.centre_id = c.centre_id
WHERE
    c.owner_region = $owner_region
    AND y.year = 2018
    AND y.is_named = (c.counted_2018 = 'no')
ORDER BY y.is_named, c.opened_on, c.centre_id
