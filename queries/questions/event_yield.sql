-- How much does an event of each type yield at a stage, on average over the held events that report it?
-- An event that does not report it is not taken as zero, and a type of which none reports it has no mean.
-- grain: one row per event_type and unit
-- reads: dim_event, fct_event_stage
-- param: $stage VARCHAR. Stage, such as patients_consulted, reservations or agreements.
-- param: $region VARCHAR in dim_region.region = null. Region that held or sent the events; null: all regions.
-- param: $year INTEGER in dim_event.year = null. Calendar year; null: all years, and events of unknown date.
-- param: $event_type VARCHAR in dim_event.event_type = null. Type of event; null: all types.
-- param: $country VARCHAR in dim_event.country = null. Country of the place, ISO 3166-1 alpha-2; null: all countries.
-- param: $events VARCHAR = null. Ids of the events that are meant, separated by commas; null: all.
-- returns: event_type VARCHAR
-- returns: stage VARCHAR
-- returns: unit VARCHAR
-- returns: held_count BIGINT (events)
-- returns: reporting_count BIGINT (events)
-- returns: mean_value DOUBLE (unit)
-- returns: least_value DECIMAL (unit)
-- returns: greatest_value DECIMAL (unit)
-- returns: approximate_count BIGINT (events)
-- returns: dissent_count BIGINT (events)
-- returns: evidence VARCHAR
-- returns: source_ids VARCHAR[]
WITH
held AS (
    SELECT
        event_id,
        event_type
    FROM dim_event
    WHERE
        is_held
        AND ($region IS NULL OR owner_region = $region)
        AND ($year IS NULL OR year = $year)
        AND ($event_type IS NULL OR event_type = $event_type)
        AND ($country IS NULL OR country = $country)
        AND ($events IS NULL OR list_contains(string_split($events, ','), event_id))
),

held_type AS (
    SELECT
        event_type,
        count(*) AS held_count
    FROM held
    GROUP BY event_type
),

reported AS (
    SELECT
        h.event_type,
        s.*
    FROM fct_event_stage AS s
    INNER JOIN held AS h ON s.event_id = h.event_id
    WHERE s.stage = $stage
)

SELECT
    t.event_type,
    cast($stage AS VARCHAR) AS stage,
    r.unit,
    t.held_count,
    count(r.event_id) AS reporting_count,
    cast(sum(r.value) AS DOUBLE) / nullif(count(r.event_id), 0) AS mean_value,
    min(r.value) AS least_value,
    max(r.value) AS greatest_value,
    count(r.event_id) FILTER (WHERE r.is_approximate) AS approximate_count,
    count(r.event_id) FILTER (WHERE r.has_dissent) AS dissent_count,
    coalesce(weakest_evidence(list(r.evidence)), 'no data') AS evidence,
    coalesce(list_sort(list_distinct(flatten(list(r.source_ids)))), []) AS source_ids
FROM held_type AS t
LEFT JOIN reported AS r ON t.event_type = r.event_type
GROUP BY t.event_type, r.unit, t.held_count
ORDER BY mean_value DESC NULLS LAST, t.held_count DESC, t.event_type
