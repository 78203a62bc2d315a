-- Visits that cities handed in, counted by month and region and one or two columns more.
-- The breakdown names these columns; a column that a row is not counted by is empty.
-- grain: one row per batch, month, region, breakdown and its values
-- reads: raw.visit_counts
SELECT
    month,
    cast(left(month, 4) AS INTEGER) AS year,
    region,
    breakdown,
    institution,
    nationality,
    department,
    institution_class,
    sex,
    age_band,
    cast(is_first_visit AS BOOLEAN) AS is_first_visit,
    cast(visit_count AS BIGINT) AS visit_count,
    cast(spending_krw AS DECIMAL(24, 6)) AS spending_krw,
    cast(spending_count AS BIGINT) AS spending_count,
    cast(visit_key AS BIGINT) AS visit_key,
    cast(spending_key AS BIGINT) AS spending_key,
    cast(string_split(spending_largest, ';') AS BIGINT[]) AS spending_largest,
    batch_id
FROM raw.visit_counts
