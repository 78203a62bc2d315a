-- What do held events report at each stage, one by one, by country of the place, or by year?
-- Parts of which nothing is reported stay, with empty columns, except single events.
-- The column that $by names says which part it is; the other two are empty.
-- grain: one row per event_id, country, year, stage and unit
-- reads: dim_event, fct_event_stage
-- param: $by VARCHAR. What a part is: event, country or year.
-- param: $region VARCHAR in dim_region.region = null. Region that held or sent the events; null: all regions.
-- param: $year INTEGER in dim_event.year = null. Calendar year; null: all years, and events of unknown date.
-- param: $event_type VARCHAR in dim_event.event_type = null. Type of event; null: all types.
-- param: $country VARCHAR in dim_event.country = null. Country of the place, ISO 3166-1 alpha-2; null: all countries.
-- param: $events VARCHAR = null. Ids of the events that are meant, separated by commas; null: all.
-- returns: event_id VARCHAR
-- returns: title VARCHAR
-- returns: start_on VARCHAR
-- returns: country VARCHAR
-- returns: year INTEGER
-- returns: held_count BIGINT (events)
-- returns: stage VARCHAR
-- returns: unit VARCHAR
-- returns: reporting_count BIGINT (events)
-- returns: value DECIMAL (unit)
-- returns: approximate_count BIGINT (events)
-- returns: dissent_count BIGINT (events)
-- returns: evidence VARCHAR
-- returns: source_ids VARCHAR[]
WITH
held AS (
    SELECT
        event_id,
        if($by = 'event', event_id, NULL) AS part_event_id,
        if($by = 'event', title, NULL) AS title,
        if($by = 'event', start_on, NULL) AS start_on,
        if($by = 'country', country, NULL) AS country,
        if($by = 'year', year, NULL) AS year
    FROM dim_event
    WHERE
        is_held
        AND ($region IS NULL OR owner_region = $region)
        AND ($year IS NULL OR year = $year)
        AND ($event_type IS NULL OR event_type = $event_type)
        AND ($country IS NULL OR country = $country)
        AND ($events IS NULL OR list_contains(string_split($events, ','), event_id))
),

part AS (
    SELECT
        part_event_id,
        title,
        start_on,
        country,
        year,
        count(*) AS held_count
    FROM held
    GROUP BY ALL
),

reported AS (
    SELECT
        h.part_event_id,
        h.country,
        h.year,
        s.*
    FROM fct_event_stage AS s
    INNER JOIN held AS h ON s.event_id = h.event_id
)

SELECT
    p.part_event_id AS event_id,
    p.title,
    p.start_on,
    p.country,
    p.year,
    p.held_count,
    r.stage,
    r.unit,
    count(r.event_id) AS reporting_count,
    sum(r.value) AS value,
    count(r.event_id) FILTER (WHERE r.is_approximate) AS approximate_count,
    count(r.event_id) FILTER (WHERE r.has_dissent) AS dissent_count,
    coalesce(weakest_evidence(list(r.evidence)), 'no data') AS evidence,
    coalesce(list_sort(list_distinct(flatten(list(r.source_ids)))), []) AS source_ids
FROM part AS p
LEFT JOIN reported AS r
    ON
        p.part_event_id IS NOT DISTINCT FROM r.part_event_id
        AND p.country IS NOT DISTINCT FROM r.country
        AND p.year IS NOT DISTINCT FROM r.year
WHERE r.stage IS NOT NULL OR $by <> 'event'
GROUP BY
    p.part_event_id, p.title, p.start_on, p.country, p.year, p.held_count, r.stage,
    r.stage_order, r.unit
ORDER BY
    p.start_on DESC NULLS LAST,
    p.year DESC NULLS LAST,
    p.country IS NULL,
    p.held_count DESC,
    p.country,
    p.part_event_id,
    r.stage_order,
    r.unit
