-- What do held events report at each stage, one by one, by country of the place, or by year?
-- Parts of which nothing is reported stay, with empty columns, except single events.
-- grain: one row per part, stage and unit
-- reads: dim_event, fct_event_stage
-- param: $by VARCHAR. What a part is: event, country or year.
-- param: $region VARCHAR in dim_region.region = null. Region that held or sent the events; null: all regions.
-- param: $year INTEGER in dim_event.year = null. Calendar year; null: all years, and events of unknown date.
-- param: $event_type VARCHAR in dim_event.event_type = null. Type of event; null: all types.
-- param: $country VARCHAR in dim_event.country = null. Country of the place, ISO 3166-1 alpha-2; null: all countries.
-- returns: part VARCHAR
-- returns: title VARCHAR
-- returns: start_on VARCHAR
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
        CASE $by
            WHEN 'event' THEN event_id
            WHEN 'country' THEN country
            WHEN 'year' THEN cast(year AS VARCHAR)
        END AS part,
        if($by = 'event', coalesce(title_ko, title_en), NULL) AS title,
        if($by = 'event', start_on, NULL) AS start_on
    FROM dim_event
    WHERE
        status = 'held'
        AND event_type <> 'onsite_review'
        AND ($region IS NULL OR owner_region = $region)
        AND ($year IS NULL OR year = $year)
        AND ($event_type IS NULL OR event_type = $event_type)
        AND ($country IS NULL OR country = $country)
),

part_size AS (
    SELECT
        part,
        title,
        start_on,
        count(*) AS held_count
    FROM held
    GROUP BY part, title, start_on
),

reported AS (
    SELECT
        h.part,
        s.*
    FROM fct_event_stage AS s
    INNER JOIN held AS h ON s.event_id = h.event_id
)

SELECT
    p.part,
    p.title,
    p.start_on,
    p.held_count,
    r.stage,
    r.unit,
    count(r.event_id) AS reporting_count,
    sum(r.value) AS value,
    count(r.event_id) FILTER (WHERE r.is_approximate) AS approximate_count,
    count(r.event_id) FILTER (WHERE r.has_dissent) AS dissent_count,
    coalesce(
        max_by(
            r.evidence,
            list_position(
                ['settled', 'single source', 'provisional', 'approximate', 'contested'],
                r.evidence
            )
        ),
        'no data'
    ) AS evidence,
    coalesce(list_sort(list_distinct(flatten(list(r.source_ids)))), []) AS source_ids
FROM part_size AS p
LEFT JOIN reported AS r ON p.part IS NOT DISTINCT FROM r.part
WHERE r.stage IS NOT NULL OR $by <> 'event'
GROUP BY p.part, p.title, p.start_on, p.held_count, r.stage, r.stage_order, r.unit
ORDER BY
    p.start_on DESC NULLS LAST,
    if($by = 'year', p.part, NULL) DESC NULLS LAST,
    p.held_count DESC,
    p.part NULLS LAST,
    r.stage_order,
    r.unit
