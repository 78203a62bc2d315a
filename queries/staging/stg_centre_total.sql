-- Printed totals of a region's centres. A date without month and day is a plan for that year.
-- grain: one row per as_of and owner_region
-- reads: raw.centre_totals
SELECT
    as_of,
    cast(left(as_of, 4) AS INTEGER) AS year,
    length(as_of) = 4 AS is_plan,
    owner_region,
    cast(centres AS DECIMAL(24, 6)) AS centre_count,
    cast(countries AS DECIMAL(24, 6)) AS country_count,
    string_split(source_ids, ';') AS source_ids,
    note,
    batch_id
FROM raw.centre_totals
