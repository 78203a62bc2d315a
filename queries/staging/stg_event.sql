-- Fairs, briefings, fam tours, visits, openings, trainings and reviews.
-- grain: one row per event_id
-- reads: raw.events
SELECT
    event_id,
    owner_region,
    event_type,
    title_en,
    title_ko,
    title_ko_origin,
    title_ko_source_id,
    start_date AS start_on,
    end_date AS end_on,
    date_precision,
    coalesce(cast(date_inferred AS BOOLEAN), FALSE) AS is_date_inferred,
    cast(nullif(left(start_date, 4), '') AS INTEGER) AS year,
    city_en,
    country,
    cast(lat AS DOUBLE) AS lat,
    cast(lon AS DOUBLE) AS lon,
    host,
    status,
    string_split(source_ids, ';') AS source_ids,
    note
FROM raw.events
WHERE withdrawn IS NULL
