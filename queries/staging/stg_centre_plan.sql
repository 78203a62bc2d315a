-- Announcements that a promotion centre was planned, before it opened.
-- grain: one row per centre_id
-- reads: raw.centre_plans
SELECT
    centre_id,
    announced_on AS planned_on,
    cast(left(announced_on, 4) AS INTEGER) AS planned_year,
    string_split(source_ids, ';') AS source_ids
FROM raw.centre_plans
