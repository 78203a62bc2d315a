-- Measured or announced figures of events.
-- A figure of one person, company or day is marked in `per`; without it the figure is the whole.
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
    if(unit = 'krw_per_person', 'krw', unit) AS unit,
    if(unit = 'krw_per_person', 'person', per) AS per,
    cast(approximate AS BOOLEAN) AS is_approximate,
    cast(planned AS BOOLEAN) AS is_planned,
    string_split(source_ids, ';') AS source_ids,
    note,
    batch_id
FROM raw.event_outcomes
WHERE withdrawn IS NULL
