-- Which events does the record have, when were they, and how much do they report?
-- A date of the year or the month only may lie anywhere from earliest_on to latest_on.
-- grain: one row per event_id
-- reads: dim_event, fct_claim
-- param: $region VARCHAR in dim_region.region = null. Region that held or sent the event; null: all regions.
-- param: $year INTEGER in dim_event.year = null. Calendar year; null: all years, and events of unknown date.
-- param: $event_type VARCHAR in dim_event.event_type = null. Type of event; null: all types.
-- param: $country VARCHAR in dim_country.country = null. Country of the place, ISO 3166-1 alpha-2; null: all countries.
-- param: $event_id VARCHAR in dim_event.event_id = null. One event; null: all events.
-- param: $events VARCHAR = null. Ids of the events that are meant, separated by commas; null: all.
-- returns: event_id VARCHAR
-- returns: owner_region VARCHAR
-- returns: event_type VARCHAR
-- returns: title VARCHAR
-- returns: title_ko_origin VARCHAR
-- returns: title_ko_source_id VARCHAR
-- returns: start_on VARCHAR
-- returns: end_on VARCHAR
-- returns: date_precision VARCHAR
-- returns: is_date_inferred BOOLEAN
-- returns: earliest_on VARCHAR
-- returns: latest_on VARCHAR
-- returns: year INTEGER
-- returns: city VARCHAR
-- returns: country VARCHAR
-- returns: host VARCHAR
-- returns: event_status VARCHAR
-- returns: is_held BOOLEAN
-- returns: reported_count BIGINT (figures)
-- returns: planned_count BIGINT (figures)
-- returns: note VARCHAR
-- returns: source_ids VARCHAR[]
WITH
figure_count AS (
    SELECT
        event_id,
        count(DISTINCT cell_id) FILTER (WHERE period = 'event') AS reported_count,
        count(DISTINCT cell_id) FILTER (WHERE period = 'planned') AS planned_count
    FROM fct_claim
    WHERE event_id IS NOT NULL
    GROUP BY event_id
),

dated AS (
    SELECT
        *,
        CASE length(start_on)
            WHEN 4 THEN start_on || '-01-01'
            WHEN 7 THEN start_on || '-01'
            WHEN 10 THEN start_on
        END AS earliest_on,
        coalesce(end_on, start_on) AS last_on
    FROM dim_event
    WHERE
        ($region IS NULL OR owner_region = $region)
        AND ($year IS NULL OR year = $year)
        AND ($event_type IS NULL OR event_type = $event_type)
        AND ($country IS NULL OR country = $country)
        AND ($events IS NULL OR list_contains(string_split($events, ','), event_id))
        AND ($event_id IS NULL OR event_id = $event_id)
)

SELECT
    d.event_id,
    d.owner_region,
    d.event_type,
    d.title,
    d.title_ko_origin,
    d.title_ko_source_id,
    d.start_on,
    d.end_on,
    d.date_precision,
    d.is_date_inferred,
    d.earliest_on,
    CASE length(d.last_on)
        WHEN 4 THEN d.last_on || '-12-31'
        WHEN 7 THEN cast(last_day(cast(d.last_on || '-01' AS DATE)) AS VARCHAR)
        WHEN 10 THEN d.last_on
    END AS latest_on,
    d.year,
    d.city_en AS city,
    d.country,
    d.host,
    d.status AS event_status,
    d.is_held,
    coalesce(f.reported_count, 0) AS reported_count,
    coalesce(f.planned_count, 0) AS planned_count,
    d.note,
    d.source_ids
FROM dated AS d
LEFT JOIN figure_count AS f ON d.event_id = f.event_id
ORDER BY d.earliest_on DESC NULLS LAST, d.event_id
