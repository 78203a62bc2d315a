-- What happened in a region's projects in a year?
-- grain: one row per event_id
-- reads: dim_event, fct_claim
-- param: $region VARCHAR in dim_region.region. Region that held or sent the event.
-- param: $year INTEGER. Calendar year.
-- returns: event_id VARCHAR
-- returns: event_type VARCHAR
-- returns: title VARCHAR
-- returns: start_on VARCHAR
-- returns: is_date_inferred BOOLEAN
-- returns: end_on VARCHAR
-- returns: date_precision VARCHAR
-- returns: city VARCHAR
-- returns: country VARCHAR
-- returns: host VARCHAR
-- returns: status VARCHAR
-- returns: is_held BOOLEAN
-- returns: outcome_count BIGINT (figures)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
SELECT
    e.event_id,
    e.event_type,
    e.title,
    e.start_on,
    e.is_date_inferred,
    e.end_on,
    e.date_precision,
    e.city_en AS city,
    e.country,
    e.host,
    e.status,
    e.is_held,
    count(DISTINCT c.cell_id) AS outcome_count,
    e.note,
    e.source_ids
FROM dim_event AS e
LEFT JOIN fct_claim AS c ON e.event_id = c.event_id
WHERE e.owner_region = $region AND e.year = $year
GROUP BY ALL
ORDER BY e.start_on, e.event_id
