-- Which events of a year can be put on the map, and which have no place?
-- grain: one row per event_id
-- reads: dim_event
-- param: $region VARCHAR in dim_region.region = null. Region that held or sent the event; null: all regions.
-- param: $year INTEGER. Calendar year.
-- param: $event_type VARCHAR in dim_event.event_type = null. Type of event; null: all types.
-- returns: event_id VARCHAR
-- returns: owner_region VARCHAR
-- returns: event_type VARCHAR
-- returns: title VARCHAR
-- returns: start_on VARCHAR
-- returns: is_date_inferred BOOLEAN
-- returns: end_on VARCHAR
-- returns: city VARCHAR
-- returns: country VARCHAR
-- returns: host VARCHAR
-- returns: event_status VARCHAR
-- returns: is_held BOOLEAN
-- returns: lat DOUBLE (degrees, WGS 84)
-- returns: lon DOUBLE (degrees, WGS 84)
-- returns: source_ids VARCHAR[]
SELECT
    event_id,
    owner_region,
    event_type,
    title,
    start_on,
    is_date_inferred,
    end_on,
    city_en AS city,
    country,
    host,
    status AS event_status,
    is_held,
    lat,
    lon,
    source_ids
FROM dim_event
WHERE
    ($region IS NULL OR owner_region = $region)
    AND year = $year
    AND ($event_type IS NULL OR event_type = $event_type)
ORDER BY start_on, event_id
