-- Stops, praised achievements, plans and merits of ministry reviews.
-- grain: one row per year, region, kind and seq
-- reads: raw.review_visits
SELECT
    cast(year AS INTEGER) AS year,
    region,
    kind,
    cast(seq AS BIGINT) AS seq,
    item_en AS item,
    cast(value AS DECIMAL(24, 6)) AS value,
    string_split(source_ids, ';') AS source_ids
FROM raw.review_visits
