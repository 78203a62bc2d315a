-- Printed figures: one source says one value. The resolution is the size of the last printed digit.
-- grain: one row per observation_id
-- reads: raw.observations
SELECT
    observation_id,
    metric,
    cast(year AS INTEGER) AS year,
    period,
    status,
    region,
    nationality,
    department,
    institution_class,
    cast(value AS DECIMAL(24, 6)) AS value,
    CASE
        WHEN contains(value, '.')
            THEN cast(1 / power(10, length(split_part(value, '.', 2))) AS DECIMAL(24, 6))
        WHEN cast(approximate AS BOOLEAN)
            THEN cast(power(10, length(value) - length(rtrim(value, '0'))) AS DECIMAL(24, 6))
        WHEN unit = 'pct' THEN 1
        ELSE 0
    END AS resolution,
    unit,
    cast(approximate AS BOOLEAN) AS is_approximate,
    cast(suspect AS BOOLEAN) AS is_suspect,
    source_id,
    note,
    batch_id
FROM raw.observations
WHERE withdrawn IS NULL
