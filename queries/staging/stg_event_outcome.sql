-- Measured or announced figures of events.
-- grain: one row per line of the public record, or per outcome_id of a city
-- reads: raw.event_outcomes
SELECT
    coalesce(outcome_id, cast(line AS VARCHAR)) AS outcome_line,
    event_id,
    measure,
    country,
    cast(value AS DECIMAL(24, 6)) AS value,
    CASE
        WHEN cast(approximate AS BOOLEAN)
            THEN cast(power(10, length(value) - length(rtrim(value, '0'))) AS DECIMAL(24, 6))
        ELSE 0
    END AS resolution,
    unit,
    cast(approximate AS BOOLEAN) AS is_approximate,
    cast(planned AS BOOLEAN) AS is_planned,
    string_split(source_ids, ';') AS source_ids,
    note,
    batch_id
FROM raw.event_outcomes
WHERE withdrawn IS NULL
