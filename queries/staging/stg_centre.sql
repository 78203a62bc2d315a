-- Overseas promotion centres and offices.
-- grain: one row per centre_id
-- reads: raw.centres
SELECT
    centre_id,
    owner_region,
    city_en,
    city_ko,
    country,
    operator,
    opened_on,
    opened_precision,
    cast(nullif(left(opened_on, 4), '') AS INTEGER) AS opened_year,
    status,
    status_as_of,
    cast(lat AS DOUBLE) AS lat,
    cast(lon AS DOUBLE) AS lon,
    counted_2018,
    string_split(source_ids, ';') AS source_ids,
    note
FROM raw.centres
WHERE withdrawn IS NULL
