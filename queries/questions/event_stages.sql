-- How many held events report each stage from attendance to contract, and what do they add up to?
-- Each stage rests on the events that report it, not on the same ones; units are never mixed.
-- Inquiries are no step: they are not bookings.
-- grain: one row per stage and unit
-- reads: dim_event, fct_event_stage
-- param: $region VARCHAR in dim_region.region = null. Region that held or sent the events; null: all regions.
-- param: $year INTEGER in dim_event.year = null. Calendar year; null: all years, and events of unknown date.
-- param: $event_type VARCHAR in dim_event.event_type = null. Type of event; null: all types.
-- param: $country VARCHAR in dim_event.country = null. Country of the place, ISO 3166-1 alpha-2; null: all countries.
-- param: $events VARCHAR = null. Ids of the events that are meant, separated by commas; null: all.
-- returns: stage VARCHAR
-- returns: is_step BOOLEAN
-- returns: unit VARCHAR
-- returns: held_count BIGINT (events)
-- returns: reporting_count BIGINT (events)
-- returns: value DECIMAL (unit)
-- returns: exact_count BIGINT (events)
-- returns: exact_value DECIMAL (unit)
-- returns: approximate_count BIGINT (events)
-- returns: approximate_value DECIMAL (unit)
-- returns: dissent_count BIGINT (events)
-- returns: evidence VARCHAR
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
),

step (stage, stage_order, is_step, unit) AS (
    VALUES
    ('attendees', 1, TRUE, 'persons'),
    ('consultations', 2, TRUE, 'sessions'),
    ('patients_consulted', 3, TRUE, 'persons'),
    ('reservations', 5, TRUE, 'persons'),
    ('agreements', 6, TRUE, 'cases')
),

shown AS (
    SELECT
        stage,
        stage_order,
        is_step,
        unit
    FROM step
    UNION
    SELECT
        stage,
        stage_order,
        is_step,
        unit
    FROM reported
),

held_total AS (
    SELECT count(*) AS held_count
    FROM held
)

SELECT
    n.stage,
    n.is_step,
    n.unit,
    t.held_count,
    count(r.event_id) AS reporting_count,
    sum(r.value) AS value,
    count(r.event_id) FILTER (WHERE NOT r.is_approximate) AS exact_count,
    sum(r.value) FILTER (WHERE NOT r.is_approximate) AS exact_value,
    count(r.event_id) FILTER (WHERE r.is_approximate) AS approximate_count,
    sum(r.value) FILTER (WHERE r.is_approximate) AS approximate_value,
    count(r.event_id) FILTER (WHERE r.has_dissent) AS dissent_count,
    coalesce(weakest_evidence(list(r.evidence)), 'no data') AS evidence,
    coalesce(list_sort(list_distinct(flatten(list(r.source_ids)))), []) AS source_ids
FROM shown AS n
CROSS JOIN held_total AS t
LEFT JOIN reported AS r ON n.stage = r.stage AND n.unit = r.unit
GROUP BY n.stage, n.stage_order, n.is_step, n.unit, t.held_count
ORDER BY
    n.stage_order,
    list_position(
        ['persons', 'sessions', 'cases', 'participants', 'organisations'], n.unit
    ) NULLS LAST,
    n.unit
