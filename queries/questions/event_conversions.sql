-- Of the persons at one stage, how many stand at a later one, over the held events that report both?
-- Only stages counted in persons are compared. They need not be the same persons.
-- grain: one row per from_stage and to_stage
-- reads: dim_event, fct_event_stage
-- param: $region VARCHAR in dim_region.region = null. Region that held or sent the events; null: all regions.
-- param: $year INTEGER in dim_event.year = null. Calendar year; null: all years, and events of unknown date.
-- param: $event_type VARCHAR in dim_event.event_type = null. Type of event; null: all types.
-- param: $country VARCHAR in dim_event.country = null. Country of the place, ISO 3166-1 alpha-2; null: all countries.
-- param: $events VARCHAR = null. Ids of the events that are meant, separated by commas; null: all.
-- returns: from_stage VARCHAR
-- returns: to_stage VARCHAR
-- returns: unit VARCHAR
-- returns: held_count BIGINT (events)
-- returns: event_count BIGINT (events)
-- returns: from_value DECIMAL (persons)
-- returns: to_value DECIMAL (persons)
-- returns: per_100 DOUBLE (persons per 100 persons)
-- returns: approximate_count BIGINT (events)
-- returns: dissent_count BIGINT (events)
-- returns: event_ids VARCHAR[]
-- returns: source_ids VARCHAR[]
WITH
held AS (
    SELECT event_id
    FROM dim_event
    WHERE
        is_held
        AND ($region IS NULL OR owner_region = $region)
        AND ($year IS NULL OR year = $year)
        AND ($event_type IS NULL OR event_type = $event_type)
        AND ($country IS NULL OR country = $country)
        AND ($events IS NULL OR list_contains(string_split($events, ','), event_id))
),

reported AS (
    SELECT s.*
    FROM fct_event_stage AS s
    INNER JOIN held AS h ON s.event_id = h.event_id
    WHERE s.unit = 'persons'
),

pair (pair_order, from_stage, to_stage) AS (
    VALUES
    (1, 'attendees', 'patients_consulted'),
    (2, 'patients_consulted', 'reservations'),
    (3, 'attendees', 'reservations')
),

both_reported AS (
    SELECT
        p.pair_order,
        a.event_id,
        a.value AS from_value,
        b.value AS to_value,
        a.is_approximate OR b.is_approximate AS is_approximate,
        a.has_dissent OR b.has_dissent AS has_dissent,
        list_concat(a.source_ids, b.source_ids) AS source_ids
    FROM pair AS p
    INNER JOIN reported AS a ON p.from_stage = a.stage
    INNER JOIN reported AS b ON p.to_stage = b.stage AND a.event_id = b.event_id
),

held_total AS (
    SELECT count(*) AS held_count FROM held
)

SELECT
    p.from_stage,
    p.to_stage,
    'persons' AS unit,
    t.held_count,
    count(b.event_id) AS event_count,
    sum(b.from_value) AS from_value,
    sum(b.to_value) AS to_value,
    100 * cast(sum(b.to_value) AS DOUBLE) / nullif(cast(sum(b.from_value) AS DOUBLE), 0) AS per_100,
    count(b.event_id) FILTER (WHERE b.is_approximate) AS approximate_count,
    count(b.event_id) FILTER (WHERE b.has_dissent) AS dissent_count,
    coalesce(list_sort(list(b.event_id) FILTER (WHERE b.event_id IS NOT NULL)), []) AS event_ids,
    coalesce(list_sort(list_distinct(flatten(list(b.source_ids)))), []) AS source_ids
FROM pair AS p
CROSS JOIN held_total AS t
LEFT JOIN both_reported AS b ON p.pair_order = b.pair_order
GROUP BY p.pair_order, p.from_stage, p.to_stage, t.held_count
ORDER BY p.pair_order
